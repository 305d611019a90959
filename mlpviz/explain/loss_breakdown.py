"""The loss, taken apart: what each sample adds, what the sum is divided by, and what one output's gradient is made of.

All numbers are those of the Trace; they add up to the loss and to ∂L/∂a of the last layer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array


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
