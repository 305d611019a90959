"""Why a gradient is zero, small or huge: a verdict in one sentence, from its paths."""

from __future__ import annotations

import math
from typing import NamedTuple

from mlpviz.engine import Trace
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.explain.gradient_paths import GradientPath, GradientPaths, gradient_paths
from mlpviz.explain.loss_clamp import held_on_path, held_sentence
from mlpviz.explain.nonfinite import first_nonfinite
from mlpviz.explain.path_sources import PathFactor
from mlpviz.explain.path_stops import ZeroFact
from mlpviz.explain.zero_gradient import zero_reason
from mlpviz.text.numbers import DEFAULT, NumberStyle, percent
from mlpviz.text.sentences import Sentence, exact_number, joined, parenthesised, sentence

CANCELS = 1e-12
"""Relative to the sum of the sizes of all paths: below it a sum is zero but for rounding."""

ADDS_UP = 1e-6
"""Relative to the same: paths that add up to the gradient no better than this are nothing but rounding."""

TINY = 1e-5
"""Shares below are written as numbers, not as percentages."""

MOSTLY, SMALL, FEWEST = 0.2, 0.05, 3
"""A share of the sizes below the first counts as cancelled; a factor or a gradient below the second counts as small."""

SHRINKS, GROWS = 0.5, 2.0
"""The factor per layer from which a product counts as vanishing or exploding."""


class Verdict(NamedTuple):
    """`cause` is a word for tests and styles, `sentence` what is said; the rest is the same as data.

    `zeros` are the factors that are said to be 0, `claim` as in `ZeroReason`, `smallest` is the factor that is named as
    the smallest of the strongest path. `numbers` are the numbers of the sentence by name: value, size (the sizes of all
    paths added up), strongest, share (of the sizes; of the value where all signs agree), per_layer, step_1 …, path_1 …,
    positive, negative, factor.
    """

    cause: str
    sentence: Sentence
    zeros: tuple[ZeroFact, ...] = ()
    claim: str = ""
    smallest: PathFactor | None = None
    numbers: dict[str, float] = {}  # noqa: RUF012  # a NamedTuple is immutable, and nothing writes into it


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
    if not math.isfinite(paths.value):
        found = first_nonfinite(trace)
        began = sentence(" It began here: {where}", where=found.sentence) if found is not None else ""
        return Verdict("not finite", sentence("This is not a finite number.{began}", began=began))
    if not math.isfinite(paths.size):
        said = "A factor on its paths is not finite, so the paths cannot be compared."
        return Verdict("not finite", sentence(said))
    held = held_on_path(trace, tensor, layer, row, column, paths)
    # a bound is no cause of a zero, but where it is the loss with its own activation that would have none
    if held is not None and (paths.number or held.grad == 0.0 or held.grad_z is not None):
        numbers = {"output": held.output, "grad": held.grad, "bare": held.bare}
        numbers |= {} if held.grad_z is None else {"grad_z": held.grad_z}
        return Verdict("held", held_sentence(trace, held, style), numbers=numbers)
    if paths.number == 0:
        cause, clause, _, zeros, claim = zero_reason(trace, tensor, layer, row, column)
        rounded = " but for rounding" * (paths.value != 0.0)
        return Verdict(
            cause, sentence("Zero{rounded}, because {clause}.", rounded=rounded, clause=clause), zeros, claim
        )
    if paths.size == 0:
        said = "Zero, because the product of its factors, none of which is 0, is smaller than a number can be."
        return Verdict("underflow", sentence(said))
    if paths.number == len(paths.strongest) and abs(paths.rest) > ADDS_UP * paths.size:
        largest = exact_number(paths.size, style)
        said = "Zero but for rounding: what a norm leaves of it, {largest} at most, is less than its own rounding."
        return Verdict("rounding", sentence(said, largest=largest), numbers=_totals(paths))
    # what is left of paths that add up to nothing is rounding, also where it is more than usual
    nothing = paths.number == len(paths.strongest) and abs(paths.rest) > 0.5 * abs(paths.value)
    if nothing or abs(paths.value) <= CANCELS * paths.size:
        rounded, is_written = " but for rounding" * (paths.value != 0.0), paths.number == len(paths.strongest) <= 4
        equal = " = 0" * (is_written and not rounded)
        said = f"Zero{rounded}, although paths lead to the loss: they cancel, {{sum}}{equal}."
        total, numbers = _sum(paths, style)
        return Verdict("cancel", sentence(said, sum=total), numbers=numbers | _totals(paths))
    return _size(trace, paths, style)


def _totals(paths: GradientPaths) -> dict[str, float]:
    return {"value": paths.value, "size": paths.size}


