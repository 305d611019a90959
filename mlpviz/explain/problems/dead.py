"""Layers that pass no gradient back: dead ones, where all slopes are 0, and saturated ones, where all are tiny."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from mlpviz.engine import ACTIVATIONS, Activation, Trace
from mlpviz.engine.parameters import Array
from mlpviz.explain.problems.problem import (
    Fix,
    Outcome,
    Problem,
    ProblemInputs,
    cell,
    divided,
    draw_anew,
    largest,
    new_matrix,
)
from mlpviz.network import Document, edits
from mlpviz.text.sentences import exact_number, sentence

SATURATED = 0.01
"""Of the largest slope that the activation has: below it in every unit and sample a layer counts as saturated."""

LEARNED, WRONG = 1e-3, 0.5
"""A loss below the first needs no gradient; an output farther than the second from its target wants one."""

REACH = 1.0
"""Where a saturated layer is brought back to: |z| at most this."""


def dead(inputs: ProblemInputs) -> Problem | None:
    """The first layer whose slope is exactly 0 for every unit in every sample."""
    trace = inputs.trace
    if not trace.layers[-1].grad_a.any():  # nothing wants to be learned
        return None
    for number in range(1, len(trace.layers) + 1):
        slope = _slope(trace, number)
        if slope is None or slope.any() or not trace.spec.activations[number - 1].kinks:
            continue
        layer = trace.layers[number - 1]
        z, read = layer.activation_input, layer.input_letter
        said = sentence(
            "Layer {number} is dead: a small change of what comes in changes nothing that comes out, for {all}. "
            "No gradient comes back to {rest}, so no update changes a weight there.",
            number=number,
            all=_all(z),
            rest=("layer 1", "layers 1 and 2")[number - 1] if number < 3 else f"layers 1 to {number}",
        )
        detail = sentence(
            "The slope of {name} is 0 everywhere here: {read} runs from {low} to {high}.",
            read=read,
            name=trace.spec.activations[number - 1].label,
            low=exact_number(float(z.min())),
            high=exact_number(float(z.max())),
        )
        fixes, revived = _openings(trace, number), _revived(number)
        return Problem(said, cell("z", number), fixes, revived, f"{read}.{number}", detail)
    return None


def _all(z: Array) -> str:
    samples, units = z.shape
    what = {1: "its one unit", 2: "both units"}.get(units, f"all {units} units")
    return what + {1: "", 2: " in both samples"}.get(samples, f" in all {samples} samples")


def _slope(trace: Trace, number: int) -> Array | None:
    """φ' (N, O) of a layer, whatever is pinned; None for a function of a whole row."""
    activation = trace.spec.activations[number - 1]
    if activation.slope is None:
        return None
    with np.errstate(all="ignore"):
        layer, output = trace.layers[number - 1], trace.unpinned[number - 1]
        return np.asarray(activation.slope(layer.activation_input, output, *layer.alpha_arguments), dtype=float)


UPDATES, TRIED_RATE = 2, 0.01
"""How many updates a fix of a dead layer gets to reach its weights, and at which rate if the document's is 0."""


def _revived(number: int) -> Callable[[Document], Outcome]:
    def outcome(document: Document) -> Outcome:
        slope = _slope(document.trace(), number)
        if slope is not None and not slope.any():
            return "no"
        if document.learning_rate == 0.0:
            document = document.replace(learning_rate=TRIED_RATE)
        learned = edits.apply(document, {"type": "update", "times": UPDATES}).document
        moved = any(
            one.weight != other.weight for one, other in zip(document.layers[:number], learned.layers, strict=False)
        )
        return "cured" if moved else "no"

    return outcome


_NEVER_CLOSED = ACTIVATIONS["leaky_relu"]


