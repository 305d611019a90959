"""What nudging one number would do to the loss: the loss over a range of it, in one broadcast call of the engine."""

from __future__ import annotations

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


class Curve(NamedTuple):
    """The `losses` (M,) at the `values` (M,) of one number; `slope` is its gradient, the tangent at `value`.

    `updated` is where one step of gradient descent of this number alone would take it, None for an input.
    """

    values: Array
    losses: Array
    value: float
    loss: float
    slope: float
    updated: float | None
    loss_updated: float | None


def curve_of(trace: Trace, tensor: str, layer: int, row: int, column: int, learning_rate: float) -> Curve:
    """The curve of a weight, a bias or an input; layer counts from 1, row and column from 0 as on screen.

    Raises KeyError for another tensor.
    """
    index, value, slope = _place(trace, tensor, layer, row, column)
    updated = None if tensor == "x" else value - learning_rate * slope
    step = 0.0 if updated is None or not np.isfinite(updated) else abs(updated - value)
    reach = max(1.0, REACH * abs(value), REACH * step)
    values = np.linspace(value - reach, value + reach, POINTS)
    # the ends leave rounding in the middle
    values[POINTS // 2] = value
    losses = _losses(trace, tensor, index, values)
    after = None if updated is None else float(_losses(trace, tensor, index, np.array([updated]))[0])
    return Curve(values, losses, value, float(trace.loss), slope, updated, after)


def _place(trace: Trace, tensor: str, layer: int, row: int, column: int) -> tuple[tuple[int, ...], float, float]:
    """The index in the flat vector, or in x; the number there and its gradient."""
    if tensor == "x":
        return (column, row), float(trace.x[column, row]), float(trace.grad_x[column, row])
    slot = trace.spec.slots[layer - 1]
    if tensor == "weight":
        index = slot.weight.start + row * slot.shape[1] + column
    elif tensor == "bias" and slot.has_bias:
        index = slot.bias.start + row
    else:
        raise KeyError(tensor)
    return (index,), float(trace.params[index]), float(trace.grad[index])


def _losses(trace: Trace, tensor: str, index: tuple[int, ...], values: Array) -> Array:
    masks = pin_masks(trace.spec, trace.samples, trace.pins)
    thing = trace.x if tensor == "x" else trace.params
    many = np.broadcast_to(thing, (len(values), *thing.shape)).copy()
    many.reshape(len(values), -1)[:, np.ravel_multi_index(index, thing.shape)] = values
    params, x = (trace.params, many) if tensor == "x" else (many, trace.x)
    return loss_value(trace.spec, params, x, trace.target, masks)[0]
