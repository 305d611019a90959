"""What the gradient predicts of a change, beside what the loss really did, and one sentence on why the two differ.

The prediction is first order, gradient · Δ, over parameters, inputs, targets and pins together.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Pin, SpecError, Trace, rerun
from mlpviz.engine.parameters import Array
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

STEP = 1e-4
"""Of the change itself, for central differences along it."""

AGREES, EXPLAINS = 1e-6, 0.1
"""Relative: below the first both are the same; below the second what is left counts as explained."""

NAMED = 2


class KinkCrossing(NamedTuple):
    """A unit whose activation reads a number that went over its kink; `layer` from 1, sample and unit from 0.

    `read` is the letter of that number, z or n. `effect`: "opened" or "closed" where the slope was or is 0, else "went
    over a kink".
    """

    layer: int
    sample: int
    unit: int
    read: str
    before: float
    after: float
    effect: str


class LinearPrediction(NamedTuple):
    """`predicted` = gradient · Δ, `true` = what the loss did, `second` = ½ Δ·H·Δ by central differences of gradients.

    `cause`: "none" (nothing was to change the loss), "agrees", "curvature", "gates", "far" or "not finite".
    """

    predicted: float
    true: float
    second: float
    crossings: tuple[KinkCrossing, ...]
    cause: str


class _Move(NamedTuple):
    """The change as a direction; pins as (place, from, to)."""

    params: Array
    x: Array
    target: Array | None
    pins: dict[tuple[int, int, int], tuple[float, float]]
    """only the places that are pinned before or after"""


def predict(before: Trace, after: Trace) -> LinearPrediction | None:
    """The prediction for two traces of one network with other numbers; None if the network itself changed."""
    if before.spec != after.spec or before.x.shape != after.x.shape or not _same_mode(before, after):
        return None
    move = _move(before, after)
    predicted, true = _first_order(before, move), float(after.loss) - float(before.loss)
    crossings = _crossings(before, after)
    if not (math.isfinite(predicted) and math.isfinite(true)):
        return LinearPrediction(predicted, true, math.nan, crossings, "not finite")
    second = _second(before, move)
    cause = _cause(before, after, predicted, true, second, bool(crossings))
    return LinearPrediction(predicted, true, second, crossings, cause)


def _same_mode(before: Trace, after: Trace) -> bool:
    """Whether norm and dropout did the same in both; in training the running statistics are not used."""
    one, other = before.masks, after.masks
    return (
        before.training == after.training
        and one.keys() == other.keys()
        and all(np.array_equal(one[index], other[index]) for index in one)
        and (before.training or np.array_equal(before.buffers, after.buffers))
    )


def _move(before: Trace, after: Trace) -> _Move:
    held = [{(pin.layer, pin.sample, pin.unit): pin.value for pin in trace.pins} for trace in (before, after)]
    pins = {}
    for place in sorted(held[0].keys() | held[1].keys()):
        layer, sample, unit = place
        start = float(before.layers[layer].a[sample, unit])
        # a unit that is no longer pinned has the output of its activation
        stop = held[1].get(place, float(after.layers[layer].a[sample, unit]))
        pins[place] = (start, stop)
    target = None if after.target is None or before.target is None else after.target - before.target
    with np.errstate(all="ignore"):
        return _Move(after.params - before.params, after.x - before.x, target, pins)


def _first_order(before: Trace, move: _Move) -> float:
    with np.errstate(all="ignore"):
        found = float((before.grad * move.params).sum() + (before.grad_x * move.x).sum())
        for (layer, sample, unit), (start, stop) in move.pins.items():
            found += float(before.layers[layer].grad_a[sample, unit]) * (stop - start)
        if move.target is not None and move.target.any():
            found += _by_target(before, move.target)
    return found


def _by_target(before: Trace, move: Array) -> float:
    """∂L/∂t · Δt by central differences: only the loss is computed anew, the output stays."""
    target = np.asarray(before.target)

    def loss(share: float) -> float:
        moved = target + share * move
        terms = before.spec.loss.terms(before.output, moved)
        return float(terms.sum() / before.spec.loss.divisor(before.samples, before.spec.outputs, moved))

    both = (loss(STEP) - loss(-STEP)) / (2 * STEP)
    # at the end of its range a target moves to one side only
    return both if math.isfinite(both) else (loss(STEP) - float(before.loss)) / STEP


def _along(before: Trace, move: _Move, share: float) -> float:
    """The slope of the loss along the change at a share of it."""
    moved = rerun(
        before,
        params=before.params + share * move.params,
        x=before.x + share * move.x,
        target=None if move.target is None else np.asarray(before.target) + share * move.target,
        pins=tuple(Pin(*place, start + share * (stop - start)) for place, (start, stop) in move.pins.items()),
    )
    return _first_order(moved, move)


def _second(before: Trace, move: _Move) -> float:
    with np.errstate(all="ignore"):
        ahead = _along(before, move, STEP)
        try:
            return (ahead - _along(before, move, -STEP)) / (4 * STEP)
        except SpecError:
            # a target at the end of its range moves to one side only
            return (ahead - _first_order(before, move)) / (2 * STEP)


def _crossings(before: Trace, after: Trace) -> tuple[KinkCrossing, ...]:
    found: list[KinkCrossing] = []
    for number, (old, new, activation) in enumerate(
        zip(before.layers, after.layers, before.spec.activations, strict=True), start=1
    ):
        if not activation.kinks or activation.slope is None:
            continue
        pinned = {(pin.sample, pin.unit) for pin in after.pins if pin.layer == number - 1}
        # at the kink itself the slope is that of the left side, as in the engine
        sides = [np.searchsorted(activation.kinks, layer.activation_input, side="left") for layer in (old, new)]
        slopes = [
            np.asarray(
                activation.slope(layer.activation_input, trace.unpinned[number - 1], *layer.alpha_arguments),
                dtype=float,
            )
            for layer, trace in ((old, before), (new, after))
        ]
        for sample, unit in np.argwhere(sides[0] != sides[1]).tolist():
            if (sample, unit) not in pinned:
                read, moved = (float(layer.activation_input[sample, unit]) for layer in (old, new))
                flat = [float(side[sample, unit]) == 0.0 for side in slopes]
                effect = "went over a kink" if flat[0] == flat[1] else "opened" if flat[0] else "closed"
                found.append(KinkCrossing(number, sample, unit, new.input_letter, read, moved, effect))
    return tuple(found)


def _cause(before: Trace, after: Trace, predicted: float, true: float, second: float, has_crossings: bool) -> str:
    scale = max(abs(predicted), abs(true))
    # rounding error of a difference of two losses
    noise = 1e-12 * max(abs(float(before.loss)), abs(float(after.loss)))
    error = abs(true - predicted)
    if scale <= noise:
        return "none"
    if error <= max(AGREES * scale, noise):
        return "agrees"
    if math.isfinite(second) and abs(true - predicted - second) <= EXPLAINS * error:
        return "curvature"
    return "gates" if has_crossings else "far"


def rounded(value: float) -> float:
    """Seven digits: more would show the rounding error of differences."""
    return float(f"{value:.7g}")


def reason(forecast: LinearPrediction, style: NumberStyle = DEFAULT) -> Sentence:
    """Why prediction and loss differ, or that they agree, in one sentence."""
    second = exact_number(rounded(forecast.second), style)
    match forecast.cause:
        case "none":
            if forecast.predicted == forecast.true == 0.0:
                return sentence("The gradient promised no change of the loss, and there was none.")
            return sentence("The gradient promised no change of the loss, and there was none but for rounding.")
        case "agrees":
            if forecast.predicted == forecast.true:
                return sentence("Both are equal: along this change the loss is a straight line.")
            error, scale = abs(forecast.true - forecast.predicted), max(abs(forecast.true), abs(forecast.predicted))
            how = "to a millionth" if error <= AGREES * scale else "but for rounding"
            return sentence("Both agree {how}: along this change the loss is nearly a straight line.", how=how)
        case "curvature":
            said = "They differ because the loss is curved along this change: ½ · Δ·H·Δ = {second} is what is missing."
            return sentence(said, second=second)
        case "gates":
            gates = _named(forecast.crossings, style)
            return sentence("They differ because {gates}: beyond that the gradient is another one.", gates=gates)
        case "not finite":
            return sentence("They cannot be compared, because a number is not finite.")
    way = "overshoots" if forecast.predicted < 0 < forecast.true else "leaves the neighbourhood the gradient knows"
    said = "They differ because the step is too large: it {way}, and curvature alone ({second}) does not explain it."
    return sentence(said, way=way, second=second)


def _named(gates: tuple[KinkCrossing, ...], style: NumberStyle) -> Sentence:
    names = [
        sentence(
            "unit {unit} of layer {layer} (sample {sample}) {effect}, {read} {before} → {after}",
            unit=gate.unit + 1,
            layer=gate.layer,
            sample=gate.sample + 1,
            effect=gate.effect,
            read=gate.read,
            before=exact_number(gate.before, style),
            after=exact_number(gate.after, style),
        )
        for gate in gates[:NAMED]
    ]
    more = len(gates) - len(names)
    return joined("", (joined(" and ", names), f", and {more} more did" if more else ""))
