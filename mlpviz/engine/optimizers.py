"""How a gradient changes the parameters. Refuses to know where the gradient comes from."""

from __future__ import annotations

from mlpviz.engine.parameters import Array


def gradient_descent(params: Array, grad: Array, learning_rate: float) -> Array:
    """Plain gradient descent, one step: params - learning_rate · grad. Any shape; returns a new array."""
    return params - learning_rate * grad
