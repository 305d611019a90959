"""The record of one forward and backward pass: every array, read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.capture import ArenaView
from mlpviz.engine.dropout import SlopesOf
from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, Pin


class LayerTrace(NamedTuple):
    """One layer of a pass: N samples, I inputs, O outputs; every grad_<name> is ∂L/∂name, shaped like that array.

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

    # arrays of norm, dropout and skip; None in a layer without them
    gamma: Array | None = None
    """(O,), the scale of the norm"""
    beta: Array | None = None
    """(O,), the shift of the norm"""
    mean: Array | None = None
    """(1, O) of batch norm: of this batch in training, running in evaluation; (N, 1) of layer norm"""
    var: Array | None = None
    """biased, shaped like mean"""
    mean_square: Array | None = None
    """(N, 1) of RMS norm, which has it in place of mean and var"""
    normalised: Array | None = None
    """(N, O), (z - mean) / sqrt(var + eps), in RMS norm z / sqrt(mean_square + eps)"""
    n: Array | None = None
    """(N, O), gamma · normalised + beta: the input of φ in place of z"""
    alpha: Array | None = None
    """(1,) or (O,), the slope below 0 that φ learns"""
    slopes: Array | None = None
    """(N, O), the slopes below 0 that φ has drawn for this pass"""
    h: Array | None = None
    """(N, O), the output of φ, if dropout or a skip compute a from it"""
    mask: Array | None = None
    """(N, O), 1 where dropout keeps the unit, 0 where it drops it"""
    dropped: Array | None = None
    """(N, O), h · mask / (1 - dropout)"""
    running_mean: Array | None = None
    """(O,), the running statistics of batch norm after the pass"""
    running_var: Array | None = None
    """(O,), unbiased"""
    grad_h: Array | None = None
    grad_n: Array | None = None
    grad_normalised: Array | None = None
    grad_mean: Array | None = None
    """shaped like mean, with z and var held constant; None if the mean is a running one"""
    grad_var: Array | None = None
    """shaped like var, with z and mean held constant"""
    grad_mean_square: Array | None = None
    """shaped like mean_square, with z held constant"""
    grad_gamma: Array | None = None
    """(O,), summed over the samples"""
    grad_beta: Array | None = None
    """(O,), summed over the samples"""
    grad_alpha: Array | None = None
    """shaped like alpha, summed over the samples, and over the units that share it"""

    @property
    def spread(self) -> Array | None:
        """What the norm divides by the root of: the variance, or the mean square; None without a norm."""
        return self.var if self.mean_square is None else self.mean_square

    @property
    def alpha_arguments(self) -> tuple[Array, ...]:
        """The further argument of φ's functions: the slopes that it has learned or drawn, else none."""
        return () if (given := self.slopes if self.alpha is None else self.alpha) is None else (given,)

    @property
    def activation_input(self) -> Array:
        """The input of φ: n after a norm, else z."""
        return self.z if self.n is None else self.n

    @property
    def input_letter(self) -> str:
        """What the input of φ is called on screen."""
        return "z" if self.n is None else "n"


TracePlaces = Mapping[str, Any]
"""The fields of a trace by their names, with an `ArenaView` in place of each array."""


def _looked_at(value: Any, arena: Array) -> Any:
    if isinstance(value, ArenaView):
        return value.of(arena)
    if isinstance(value, LayerTrace):
        dtype, view = arena.dtype, np.ndarray
        views: Any = [None if each is None else view(each[0], dtype, arena, each[1], each[2]) for each in value]
        return LayerTrace(*views)
    return tuple([_looked_at(each, arena) for each in value]) if type(value) is tuple else value


@dataclass(frozen=True, eq=False)
class Trace:
    """Every array of one pass. All arrays are read-only, so that code that draws them cannot change them.

    `target` is the array that the loss read (class numbers as one-hot rows), `grad` the flat gradient (..., P),
    `unpinned` the output (N, O) of each φ before dropout and pins, where its derivative is taken. `training` says
    whether norm and dropout were in training or in evaluation; `buffers` (..., B) are the running statistics before the
    pass, `new_buffers` those after it.
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
    training: bool
    buffers: Array
    new_buffers: Array

    @classmethod
    def of_arena(cls, arena: Array, places: TracePlaces) -> Trace:
        """A trace of arrays that lie in one arena, which nothing may write any more: views are made when looked at."""
        arena.setflags(write=False)
        trace = object.__new__(cls)
        trace.__dict__["_arena"], trace.__dict__["_places"] = arena, places
        return trace

    if not TYPE_CHECKING:  # a type checker knows the fields

        def __getattr__(self, name: str) -> Any:
            """A field of a trace of an arena, when it is first looked at."""
            places = self.__dict__.get("_places", {})
            if name not in places:
                raise AttributeError(f"a Trace has no {name}")
            value = self.__dict__[name] = _looked_at(places[name], self.__dict__["_arena"])
            return value

    @property
    def output(self) -> Array:
        """y (N, O): the a of the last layer."""
        return self.layers[-1].a

    @property
    def samples(self) -> int:
        """N, the rows of x."""
        return int(self.x.shape[-2])

    @property
    def masks(self) -> dict[int | SlopesOf, Array]:
        """The mask (N, O) of each layer (from 0) in which dropout was applied, and the slopes that were drawn."""
        drawn: dict[int | SlopesOf, Array] = {}
        for index, layer in enumerate(self.layers):
            if layer.slopes is not None:
                drawn[SlopesOf(index)] = layer.slopes
            if layer.mask is not None:
                drawn[index] = layer.mask
        return drawn

    @cached_property
    def probabilities(self) -> Array | None:
        """The probabilities p (N, O) of a loss on logits; None for other losses."""
        key = self.spec.loss.probabilities
        if key is None:
            return None
        with np.errstate(all="ignore"):
            return ACTIVATIONS[key].value(self.output)

    @property
    def grad_shared(self) -> Array:
        """∂L/∂θ (..., G) of each number that is used in several places: the sum of the parts of its uses."""
        sharing = self.spec.sharing
        return self.grad[..., :0] if sharing is None else sharing.sums(self.grad)

    @property
    def summed_grad(self) -> Array:
        """The gradient (..., P) that an update follows: `grad`, but where a number is shared the sum over its uses."""
        sharing = self.spec.sharing
        return self.grad if sharing is None else sharing.summed(self.grad)

    def inputs_of(self, layer: int) -> Array:
        """The input of a layer (counted from 0): x (N, I) or the a of the layer before."""
        return self.x if layer == 0 else self.layers[layer - 1].a
