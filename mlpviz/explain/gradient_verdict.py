"""Why a gradient is zero, small or huge: a verdict in one sentence, from its paths, and the card that lists them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from mlpviz.engine import Trace
from mlpviz.explain.gradient_paths import GradientPath, GradientPaths, gradient_paths
from mlpviz.explain.loss_clamp import held_on_path, held_sentence
from mlpviz.explain.path_sources import PathFactor, path_sources
from mlpviz.explain.zero_gradient import zero_reason
from mlpviz.network import Document
from mlpviz.sheet.cell import selected_cell
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, number_pair, percent
from mlpviz.text.sentences import Sentence, exact_number, joined, parenthesised, sentence

CANCELS = 1e-12
"""Relative to the sum of the sizes of all paths: below it a sum is zero but for rounding."""

MOSTLY, SMALL_SLOPE, FEWEST = 0.2, 0.05, 3
SHRINKS, GROWS = 0.5, 2.0
"""The factor per layer from which a product counts as vanishing or exploding."""


class Verdict(NamedTuple):
    """`cause` is a word for tests and styles, `sentence` what is said."""

    cause: str
    sentence: Sentence


def verdict(
    trace: Trace,
    tensor: str,
    layer: int,
    row: int,
    column: int,
    paths: GradientPaths | None = None,
    style: NumberStyle = DEFAULT,
) -> Verdict:
    """The verdict on one cell of a gradient; arguments as for `gradient_paths`."""
    paths = paths or gradient_paths(trace, tensor, layer, row, column)
    if not math.isfinite(paths.value) or not math.isfinite(paths.size):
        said = "This is not a finite number: somewhere on its paths a product is too large."
        return Verdict("not finite", sentence(said))
    if (held := held_on_path(trace, tensor, layer, row, column, paths)) is not None:
        return Verdict("held", held_sentence(trace, held, style))
    if paths.number == 0:
        cause, clause = zero_reason(trace, tensor, layer, row, column)
        return Verdict(cause, sentence("Zero, because {clause}.", clause=clause))
    if abs(paths.value) <= CANCELS * paths.size:
        said = "Zero, although paths lead to the loss: they cancel, {sum} = 0."
        return Verdict("cancel", sentence(said, sum=_sum(paths, style)))
    return _size(trace, paths, style)


def _sum(paths: GradientPaths, style: NumberStyle) -> Sentence:
    if paths.number == len(paths.strongest) <= 4:
        terms = [exact_number(path.product, style) for path in paths.strongest]
        return joined(" + ", (terms[0], *map(parenthesised, terms[1:])))
    positive, negative = (paths.size + paths.value) / 2, (paths.size - paths.value) / 2
    return sentence(
        "{positive} on some paths and {negative} on others, {number} paths in all",
        positive=exact_number(positive, style, sign=True),
        negative=exact_number(-negative, style),
        number=f"{paths.number:,.0f}",
    )


def _size(trace: Trace, paths: GradientPaths, style: NumberStyle) -> Verdict:
    path = paths.strongest[0]
    flat = min((f for f in path.factors if f.kind == "slope"), key=lambda f: abs(f.value), default=None)
    steps = _per_layer(path)
    if len(steps) >= FEWEST:
        mean = math.prod(abs(step) for step in steps) ** (1 / len(steps))
        first, *others = (exact_number(step, style) for step in steps)
        along = sentence(
            "{mean} per layer over {count} layers ({steps})",
            mean=exact_number(mean, style),
            count=len(steps),
            steps=joined(" · ", (first, *map(parenthesised, others))),
        )
        if mean <= SHRINKS:
            flattest = _flattest(trace, flat, style)
            said = sentence("It shrinks on its way: {along}{flattest}.", along=along, flattest=flattest)
            return Verdict("vanishing", said)
        if mean >= GROWS:
            return Verdict("exploding", sentence("It grows on its way: {along}.", along=along))
    if abs(paths.value) < MOSTLY * paths.size and paths.number > 1:
        left = percent(abs(paths.value) / paths.size)
        said = sentence("Most of it cancels: {sum}; {left} of the sizes is left.", sum=_sum(paths, style), left=left)
        return Verdict("partly cancel", said)
    if flat is not None and abs(flat.value) < SMALL_SLOPE:
        return Verdict("saturated", sentence("Small, because {reason}.", reason=_saturated(trace, flat, style)))
    share = percent(abs(path.product) / paths.size, 0)
    lead = f"Its strongest path carries {share} of it." if paths.number > 1 else "One path carries all of it."
    return Verdict("carried", sentence(lead))


def _saturated(trace: Trace, slope: PathFactor, style: NumberStyle) -> Sentence:
    return sentence(
        "the {name} of unit {unit} of layer {layer} is saturated: its slope is {slope}",
        name=trace.spec.activations[slope.layer - 1].label,
        unit=slope.unit + 1,
        layer=slope.layer,
        slope=exact_number(slope.value, style),
    )


def _flattest(trace: Trace, slope: PathFactor | None, style: NumberStyle) -> Sentence | str:
    """A clause on the flattest unit of a product that shrinks, if it is saturated."""
    if slope is None or abs(slope.value) >= SMALL_SLOPE:
        return ""
    return sentence("; {reason}", reason=_saturated(trace, slope, style))


def _per_layer(path: GradientPath) -> list[float]:
    """The product of all factors of each layer that the path crosses as a whole."""
    layers: dict[int, float] = {}
    for factor in path.factors:
        if factor.kind == "weight":
            layers[factor.layer] = factor.value
        elif factor.layer in layers and factor.kind in ("slope", "norm", "scale", "dropout"):
            layers[factor.layer] *= factor.value
    return [layers[layer] for layer in sorted(layers)]


def factor_text(factor: PathFactor) -> str:
    """What a factor is, in the words of the sheet."""
    unit, source, layer = factor.unit + 1, factor.source + 1, factor.layer
    match factor.kind:
        case "input":
            return f"a of unit {unit}" if layer else f"x of input {unit}"
        case "score":
            return f"ẑ of unit {unit}, sample {factor.sample + 1}"
        case "statistic":
            return f"how ẑ of unit {unit}, sample {factor.sample + 1} changes with it"
        case "weight":
            return f"W {unit},{source} of layer {layer}"
        case "slope":
            return f"slope of unit {unit}, layer {layer}"
        case "norm":
            return f"norm of layer {layer}: z of unit {source} in ẑ of unit {unit}, sample {factor.sample + 1}"
        case "scale":
            return f"γ of unit {unit}, layer {layer}"
        case "dropout":
            return f"dropout of unit {unit}, layer {layer}: 1 / (1 − p) where it is kept"
        case "skip":
            return f"skip to unit {unit} of layer {layer}"
    return f"∂L/∂a of output {unit}"


def explanation_of(document: Document, selection: str | None, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """The answer for the selected cell ("grad_a 5 1 2", counted from 1 as on screen), or None if it has no paths.

    `paths` are {"product", "equals", "route", "factors": [[text, exact, meaning]], "edges"}, the strongest first, with
    the weights they go through as [layer, row, column], row and column from 0; `rest` says what is left. Product and
    sum are pairs of text and exact, see `number_pair`.
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
