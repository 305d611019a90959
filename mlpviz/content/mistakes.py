"""Which mistakes people make in a backward pass, each ready to be planted in a network to see the proof turn red.

A planted network computes forward as before; the registries stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.registry import Registry
from mlpviz.engine.spec import NetworkSpec


@dataclass(frozen=True)
class Mistake:
    """One mistake; `plant(spec)` gives the network that makes it, or an equal network if it has no place for it."""

    key: str
    label: str
    sentence: str
    plant: Callable[[NetworkSpec], NetworkSpec]

    def fits(self, spec: NetworkSpec) -> bool:
        """Whether the network has a place for this mistake."""
        return self.plant(spec) != spec


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


def _in_loss(fits: Callable[[Loss], bool], wrong: Callable[[Loss], Loss]) -> Callable[[NetworkSpec], NetworkSpec]:
    return lambda spec: replace(spec, loss=wrong(spec.loss)) if fits(spec.loss) else spec


def _not_averaged(loss: Loss) -> Loss:
    # the pass divides by the divisor; this takes it back
    return replace(loss, grad=lambda y, t: loss.grad(y, t) * loss.divisor(y.shape[-2], y.shape[-1], t))


MISTAKES: Registry[Mistake] = Registry(
    "mistake",
    (
        Mistake(
            key="slope_forgotten",
            label="forget the slope of the activation",
            sentence="∂L/∂z is taken to be ∂L/∂a: the factor φ'(z) of the chain rule is missing.",
            plant=_in_activations(
                lambda activation: activation.key != "identity",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a),
            ),
        ),
        Mistake(
            key="relu_gate_reversed",
            label="open the ReLU gate on the wrong side",
            sentence="The gradient passes where z < 0 and is stopped where z > 0.",
            plant=_in_activations(
                lambda activation: activation.key == "relu",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * (z < 0.0)),
            ),
        ),
        Mistake(
            key="sigmoid_slope_at_z",
            label="take the sigmoid's slope at z",
            sentence="The slope is computed as z · (1 - z), but the formula a · (1 - a) wants the sigmoid's output.",
            plant=_in_activations(
                lambda activation: activation.key == "sigmoid",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * z * (1.0 - z)),
            ),
        ),
        Mistake(
            key="tanh_slope_at_z",
            label="take the slope of tanh at z",
            sentence="The slope is computed as 1 - z², but the formula 1 - a² wants the output of tanh.",
            plant=_in_activations(
                lambda activation: activation.key == "tanh",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * (1.0 - z * z)),
            ),
        ),
        Mistake(
            key="softmax_diagonal_only",
            label="treat softmax like a sigmoid",
            sentence="Only a · (1 - a) is used: how each probability depends on the other units' z is left out.",
            plant=_in_activations(
                lambda activation: activation.key == "softmax",
                lambda activation: replace(activation, vjp=lambda z, a, grad_a: grad_a * a * (1.0 - a)),
            ),
        ),
        Mistake(
            key="factor_two_forgotten",
            label="forget the 2 of the squared error",
            sentence="The derivative of (a - t)² is taken to be a - t, which is half of it.",
            plant=_in_loss(
                lambda loss: loss.key == "mse",
                lambda loss: replace(loss, grad=lambda y, t: y - t),
            ),
        ),
        Mistake(
            key="mean_forgotten",
            label="forget to divide by the count",
            sentence="The loss is a mean, but its gradient is that of the sum.",
            plant=_in_loss(lambda loss: loss.mean_over != "nothing", _not_averaged),
        ),
        Mistake(
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
