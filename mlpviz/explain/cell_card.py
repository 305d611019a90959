"""What the panel says when a cell is asked: why a gradient is what it is, and what nudging a number would do."""

from __future__ import annotations

import math
from typing import Any

from mlpviz.explain.gradient_paths import GradientPath, gradient_paths
from mlpviz.explain.gradient_verdict import factor_text, verdict
from mlpviz.explain.loss_curve import LossCurve, loss_curve
from mlpviz.explain.path_sources import path_sources
from mlpviz.network import Document
from mlpviz.sheet.cell import EDITABLE, nudged_by
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, format_number, number_pair
from mlpviz.text.sentences import Sentence, exact_number, sentence


def explanation_of(document: Document, selection: str | None, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """The answer for the selected cell ("grad_a 5 1 2", counted from 1 as on screen), or None if it has no paths.

    `paths` are {"product", "equals", "route", "factors": [[text, exact, meaning]], "edges"}, the strongest first, with
    the weights they go through as [layer, row, column], row and column from 0; `rest` says what is left. Product and
    sum are pairs of text and exact, see `written`.
    """
    place = nudged_by(document, selection)
    if place is None or not place.tensor.startswith("grad_"):
        return None
    tensor, layer, row, column = place
    trace = document.trace()
    paths = gradient_paths(trace, tensor, layer, row, column)
    found = verdict(trace, tensor, layer, row, column, paths, style)
    left = paths.number - len(paths.strongest)
    many = len({start.sample for start in path_sources(trace, tensor, layer, row, column)}) > 1
    return {
        "selection": selection,
        "cause": found.cause,
        "verdict": found.sentence,
        "paths": [_path(path, many, style) for path in paths.strongest],
        "rest": _rest(left, paths.rest, style) if left > 0 else "",
        "sum": number_pair(paths.value, style),
    }


def _rest(left: float, value: float, style: NumberStyle) -> Sentence:
    noun = "path" if left == 1 else "paths"
    return sentence(
        "and {left} weaker {noun}: {value}", left=f"{left:,.0f}", noun=noun, value=exact_number(value, style)
    )


def _path(path: GradientPath, many: bool, style: NumberStyle) -> dict[str, Any]:
    units = [f"{factor.unit + 1}" for factor in path.factors if factor.kind == "weight"]
    route = f"through unit {' → '.join(units)}" if units else "straight to the loss"
    # batch norm leads from sample to sample
    if (arrives := path.factors[-1].sample) != path.sample:
        route += f", to the loss of sample {arrives + 1}"
    return {
        "product": number_pair(path.product, style),
        "equals": equality_sign((path.product, *(factor.value for factor in path.factors)), style),
        "route": f"sample {path.sample + 1}, {route}" if many else route,
        "factors": [[*number_pair(factor.value, style), factor_text(factor)] for factor in path.factors],
        "edges": [[factor.layer, factor.unit, factor.source] for factor in path.factors if factor.kind == "weight"],
    }


def nudge_of(document: Document, selection: str | None, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """The loss over a range of the selected weight, bias or input, or None for another cell.

    `values` and `losses` are the curve (null where not finite), `value`, `loss` and `slope` the point and its
    tangent, `updated` and `lossUpdated` where one step of this number alone would lead; `sentence` says it.
    """
    place = nudged_by(document, selection)
    if place is None or place.tensor not in EDITABLE:
        return None
    curve = loss_curve(document.trace(), place, document.next_step.new_params)
    if not math.isfinite(curve.loss) or not math.isfinite(curve.slope):
        return None
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
        "sentence": _nudge_sentence(curve, style),
    }


def _nudge_sentence(curve: LossCurve, style: NumberStyle) -> Sentence:
    if curve.slope == 0:
        return sentence("The slope here is 0: a small change of this number does not change the loss.")
    start = sentence(
        "The slope here is {slope}: raising this number a little {does} the loss.",
        slope=exact_number(curve.slope, style),
        does="raises" if curve.slope > 0 else "lowers",
    )
    if curve.updated is None or curve.loss_updated is None:
        return start
    delta: Sentence | str = ""
    if format_number(curve.loss, style) == format_number(curve.loss_updated, style):
        # two numbers that look alike say nothing
        delta = sentence(" ({delta})", delta=exact_number(curve.loss_updated - curve.loss, style, sign=True))
    return sentence(
        "{start} One step of this number alone, to {updated}, {goes} from {before} to {after}{delta}.",
        start=start,
        updated=exact_number(curve.updated, style),
        goes="goes too far: the loss rises" if curve.loss_updated > curve.loss else "takes the loss",
        before=exact_number(curve.loss, style),
        after=exact_number(curve.loss_updated, style),
        delta=delta,
    )
