"""Mistakes in the derivative of φ: one wrong function is planted in a network, and run on a learner's block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from mlpviz.engine import Activation, NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, say
from mlpviz.practice.rules_backward import grad_activation_output
from mlpviz.practice.workings import Place, Workings
from mlpviz.text.sentences import Sentence


def reads(w: Workings, place: Place) -> bool:
    """Whether this block is the gradient of what φ reads: ∂L/∂n after a norm, else ∂L/∂z."""
    return place.tensor == f"grad_{w.parts[place.layer - 1].activation_input}"


def slope_at(seen: WrongCell) -> dict[str, float | str]:
    """What φ reads in a cell, its slope there, and the gradient that it is multiplied by."""
    w, n = seen.w, seen.n
    ones = np.ones_like(w.activation_input(n))
    slope = w.spec.activations[n - 1].vjp(w.activation_input(n), w.activation_output(n), ones, *w.alpha(n))
    return {
        "input": w.parts[n - 1].activation_input,
        "z": seen.of(w.activation_input(n)),
        "a": seen.of(w.activation_output(n)),
        "slope": seen.of(slope),
        "grad": seen.of(grad_activation_output(w, n)),
    }


def _in_activation(
    key: str,
    label: str,
    sentence: str,
    fits: Callable[[Activation], bool],
    wrong: Callable[[Activation], Activation],
    said: Callable[[WrongCell], Sentence],
) -> Mistake:
    """A mistake in the derivative of φ."""
    made = lru_cache(maxsize=64)(wrong)

    def run(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
        n, phi = place.layer, w.spec.activations[place.layer - 1]
        if not (reads(w, place) and fits(phi)):
            return ()
        grad = grad_activation_output(w, n)
        return (WrongNumbers(made(phi).vjp(w.activation_input(n), w.activation_output(n), grad, *w.alpha(n))),)

    def plant(spec: NetworkSpec) -> NetworkSpec:
        layers = (
            replace(layer, activation=wrong(layer.activation)) if fits(layer.activation) else layer
            for layer in spec.layers
        )
        return replace(spec, layers=tuple(layers))

    return Mistake(key, label, sentence, ("grad_z", "grad_n"), run, said, plant=plant)


def _sigmoid_slope(seen: WrongCell) -> Sentence:
    return say("a · (1 − a) wants a = {a}, not {input} = {z}", **slope_at(seen))


IN_ACTIVATIONS: tuple[Mistake, ...] = (
    _in_activation(
        "slope_forgotten",
        "forget the slope of the activation",
        "∂L/∂z is taken to be ∂L/∂a: the factor φ'(z) of the chain rule is missing.",
        lambda phi: phi.key != "identity",
        lambda phi: replace(phi, vjp=lambda z, a, grad_a, *_: grad_a),
        lambda seen: say("{grad} has to be multiplied by φ'({input}) = {slope}, since {input} = {z}", **slope_at(seen)),
    ),
    _in_activation(
        "relu_gate_reversed",
        "open the ReLU gate on the wrong side",
        "The gradient passes where z < 0 and is stopped where z > 0.",
        lambda phi: phi.key == "relu",
        lambda phi: replace(phi, vjp=lambda z, a, grad_a: grad_a * (z < 0.0)),
        lambda seen: say("{input} = {z}, so the slope is {slope}", **slope_at(seen)),
    ),
    _in_activation(
        "sigmoid_slope_at_z",
        "take the sigmoid's slope at z",
        "The slope is computed as z · (1 - z), but the formula a · (1 - a) wants the sigmoid's output.",
        lambda phi: phi.key == "sigmoid",
        lambda phi: replace(phi, vjp=lambda z, a, grad_a: grad_a * z * (1.0 - z)),
        _sigmoid_slope,
    ),
    _in_activation(
        "tanh_slope_at_z",
        "take the slope of tanh at z",
        "The slope is computed as 1 - z², but the formula 1 - a² wants the output of tanh.",
        lambda phi: phi.key == "tanh",
        lambda phi: replace(phi, vjp=lambda z, a, grad_a: grad_a * (1.0 - z * z)),
        lambda seen: say("1 − a² wants a = {a}, not {input} = {z}", **slope_at(seen)),
    ),
    _in_activation(
        "softmax_diagonal_only",
        "treat softmax like a sigmoid",
        "Only a · (1 - a) is used: how each probability depends on the other units' z is left out.",
        lambda phi: phi.key == "softmax",
        lambda phi: replace(phi, vjp=lambda z, a, grad_a: grad_a * a * (1.0 - a)),
        lambda seen: say("a = {a} depends on the {input} of the other units too", **slope_at(seen)),
    ),
)
