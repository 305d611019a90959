"""The architecture of a network, without its numbers: layers, widths, norms, activations, skips, loss, pins.

Frozen, validated and hashable; the parameters are separate arrays. Layers count from 0 in code and from 1 in messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.activations import Activation
from mlpviz.engine.losses import Loss
from mlpviz.engine.losses.loss import ClassTargets
from mlpviz.engine.norms import Norm
from mlpviz.engine.parameters import Array, BufferViews, LayerViews, Slot, layer_views
from mlpviz.engine.ties import Place, Sharing, WeightUse, shared_places, weight_uses


class SpecError(ValueError):
    """A network that does not fit together; the message names the layer, counted from 1."""


@dataclass(frozen=True)
class LayerSpec:
    """One dense layer: z (N, O) = a_prev (N, I) @ weight.T + bias, a = φ(z).

    With a `norm` the activation is a = φ(n) of n = norm(z). In training `dropout` is the probability that an entry of
    φ(n) is set to 0; the others are divided by 1 - dropout; with 1 all are 0. A `skip` of k adds the
    input of the layer k - 1 places before, so that the connection bypasses k layers: 1 adds this layer's own input, 0
    adds nothing. Pins come last.

    `tied_to` is a layer before (from 0) whose weight, or its transpose, is this layer's weight too; with `one_bias` all
    units share one bias.
    """

    inputs: int
    outputs: int
    activation: Activation
    bias: bool = True
    norm: Norm | None = None
    dropout: float = 0.0
    skip: int = 0
    tied_to: int | None = None
    transposed: bool = False
    one_bias: bool = False

    @property
    def dropout_scale(self) -> float:
        """What dropout multiplies a kept entry by: 1 / (1 - dropout). 0 without dropout; 1 if none is kept."""
        return 0.0 if not self.dropout else 1.0 if self.dropout == 1.0 else 1.0 / (1.0 - self.dropout)


class LayerExtras(NamedTuple):
    """What a pass computes in a layer besides z and φ, derived once from the spec.

    `dropout_scale` is that of the layer. `skip_source` is the layer (from 0) whose input the skip
    adds, -1 for none. `feeds_skip` says that some skip adds this layer's input, so that a gradient comes back to it.
    """

    norm: Norm | None
    dropout_scale: float
    skip_source: int
    feeds_skip: bool


@dataclass(frozen=True)
class Pin:
    """An activation held at a value: the forward pass uses that value, no gradient flows through it.

    `layer`, `sample` and `unit` count from 0.
    """

    layer: int
    sample: int
    unit: int
    value: float


@dataclass(frozen=True)
class NetworkSpec:
    """Layers from the input to the output, and the loss of the output; `ties` are groups of places with one number.

    Raises SpecError if a layer's inputs are not the outputs of the layer before, a dropout, skip or tie is out of
    range, or the last layer does not fit the loss.
    """

    layers: tuple[LayerSpec, ...]
    loss: Loss
    ties: tuple[tuple[Place, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.layers:
            raise SpecError("a network needs at least one layer")
        for number, layer in enumerate(self.layers, start=1):
            if layer.inputs < 1 or layer.outputs < 1:
                raise SpecError(f"layer {number} has width {min(layer.inputs, layer.outputs)}, expected at least 1")
        for number, (before, after) in enumerate(zip(self.layers, self.layers[1:], strict=False), start=2):
            if before.outputs != after.inputs:
                raise SpecError(
                    f"layer {number} takes {after.inputs} inputs, layer {number - 1} gives {before.outputs}"
                )
        self._check_extras()
        self._check_ties()
        if self.loss.outputs not in (None, self.outputs):
            raise SpecError(
                f"loss {self.loss.key} has {self.loss.outputs} class weights, the last layer {self.outputs} outputs"
            )
        for each in self.loss.weights:
            if each.per == "output" and len(each.numbers) != self.outputs:
                raise SpecError(
                    f"loss {self.loss.key} has {len(each.numbers)} weights of outputs, the last layer {self.outputs} "
                    "outputs"
                )

    def _check_extras(self) -> None:
        for number, layer in enumerate(self.layers, start=1):
            if not 0.0 <= layer.dropout <= 1.0:
                raise SpecError(f"layer {number} has dropout {layer.dropout}, expected a number from 0 to 1")
            if not 0 <= layer.skip <= number:
                raise SpecError(f"layer {number} has a skip around {layer.skip} layers, expected 0 to {number}")
            first = number - layer.skip + 1
            if layer.skip and (given := self.layers[first - 1].inputs) != layer.outputs:
                raise SpecError(
                    f"the skip to layer {number} adds the {given} inputs of layer {first} to {layer.outputs} outputs, "
                    "expected as many"
                )
        last = self.layers[-1]
        if self.loss.needs_activation and (last.dropout or last.skip):
            raise SpecError(
                f"loss {self.loss.key} reads what {' or '.join(self.loss.last_activations)} gives: "
                f"the last layer cannot have {'dropout' if last.dropout else 'a skip'}"
            )

    def _check_ties(self) -> None:
        for number, layer in enumerate(self.layers, start=1):
            if layer.tied_to is not None:
                if not 0 <= layer.tied_to < number - 1:
                    raise SpecError(f"layer {number} is tied to layer {layer.tied_to + 1}, expected one before it")
                source = self.layers[layer.tied_to]
                shape = (source.inputs, source.outputs) if layer.transposed else (source.outputs, source.inputs)
                if shape != (layer.outputs, layer.inputs):
                    raise SpecError(
                        f"layer {number} has a weight of {layer.outputs} x {layer.inputs}, layer {layer.tied_to + 1}, "
                        f"which it is tied to, gives {shape[0]} x {shape[1]}"
                    )
            if layer.one_bias and not layer.bias:
                raise SpecError(f"layer {number} has one bias for all units and no bias")
        for number, group in enumerate(self.ties, start=1):
            for place in group:
                if not self._has(place):
                    raise SpecError(f"tie {number} has a place that is not in the network")

    def _has(self, place: Place) -> bool:
        index, row, *column = place
        if not 0 <= index < len(self.layers) or not 0 <= row < self.layers[index].outputs:
            return False
        layer = self.layers[index]
        return 0 <= column[0] < layer.inputs if column else layer.bias

    @cached_property
    def sharing(self) -> Sharing | None:
        """Which parameters share a number; None if each has its own."""
        tied = [
            (index, layer.tied_to, layer.transposed)
            for index, layer in enumerate(self.layers)
            if layer.tied_to is not None
        ]
        one_bias = [index for index, layer in enumerate(self.layers) if layer.one_bias]
        if not (tied or one_bias or self.ties):
            return None
        return shared_places(self.slots, tied, one_bias, self.ties)

    def weight_uses(self, layer: int) -> tuple[WeightUse, ...]:
        """The layers (from 0) that have the weight of this one, itself too, by the ties of whole layers."""
        ties = {at: (each.tied_to, each.transposed) for at, each in enumerate(self.layers) if each.tied_to is not None}
        return weight_uses(ties, layer, len(self.layers))

    @property
    def learned_size(self) -> int:
        """How many numbers the network learns: P, but a shared number once."""
        return self.size if self.sharing is None else int(self.sharing.learned.size)

    def reading(self, targets: ClassTargets) -> NetworkSpec:
        """This network with its loss as it reads class numbers, or rows of probabilities."""
        loss = self.loss.reading(targets)
        return self if loss is self.loss else replace(self, loss=loss)

    def with_functions(self, layers: tuple[LayerSpec, ...], loss: Loss) -> NetworkSpec:
        """This network with other functions in its layers and its loss; nothing is checked or laid out again."""
        found = copy(self)
        vars(found).update(layers=layers, loss=loss)
        for name in ("activations", "extras", "_hash"):  # what was kept of the functions
            vars(found).pop(name, None)
        return found

    @property
    def inputs(self) -> int:
        """I, the width of x."""
        return self.layers[0].inputs

    @property
    def outputs(self) -> int:
        """O, the width of the last layer."""
        return self.layers[-1].outputs

    @cached_property
    def activations(self) -> tuple[Activation, ...]:
        """φ of each layer."""
        return tuple(layer.activation for layer in self.layers)

    @cached_property
    def extras(self) -> tuple[LayerExtras | None, ...]:
        """What each layer computes besides z and φ; None for a plain layer."""
        sources = [index - layer.skip + 1 if layer.skip else -1 for index, layer in enumerate(self.layers)]
        return tuple(
            LayerExtras(layer.norm, layer.dropout_scale, source, index in sources)
            if layer.norm or layer.dropout or layer.skip or index in sources or layer.activation.alpha
            else None
            for index, (layer, source) in enumerate(zip(self.layers, sources, strict=True))
        )

    @cached_property
    def is_plain(self) -> bool:
        """Whether no layer has a norm, dropout, a skip, or an activation with learned or drawn slopes."""
        return not any(self.extras)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Where each layer's parameters lie in the flat vector."""
        slots, start = [], 0
        for layer in self.layers:
            sizes = {"bias": layer.outputs * layer.bias, "gamma": 0, "beta": 0}
            sizes |= dict.fromkeys(layer.norm.parameters if layer.norm is not None else (), layer.outputs)
            sizes["alpha"] = layer.activation.alphas(layer.outputs)
            weight = slice(start, start + layer.outputs * layer.inputs)
            start, places = weight.stop, {}
            for name, size in sizes.items():
                places[name] = slice(start, start + size)
                start += size
            slots.append(Slot(weight, (layer.outputs, layer.inputs), **places))
        return tuple(slots)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # a pass and its sheet look up what was made for this network: its layers are not hashed each time
        return hash((self.layers, self.loss, self.ties))

    @cached_property
    def size(self) -> int:
        """P, the number of parameters."""
        return self.slots[-1].stop

    @cached_property
    def weight_mask(self) -> Array:
        """1 for each weight in the flat vector (P,), 0 for biases and the numbers of norms."""
        mask = np.zeros(self.size)
        for slot in self.slots:
            mask[slot.weight] = 1.0
        mask.flags.writeable = False
        return mask

    def views(self, flat: Array) -> tuple[LayerViews, ...]:
        """Each layer's weight (..., O, I), bias, gamma, beta (..., O) and alpha, or None, as views into flat (..., P).

        Nothing is copied.
        """
        if flat.ndim == 1:  # the common case, without the cost of star expressions
            return tuple(
                [
                    LayerViews(
                        flat[weight].reshape(shape),
                        *[None if place.start == place.stop else flat[place] for place in others],
                    )
                    for weight, shape, *others in self.slots
                ]
            )
        return tuple(layer_views(slot, flat) for slot in self.slots)

    def flatten(self, layers: Iterable[Sequence[Array | None]]) -> Array:
        """The flat vector (P,) of each layer's (weight (O, I), bias, gamma, beta, alpha); the inverse of `views`.

        An array that is None, or left out at the end, has no place in the vector.
        """
        parts = [part for layer in layers for part in layer if part is not None]
        return np.concatenate([np.asarray(part, dtype=float).ravel() for part in parts])

    @cached_property
    def units(self) -> int:
        """The outputs of all layers together."""
        return sum(layer.outputs for layer in self.layers)

    @cached_property
    def buffer_size(self) -> int:
        """B, the number of running means and variances."""
        return sum(2 * layer.outputs for layer in self.layers if layer.norm is not None and layer.norm.running)

    def buffer_views(self, flat: Array) -> tuple[BufferViews | None, ...]:
        """Each layer's running mean and variance (..., O) as views into flat (..., B); None without batch norm."""
        views: list[BufferViews | None] = []
        start = 0
        for layer in self.layers:
            if layer.norm is None or not layer.norm.running:
                views.append(None)
                continue
            middle, stop = start + layer.outputs, start + 2 * layer.outputs
            views.append(BufferViews(flat[..., start:middle], flat[..., middle:stop]))
            start = stop
        return tuple(views)

    def initial_buffers(self, lead: tuple[int, ...] = (), dtype: Any = float) -> Array:
        """Running statistics (*lead, B) before any batch: mean 0 and variance 1, as in PyTorch."""
        flat = np.zeros((*lead, self.buffer_size), dtype=dtype)
        for view in self.buffer_views(flat) if self.buffer_size else ():
            if view is not None:
                view.var[...] = 1.0
        return flat
