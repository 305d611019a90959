"""What one forward and backward pass leaves behind: every array, read-only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, Pin


class LayerTrace(NamedTuple):
    """One layer of a pass: N samples, I inputs, O outputs; every grad_<thing> is ∂L/∂thing, shaped like the thing.

    Leading axes of the parameters, if any, come before these shapes.
    """

    weight: Array
    """(O, I)"""
    bias: Array | None
    """(O,)"""
    z: Array
    """(N, O), before the activation"""
    a: Array
    """(N, O), after the activation and after pins"""
    grad_a: Array
    """(N, O)"""
    grad_z: Array
    """(N, O); 0 where a is pinned"""
    grad_weight: Array
    """(O, I), summed over the samples"""
    grad_bias: Array | None
    """(O,), summed over the samples"""


@dataclass(frozen=True, eq=False)
class Trace:
    """Every array of one pass. All arrays are read-only; nothing that draws can change what is shown.

    `target` is the array the loss saw (class numbers as one-hot rows), `grad` the flat gradient (..., P), `unpinned`
    what each activation itself gave (N, O): its derivative is taken there.
    """

    spec: NetworkSpec
    pins: tuple[Pin, ...]
    params: Array
    x: Array
    target: Array | None
    layers: tuple[LayerTrace, ...]
    unpinned: tuple[Array, ...]
    loss: Array
    loss_terms: Array
    grad_x: Array
    grad: Array

    @property
    def output(self) -> Array:
        """y (N, O): the a of the last layer."""
        return self.layers[-1].a

    @property
    def samples(self) -> int:
        """N, the rows of x."""
        return int(self.x.shape[-2])

    @cached_property
    def probabilities(self) -> Array | None:
        """p (N, O) of a loss on logits, None for other losses."""
        key = self.spec.loss.probabilities
        if key is None:
            return None
        with np.errstate(all="ignore"):
            return ACTIVATIONS[key].value(self.output)

    def inputs_of(self, layer: int) -> Array:
        """What layer (counted from 0) reads: x (N, I) or the a of the layer before."""
        return self.x if layer == 0 else self.layers[layer - 1].a
