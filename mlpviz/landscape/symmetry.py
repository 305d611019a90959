"""Other points at which a network computes the very same: hidden units in another order, or with their signs turned."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from mlpviz.engine import Activation, NetworkSpec
from mlpviz.engine.parameters import Array


def is_odd(activation: Activation) -> bool:
    """Whether φ(−z) = −φ(z): then the signs of what comes into a unit and goes out of it can be turned together."""
    if not activation.elementwise or activation.alpha:
        return False
    z = np.linspace(0.0, 6.0, 61)
    return bool(np.allclose(activation.value(-z), -activation.value(z), rtol=1e-12, atol=0.0))


def has_copies(spec: NetworkSpec) -> bool:
    """Whether the order of hidden units can be changed without a trace: no skips, ties, and an elementwise φ."""
    return (
        len(spec.layers) > 1
        and spec.sharing is None
        and not any(layer.skip for layer in spec.layers)
        and any(_movable(spec, index) for index in range(len(spec.layers) - 1))
    )


def count_of_copies(spec: NetworkSpec) -> int:
    """How many points compute the same as a point without symmetry of its own, itself counted: Π h! · 2ʰ, if odd."""
    total = 1
    for index, layer in enumerate(spec.layers[:-1]):
        if _movable(spec, index):
            total *= math.factorial(layer.outputs)
            if is_odd(layer.activation) and layer.norm is None:
                total *= 2**layer.outputs
    return total


def permuted(spec: NetworkSpec, params: Array, layer: int, order: Sequence[int]) -> Array:
    """The point (P,) with the units of a hidden layer (from 0) in another order."""
    found = np.array(params)
    before, after = spec.views(params), spec.views(found)
    for own, new in zip(before[layer], after[layer], strict=True):
        if own is not None and new is not None and len(own) == len(order):
            new[...] = own[list(order)]
    after[layer + 1].weight[...] = before[layer + 1].weight[:, list(order)]
    return found


def sign_flipped(spec: NetworkSpec, params: Array, layer: int, unit: int) -> Array:
    """The point (P,) with the signs of one unit turned, of a hidden layer with an odd activation and no norm."""
    found = np.array(params)
    views = spec.views(found)
    views[layer].weight[unit] *= -1.0
    bias = views[layer].bias
    if bias is not None:
        bias[unit] *= -1.0
    views[layer + 1].weight[:, unit] *= -1.0
    return found


def some_copies(spec: NetworkSpec, params: Array) -> tuple[tuple[str, Array], ...]:
    """A few copies of a point with what was done, for the pictures: units swapped, reversed, and a sign turned."""
    if not has_copies(spec):
        return ()
    found: list[tuple[str, Array]] = []
    for index, layer in enumerate(spec.layers[:-1]):
        if not _movable(spec, index):
            continue
        if layer.outputs > 1:
            order = [1, 0, *range(2, layer.outputs)]
            found.append((f"units 1 and 2 of layer {index + 1} swapped", permuted(spec, params, index, order)))
        if layer.outputs > 2:
            backwards = list(range(layer.outputs))[::-1]
            found.append((f"all units of layer {index + 1} in reverse", permuted(spec, params, index, backwards)))
        if is_odd(layer.activation) and layer.norm is None:
            found.append((f"signs of unit 1 of layer {index + 1} turned", sign_flipped(spec, params, index, 0)))
    return tuple((name, copy) for name, copy in found if not np.array_equal(copy, params))


def _movable(spec: NetworkSpec, index: int) -> bool:
    layer = spec.layers[index]
    return layer.activation.elementwise and not layer.dropout
