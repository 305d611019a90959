"""How the loss is made of its terms: sums of the samples, divisor, factors, and one output's gradient.

All numbers are those of the Trace; they add up to the loss and to ∂L/∂a of the last layer.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.loss_factors import factors_of
from mlpviz.explain.softmax_gradient import softmax_gradient, softmax_gradient_table
from mlpviz.network import Document
from mlpviz.sheet.cell import selected_cell
from mlpviz.sheet.rules import mathml
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, number_pair
from mlpviz.text.sentences import Sentence, exact_number, joined, parenthesised, sentence

SAMPLES, TERMS = 6, 5
"""How many are written out; the rest is one number."""

_OWN = ("grad_a", "grad_z")


class LossParts(NamedTuple):
    """`terms` (N, O) add up to the `sums` (N,) of the samples, these to `total`; `total` / `divisor` is `loss`."""

    terms: Array
    sums: Array
    total: float
    divisor: float
    loss: float


class SlopeParts(NamedTuple):
    """∂L/∂a of one output: the slope of the terms that have it, over the same divisor."""

    own: float
    divisor: float
    grad: float


def loss_parts(trace: Trace) -> LossParts:
    """The terms, and what becomes of them."""
    with np.errstate(all="ignore"):
        sums = trace.loss_terms.sum(axis=-1)
        return LossParts(trace.loss_terms, sums, float(sums.sum()), _divisor(trace), float(trace.loss))


def slope_parts(trace: Trace, sample: int, output: int) -> SlopeParts:
    """The gradient of one output of one sample, both counted from 0."""
    with np.errstate(all="ignore"):
        own = trace.spec.loss.grad(trace.output, trace.target)  # type: ignore[arg-type]  # None where it has no target
    grad = trace.layers[-1].grad_a[sample, output]
    return SlopeParts(float(own[sample, output]), _divisor(trace), float(grad))


def _divisor(trace: Trace) -> float:
    return float(trace.spec.loss.divisor(trace.samples, trace.spec.outputs, trace.target))


def loss_card(
    document: Document, focus: str | None, sample: int, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """The answer for a cell of the loss, or of ∂L/∂a or ∂L/∂z of the last layer; None for another.

    `samples` are [name, terms, sum], the terms with their sign of equality or empty for a single one, the sum and
    the numbers of `ways` being pairs (see `number_pair`); `total` is the line that makes the loss of them, `factors`
    [MathML, story]. `slope` is the line of one output's ∂L/∂a, empty without
    such a cell. `ways` is the long way beside the short one for the sample (from 1), or null.
    """
    place = _place(document, focus)
    if place is None:
        return None
    tensor, output, column = place
    trace = document.trace()
    at = min(sample, document.samples) - 1 if column is None else column
    parts = loss_parts(trace)
    shown = parts.sums[: SAMPLES if trace.samples > SAMPLES + 1 else None]
    samples = [
        [f"sample {number}", _sum(parts.terms[number - 1], style), number_pair(float(own), style)]
        for number, own in enumerate(shown, start=1)
    ]
    if left := trace.samples - len(shown):
        rest = number_pair(float(parts.sums[len(shown) :].sum()), style)
        samples.append([f"{left} more samples", "", rest])
    ways = softmax_gradient(trace, at)
    return {
        "focus": focus,
        "samples": samples,
        "total": _total(parts, style),
        "factors": [[mathml(factor.latex), story] for factor, story in factors_of(trace)],
        "slope": _slope(trace, at, output, style) if tensor == "grad_a" else "",
        "ways": None if ways is None else softmax_gradient_table(ways, at, output if tensor in _OWN else None, style),
    }


def _place(document: Document, focus: str | None) -> tuple[str, int, int | None] | None:
    """Tensor, output and sample (None: no cell of one sample), both from 0."""
    tensor, *numbers = (focus or "").split(" ")
    last = len(document.spec.layers)
    if not numbers or int(numbers[0]) != last:
        return None
    if tensor == "loss":
        return "loss", 0, None
    if tensor not in ("loss_term", "probabilities", *_OWN):
        return None
    place = selected_cell(document, focus)
    return None if place is None else (tensor, place.row, place.column)


def _total(parts: LossParts, style: NumberStyle) -> Sentence:
    if parts.divisor == 1:
        return sentence(
            "L {sign} {loss}", sign=equality_sign((parts.loss,), style), loss=exact_number(parts.loss, style)
        )
    quotient = _quotient(parts.total, parts.divisor, parts.loss, style)
    return sentence("L = {quotient}", quotient=quotient)


def _quotient(total: float, divisor: float, result: float, style: NumberStyle) -> Sentence:
    return sentence(
        "{total} / {divisor} {sign} {result}",
        total=exact_number(total, style),
        divisor=exact_number(divisor, style),
        sign=equality_sign((total, divisor, result), style),
        result=exact_number(result, style),
    )


def _sum(terms: np.ndarray, style: NumberStyle) -> Sentence | str:
    if len(terms) == 1:
        return ""
    first, *others = (exact_number(float(term), style) for term in terms[:TERMS])
    left = len(terms) - TERMS
    return sentence(
        "{terms}{more} {sign}",
        terms=joined(" + ", (first, *map(parenthesised, others))),
        more=f" + … {left} more" if left > 0 else "",
        sign=equality_sign((*terms.tolist(), float(terms.sum())), style),
    )


def _slope(trace: Trace, sample: int, output: int, style: NumberStyle) -> Sentence:
    own, divisor, grad = slope_parts(trace, sample, output)
    return sentence(
        "∂L/∂a of output {output}, sample {sample}: the slope of {terms}{over}, {result}.",
        output=output + 1,
        sample=sample + 1,
        terms="all terms of the sample" if trace.spec.loss.row_numbers else "its own term",
        over="" if divisor == 1 else " over the divisor",
        result=exact_number(grad, style) if divisor == 1 else _quotient(own, divisor, grad, style),
    )
