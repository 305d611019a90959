"""The card of a gradient: the verdict, and the strongest of its paths with their factors."""

from __future__ import annotations

from typing import Any

from mlpviz.engine import Trace
from mlpviz.explain.gradient_paths import GradientPath, gradient_paths
from mlpviz.explain.gradient_verdict import factor_text, factor_word, verdict
from mlpviz.explain.path_sources import path_sources
from mlpviz.explain.update_breakdown import uses_sentence
from mlpviz.network import Document
from mlpviz.sheet.cell import Cell, selected_cell
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, number_pair
from mlpviz.text.sentences import Sentence, exact_number, sentence


def explanation_of(document: Document, selection: str | None, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """The answer for the selected cell ("grad_a 5 1 2", counted from 1 as on screen), or None if it has no paths.

    `paths` are {"product", "equals", "route", "factors": [[text, exact, meaning, word]], "edges"}, the strongest
    first, with the weights they go through as [layer, row, column], row and column from 0; `rest` says what is left.
    Product and sum are pairs of text and exact, see `number_pair`. `uses` says where else a tied number is used.
    """
    place = selected_cell(document, selection)
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
        "uses": _uses(trace, place, style),
    }


def _uses(trace: Trace, place: Cell, style: NumberStyle) -> Sentence | str:
    """What is said of the gradient of a tied number, which is that of one use; empty for any other."""
    own = place._replace(tensor=place.tensor.removeprefix("grad_"))
    if own.tensor not in ("weight", "bias") or not (said := uses_sentence(trace, own, style)):
        return ""
    return sentence("This is the part of this use alone, and so are its paths. {said}", said=said)


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
        "factors": [
            [*number_pair(factor.value, style), factor_text(factor), factor_word(factor)] for factor in path.factors
        ],
        "edges": [[factor.layer, factor.unit, factor.source] for factor in path.factors if factor.kind == "weight"],
    }
