"""Numbers that grow too large from layer to layer: exploding scales, and infinity or NaN."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.problems.problem import Fix, Problem, ProblemInputs, cell, first_that_helps, largest, new_matrix
from mlpviz.text.numbers import format_number
from mlpviz.text.sentences import Sentence, exact_number, sentence

EXPLODED = 1e3
"""Times the largest of inputs, targets and 1, or of the gradients of the outputs: beyond it a scale has exploded."""

LARGEST = exact_number(float(np.finfo(float).max))


def exploding(inputs: ProblemInputs) -> Problem | None:
    """The layer that makes numbers grow most, where they end up far above all inputs and targets."""
    trace = inputs.trace
    if overflow_sentence(trace) is not None:
        return None
    forward, backward = _forward(trace), _backward(trace)
    if max(forward, backward) <= EXPLODED:
        return None
    gains = _gains(trace)
    number = int(np.argmax(gains)) + 1
    mean = float(np.prod([gain ** (1 / len(gains)) for gain in gains]))
    if forward > EXPLODED:
        peak = max(largest(layer.z) for layer in trace.layers)
        largest_x = exact_number(largest(trace.x))
        what = sentence("z reaches {peak}, from inputs of {x} at most", peak=exact_number(peak), x=largest_x)
    else:
        grown = exact_number(backward)
        what = sentence("gradients grow by {grown} on their way back from the outputs", grown=grown)
    said = sentence(
        "The scale explodes: {what}. A layer makes numbers {mean} times as large on average, "
        "layer {number} most of all, {gain} times.",
        what=what,
        mean=exact_number(mean),
        number=number,
        gain=exact_number(gains[number - 1]),
    )
    return Problem(said, cell("weight", number), first_that_helps(trace, _shrinkings(trace, number, gains), _is_calm))


def _is_calm(trace: Trace) -> bool:
    return overflow_sentence(trace) is None and max(_forward(trace), _backward(trace)) <= EXPLODED


def _forward(trace: Trace) -> float:
    target = 0.0 if trace.target is None else largest(trace.target)
    return max(largest(layer.z) for layer in trace.layers) / max(1.0, largest(trace.x), target)


def _backward(trace: Trace) -> float:
    """How many times as large the largest ∂L/∂a of a layer is as that of the outputs."""
    last = largest(trace.layers[-1].grad_a)
    return max(largest(layer.grad_a) for layer in trace.layers) / last if last > 0 else 0.0


def _gains(trace: Trace) -> list[float]:
    """Per layer, the root mean square of z over that of its inputs."""
    gains: list[float] = []
    for number, layer in enumerate(trace.layers):
        before = _size(trace.inputs_of(number))
        gains.append(_size(layer.z) / before if before > 0 else 0.0)
    return gains


def _size(array: Array) -> float:
    top = largest(array)
    # squares of numbers above 1e154 do not fit
    return top * float(np.sqrt(np.mean(np.square(np.nan_to_num(array / top, posinf=1.0, neginf=-1.0))))) if top else 0.0


def _shrinkings(trace: Trace, number: int, gains: list[float]) -> Iterator[Fix]:
    weight, gain = trace.layers[number - 1].weight, gains[number - 1]
    yield _divided(trace, number, weight, gain)
    yield _divided(trace, number, weight, gain * max(_forward(trace), _backward(trace)))


def _divided(trace: Trace, number: int, weight: Array, by: float) -> Fix:
    factor = float(f"{by:.2g}")
    label = f"Divide W of layer {number} by {format_number(factor)}"
    return new_matrix(trace, "weight", number, weight / factor, label)


def not_finite(inputs: ProblemInputs) -> Problem | None:
    """The first tensor that holds infinity or NaN."""
    trace = inputs.trace
    said = overflow_sentence(trace)
    if said is None:
        return None
    fix = first_that_helps(trace, _smaller(trace), lambda new: overflow_sentence(new) is None)
    return Problem(said, _broken(trace), fix)


def _broken(trace: Trace) -> str:
    last = len(trace.layers)
    tensors = [(name, number, getattr(layer, name)) for number, layer in enumerate(trace.layers, 1) for name in "za"]
    tensors.append(("loss_term", last, trace.loss_terms))
    for number, layer in reversed(list(enumerate(trace.layers, 1))):
        tensors += [(name, number, getattr(layer, name)) for name in ("grad_a", "grad_z")]
        tensors.append(("grad_weight", number, layer.grad_weight.T))
    for tensor, number, array in tensors:
        if not np.isfinite(array).all():
            column, row = np.argwhere(~np.isfinite(array))[0]
            return cell(tensor, number, int(row), int(column))
    return cell("loss", last)


def _smaller(trace: Trace) -> Iterator[Fix]:
    """Fixes that divide x or one W by its largest entry, the largest first."""
    tensors = [("x", 0, trace.x), *(("weight", number, layer.weight) for number, layer in enumerate(trace.layers, 1))]
    for tensor, number, array in sorted(tensors, key=lambda found: -largest(found[2])):
        top = largest(array)
        if top > 1.0:
            what = "all inputs" if tensor == "x" else f"W of layer {number}"
            label = f"Divide {what} by {format_number(float(f'{top:.2g}'))}"
            yield new_matrix(trace, tensor, number, array / top, label)


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


def _largest_finite(array: Array) -> Sentence | str:
    finite = np.abs(array[np.isfinite(array)])
    return exact_number(float(finite.max())) if finite.size else "∞"


def _of(reason: str, array: Array) -> Sentence:
    return sentence(reason, largest=_largest_finite(array))


def _products(one: Array, other: Array) -> Sentence:
    return sentence(
        "it adds products as large as {one} · {other}", one=_largest_finite(one), other=_largest_finite(other)
    )


def _sentence(place: str, array: Array, reason: Sentence | str) -> Sentence:
    return sentence(
        "{place}: {what}, because {reason}; the largest number that fits is {largest}.",
        place=place,
        what="NaN (∞ − ∞ or 0 · ∞)" if np.isnan(array).any() else "infinity",
        reason=reason,
        largest=LARGEST,
    )
