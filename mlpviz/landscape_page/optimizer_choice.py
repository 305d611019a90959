"""Which optimizers go over a landscape: up to eight, with two learning rates and a momentum for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlpviz.engine import OPTIMIZERS, Optimizer
from mlpviz.engine.optimizers.optimizer import LEARNING_RATE
from mlpviz.exploration.setting import ExplorationSetting, SliderSetting, SwitchSetting
from mlpviz.exploration.view import Values
from mlpviz.landscape.paths import MOST_OPTIMIZERS
from mlpviz.landscape_page.shown import MOMENTUM, NESTEROV, PLAIN
from mlpviz.network import DocumentError

STEPS = 120
"""steps of each path"""

STEP_KEY = "step"
"""of the setting that says how far the paths are drawn"""

OWN_RATE = 0.5
"""An optimizer whose own learning rate is at least this has no use for another: it measures its steps itself."""


class WalkerKey(NamedTuple):
    """One optimizer with its numbers, as a key of what was computed with it."""

    key: str
    rate: float
    momentum: float


class Walker(NamedTuple):
    """One optimizer as it goes over the landscape; `number` gives it its colour whatever others there are."""

    label: str
    choice: WalkerKey
    number: int


LABELS = {
    PLAIN: OPTIMIZERS[PLAIN].label,
    MOMENTUM: "SGD with momentum",
    NESTEROV: "SGD with Nesterov",
    **{key: each.label for key, each in OPTIMIZERS.items() if key != PLAIN},
}


def walker_settings(rate: float, adaptive_rate: float, chosen: tuple[str, ...]) -> Iterator[ExplorationSetting]:
    """The settings of a picture with paths, whose defaults are these."""
    yield SliderSetting(
        key="rate", label="rate of SGD", low=1e-5, high=10, step=0.02, default=rate, is_log=True, group="Optimizers",
        help="The learning rate η of SGD, alone and with momentum.",
    )  # fmt: skip
    yield SliderSetting(
        key="momentum", label="momentum μ", low=0, high=0.99, step=0.01, default=0.9, group="Optimizers",
        help="How much of the velocity survives a step, where SGD has momentum.",
    )  # fmt: skip
    yield SliderSetting(
        key="adaptive", label="rate of the others", low=1e-4, high=1, step=0.05, default=adaptive_rate, is_log=True,
        group="Optimizers",
        help="The learning rate of the optimizers that scale their steps; L-BFGS and Adadelta keep their own.",
    )  # fmt: skip
    yield SliderSetting(
        key=STEP_KEY, label="step", low=0, high=STEPS, step=1, default=STEPS, is_whole=True, plays=True,
        group="Optimizers", help="How far the paths are drawn: all optimizers take this step together.",
    )  # fmt: skip
    for key, label in LABELS.items():
        yield SwitchSetting(key=f"o.{key}", label=label, default=key in chosen, group="Optimizers")


def walkers_of(values: Values) -> list[Walker]:
    """The chosen optimizers. Raises DocumentError for none, or for more than can be shown."""
    keys = [key for key in LABELS if values[f"o.{key}"]]
    if not keys:
        raise DocumentError("choose at least one optimizer")
    if len(keys) > MOST_OPTIMIZERS:
        raise DocumentError(f"{len(keys)} optimizers are chosen, at most {MOST_OPTIMIZERS} can go together")
    order = list(LABELS)
    return [Walker(LABELS[key], _choice(key, values), order.index(key)) for key in keys]


def _choice(key: str, values: Values) -> WalkerKey:
    if key in (PLAIN, MOMENTUM, NESTEROV):
        return WalkerKey(key, values["rate"], 0.0 if key == PLAIN else values["momentum"])
    own = float(OPTIMIZERS[key].settings[LEARNING_RATE.name])
    return WalkerKey(key, own if own >= OWN_RATE else values["adaptive"], 0.0)


def optimizer_of(choice: WalkerKey) -> Optimizer:
    """The optimizer of a choice."""
    key, rate, momentum = choice
    if key in (PLAIN, MOMENTUM, NESTEROV):
        nesterov = key == NESTEROV and momentum > 0
        return OPTIMIZERS[PLAIN].configure(learning_rate=rate, momentum=momentum, nesterov=nesterov)
    return OPTIMIZERS[key].configure(learning_rate=rate)
