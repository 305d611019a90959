"""Where a pass left the numbers that a computer can hold, and why, in one sentence."""

from __future__ import annotations

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.text.numbers import exact_number

LARGEST = exact_number(float(np.finfo(float).max))


def overflow_sentence(trace: Trace) -> str | None:
    """The first tensor, in the order of computation, that holds infinity or NaN; None if all numbers are finite."""
    for number, layer in enumerate(trace.layers, start=1):
        if not np.isfinite(layer.z).all():
            weight, a = _largest(layer.weight), _largest(trace.inputs_of(number - 1))
            return _sentence(f"Layer {number}, z", layer.z, f"it adds products as large as {weight} · {a}")
        if not np.isfinite(layer.read).all():
            return _sentence(f"Layer {number}, n", layer.read, f"the norm was given {_largest(layer.z)}")
        if not np.isfinite(layer.a).all():
            return _sentence(f"Layer {number}, a", layer.a, f"the activation was given {_largest(layer.read)}")
    if not np.isfinite(trace.loss_terms).all() or not np.isfinite(trace.loss):
        return _sentence("The loss", trace.loss_terms, f"an output is as large as {_largest(trace.output)}")
    for number, layer in reversed(list(enumerate(trace.layers, start=1))):
        if not np.isfinite(layer.grad_a).all():
            return _sentence(f"Layer {number}, ∂L/∂a", layer.grad_a, "weights and gradients behind it multiply to that")
        if not np.isfinite(layer.grad_z).all():
            grad = _largest(layer.grad_a)
            return _sentence(f"Layer {number}, ∂L/∂z", layer.grad_z, f"a gradient of {grad} meets the slope there")
        if not np.isfinite(layer.grad_weight).all():
            grad, a = _largest(layer.grad_z), _largest(trace.inputs_of(number - 1))
            return _sentence(f"Layer {number}, ∂L/∂W", layer.grad_weight, f"it adds products as large as {grad} · {a}")
    if not np.isfinite(trace.grad).all() or not np.isfinite(trace.grad_x).all():
        return "A gradient is not finite, because weights and gradients multiply to more than a number can hold."
    return None


def _largest(array: Array) -> str:
    finite = np.abs(array[np.isfinite(array)])
    return exact_number(float(finite.max())) if finite.size else "∞"


def _sentence(place: str, array: Array, reason: str) -> str:
    what = "NaN (∞ − ∞ or 0 · ∞)" if np.isnan(array).any() else "infinity"
    return f"{place}: {what}, because {reason}; the largest number that fits is {LARGEST}."
