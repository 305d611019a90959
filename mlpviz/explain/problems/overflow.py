"""Where a pass left the numbers that a computer can hold, and why, in one sentence."""

from __future__ import annotations

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.text.sentences import Sentence, exact_number, sentence

LARGEST = exact_number(float(np.finfo(float).max))


def overflow_sentence(trace: Trace) -> Sentence | None:
    """The first tensor, in the order of computation, that holds infinity or NaN; None if all numbers are finite."""
    for number, layer in enumerate(trace.layers, start=1):
        if not np.isfinite(layer.z).all():
            return _sentence(f"Layer {number}, z", layer.z, _products(layer.weight, trace.inputs_of(number - 1)))
        if not np.isfinite(layer.read).all():
            return _sentence(f"Layer {number}, n", layer.read, _of("the norm was given {largest}", layer.z))
        if not np.isfinite(layer.a).all():
            return _sentence(f"Layer {number}, a", layer.a, _of("the activation was given {largest}", layer.read))
    if not np.isfinite(trace.loss_terms).all() or not np.isfinite(trace.loss):
        return _sentence("The loss", trace.loss_terms, _of("an output is as large as {largest}", trace.output))
    for number, layer in reversed(list(enumerate(trace.layers, start=1))):
        if not np.isfinite(layer.grad_a).all():
            return _sentence(f"Layer {number}, ∂L/∂a", layer.grad_a, "weights and gradients behind it multiply to that")
        if not np.isfinite(layer.grad_z).all():
            reason = _of("a gradient of {largest} meets the slope there", layer.grad_a)
            return _sentence(f"Layer {number}, ∂L/∂z", layer.grad_z, reason)
        if not np.isfinite(layer.grad_weight).all():
            reason = _products(layer.grad_z, trace.inputs_of(number - 1))
            return _sentence(f"Layer {number}, ∂L/∂W", layer.grad_weight, reason)
    if not np.isfinite(trace.grad).all() or not np.isfinite(trace.grad_x).all():
        said = "A gradient is not finite, because weights and gradients multiply to more than a number can hold."
        return sentence(said)
    return None


def _largest(array: Array) -> Sentence | str:
    finite = np.abs(array[np.isfinite(array)])
    return exact_number(float(finite.max())) if finite.size else "∞"


def _of(reason: str, array: Array) -> Sentence:
    return sentence(reason, largest=_largest(array))


def _products(one: Array, other: Array) -> Sentence:
    return sentence("it adds products as large as {one} · {other}", one=_largest(one), other=_largest(other))


def _sentence(place: str, array: Array, reason: Sentence | str) -> Sentence:
    return sentence(
        "{place}: {what}, because {reason}; the largest number that fits is {largest}.",
        place=place,
        what="NaN (∞ − ∞ or 0 · ∞)" if np.isnan(array).any() else "infinity",
        reason=reason,
        largest=LARGEST,
    )
