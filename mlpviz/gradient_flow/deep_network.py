"""The deep network that is looked at: its settings, its layers, its samples, and its numbers for many seeds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mlpviz.data import DATASETS
from mlpviz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    NORMS,
    Initializer,
    LayerSpec,
    NetworkSpec,
    as_target,
    initial_parameters,
)
from mlpviz.engine.parameters import Array

SCALED_NORMAL = "normal"
"""The initializer that takes σ_w: normal numbers with the standard deviation σ_w/√I."""

NOISE = "noise"
"""The data that are drawn: normal numbers, as many inputs as the network is wide."""

DATA = (NOISE, "circles", "moons", "spirals", "blobs", "sine", "iris", "digits")


@dataclass(frozen=True)
class FlowSettings:
    """What the network is: `depth` hidden layers of `width` units; `samples` are the batch.

    `sigma_w` is taken by the scaled normal initializer alone; `sigma_b` is the standard deviation of the biases of any,
    0 for what the initializer does by itself.
    """

    depth: int = 20
    width: int = 64
    activation: str = "tanh"
    initializer: str = "xavier_normal"
    sigma_w: float = 1.0
    sigma_b: float = 0.0
    norm: str = ""
    residual: bool = False
    samples: int = 32
    data: str = NOISE
    seed: int = 0

    def replaced(self, **changes: Any) -> FlowSettings:
        """The same with some of them changed."""
        return replace(self, **changes)

    def rule(self, inputs: int) -> Initializer:
        """The initializer of a layer with so many inputs."""
        entry = INITIALIZERS[self.initializer]
        return entry.configure(std=self.sigma_w / math.sqrt(inputs)) if self.initializer == SCALED_NORMAL else entry

    def weight_std(self, shape: tuple[int, int]) -> float | None:
        """The standard deviation of the weights of a layer (O, I); None where they are not random with mean 0."""
        entry = self.rule(shape[1])
        if entry.std is None or entry.settings.get("mean") or entry.settings.get("low", -1.0) >= 0.0:
            return None
        return float(entry.std(shape))

    def bias_std(self, shape: tuple[int, int]) -> float:
        """The standard deviation of the biases of a layer (O, I)."""
        if self.sigma_b:
            return self.sigma_b
        # the one rule that draws biases, PyTorch's own, takes the same bound for them as for weights
        drawn = self.rule(shape[1]).bias(np.random.default_rng(0), shape)
        return (self.weight_std(shape) or 0.0) if drawn.any() else 0.0


class FlowBatch(NamedTuple):
    """Inputs x (N, I) with targets as their loss reads them, (N, O)."""

    x: Array
    target: Array
    loss: str
    outputs: int


@lru_cache(maxsize=32)
def samples_of(data: str, samples: int, width: int, seed: int) -> FlowBatch:
    """The batch: noise, or rows of a data set with inputs of mean 0 and variance 1.

    Raises KeyError for data that do not exist.
    """
    rng = np.random.default_rng([seed, 1])
    if data == NOISE:
        return _frozen(FlowBatch(rng.normal(size=(samples, width)), rng.normal(size=(samples, 1)), "mse", 1))
    table = DATASETS[data].make(rng)
    rows = rng.permutation(table.samples)[:samples]
    x = np.asarray(table.x, dtype=float)
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    if table.task == "classes":
        target = np.eye(table.outputs)[np.asarray(table.target)[rows]]
        return _frozen(FlowBatch(x[rows], target, "cross_entropy", table.outputs))
    return _frozen(FlowBatch(x[rows], np.asarray(table.target, dtype=float)[rows], "mse", table.outputs))


def _frozen(found: FlowBatch) -> FlowBatch:
    found.x.flags.writeable = found.target.flags.writeable = False
    return found


def batch_of(settings: FlowSettings) -> FlowBatch:
    """The samples of these settings."""
    return samples_of(settings.data, settings.samples, settings.width, settings.seed)


def network_of(settings: FlowSettings) -> NetworkSpec:
    """The layers: `depth` of the given width, and a linear one for the outputs.

    A skip bypasses each layer but the first. Raises KeyError for an unknown activation, norm or data set.
    """
    batch = batch_of(settings)
    activation = ACTIVATIONS[settings.activation]
    norm = NORMS[settings.norm] if settings.norm else None
    inputs, width = batch.x.shape[1], settings.width
    hidden = [
        LayerSpec(width if index else inputs, width, activation, norm=norm, skip=int(settings.residual and index > 0))
        for index in range(settings.depth)
    ]
    last = LayerSpec(width, batch.outputs, ACTIVATIONS["identity"])
    spec = NetworkSpec((*hidden, last), LOSSES[batch.loss])
    return spec.reading("rows") if spec.loss.target == "classes" else spec


def weights_of(settings: FlowSettings, spec: NetworkSpec, seeds: int) -> Array:
    """Initial parameters (seeds, P), each row from a seed of its own."""
    found = np.empty((seeds, spec.size))
    for row, flat in enumerate(found):
        rng = np.random.default_rng([settings.seed, 2, row])
        if settings.initializer == SCALED_NORMAL:
            # one rule for all layers, whose standard deviation each layer then divides by its own √I
            flat[:] = initial_parameters(spec, INITIALIZERS[SCALED_NORMAL].configure(std=settings.sigma_w), rng)
            for view in spec.views(flat):
                view.weight[...] /= math.sqrt(view.weight.shape[-1])
        else:
            flat[:] = initial_parameters(spec, INITIALIZERS[settings.initializer], rng)
        if settings.sigma_b:
            for view in spec.views(flat):
                if view.bias is not None:
                    view.bias[...] = settings.sigma_b * rng.normal(size=view.bias.shape)
    return found


def target_of(spec: NetworkSpec, batch: FlowBatch) -> Array | None:
    """The targets as the network's loss reads them."""
    return as_target(spec, batch.target, len(batch.x))
