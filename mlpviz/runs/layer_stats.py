"""Statistics of each layer at one set of parameters: distributions, gradient norms, dead units.

A pure function of the parameters and a few samples, so that any checkpoint can be measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import NetworkSpec, Trace, draw_masks, run_pass
from mlpviz.engine.parameters import Array
from mlpviz.engine.thinning import every_nth
from mlpviz.engine.training import Samples

SAMPLES = 200
"""How many samples are measured: enough for a distribution, few enough for every frame."""

NUMBERS = 4000
"""How many numbers of a layer are measured, evenly picked."""

BINS = 24
QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)

_QUANTILES = np.array(QUANTILES)
_INNER_EDGES = np.arange(1.0, BINS)

NEARLY_ZERO = 1e-3

ALIKE = 1e-6
"""How far weights of units that began alike drift apart by rounding alone, as a share of the largest."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """A distribution of numbers: the QUANTILES, counts of equal bins from the lowest to the highest, share of zeros.

    NaN, and no counts, where a number is not finite.
    """

    quantiles: NDArray[np.float64]
    counts: NDArray[np.int64]
    zeros: float


@dataclass(frozen=True, eq=False)
class LayerStats:
    """One layer: distributions of its weights, activations and gradients of the weights.

    `gradient_norm` is that of all its parameters, `delta` the root mean square of ∂L/∂z over samples and units. `dead`
    are the units, from 0, whose activation is flat at every sample: no gradient can pass. `alike` says that all units
    have the same numbers before and behind them and get the same gradient, so that they stay alike.
    """

    weights: Distribution
    activations: Distribution
    gradients: Distribution
    gradient_norm: float
    delta: float
    dead: tuple[int, ...]
    alike: bool


@dataclass(frozen=True, eq=False)
class NetworkStats:
    """The statistics of all layers, and the norm of the whole gradient."""

    layers: tuple[LayerStats, ...]
    gradient_norm: float

    @property
    def dead_units(self) -> int:
        """How many units of the hidden layers are dead."""
        return sum(len(layer.dead) for layer in self.layers[:-1])


def measure_layers(spec: NetworkSpec, params: Array, part: Samples, buffers: Array | None = None) -> NetworkStats:
    """Measure one training pass over these samples, without penalty; dropout always draws the same masks."""
    masks = draw_masks(spec, len(part.x), np.random.default_rng(0), dtype=params.dtype) if not spec.is_plain else {}
    # batch norm can't train on one sample
    training = len(part.x) > 1 or spec.buffer_size == 0
    trace = run_pass(
        spec, params, part.x, part.target, training=training, masks=masks, buffers=buffers, dtype=params.dtype,
        as_read=True,
    )  # fmt: skip
    with np.errstate(all="ignore"):
        layers = tuple(_layer(trace, index) for index in range(len(spec.layers)))
        return NetworkStats(layers, float(np.linalg.norm(trace.grad)))


def _layer(trace: Trace, index: int) -> LayerStats:
    layer, slot = trace.layers[index], trace.spec.slots[index]
    return LayerStats(
        distribution(layer.weight),
        distribution(layer.a),
        distribution(layer.grad_weight),
        float(np.linalg.norm(trace.grad[slot.weight.start : slot.stop])),
        float(np.sqrt(np.square(layer.grad_z, dtype=np.float64).mean())),
        tuple(int(unit) for unit in np.flatnonzero(_is_flat(trace, index))),
        _alike(trace, index),
    )


def _is_flat(trace: Trace, index: int) -> NDArray[np.bool_]:
    """Which units (O,) pass no gradient at any sample."""
    layer, activation = trace.layers[index], trace.spec.layers[index].activation
    ones = np.ones_like(layer.activation_input)
    # units that mix: the slopes of one row may cancel, those of one unit after the other cannot
    probes = [ones] if activation.elementwise else [ones * unit for unit in np.eye(ones.shape[-1], dtype=ones.dtype)]
    flat = np.ones(ones.shape[-1], dtype=bool)
    for probe in probes:
        grad = activation.vjp(layer.activation_input, trace.unpinned[index], probe, *layer.alpha_arguments)
        flat &= (grad == 0.0).all(axis=0)
    return flat


def _alike(trace: Trace, index: int) -> bool:
    """Whether the units have the same weights, biases and gradients, and the next layer reads them alike."""
    layer, plan = trace.layers[index], trace.spec.layers[index]
    if len(layer.weight) < 2 or plan.dropout or index + 1 == len(trace.layers):
        return False
    behind = trace.layers[index + 1]
    views, gradients = trace.spec.views(trace.params)[index], trace.spec.views(trace.grad)[index]
    own = [layer.weight, behind.weight.T, behind.grad_weight.T]
    own += [part for view in (views, gradients) for part in view if part is not None]
    return all(_same(part) for part in own)


def _same(rows: Array) -> bool:
    """Whether all rows, one per unit, are equal but for rounding."""
    return bool(np.ptp(rows, axis=0).max() <= ALIKE * np.abs(rows).max())


def distribution(numbers: Array) -> Distribution:
    """The distribution of an array of any shape."""
    flat = numbers.ravel()
    flat = flat[every_nth(flat.size, NUMBERS)]
    if not np.isfinite(flat).all():
        return Distribution(np.full(len(QUANTILES), np.nan), np.empty(0, np.int64), 0.0)
    ordered = np.sort(flat)
    # the nearest rank: a tenth of the cost of interpolating
    quantiles = ordered[np.rint(_QUANTILES * (flat.size - 1)).astype(np.intp)].astype(np.float64)
    low, high = quantiles[0], quantiles[-1]
    ends = np.empty(BINS + 1, dtype=np.intp)
    ends[0], ends[-1] = 0, flat.size
    ends[1:-1] = ordered.searchsorted(low + _INNER_EDGES * ((high - low) / BINS), side="right")
    zeros = ordered.searchsorted(NEARLY_ZERO, side="right") - ordered.searchsorted(-NEARLY_ZERO)
    return Distribution(quantiles, ends[1:] - ends[:-1], float(zeros / flat.size))
