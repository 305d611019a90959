"""Why a gradient is zero, small or huge: a verdict in one sentence, from its paths, and the card that lists them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from mlpviz.engine import Trace
from mlpviz.explain.gradient_paths import GradientPath, GradientPaths, gradient_paths
from mlpviz.explain.path_sources import PathFactor, path_sources
from mlpviz.explain.zero_gradient import zero_reason
from mlpviz.network import Document
from mlpviz.sheet.cell import selected_cell
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, exact_number, number_pair, parenthesised, percent

CANCELS = 1e-12
"""Relative to the sum of the sizes of all paths: below it a sum is zero but for rounding."""

MOSTLY, SMALL_SLOPE, FEWEST = 0.2, 0.05, 3
SHRINKS, GROWS = 0.5, 2.0
"""The factor per layer from which a product counts as vanishing or exploding."""


class Verdict(NamedTuple):
    """`cause` is a word for tests and styles, `sentence` what is said."""

    cause: str
    sentence: str


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
        return Verdict("not finite", "This is not a finite number: somewhere on its paths a product is too large.")
    if paths.number == 0:
        cause, clause = zero_reason(trace, tensor, layer, row, column)
        return Verdict(cause, f"Zero, because {clause}.")
    if abs(paths.value) <= CANCELS * paths.size:
        return Verdict("cancel", f"Zero, although paths lead to the loss: they cancel, {_sum(paths, style)} = 0.")
    return _size(trace, paths, style)


def _sum(paths: GradientPaths, style: NumberStyle) -> str:
    if paths.number == len(paths.strongest) <= 4:
        terms = [exact_number(path.product, style) for path in paths.strongest]
        return " + ".join([terms[0], *map(parenthesised, terms[1:])])
    positive, negative = (paths.size + paths.value) / 2, (paths.size - paths.value) / 2
    both = f"{exact_number(positive, style, sign=True)} on some paths and {exact_number(-negative, style)} on others"
    return f"{both}, {paths.number:,.0f} paths in all"


def _size(trace: Trace, paths: GradientPaths, style: NumberStyle) -> Verdict:
    path = paths.strongest[0]
    lead = f"Its strongest path carries {percent(abs(path.product) / paths.size, 0)} of it."
    flat = min((f for f in path.factors if f.kind == "slope"), key=lambda f: abs(f.value), default=None)
    steps = _per_layer(path)
    if len(steps) >= FEWEST:
        mean = math.prod(abs(step) for step in steps) ** (1 / len(steps))
        listed = " · ".join(
            [exact_number(steps[0], style), *(parenthesised(exact_number(step, style)) for step in steps[1:])]
        )
        along = f"{exact_number(mean, style)} per layer over {len(steps)} layers ({listed})"
        if mean <= SHRINKS:
            return Verdict("vanishing", f"It shrinks on its way: {along}{_flattest(trace, flat, style)}.")
        if mean >= GROWS:
            return Verdict("exploding", f"It grows on its way: {along}.")
    if abs(paths.value) < MOSTLY * paths.size and paths.number > 1:
        left = percent(abs(paths.value) / paths.size)
        return Verdict("partly cancel", f"Most of it cancels: {_sum(paths, style)}; {left} of the sizes is left.")
    if flat is not None and abs(flat.value) < SMALL_SLOPE:
        return Verdict("saturated", f"Small, because {_saturated(trace, flat, style)}.")
    return Verdict("carried", lead if paths.number > 1 else "One path carries all of it.")


def _saturated(trace: Trace, slope: PathFactor, style: NumberStyle) -> str:
    name = trace.spec.activations[slope.layer - 1].label
    where = f"unit {slope.unit + 1} of layer {slope.layer}"
    return f"the {name} of {where} is saturated: its slope is {exact_number(slope.value, style)}"


def _flattest(trace: Trace, slope: PathFactor | None, style: NumberStyle) -> str:
    """A clause on the flattest unit of a product that shrinks, if it is saturated."""
    return f"; {_saturated(trace, slope, style)}" if slope is not None and abs(slope.value) < SMALL_SLOPE else ""


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
    sum are pairs of text and exact, see `number_pair`; sentences hold their numbers as `exact_number` gives them.
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
        "rest": f"and {left:,.0f} weaker {'path' if left == 1 else 'paths'}: {exact_number(paths.rest, style)}"
        if left > 0
        else "",
        "sum": number_pair(paths.value, style),
    }


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
