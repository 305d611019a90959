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
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, exact_number, number_pair, parenthesised

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
    """∂L/∂a of one output: the slope of its own term, over the same divisor."""

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


def _total(parts: LossParts, style: NumberStyle) -> str:
    total, divisor, loss = (exact_number(value, style) for value in (parts.total, parts.divisor, parts.loss))
    sign = equality_sign((parts.total, parts.divisor, parts.loss), style)
    return (
        f"L {equality_sign((parts.loss,), style)} {loss}"
        if parts.divisor == 1
        else f"L = {total} / {divisor} {sign} {loss}"
    )


def _sum(terms: np.ndarray, style: NumberStyle) -> str:
    if len(terms) == 1:
        return ""
    shown = [exact_number(float(term), style) for term in terms[:TERMS]]
    text = " + ".join([shown[0], *map(parenthesised, shown[1:])])
    left = len(terms) - len(shown)
    sign = equality_sign((*terms.tolist(), float(terms.sum())), style)
    return f"{text} + … {left} more {sign}" if left else f"{text} {sign}"


def _slope(trace: Trace, sample: int, output: int, style: NumberStyle) -> str:
    own, divisor, grad = slope_parts(trace, sample, output)
    numbers = [exact_number(value, style) for value in (own, divisor, grad)]
    if divisor == 1:
        return f"∂L/∂a of output {output + 1}, sample {sample + 1}: the slope of its own term, {numbers[2]}."
    return (
        f"∂L/∂a of output {output + 1}, sample {sample + 1}: the slope of its own term over the divisor, "
        f"{numbers[0]} / {numbers[1]} {equality_sign((own, divisor, grad), style)} {numbers[2]}."
    )
