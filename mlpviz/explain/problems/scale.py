"""Numbers that grow too large from layer to layer: exploding scales, and infinity or NaN."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from mlpviz.engine import LOSSES, Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.nonfinite import NonFinite, first_nonfinite
from mlpviz.explain.problems.problem import Fix, Outcome, Problem, ProblemInputs, cell, divided, largest
from mlpviz.network import Document
from mlpviz.text.sentences import Sentence, exact_number, sentence

EXPLODED = 1e3
"""Times the largest of inputs, targets and 1, or of the gradients of the outputs: beyond it a scale has exploded."""


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
        after = f"z.{len(trace.layers)}"
    else:
        grown = exact_number(backward)
        what = sentence("gradients grow by a factor of {grown} on their way back from the outputs", grown=grown)
        after = "grad_a.1"
    said = sentence("The numbers grow from layer to layer until they explode: {what}.", what=what)
    detail = sentence(
        "A layer makes numbers {mean} times as large on average, layer {number} most of all, {gain} times.",
        mean=exact_number(mean),
        number=number,
        gain=exact_number(gains[number - 1]),
    )
    fixes, calmer = _shrinkings(trace, number, gains), _calmer_than(max(forward, backward))
    return Problem(said, cell("weight", number), fixes, calmer, after, detail)


def _calmer_than(before: float) -> Callable[[Document], Outcome]:
    def outcome(document: Document) -> Outcome:
        trace = document.trace()
        if overflow_sentence(trace) is not None:
            return "no"
        after = max(_forward(trace), _backward(trace))
        return "cured" if after <= EXPLODED else "better" if after <= before / 2 else "no"

    return outcome


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
    for by in (gain, gain * max(_forward(trace), _backward(trace))):
        if 0.0 < by < np.inf:
            yield divided("weight", number, weight, by)


def not_finite(inputs: ProblemInputs) -> Problem | None:
    """The first number that is infinity or NaN, and the operation that made it so."""
    found = first_nonfinite(inputs.trace)
    if found is None:
        return None
    place = cell(found.tensor, found.layer, found.row, found.column)
    fixes, later = _finite_ways(inputs.trace, found), _later_than(found)
    return Problem(found.sentence, place, fixes, later, f"{found.tensor}.{found.layer}")


def _later_than(before: NonFinite) -> Callable[[Document], Outcome]:
    def outcome(document: Document) -> Outcome:
        after = first_nonfinite(document.trace())
        return "cured" if after is None else "better" if after.position > before.position else "no"

    return outcome


def _finite_ways(trace: Trace, found: NonFinite) -> Iterator[Fix]:
    loss = trace.spec.loss
    if found.tensor in ("loss_term", "loss") and loss.on_logits:
        logits = LOSSES[loss.on_logits]
        yield Fix(f"Use {logits.label}, which needs no probability", {"type": "set_loss", "key": logits.key})
    if found.tensor in ("loss_term", "loss") and dict(loss.settings).get("log_input") is False:
        event = {"type": "set_loss_knob", "name": "log_input", "value": True}
        yield Fix("Let the output be the logarithm of the expected count", event)
    yield from _smaller(trace)


def _smaller(trace: Trace) -> Iterator[Fix]:
    """Fixes that divide x or one W by its largest entry, the largest entry first."""
    tensors = [("x", 0, trace.x), *(("weight", number, layer.weight) for number, layer in enumerate(trace.layers, 1))]
    for tensor, number, array in sorted(tensors, key=lambda found: -largest(found[2])):
        top = largest(array)
        if top > 1.0:
            yield divided(tensor, number, array, top)


def overflow_sentence(trace: Trace) -> Sentence | None:
    """Where the first number that is infinity or NaN began, in the order of computation; None if all are finite."""
    found = first_nonfinite(trace)
    return None if found is None else found.sentence
