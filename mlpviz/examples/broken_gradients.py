"""Common mistakes in a backward pass, each of which can be planted in a network so that the check must fail.

The forward pass of such a network is the same; the registries do not change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry
from mlpviz.engine.spec import LayerSpec, NetworkSpec


@dataclass(frozen=True)
class BrokenGradient:
    """One mistake; `plant(spec)` gives a network with it, or an equal network if there is no place for it.

    `training_only`: in evaluation mode there is no place for it.
    """

    key: str
    label: str
    sentence: str
    plant: Callable[[NetworkSpec], NetworkSpec]
    training_only: bool = False

    def fits(self, spec: NetworkSpec, training: bool = True) -> bool:
        """Whether the network has a place for this mistake in this mode."""
        return (training or not self.training_only) and self.plant(spec) != spec


def _in_activations(
    fits: Callable[[Activation], bool], wrong: Callable[[Activation], Activation]
) -> Callable[[NetworkSpec], NetworkSpec]:
    def plant(spec: NetworkSpec) -> NetworkSpec:
        layers = (
            replace(layer, activation=wrong(layer.activation)) if fits(layer.activation) else layer
            for layer in spec.layers
        )
        return replace(spec, layers=tuple(layers))

    return plant


def _in_layers(wrong: Callable[[LayerSpec], LayerSpec]) -> Callable[[NetworkSpec], NetworkSpec]:
    return lambda spec: replace(spec, layers=tuple(wrong(layer) for layer in spec.layers))


def _statistics_held(key: str) -> Callable[[LayerSpec], LayerSpec]:
    def wrong(layer: LayerSpec) -> LayerSpec:
        norm = layer.norm
        if norm is None or norm.key != key:
            return layer

        def vjp(normalised: Array, scale: Array, grad: Array, axis: int) -> tuple[Array, Array, Array]:
            return (scale * grad, *norm.vjp(normalised, scale, grad, axis)[1:])

        return replace(layer, norm=replace(norm, vjp=vjp))

    return wrong


def _not_scaled(layer: LayerSpec) -> LayerSpec:
    if not 0.0 < layer.dropout < 1.0:
        return layer
    phi, kept = layer.activation, 1.0 - layer.dropout
    return replace(
        layer, activation=replace(phi, vjp=lambda z, a, grad_a, *alpha: phi.vjp(z, a, grad_a * kept, *alpha))
    )


def _in_loss(fits: Callable[[Loss], bool], wrong: Callable[[Loss], Loss]) -> Callable[[NetworkSpec], NetworkSpec]:
    return lambda spec: replace(spec, loss=wrong(spec.loss)) if fits(spec.loss) else spec


def _not_averaged(loss: Loss) -> Loss:
    def grad(y: Array, t: Array) -> Array:
        # the pass divides by the divisor, one per network of those side by side; this undoes it
        return np.asarray(loss.grad(y, t) * np.asarray(loss.divisor(y.shape[-2], y.shape[-1], t))[..., None, None])

    return replace(loss, grad=grad)


BROKEN_GRADIENTS: Registry[BrokenGradient] = Registry(
    "mistake",
    (
        BrokenGradient(
            key="slope_forgotten",
            label="forget the slope of the activation",
            sentence="∂L/∂z is taken to be ∂L/∂a: the factor φ'(z) of the chain rule is missing.",
            plant=_in_activations(
                lambda activation: activation.key != "identity",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a, *_: grad_a),
            ),
        ),
        BrokenGradient(
            key="relu_gate_reversed",
            label="open the ReLU gate on the wrong side",
            sentence="The gradient passes where z < 0 and is stopped where z > 0.",
            plant=_in_activations(
                lambda activation: activation.key == "relu",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * (z < 0.0)),
            ),
        ),
        BrokenGradient(
            key="sigmoid_slope_at_z",
            label="take the sigmoid's slope at z",
            sentence="The slope is computed as z · (1 - z), but the formula a · (1 - a) wants the sigmoid's output.",
            plant=_in_activations(
                lambda activation: activation.key == "sigmoid",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * z * (1.0 - z)),
            ),
        ),
        BrokenGradient(
            key="tanh_slope_at_z",
            label="take the slope of tanh at z",
            sentence="The slope is computed as 1 - z², but the formula 1 - a² wants the output of tanh.",
            plant=_in_activations(
                lambda activation: activation.key == "tanh",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * (1.0 - z * z)),
            ),
        ),
        BrokenGradient(
            key="softmax_diagonal_only",
            label="treat softmax like a sigmoid",
            sentence="Only a · (1 - a) is used: how each probability depends on the other units' z is left out.",
            plant=_in_activations(
                lambda activation: activation.key == "softmax",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * a * (1.0 - a)),
            ),
        ),
        BrokenGradient(
            key="batch_statistics_held",
            label="treat the mean and variance of batch norm as constants",
            sentence="∂L/∂z is ∂L/∂ẑ / √(σ² + ε) alone: that each z also moves μ and σ² is left out.",
            plant=_in_layers(_statistics_held("batch_norm")),
            training_only=True,
        ),
        BrokenGradient(
            key="layer_statistics_held",
            label="treat the mean and variance of layer norm as constants",
            sentence="∂L/∂z is ∂L/∂ẑ / √(σ² + ε) alone: that each z also moves μ and σ² is left out.",
            plant=_in_layers(_statistics_held("layer_norm")),
        ),
        BrokenGradient(
            key="rms_held",
            label="treat the mean square of RMS norm as a constant",
            sentence="∂L/∂z is ∂L/∂ẑ / √(RMS² + ε) alone: that each z also moves RMS² is left out.",
            plant=_in_layers(_statistics_held("rms_norm")),
        ),
        BrokenGradient(
            key="learned_slope_everywhere",
            label="let a learned slope count above 0 as well",
            sentence="∂L/∂α adds up ∂L/∂a · z of all z, but α multiplies only those below 0.",
            plant=_in_activations(
                lambda activation: activation.learns,
                lambda activation: replace(activation, alpha_vjp=lambda z, grad_a: grad_a * z),
            ),
        ),
        BrokenGradient(
            key="dropout_not_scaled",
            label="forget the 1 / (1 − p) of dropout on the way back",
            sentence="The forward pass divides what is kept by 1 − p, and the backward pass does not.",
            plant=_in_layers(_not_scaled),
            training_only=True,
        ),
        BrokenGradient(
            key="factor_two_forgotten",
            label="forget the 2 of the squared error",
            sentence="The derivative of (a − t)² is taken to be a − t, which is half of it.",
            plant=_in_loss(
                lambda loss: loss.key == "mse",
                lambda loss: replace(loss, grad=lambda y, t: y - t),
            ),
        ),
        BrokenGradient(
            key="mean_forgotten",
            label="forget to divide by the count",
            sentence="The loss is a mean, but its gradient is that of the sum.",
            plant=_in_loss(lambda loss: loss.mean_over != "nothing", _not_averaged),
        ),
        BrokenGradient(
            key="loss_sign_reversed",
            label="subtract the wrong way round",
            sentence="The gradient of the loss has the wrong sign, so descent climbs.",
            plant=_in_loss(
                lambda loss: True,
                lambda loss: replace(loss, grad=lambda y, t: -loss.grad(y, t)),
            ),
        ),
    ),
)