def _openings(trace: Trace, number: int) -> Iterator[Fix]:
    """Fixes that may give a dead layer slopes above 0, the mildest first."""
    layer, last = trace.layers[number - 1], number == len(trace.layers)
    fitting = trace.spec.loss.last_activations
    if not (last and fitting and _NEVER_CLOSED.key not in fitting):
        event = {"type": "set_activation", "layer": number, "key": _NEVER_CLOSED.key}
        yield Fix(f"Use {_NEVER_CLOSED.label} in layer {number}", event)
    if layer.bias is not None and np.isfinite(layer.z).all():
        raised = layer.bias - layer.z.mean(axis=0)
        yield new_matrix("bias", number, raised, f"Raise b of layer {number} until its units open")
    yield new_matrix("weight", number, -layer.weight, f"Turn the signs of W of layer {number}")
    yield draw_anew(number, layer.weight.shape)


def saturated(inputs: ProblemInputs) -> Problem | None:
    """The first layer of a smooth activation with tiny slopes in every unit and sample, while the loss is not small."""
    trace = inputs.trace
    if abs(float(trace.loss)) < LEARNED:
        return None
    for number, layer in enumerate(trace.layers, start=1):
        activation = trace.spec.activations[number - 1]
        slope = _slope(trace, number)
        if (
            slope is None
            or activation.kinks
            or not _is_flat(slope, activation)
            or not np.isfinite(layer.activation_input).all()
        ):
            continue
        if number == len(trace.layers) and not _is_wrong(trace):
            continue
        said = sentence(
            "Layer {number} is {state}: what {name} reads is so {place} that its curve is flat there, for {all}. "
            "Hardly any gradient comes back through it.",
            number=number,
            # a function may be flat in the middle, as tanh shrink is
            state="closed" if (place := _place_of(layer.activation_input, activation)) == _NEAR else "saturated",
            place=place,
            name=activation.label,
            all=_all(layer.activation_input),
        )
        read = layer.input_letter
        detail = sentence(
            "|{read}| is up to {largest}, and the slope of {name} is at most {slope}.",
            read=read,
            largest=exact_number(largest(layer.activation_input)),
            name=activation.label,
            slope=exact_number(float(np.abs(slope).max())),
        )
        fixes, cured = _reductions(trace, number), _unsaturated(trace, number)
        return Problem(said, cell("z", number), fixes, cured, f"{read}.{number}", detail)
    return None


_NEAR = "near 0"


def _place_of(read: Array, activation: Activation) -> str:
    """Where everything lies that a flat layer reads."""
    if _is_flat_in_the_middle(activation) and largest(read) < REACH:
        return _NEAR
    return "far above 0" if read.min() > 0.0 else "far below 0" if read.max() < 0.0 else "far from 0"


def _is_flat_in_the_middle(activation: Activation) -> bool:
    if activation.slope is None:
        return False
    zero = np.zeros(1)
    return _is_flat(np.asarray(activation.slope(zero, activation.value(zero)), dtype=float), activation)


def _is_flat(slope: Array, activation: Activation) -> bool:
    return bool((np.abs(slope) < SATURATED * _steepest(activation)).all())


@lru_cache(maxsize=128)
def _steepest(activation: Activation) -> float:
    z = np.linspace(-5.0, 5.0, 201)
    ones = np.ones_like(z)
    return float(np.abs(activation.vjp(z, activation.value(z), ones)).max())


def _is_wrong(trace: Trace) -> bool:
    return trace.target is not None and bool((np.abs(trace.output - trace.target) > WRONG).any())


def _unsaturated(before: Trace, number: int) -> Callable[[Document], Outcome]:
    def outcome(document: Document) -> Outcome:
        trace = document.trace()
        slope = _slope(trace, number)
        if slope is None or _is_flat(slope, trace.spec.activations[number - 1]):
            return "no"
        grows = largest(trace.layers[number - 1].grad_z) > largest(before.layers[number - 1].grad_z)
        return "cured" if grows else "no"

    return outcome


def _reductions(trace: Trace, number: int) -> Iterator[Fix]:
    layer = trace.layers[number - 1]
    reach = largest(layer.activation_input)
    if reach == 0.0:  # no factor moves it from there
        yield draw_anew(number, layer.weight.shape)
        return
    yield divided("weight", number, layer.weight, reach / REACH)
    if reach < REACH:
        return
    if layer.bias is not None:
        yield new_matrix("bias", number, np.zeros_like(layer.bias), f"Set b of layer {number} to 0")
