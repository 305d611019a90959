"""The statistics of a norm taken for constants on the way back: planted in a network, and run on a learner's block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from mlpviz.engine import LayerSpec, NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, say
from mlpviz.practice.rules_backward import norm_scale, own_grad_normalised
from mlpviz.practice.workings import Place, Workings
from mlpviz.text.sentences import Sentence


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


IN_NORMS: tuple[Mistake, ...] = (
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
)