def _sum(paths: GradientPaths, style: NumberStyle) -> tuple[Sentence, dict[str, float]]:
    if paths.number == len(paths.strongest) <= 4:
        terms = [exact_number(path.product, style) for path in paths.strongest]
        numbers = {f"path_{place}": path.product for place, path in enumerate(paths.strongest, start=1)}
        return joined(" + ", (terms[0], *map(parenthesised, terms[1:]))), numbers
    positive, negative = (paths.size + paths.value) / 2, (paths.size - paths.value) / 2
    said = sentence(
        "{positive} on some paths and {negative} on others, {number} paths in all",
        positive=exact_number(positive, style, sign=True),
        negative=exact_number(-negative, style),
        number=f"{paths.number:,.0f}",
    )
    return said, {"positive": positive, "negative": -negative, "number": paths.number}


def _size(trace: Trace, paths: GradientPaths, style: NumberStyle) -> Verdict:
    path = paths.strongest[0]
    smallest = min(path.factors, key=lambda factor: abs(factor.value))
    # what a factor takes away must be seen in the gradient: a small one between large ones does not make it small
    is_small = abs(smallest.value) < SMALL and max(abs(paths.value), abs(path.product)) < SMALL
    left = abs(paths.value) / paths.size
    steps = _per_layer(path)
    if len(steps) >= FEWEST:
        mean = math.exp(sum(math.log(abs(step)) for step in steps) / len(steps))
        first, *others = (exact_number(step, style) for step in steps)
        along = sentence(
            "{mean} per layer over {count} layers ({steps})",
            mean=exact_number(mean, style),
            count=len(steps),
            steps=joined(" · ", (first, *map(parenthesised, others))),
        )
        numbers = {"per_layer": mean} | {f"step_{place}": step for place, step in enumerate(steps, start=1)}
        if mean <= SHRINKS or mean >= GROWS:
            also: Sentence | str = ""
            named: PathFactor | None = None
            # a product that shrinks is explained by its smallest factor, whatever comes before and after it
            if is_small or (mean <= SHRINKS and abs(smallest.value) < SMALL):
                reason, more = _smallest(trace, smallest, style)
                also, named, numbers = sentence("; {reason}", reason=reason), smallest, numbers | more
            goes, cause = ("shrinks", "vanishing") if mean <= SHRINKS else ("grows", "exploding")
            said = sentence(f"It {goes} on its way: {{along}}{{also}}.", along=along, also=also)
            return Verdict(cause, said, smallest=named, numbers=numbers)
    if paths.number > 1 and left < MOSTLY and not (is_small and abs(smallest.value) < left):
        total, numbers = _sum(paths, style)
        # a percentage has no digits for what is nearly nothing
        share = exact_number(left, style) if left < TINY else percent(left)
        said = sentence("Most of it cancels: {sum}; {left} of the sizes is left.", sum=total, left=share)
        return Verdict("partly cancel", said, numbers=numbers | _totals(paths) | {"share": left})
    if is_small:
        reason, numbers = _smallest(trace, smallest, style)
        cause = {"slope": "saturated", "norm": "norm small"}.get(smallest.kind, f"small {smallest.kind}")
        return Verdict(cause, sentence("Small, because {reason}.", reason=reason), smallest=smallest, numbers=numbers)
    return _carried(paths, path, style)


def _carried(paths: GradientPaths, path: GradientPath, style: NumberStyle) -> Verdict:
    if paths.number == 1:
        return Verdict("carried", sentence("One path carries all of it."))
    share = abs(path.product) / paths.size
    numbers = {"strongest": path.product, "share": share} | _totals(paths)
    strongest, value = exact_number(path.product, style), exact_number(paths.value, style)
    if paths.size - abs(paths.value) <= CANCELS * paths.size:
        said = "Its strongest path carries {share} of it, {strongest} of {value}."
        return Verdict(
            "carried", sentence(said, share=percent(share, 0), strongest=strongest, value=value), numbers=numbers
        )
    said = (
        "Its strongest path is {strongest}. Paths of both signs add up to {value}; "
        "it has {share} of all their sizes, {size}."
    )
    parts = {"strongest": strongest, "value": value, "size": exact_number(paths.size, style)}
    return Verdict("carried", sentence(said, share=percent(share, 0), **parts), numbers=numbers)


_SMALLEST = {
    "input": "little comes in: {name} is {factor}",
    "score": "{name} is {factor}",
    "below": "what α multiplies is small: {name} is {factor}",
    "statistic": "ẑ hardly changes with it: {name} is {factor}",
    "weight": "the smallest factor of its strongest path is a weight: {name} is {factor}",
    "slope": "the {activation} of unit {unit} of layer {layer} is saturated: its slope is {factor}",
    "scale": "{name} is {factor}",
    "loss": "the loss hardly changes with output {unit}: its ∂L/∂a is {factor}",
}


