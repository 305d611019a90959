"""The mistakes that the Check page plants in a backward pass; those in learned slopes and in dropout stand here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from mlpviz.engine import LayerSpec
from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.in_activations import IN_ACTIVATIONS
from mlpviz.practice.mistakes.in_losses import IN_LOSSES
from mlpviz.practice.mistakes.in_norms import IN_NORMS
from mlpviz.practice.mistakes.mistake import Mistake, WrongNumbers, say
from mlpviz.practice.rules_backward import flow, grad_activation_output
from mlpviz.practice.workings import Place, Workings


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


PLANTED: tuple[Mistake, ...] = (
    *IN_ACTIVATIONS,
    *IN_NORMS,
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
    *IN_LOSSES,
)
"""Those that the Check page offers, in its order."""
