"""What nudging a number would do to the loss: the loss over a range of it, or over a plane of two of them.

All points of a curve or a plane are one broadcast call of the engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import loss_value
from mlpviz.engine.pins import pin_masks

POINTS = 61
"""odd, so that the middle one is the number itself"""

REACH = 1.5
"""Times the number's own size, or its update if that is farther; at least 1 to each side."""

SIDE = 31
"""Points along one side of a plane; odd as well."""

WORK, HELD = 26_000_000, 8_000_000
"""Points times parameters times samples of a plane, and points times parameters: more, and it gets coarser, so that it
answers within 100 ms and in 64 MB."""

COARSEST = 9

BANDS = 12


class Nudged(NamedTuple):
    """One number that can be nudged: a tensor, its layer from 1 (x: 0), row and column from 0 as on screen."""

    tensor: str
    layer: int
    row: int
    column: int


class LossCurve(NamedTuple):
    """The `losses` (M,) at the `values` (M,) of one number; `slope` is its gradient, the tangent at `value`.

    `updated` is where the update of this number alone would take it, None for an input.
    """

    values: Array
    losses: Array
    value: float
    loss: float
    slope: float
    updated: float | None
    loss_updated: float | None


class LossPlane(NamedTuple):
    """The `losses` (M, M) where the first number is `values[0][i]` and the second `values[1][j]`: losses[j, i].

    `levels` (ascending) cut them into bands of about equal area. `point` is where the numbers are, `slope` their
    gradients; `updated` is where the update of these two alone would lead, an input staying where it is.
    """

    values: tuple[Array, Array]
    losses: Array
    levels: tuple[float, ...]
    point: tuple[float, float]
    loss: float
    slope: tuple[float, float]
    updated: tuple[float, float]
    loss_updated: float


def loss_curve(trace: Trace, place: Nudged, new_params: Array) -> LossCurve:
    """The curve of a weight, a bias, γ, β or an input. `new_params` (P,) are the parameters after the update.

    Raises KeyError for another tensor, or one that the layer has not.
    """
    value, slope = value_of(trace, place), slope_of(trace, place)
    updated = None if place.tensor == "x" else float(new_params[index_of(trace, place)])
    reach = _reach(value, updated)
    values = np.linspace(value - reach, value + reach, POINTS)
    # the ends leave rounding in the middle
    values[POINTS // 2] = value
    asked = values if updated is None else np.append(values, updated)
    losses = losses_at(trace, (place,), asked[:, None])
    after = None if updated is None else float(losses[-1])
    return LossCurve(values, losses[:POINTS], value, float(trace.loss), slope, updated, after)


def loss_plane(trace: Trace, first: Nudged, second: Nudged, new_params: Array) -> LossPlane:
    """The plane of two numbers, with the same reach for both, so that the gradient stands upright on the contours.

    Arguments and errors as for `curve_of`.
    """
    places = (first, second)
    point = (value_of(trace, first), value_of(trace, second))
    slope = (slope_of(trace, first), slope_of(trace, second))
    updated = tuple(
        value if place.tensor == "x" else float(new_params[index_of(trace, place)])
        for value, place in zip(point, places, strict=True)
    )
    reach = max(_reach(value, new) for value, new in zip(point, updated, strict=True))
    affordable = math.isqrt(min(WORK // trace.samples, HELD) // trace.spec.size)
    side = min(SIDE, max(COARSEST, (affordable - 1) // 2 * 2 + 1))
    values = tuple(np.linspace(value - reach, value + reach, side) for value in point)
    for own, value in zip(values, point, strict=True):
        own[side // 2] = value
    across, up = np.meshgrid(*values)
    asked = np.vstack([np.column_stack([across.ravel(), up.ravel()]), updated])
    losses = losses_at(trace, places, asked)
    return LossPlane(
        (values[0], values[1]), losses[:-1].reshape(side, side), _levels(losses[:-1]), point, float(trace.loss), slope,
        (updated[0], updated[1]), float(losses[-1]),
    )  # fmt: skip


def _reach(value: float, updated: float | None) -> float:
    step = 0.0 if updated is None or not np.isfinite(updated) else abs(updated - value)
    return max(1.0, REACH * abs(value), REACH * step)


def _levels(losses: Array) -> tuple[float, ...]:
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return ()
    cuts = np.quantile(finite, np.linspace(0.0, 1.0, BANDS + 1)[1:-1])
    return tuple(sorted({float(cut) for cut in cuts if finite.min() < cut < finite.max()}))


def index_of(trace: Trace, place: Nudged) -> int:
    """Where a weight, a bias, γ or β is in the flat vector. Raises KeyError for another tensor."""
    slot = trace.spec.slots[place.layer - 1]
    if place.tensor == "weight":
        return slot.weight.start + place.row * slot.shape[1] + place.column
    if place.tensor in ("bias", "gamma", "beta"):
        found = getattr(slot, place.tensor)
        if found.stop > found.start:
            return int(found.start) + place.row
    raise KeyError(place.tensor)


def value_of(trace: Trace, place: Nudged) -> float:
    """The number itself."""
    if place.tensor == "x":
        return float(trace.x[place.column, place.row])
    return float(trace.params[index_of(trace, place)])


def slope_of(trace: Trace, place: Nudged) -> float:
    """Its gradient."""
    if place.tensor == "x":
        return float(trace.grad_x[place.column, place.row])
    return float(trace.grad[index_of(trace, place)])


def losses_at(trace: Trace, places: Sequence[Nudged], values: Array) -> Array:
    """The loss (M,) with the numbers at the places set to `values` (M, len(places)), the rest as in the trace."""
    params, x = trace.params, trace.x
    for place, own in zip(places, values.T, strict=True):
        if place.tensor == "x":
            x = _many(x, trace.x.ndim, len(values))
            x[:, place.column, place.row] = own
        else:
            params = _many(params, 1, len(values))
            params[:, index_of(trace, place)] = own
    masks = pin_masks(trace.spec, trace.samples, trace.pins)
    mode = {"training": trace.training, "masks": trace.masks, "buffers": trace.buffers}
    return loss_value(trace.spec, params, x, trace.target, masks, **mode)[0]  # type: ignore[arg-type]  # as in `again`


def _many(array: Array, axes: int, copies: int) -> Array:
    return array if array.ndim > axes else np.broadcast_to(array, (copies, *array.shape)).copy()
