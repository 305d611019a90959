"""The card that takes the loss apart: terms of each sample, factors with their stories, and the two ways back to z."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import Trace
from mlpviz.explain.loss_breakdown import LossParts, loss_parts, slope_parts
from mlpviz.explain.loss_factors import factors_of
from mlpviz.explain.softmax_gradient import SoftmaxGradient, softmax_gradient
from mlpviz.network import Document
from mlpviz.sheet.cell import nudged_by
from mlpviz.sheet.rules import mathml
from mlpviz.text.numbers import DEFAULT, NumberStyle, equality_sign, number_pair
from mlpviz.text.sentences import Sentence, exact_number, joined, parenthesised, sentence

SAMPLES, TERMS, OUTPUTS = 6, 5, 6
"""How many are written out; the rest is one number, and a matrix is cut to the columns that count."""

_OWN = ("grad_a", "grad_z")


def loss_card(
    document: Document, focus: str | None, sample: int, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """The answer for a cell of the loss, or of ∂L/∂a or ∂L/∂z of the last layer; None for another.

    `samples` are [name, terms, sum], the terms with their sign of equality or empty for a single one, the sum and
    the numbers of `ways` being pairs (see `written`); `total` is the line that makes the loss of them, `factors`
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
        "ways": None if ways is None else _ways(ways, at, output if tensor in _OWN else None, style),
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
    place = nudged_by(document, focus)
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
        "∂L/∂a of output {output}, sample {sample}: the slope of its own term{over}, {result}.",
        output=output + 1,
        sample=sample + 1,
        over="" if divisor == 1 else " over the divisor",
        result=exact_number(grad, style) if divisor == 1 else _quotient(own, divisor, grad, style),
    )


def _ways(ways: SoftmaxGradient, sample: int, output: int | None, style: NumberStyle) -> dict[str, Any]:
    """The Jacobian as a small table: a row per output k, a column per z_j, ∂L/∂p_k in front, both results below."""
    count = len(ways.short)
    columns = list(range(count))
    if count > OUTPUTS:
        # those that move most, and the one in focus
        weight = np.nan_to_num(np.abs(ways.short), posinf=np.inf)
        order = sorted(columns, key=lambda j: (j != output, -weight[j]))
        columns = sorted(order[:OUTPUTS])

    def text(value: float) -> Sentence:
        return exact_number(float(value), style)

    def pair(value: float) -> tuple[str, str]:
        return number_pair(float(value), style)

    activation = ways.activation
    symbol = "log p" if activation.gives == "logarithms of probabilities" else "p"
    rest = [k for k in range(count) if k not in columns]
    rows = [
        {
            "name": f"{symbol}{k + 1}",
            "outer": pair(ways.outer[k]),
            "cells": [pair(ways.jacobian[k, j]) for j in columns],
        }
        for k in columns
    ]
    if rest:
        with np.errstate(all="ignore"):
            left = ways.outer[rest] @ ways.jacobian[np.ix_(rest, columns)]
        rows.append(
            {"name": f"{len(rest)} more, added up", "outer": ("", ""), "cells": [pair(value) for value in left]}
        )
    total = text(float(ways.target.sum()))
    is_scaled = not activation.elementwise and str(total) != "1"
    scaled = sentence(" · {total}", total=total) if is_scaled else ""
    short = [
        {
            "text": sentence(
                "{p}{scaled} − {target}",
                p=text(ways.probabilities[j]),
                scaled=scaled,
                target=parenthesised(text(ways.target[j])),
            ),
            "equals": equality_sign((ways.probabilities[j], ways.target[j], ways.divisor, ways.short[j]), style),
            "result": pair(ways.short[j]),
        }
        for j in columns
    ]
    over = "" if ways.divisor == 1 else sentence(" / {divisor}", divisor=text(ways.divisor))
    return {
        "heading": f"Sample {sample + 1}, from the loss back to z",
        "outerName": f"∂L/∂{symbol}",
        "columns": [f"z{j + 1}" for j in columns],
        "marked": columns.index(output) if output in columns else -1,
        "rows": rows,
        "long": [pair(ways.long[j]) for j in columns],
        "short": short,
        "over": over,
        "equal": ways.equal,
        "sentence": _verdict(ways, activation.noun),
    }


def _verdict(ways: SoftmaxGradient, name: str) -> str:
    divided = "" if ways.divisor == 1 else " over the divisor"
    if ways.equal:
        return (
            f"Long: each ∂L/∂p times its row of the Jacobian of {name}, added up down the columns. "
            f"Short: p − t{divided}. Both are equal: what divides by p on the one side multiplies by p on the other."
        )
    return (
        f"On paper both ways are equal. Here p is so near 0 or 1 that the long way through {name} meets what a "
        f"computer rounds away; the short way, p − t{divided}, does not divide by p. This is why losses take logits."
    )