def _is_no_end(trace: Trace, factor: PathFactor) -> bool:
    """Whether a small slope is none of a smooth function at its end: it has kinks, or is flat in its middle."""
    read = trace.layers[factor.layer - 1].activation_input[factor.sample, factor.unit]
    return bool(trace.spec.activations[factor.layer - 1].kinks) or abs(float(read)) < 1.0


def _smallest(trace: Trace, factor: PathFactor, style: NumberStyle) -> tuple[Sentence, dict[str, float]]:
    """A clause on the smallest factor of a path, and its numbers."""
    number = exact_number(factor.value, style)
    if factor.kind == "norm":
        return _norm_takes(trace, factor, style)
    kind = factor.kind
    if kind == "slope" and not trace.spec.activations[factor.layer - 1].elementwise:
        template = (
            "the {activation} of layer {layer} lets little through from {source}to a of unit {unit}: "
            "its slope is {factor}"
        )
    elif kind == "slope" and _is_no_end(trace, factor):
        template = "the {activation} of unit {unit} of layer {layer} lets little through: its slope is {factor}"
    else:
        template = _SMALLEST[kind]
    said = sentence(
        template,
        name=factor_text(factor),
        source=f"{trace.layers[factor.layer - 1].input_letter} of unit {factor.source + 1} " if factor.layer else "",
        activation=trace.spec.activations[factor.layer - 1].label if factor.layer else "",
        unit=factor.unit + 1,
        layer=factor.layer,
        factor=number,
    )
    return said, {"factor": factor.value}


def _norm_takes(trace: Trace, factor: PathFactor, style: NumberStyle) -> tuple[Sentence, dict[str, float]]:
    """A norm whose derivative on the path is small: of two numbers it always makes −1 and 1."""
    own, norm = trace.layers[factor.layer - 1], trace.spec.layers[factor.layer - 1].norm
    numbers = {"factor": factor.value}
    why: Sentence | str = ""
    has_own = bool(layer_tensors(trace.spec.layers[factor.layer - 1], trace.training).statistics)
    if norm is not None and own.spread is not None and own.normalised is not None and has_own:
        count = own.z.shape[norm.axis]
        here = own.normalised[:, factor.unit] if norm.axis == -2 else own.normalised[factor.sample]
        least = float(own.spread[0 if norm.axis == -2 else factor.sample].min())
        if count == 1 and not norm.centred and norm.eps <= SMALL * least:
            numbers["score_1"] = float(here[0])
            why = sentence(
                ": over a single unit it makes {one} of z, whatever the size of z", one=exact_number(here[0], style)
            )
        elif count == 2 and norm.centred and norm.eps <= SMALL * least:
            one, other = float(here[0]), float(here[1])
            numbers |= {"score_1": one, "score_2": other}
            why = sentence(
                ": over two {what} it makes {one} and {other} of z, whatever z is",
                what="samples" if norm.axis == -2 else "units",
                one=exact_number(one, style),
                other=exact_number(other, style),
            )
        elif (spread := math.sqrt(float(own.spread.max()))) > 1.0:
            numbers["spread"] = spread
            why = sentence(
                ": it divides by the {what} of z, {spread}",
                what="standard deviation" if norm.centred else "root mean square",
                spread=exact_number(spread, style),
            )
    said = sentence(
        "the norm of layer {layer} takes the gradient away{why}. On its strongest path it multiplies by {factor}",
        layer=factor.layer,
        why=why,
        factor=exact_number(factor.value, style),
    )
    return said, numbers


def _per_layer(path: GradientPath) -> list[float]:
    """The product of all factors of each layer that the path crosses as a whole."""
    layers: dict[int, float] = {}
    for factor in path.factors:
        if factor.kind == "weight":
            layers[factor.layer] = factor.value
        elif factor.layer in layers and factor.kind in ("slope", "norm", "scale", "dropout"):
            layers[factor.layer] *= factor.value
    # a factor below 1e-308 leaves nothing to take a mean of
    return [] if 0.0 in layers.values() else [layers[layer] for layer in sorted(layers)]


def factor_text(factor: PathFactor) -> str:
    """What a factor is, in the words of the sheet."""
    unit, source, layer = factor.unit + 1, factor.source + 1, factor.layer
    match factor.kind:
        case "input":
            return f"a of unit {unit}" if layer else f"x of input {unit}"
        case "score":
            return f"ẑ of unit {unit}, sample {factor.sample + 1}"
        case "below":
            return f"what unit {unit} of layer {layer} reads below 0, sample {factor.sample + 1}"
        case "statistic":
            return f"the change of ẑ of unit {unit}, sample {factor.sample + 1} with it"
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


_WORDS = {"score": "ẑ", "scale": "γ"}


def factor_word(factor: PathFactor) -> str:
    """What kind of factor it is, in one word, such as weight or slope: it stands below the number."""
    return _WORDS.get(factor.kind, factor.kind)
