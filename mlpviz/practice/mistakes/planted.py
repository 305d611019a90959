"""Mistakes in one record of a network: one wrong function is planted in it, and run on a learner's block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from mlpviz.engine import Activation, LayerSpec, Loss, NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, say
from mlpviz.practice.rules_backward import flow, grad_activation_output, norm_scale, own_grad_normalised
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


def _in_loss(
    key: str,
    label: str,
    sentence: str,
    fits: Callable[[Loss], bool],
    grad: Callable[[Loss, Array, Array], Array],
    said: Callable[[WrongCell], Sentence],
) -> Mistake:
    """A mistake in ∂L/∂a of the last layer; `grad(loss, y, t)` is that of the sum, which the pass divides."""

    def run(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
        if place.layer != w.last or not fits(w.spec.loss):
            return ()
        y, t = w.of("a", place.layer), w.trace.target
        # own probabilities are in `right` alone
        plain = w.spec.loss.grad(y, t)  # type: ignore[arg-type]  # a loss without target never reads it
        found = grad(w.spec.loss, y, t) / w.divisor()  # type: ignore[arg-type]
        same = np.array_equal(plain / w.divisor(), right)
        with np.errstate(all="ignore"):
            share = np.where(plain == 0.0, 1.0, found * w.divisor() / plain)
        return (WrongNumbers(np.asarray(found if same else right * share)),)

    def plant(spec: NetworkSpec) -> NetworkSpec:
        loss = spec.loss
        return replace(spec, loss=replace(loss, grad=lambda y, t: grad(loss, y, t))) if fits(loss) else spec

    return Mistake(key, label, sentence, ("grad_a",), run, said, plant=plant)


def _statistics_held(key: str, name: str, label: str, sentence: str, training_only: bool = False) -> Mistake:
    """The statistics of a norm taken for constants."""

    def change(layer: LayerSpec) -> LayerSpec:
        norm = layer.norm
        if norm is None or norm.key != name:
            return layer

        def vjp(normalised: Array, scale: Array, grad: Array, axis: int) -> tuple[Array, Array, Array]:
            return (scale * grad, *norm.vjp(normalised, scale, grad, axis)[1:])

        return replace(layer, norm=replace(norm, vjp=vjp))

    def run(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
        n = place.layer
        norm = w.spec.layers[n - 1].norm
        if norm is None or norm.key != name or not w.parts[n - 1].statistics:
            return ()
        return (WrongNumbers(np.asarray(own_grad_normalised(w, n) * norm_scale(w, n))),)

    def said(seen: WrongCell) -> Sentence:
        scale = seen.of(norm_scale(seen.w, seen.n))
        grad = seen.of(own_grad_normalised(seen.w, seen.n))
        return say(
            "∂L/∂ẑ = {grad} times {scale} is the first part only; z moves the statistics too", grad=grad, scale=scale
        )

    def plant(spec: NetworkSpec) -> NetworkSpec:
        return replace(spec, layers=tuple(change(layer) for layer in spec.layers))

    return Mistake(key, label, sentence, ("grad_z",), run, said, plant=plant, training_only=training_only)


def _not_scaled(layer: LayerSpec) -> LayerSpec:
    if not 0.0 < layer.dropout < 1.0:
        return layer
    phi, kept = layer.activation, 1.0 - layer.dropout
    return replace(
        layer, activation=replace(phi, vjp=lambda z, a, grad_a, *alpha: phi.vjp(z, a, grad_a * kept, *alpha))
    )


def _masked_only(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    mask = w.trace.layers[place.layer - 1].mask
    if mask is None or not 0.0 < w.spec.layers[place.layer - 1].dropout < 1.0:
        return ()
    return (WrongNumbers(np.asarray(flow(w, place.layer) * mask)),)


def _alpha_everywhere(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    alpha = w.views[place.layer - 1].alpha
    if alpha is None:
        return ()
    every = grad_activation_output(w, place.layer) * w.activation_input(place.layer)
    return (WrongNumbers(every.sum(axis=0 if len(alpha) == every.shape[-1] > 1 else None).reshape(alpha.shape)),)


def _not_averaged(loss: Loss, y: Array, t: Array) -> Array:
    # the pass divides by the divisor, one per network of those side by side; this undoes it
    return np.asarray(loss.grad(y, t) * np.asarray(loss.divisor(y.shape[-2], y.shape[-1], t))[..., None, None])


def _difference(seen: WrongCell) -> dict[str, float]:
    target = seen.w.trace.target
    return {
        "a": seen.number("a"),
        "t": 0.0 if target is None else seen.of(target),
        "count": float(np.max(seen.w.divisor())),
    }


def _sigmoid_slope(seen: WrongCell) -> Sentence:
    return say("a · (1 − a) wants a = {a}, not {input} = {z}", **slope_at(seen))


PLANTED: tuple[Mistake, ...] = (
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
    _statistics_held(
        "batch_statistics_held",
        "batch_norm",
        "treat the mean and variance of batch norm as constants",
        "∂L/∂z is ∂L/∂ẑ / √(σ² + ε) alone: that each z also moves μ and σ² is left out.",
        training_only=True,
    ),
    _statistics_held(
        "layer_statistics_held",
        "layer_norm",
        "treat the mean and variance of layer norm as constants",
        "∂L/∂z is ∂L/∂ẑ / √(σ² + ε) alone: that each z also moves μ and σ² is left out.",
    ),
    _statistics_held(
        "rms_held",
        "rms_norm",
        "treat the mean square of RMS norm as a constant",
        "∂L/∂z is ∂L/∂ẑ / √(RMS² + ε) alone: that each z also moves RMS² is left out.",
    ),
    Mistake(
        "learned_slope_everywhere",
        "let a learned slope count above 0 as well",
        "∂L/∂α adds up ∂L/∂a · z of all z, but α multiplies only those below 0.",
        ("grad_alpha",),
        _alpha_everywhere,
        lambda seen: say("α multiplies only what is below 0"),
        plant=lambda spec: replace(
            spec,
            layers=tuple(
                replace(layer, activation=replace(layer.activation, alpha_vjp=lambda z, grad_a: grad_a * z))
                if layer.activation.learns
                else layer
                for layer in spec.layers
            ),
        ),
    ),
    Mistake(
        "dropout_not_scaled",
        "forget the 1 / (1 − p) of dropout on the way back",
        "The forward pass divides what is kept by 1 − p, and the backward pass does not.",
        ("grad_h",),
        _masked_only,
        lambda seen: say(
            "what is kept is divided by {kept} on the way back too",
            kept=1.0 - seen.w.spec.layers[seen.n - 1].dropout,
        ),
        plant=lambda spec: replace(spec, layers=tuple(_not_scaled(layer) for layer in spec.layers)),
        training_only=True,
    ),
    _in_loss(
        "factor_two_forgotten",
        "forget the 2 of the squared error",
        "The derivative of (a − t)² is taken to be a − t, which is half of it.",
        lambda loss: loss.key == "mse",
        lambda loss, y, t: loss.grad(y, t) / 2.0,
        lambda seen: say("2 · ({a} − {t}) has a 2, from the square", **_difference(seen)),
    ),
    _in_loss(
        "mean_forgotten",
        "forget to divide by the count",
        "The loss is a mean, but its gradient is that of the sum.",
        lambda loss: loss.mean_over != "nothing",
        _not_averaged,
        lambda seen: say("the loss is a mean, so its gradient is divided by {count}", **_difference(seen)),
    ),
    _in_loss(
        "loss_sign_reversed",
        "subtract the wrong way round",
        "The gradient of the loss has the wrong sign, so descent climbs.",
        lambda loss: True,
        lambda loss, y, t: -loss.grad(y, t),
        lambda seen: say("output a = {a} and target t = {t} are swapped", **_difference(seen)),
    ),
)
"""Those that the Check page offers, in its order."""
