"""The loss over a plane of two weights, biases or inputs, with its contours and both gradients.

All points of a plane are one call of the engine.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.loss_curve import losses_at, reach_of
from mlpviz.network import Document
from mlpviz.sheet.cell import (
    EDITABLE,
    Cell,
    cell_words,
    gradient_of,
    parameter_index,
    places_of,
    selected_cell,
    value_of,
)
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence, told_apart

SIDE = 31
"""Points along one side of a plane; odd, so that the numbers themselves are in the middle."""

WORK, HELD = 26_000_000, 8_000_000
"""Points times parameters times samples of a plane, and points times parameters: more, and it gets coarser, so that it
answers within 100 ms and in 64 MB."""

COARSEST = 9
"""Points along one side of the coarsest plane."""

BANDS = 12
"""Into how many bands the contours cut a plane."""


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


def loss_plane(trace: Trace, first: Cell, second: Cell, new_params: Array) -> LossPlane:
    """The plane of two numbers, with the same reach for both, so that the gradient stands upright on the contours.

    Arguments and errors as for `loss_curve`.
    """
    places = (first, second)
    point = (value_of(trace, first), value_of(trace, second))
    slope = (gradient_of(trace, first), gradient_of(trace, second))
    updated = tuple(
        value if place.tensor == "x" else float(new_params[parameter_index(trace, place)])
        for value, place in zip(point, places, strict=True)
    )
    reach = max(reach_of(value, new) for value, new in zip(point, updated, strict=True))
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


def _levels(losses: Array) -> tuple[float, ...]:
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return ()
    cuts = np.quantile(finite, np.linspace(0.0, 1.0, BANDS + 1)[1:-1])
    return tuple(sorted({float(cut) for cut in cuts if finite.min() < cut < finite.max()}))


def contour_of(
    document: Document, first: str | None, second: str | None, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """The plane of two selected weights, biases or inputs; None if one is something else, or both are one number.

    `x` and `y` are the values along both sides, `losses` the rows from the lowest y (null where not finite), `levels`
    the edges of the bands; `point`, `slope` and `updated` are pairs. `sentence` says it.
    """
    one, other = selected_cell(document, first), selected_cell(document, second)
    if one is None or other is None or one == other or {one.tensor, other.tensor} - set(EDITABLE):
        return None
    if not {one.tensor, other.tensor} & {"x"} and _are_one(document.trace(), one, other):
        return None
    plane = loss_plane(document.trace(), one, other, document.next_step.new_params)
    if not all(map(math.isfinite, (plane.loss, *plane.slope))):
        return None
    return {
        "selection": first,
        "second": second,
        "x": plane.values[0].tolist(),
        "y": plane.values[1].tolist(),
        "losses": [[loss if math.isfinite(loss) else None for loss in row] for row in plane.losses.tolist()],
        "levels": plane.levels,
        "point": plane.point,
        "slope": plane.slope,
        "updated": plane.updated if all(map(math.isfinite, plane.updated)) else None,
        "names": [cell_words(one), cell_words(other)],
        "ends": [[exact_number(float(own[end]), style) for end in (0, -1)] for own in plane.values],
        "sentence": _sentence(plane, style),
    }


def _are_one(trace: Trace, one: Cell, other: Cell) -> bool:
    """Whether two places hold one tied number, which has no plane."""
    return parameter_index(trace, other) in places_of(trace, one)


def _sentence(plane: LossPlane, style: NumberStyle) -> Sentence:
    here = joined(", ", (exact_number(value, style) for value in plane.point))
    if plane.slope == (0.0, 0.0):
        return sentence("At ({here}) both gradients are 0: the ground is flat here.", here=here)
    slope = joined(", ", (exact_number(-value, style) for value in plane.slope))
    start = sentence("At ({here}) the way down is the negative gradient, ({slope}).", here=here, slope=slope)
    if plane.updated == plane.point or not math.isfinite(plane.loss_updated):
        return start
    before, after = told_apart((plane.loss, plane.loss_updated), style)
    return sentence(
        "{start} The update of these two alone {goes} from {before} to {after}.",
        start=start,
        goes="goes too far: the loss rises" if plane.loss_updated > plane.loss else "takes the loss",
        before=before,
        after=after,
    )
