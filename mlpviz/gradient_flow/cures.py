"""What helps a network whose gradients vanish or explode: each cure measured beside the network as it is."""

from __future__ import annotations

import math
from typing import NamedTuple

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, NORMS
from mlpviz.gradient_flow.deep_network import SCALED_NORMAL, FlowSettings
from mlpviz.gradient_flow.maps import SIGMAS
from mlpviz.gradient_flow.measure import flow_of
from mlpviz.gradient_flow.theory import edge_of_chaos
from mlpviz.text.numbers import format_number


class Cure(NamedTuple):
    """One change of the settings: what it is called, why it helps, and the settings with it."""

    key: str
    label: str
    why: str
    settings: FlowSettings


class Measured(NamedTuple):
    """A cure with the ratio of gradients that it gives, and whether that is nearer to 1 than before."""

    cure: Cure
    ratio: float
    helps: bool

    @classmethod
    def of(cls, cure: Cure, before: float, seeds: int) -> Measured:
        """Measure a cure of a network that has the ratio `before`, over so many seeds."""
        ratio = flow_of(cure.settings, seeds).ratio
        return cls(cure, ratio, distance(ratio) < distance(before))

    @property
    def distance(self) -> float:
        """How far its ratio is from 1, as the logarithm of a factor."""
        return distance(self.ratio)


def cures_of(settings: FlowSettings) -> tuple[Cure, ...]:
    """The changes that differ from what the settings have already."""
    found: list[tuple[str, str, str, FlowSettings]] = []
    edge = edge_of_chaos(settings.activation, settings.sigma_b)
    if edge is not None and SIGMAS[0] <= edge <= SIGMAS[-1]:
        own = settings.replaced(initializer=SCALED_NORMAL, sigma_w=round(edge, 3))
        found.append(("edge", f"σ_w = {format_number(edge)}", "weights at the edge of chaos: χ is 1", own))
    for key, why in (
        ("kaiming_normal", "twice the variance makes up for the half that ReLU takes away"),
        ("xavier_normal", "keeps the size of signals and gradients where the slope is about 1"),
        ("orthogonal", "keeps lengths exactly where φ is linear"),
    ):
        found.append((key, INITIALIZERS[key].label, why, settings.replaced(initializer=key)))
    found.append(
        (
            "residual",
            "residual connections",
            "the gradient has a way around each layer",
            settings.replaced(residual=True),
        )
    )
    for key in ("layer_norm", "batch_norm"):
        found.append((key, NORMS[key].label, "each layer begins with numbers of size 1", settings.replaced(norm=key)))
    found.append(("relu", f"{ACTIVATIONS['relu'].label} with Kaiming", "its slope is 1 on one side and does not shrink",
                  settings.replaced(activation="relu", initializer="kaiming_normal")))  # fmt: skip
    found.append(
        (
            "depth",
            "a quarter of the layers",
            "fewer factors in the product",
            settings.replaced(depth=max(1, settings.depth // 4)),
        )
    )
    return tuple(Cure(*each) for each in found if each[3] != settings)


def distance(ratio: float) -> float:
    """How far a ratio is from 1, as the logarithm of a factor."""
    return abs(math.log(ratio)) if ratio > 0 and math.isfinite(ratio) else math.inf
