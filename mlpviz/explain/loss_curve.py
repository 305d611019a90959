"""The loss over a range of one weight, bias or input, with its gradient as the tangent.

All points of a curve are one call of the engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.point_losses import losses_of_points
from mlpviz.network import Document
from mlpviz.sheet.cell import EDITABLE, Cell, gradient_of, parameter_index, places_of, selected_cell, value_of
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, sentence, told_apart

POINTS = 61
"""odd, so that the middle one is the number itself"""

REACH = 1.5
"""Times the number's own size, or its update if that is farther; at least 1 to each side."""


class LossCurve(NamedTuple):
    """The `losses` (M,) at the `values` (M,) of one number; `slope` is its gradient, the tangent at `value`.

    `updated` is where the update of this number alone would take it, None for an input and where that is no finite
    number.
    """

    values: Array
    losses: Array
    value: float
    loss: float
    slope: float
    updated: float | None
    loss_updated: float | None


def loss_curve(trace: Trace, place: Cell, new_params: Array) -> LossCurve:
    """The curve of a weight, a bias, γ, β or an input. `new_params` (P,) are the parameters after the update.

    Raises KeyError for another tensor, or one that the layer does not have.
    """
    value, slope = value_of(trace, place), gradient_of(trace, place)
    updated = None if place.tensor == "x" else float(new_params[parameter_index(trace, place)])
    if updated is not None and not math.isfinite(updated):  # a step out of the range of numbers leads nowhere
        updated = None
    reach = reach_of(value, updated)
    values = np.linspace(value - reach, value + reach, POINTS)
    # the ends leave rounding in the middle
    values[POINTS // 2] = value
    asked = values if updated is None else np.append(values, updated)
    losses = losses_at(trace, (place,), asked[:, None])
    after = None if updated is None else float(losses[-1])
    return LossCurve(values, losses[:POINTS], value, float(trace.loss), slope, updated, after)


def reach_of(value: float, updated: float | None) -> float:
    """How far a curve goes to each side of a number, which one step would take to `updated`."""
    step = 0.0 if updated is None or not np.isfinite(updated) else abs(updated - value)
    return max(1.0, REACH * abs(value), REACH * step)


def losses_at(trace: Trace, places: Sequence[Cell], values: Array) -> Array:
    """The loss (M,) with the numbers at the places set to `values` (M, len(places)), the rest as in the trace."""
    params, x = trace.params, trace.x
    for place, own in zip(places, values.T, strict=True):
        if place.tensor == "x":
            x = _many(x, trace.x.ndim, len(values))
            x[:, place.column, place.row] = own
        else:
            params = _many(params, 1, len(values))
            params[:, places_of(trace, place)] = own[:, None]
    masks = pin_masks(trace.spec, trace.samples, trace.pins)
    return losses_of_points(
        trace.spec, params, x, trace.target, masks, training=trace.training, masks=trace.masks, buffers=trace.buffers
    )


def _many(array: Array, axes: int, copies: int) -> Array:
    return array if array.ndim > axes else np.broadcast_to(array, (copies, *array.shape)).copy()


def nudge_of(document: Document, selection: str | None, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """The loss over a range of the selected weight, bias or input, or None for another cell.

    `values` and `losses` are the curve (null where not finite), `value`, `loss` and `slope` the point and its
    tangent, `updated` and `lossUpdated` where one step of this number alone would lead; `sentence` says it.
    """
    place = selected_cell(document, selection)
    if place is None or place.tensor not in EDITABLE:
        return None
    curve = loss_curve(document.trace(), place, document.next_step.new_params)
    if not math.isfinite(curve.loss) or not math.isfinite(curve.slope):
        return None
    uses = 1 if place.tensor == "x" else len(places_of(document.trace(), place))
    return {
        "selection": selection,
        "values": curve.values.tolist(),
        "losses": [loss if math.isfinite(loss) else None for loss in curve.losses.tolist()],
        "value": curve.value,
        "loss": curve.loss,
        "slope": curve.slope,
        "updated": curve.updated,
        "lossUpdated": curve.loss_updated if math.isfinite(curve.loss_updated or 0.0) else None,
        "low": exact_number(float(curve.values[0]), style),
        "high": exact_number(float(curve.values[-1]), style),
        "sentence": _nudge_sentence(curve, uses, style),
    }


def _nudge_sentence(curve: LossCurve, uses: int, style: NumberStyle) -> Sentence:
    if curve.slope == 0:
        return sentence("The slope here is 0: a small change of this number does not change the loss.")
    start = sentence(
        "The slope here is {slope}: raising this number a little{where} {does} the loss.",
        slope=exact_number(curve.slope, style),
        where="" if uses == 1 else f", in {'both' if uses == 2 else f'all {uses}'} places that use it,",
        does="raises" if curve.slope > 0 else "lowers",
    )
    if curve.updated is None or curve.loss_updated is None:
        return start
    before, after = told_apart((curve.loss, curve.loss_updated), style)
    return sentence(
        "{start} One step of this number alone, to {updated}, {goes} from {before} to {after}.",
        start=start,
        updated=exact_number(curve.updated, style),
        goes="goes too far: the loss rises" if curve.loss_updated > curve.loss else "takes the loss",
        before=before,
        after=after,
    )
