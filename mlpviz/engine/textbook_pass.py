"""One forward and one backward pass of a multilayer perceptron, as a textbook writes them: read this first.

N samples are the rows of x (N, I). A layer with O units has weight (O, I), bias (O,) and an activation φ:

    z = x @ weight.T + bias,    a = φ(z),    and a is the x of the next layer.

The loss L is one number computed from the last a and the target. The app shows every number below; `passes.py` computes
the same numbers faster, for many networks at once, with norms, dropout, skips and pins. A test compares the two.
"""

from __future__ import annotations

from typing import NamedTuple

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.parameters import Array


class DenseLayer(NamedTuple):
    """The numbers of one layer and its φ."""

    weight: Array
    bias: Array
    activation: Activation


class Gradients(NamedTuple):
    """∂L/∂weight and ∂L/∂bias of each layer, the first layer first, and ∂L/∂x."""

    weight: list[Array]
    bias: list[Array]
    x: Array


def forward(layers: list[DenseLayer], x: Array) -> tuple[list[Array], list[Array]]:
    """The z of each layer, and x followed by the a of each layer."""
    all_z, all_a = [], [x]
    for weight, bias, activation in layers:
        z = all_a[-1] @ weight.T + bias
        all_z.append(z)
        all_a.append(activation.value(z))
    return all_z, all_a


def loss_and_gradients(layers: list[DenseLayer], x: Array, target: Array, loss: Loss) -> tuple[float, Gradients]:
    """L and its derivative by each number: the chain rule from the last layer to the first."""
    all_z, all_a = forward(layers, x)
    y = all_a[-1]
    samples, outputs = y.shape
    divisor = loss.divisor(samples, outputs, target)  # 1 for a sum, N or N·O for a mean
    value = loss.terms(y, target).sum() / divisor

    grad_a = loss.grad(y, target) / divisor
    grad_weight: list[Array] = []
    grad_bias: list[Array] = []
    for (weight, _, activation), z, a, before in reversed(list(zip(layers, all_z, all_a[1:], all_a, strict=False))):
        grad_z = activation.vjp(z, a, grad_a)  # grad_a · φ'(z); for softmax its Jacobian times grad_a
        grad_weight.insert(0, grad_z.T @ before)  # ∂z/∂weight is the input of the layer
        grad_bias.insert(0, grad_z.sum(axis=0))  # every sample uses the same bias
        grad_a = grad_z @ weight  # back to the a of the layer before
    return float(value), Gradients(grad_weight, grad_bias, grad_a)
