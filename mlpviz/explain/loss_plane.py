"""The loss over a plane of two numbers, as the panel draws it."""

from __future__ import annotations

import math
from typing import Any

from mlpviz.explain.loss_curve import LossPlane, Nudged, loss_plane
from mlpviz.network import Document
from mlpviz.sheet.cell import EDITABLE, nudged_by
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence


def contour_of(
    document: Document, first: str | None, second: str | None, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """The plane of two selected weights, biases or inputs; None if one is something else, or both are the same.

    `x` and `y` are the values along both sides, `losses` the rows from the lowest y (null where not finite), `levels`
    the edges of the bands; `point`, `slope` and `updated` are pairs. `sentence` says it.
    """
    one, other = nudged_by(document, first), nudged_by(document, second)
    if one is None or other is None or one == other or {one.tensor, other.tensor} - set(EDITABLE):
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
        "names": [_name(one), _name(other)],
        "ends": [[exact_number(float(own[end]), style) for end in (0, -1)] for own in plane.values],
        "sentence": _sentence(plane, style),
    }


def _name(place: Nudged) -> str:
    match place.tensor:
        case "weight":
            return f"W {place.row + 1},{place.column + 1} of layer {place.layer}"
        case "bias":
            return f"b {place.row + 1} of layer {place.layer}"
        case "gamma" | "beta":
            return f"{'γ' if place.tensor == 'gamma' else 'β'} {place.row + 1} of layer {place.layer}"
    return f"x {place.row + 1} of sample {place.column + 1}"


def _sentence(plane: LossPlane, style: NumberStyle) -> Sentence:
    here = joined(", ", (exact_number(value, style) for value in plane.point))
    if plane.slope == (0.0, 0.0):
        return sentence("At ({here}) both gradients are 0: the ground is flat here.", here=here)
    slope = joined(", ", (exact_number(-value, style) for value in plane.slope))
    start = sentence("At ({here}) the way down is the negative gradient, ({slope}).", here=here, slope=slope)
    if plane.updated == plane.point or not math.isfinite(plane.loss_updated):
        return start
    return sentence(
        "{start} The update of these two alone {goes} from {before} to {after}.",
        start=start,
        goes="goes too far: the loss rises" if plane.loss_updated > plane.loss else "takes the loss",
        before=exact_number(plane.loss, style),
        after=exact_number(plane.loss_updated, style),
    )
