"""The gradient of what softmax or sigmoid reads in two ways: long, through p and its Jacobian, and short, p − y.

By the chain rule both are equal; the short one is what a loss on logits computes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, Activation, Trace
from mlpviz.engine.losses import Loss
from mlpviz.engine.losses.symbols import POSITIVE_WEIGHT
from mlpviz.engine.parameters import Array
from mlpviz.text.numbers import NumberStyle, equality_sign, number_pair
from mlpviz.text.sentences import Sentence, exact_number, parenthesised, sentence

EQUAL = 1e-9
"""Relative to the sizes of the products that are added up: what is nearer is equal but for rounding."""

OUTPUTS = 6
"""How many rows and columns of the Jacobian are written out: those that count most."""


class SoftmaxGradient(NamedTuple):
    """One sample with O outputs: `outer` (O,) times `jacobian` (O outputs p, O inputs z) gives `long` (O,).

    `short` (O,) is scale · (p · total − y) / divisor, with `probabilities` p and `target` y (O,), after label smoothing
    and weights of classes or positives; `total` (O,) is Σy, or for one output alone y and its complement added up, and
    `scale` (O,) the factor and the weights of sample and output.
    """

    activation: Activation
    outer: Array
    jacobian: Array
    long: Array
    short: Array
    probabilities: Array
    target: Array
    total: Array
    scale: Array
    divisor: float
    bound: str = ""
    """what the loss on p holds at one of these outputs, in words"""
    letter: str = "z"
    """what is called z above on screen: n behind a norm, a where another activation gives the logits"""

    @property
    def equal(self) -> bool:
        """Whether both ways arrive at the same numbers, but for rounding."""
        if not np.isfinite(self.long).all():
            return False
        scale = np.abs(self.outer) @ np.abs(self.jacobian)
        return bool((np.abs(self.long - self.short) <= EQUAL * np.maximum(scale, np.abs(self.short))).all())


def softmax_gradient(trace: Trace, sample: int) -> SoftmaxGradient | None:
    """Both ways for one sample (from 0); None if the loss has no such pair, or if a pin lies between it and z."""
    loss, last = trace.spec.loss, trace.layers[-1]
    if trace.target is None:
        return None
    t = trace.target[sample : sample + 1]
    divisor = float(loss.divisor(trace.samples, trace.spec.outputs, trace.target))
    scale = np.broadcast_to(loss.multiplier(), trace.output.shape)[sample]
    by_hand = next((other for other in LOSSES.values() if other.on_logits == loss.key), None)
    if by_hand is not None:
        activation, z = ACTIVATIONS[by_hand.last_activations[0]], trace.output
        wanted, total = _wanted(loss, t)
        with np.errstate(all="ignore"):
            p = activation.value(z)[sample : sample + 1]
            outer = scale * _pull(by_hand, p, wanted, total) / divisor
            bound = _bound(by_hand, p, wanted)
        found = _both_ways(activation, z[sample : sample + 1], p, p, outer, wanted, total, scale, divisor, bound)
        are_z = _are_equal(trace.output, last.z) and _are_equal(last.grad_a, last.grad_z)
        return found._replace(short=last.grad_a[sample], letter="z" if are_z else "a")  # to its last digit
    if (
        not loss.on_logits
        or not loss.suits(trace.spec.activations[-1].key)
        or any(pin.layer == len(trace.layers) - 1 and pin.sample == sample for pin in trace.pins)
    ):
        return None
    z, a = last.activation_input[sample : sample + 1], trace.unpinned[-1][sample : sample + 1]
    twin = _weighted(LOSSES[loss.on_logits], loss)
    with np.errstate(all="ignore"):
        p = ACTIVATIONS[twin.probabilities or ""].value(z)
    wanted, total = _wanted(twin, t)
    activation, bound = ACTIVATIONS[trace.spec.activations[-1].key], _bound(loss, a, t)
    found = _both_ways(activation, z, a, p, last.grad_a[sample], wanted, total, scale, divisor, bound)
    return found._replace(letter=last.input_letter)


def _are_equal(one: Array, other: Array) -> bool:
    return np.array_equal(one, other, equal_nan=True)


def _wanted(loss: Loss, t: Array) -> tuple[Array, Array]:
    """What a loss on logits wants p to be for targets t (1, O), and the totals (1, O) that it multiplies p by."""
    wanted = t if loss.wanted is None else loss.wanted(t)
    if not ACTIVATIONS[loss.probabilities or ""].elementwise:
        return wanted, np.broadcast_to(wanted.sum(axis=-1, keepdims=True), t.shape)
    positive = next((np.array(each.numbers) for each in loss.weights if each.symbol == POSITIVE_WEIGHT), np.ones(1))
    return positive * t, positive * t + 1.0 - t


def _pull(by_hand: Loss, p: Array, wanted: Array, total: Array) -> Array:
    """∂L/∂p (O,), undivided, for what a loss wants p to be: the loss on p has no such weights of its own."""
    if not ACTIVATIONS[by_hand.last_activations[0]].elementwise:
        return by_hand.grad(p, wanted)[0]
    ones = np.ones_like(p)  # it is a sum of a part for the target and one for its complement
    return (wanted * by_hand.grad(p, ones) + (total - wanted) * by_hand.grad(p, 0.0 * ones))[0]


def _bound(loss: Loss, p: Array, t: Array) -> str:
    return loss.clamp.bound if loss.clamp is not None and bool(loss.clamp.holds(p, t).any()) else ""


def _weighted(twin: Loss, loss: Loss) -> Loss:
    """The twin with the class weights and the ignored class of the loss."""
    names = {"weight", "ignore_index"} & dict(twin.settings).keys()
    return twin.configure(**{name: value for name, value in loss.settings if name in names}).reading(loss.reads)


def _both_ways(
    activation: Activation,
    z: Array,
    a: Array,
    p: Array,
    outer: Array,
    wanted: Array,
    total: Array,
    scale: Array,
    divisor: float,
    bound: str,
) -> SoftmaxGradient:
    with np.errstate(all="ignore"):
        # row k is the gradient that a 1 at output k sends back to every z
        jacobian = activation.vjp(z, a, np.eye(z.shape[-1]))
        long = outer @ jacobian
        short = scale * (p[0] * total[0] - wanted[0]) / divisor
    return SoftmaxGradient(activation, outer, jacobian, long, short, p[0], wanted[0], total[0], scale, divisor, bound)


def softmax_gradient_table(
    ways: SoftmaxGradient, sample: int, output: int | None, style: NumberStyle
) -> dict[str, Any]:
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
    short = [
        {
            "text": _difference(ways, j, style),
            "equals": equality_sign(
                (
                    ways.probabilities[j],
                    ways.target[j],
                    ways.total[j],
                    ways.scale[j],
                    ways.divisor,
                    ways.short[j],
                ),
                style,
            ),
            "result": pair(ways.short[j]),
        }
        for j in columns
    ]
    over = "" if ways.divisor == 1 else sentence(" / {divisor}", divisor=text(ways.divisor))
    return {
        "heading": f"Sample {sample + 1}, from the loss back to {ways.letter}",
        "outerName": f"∂L/∂{symbol}",
        "columns": [f"{ways.letter}{j + 1}" for j in columns],
        "marked": columns.index(output) if output in columns else -1,
        "rows": rows,
        "long": [pair(ways.long[j]) for j in columns],
        "short": short,
        "over": over,
        "equal": ways.equal,
        "sentence": _verdict(ways, activation.noun),
    }


def _difference(ways: SoftmaxGradient, j: int, style: NumberStyle) -> Sentence:
    """p − t of an output with its numbers, and with what multiplies them where that is not 1."""

    def text(value: float) -> Sentence:
        return exact_number(float(value), style)

    total, scale = (parenthesised(text(each)) for each in (ways.total[j], ways.scale[j]))
    found = sentence(
        "{p}{times} − {target}",
        p=text(ways.probabilities[j]),
        times="" if str(total) == "1" else sentence(" · {total}", total=total),
        target=parenthesised(text(ways.target[j])),
    )
    return found if ways.scale[j] == 1.0 else sentence("{scale} · ({found})", scale=scale, found=found)


def _verdict(ways: SoftmaxGradient, name: str) -> str:
    divided = "" if ways.divisor == 1 else " over the divisor"
    if (ways.scale != 1.0).any():
        divided = f" times its weight{divided}"
    if ways.equal:
        both = "Both are equal" if np.array_equal(ways.long, ways.short) else "Both are equal but for rounding"
        return (
            f"Long: each ∂L/∂p times its row of the Jacobian of {name}, added up down the columns. "
            f"Short: p − t{divided}. {both}: what divides by p on the one side multiplies by p on the other."
        )
    if ways.bound:
        return (
            f"On paper both ways are equal, here they are not: the long way divides by p · (1 − p), and as in PyTorch "
            f"{ways.bound}. The short way, p − t{divided}, does not divide. This is why losses take logits."
        )
    return (
        f"On paper both ways are equal. Here p is so near 0 or 1 that the long way through {name} meets what a "
        f"computer rounds away; the short way, p − t{divided}, does not divide by p. This is why losses take logits."
    )
