"""What a network is, apart from its numbers: layers, widths, activations, loss, pins.

Frozen, validated, hashable; refuses to hold any parameter. Layers count from 0 here and from 1 in messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS, Activation
from mlpviz.engine.losses import LOSSES, Loss
from mlpviz.engine.parameters import Array, LayerViews, Slot


class SpecError(ValueError):
    """A network that does not fit together; the message names the layer, counted from 1."""


@dataclass(frozen=True)
class LayerSpec:
    """One dense layer: z (N, O) = a_prev (N, I) @ weight.T + bias, a = φ(z)."""

    inputs: int
    outputs: int
    activation: Activation
    bias: bool = True


@dataclass(frozen=True)
class Pin:
    """An activation held at a value: the forward pass uses it, no gradient flows through it.

    `layer`, `sample` and `unit` count from 0.
    """

    layer: int
    sample: int
    unit: int
    value: float


@dataclass(frozen=True)
class NetworkSpec:
    """Layers from the input to the output, and the loss behind them.

    Raises SpecError if widths of neighbours differ or the last activation does not fit the loss.
    """

    layers: tuple[LayerSpec, ...]
    loss: Loss

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
        last, fitting = self.layers[-1].activation.key, self.loss.last_activations
        if fitting and last not in fitting:
            raise SpecError(
                f"loss {self.loss.key} needs {' or '.join(fitting)} as the activation of the last layer, not {last}"
            )
        if self.loss.outputs not in (None, self.outputs):
            raise SpecError(
                f"loss {self.loss.key} has {self.loss.outputs} class weights, the last layer {self.outputs} outputs"
            )

    @classmethod
    def dense(
        cls, widths: tuple[int, ...], activations: tuple[str, ...] | str, loss: str = "mse", bias: bool = True
    ) -> NetworkSpec:
        """A plain chain: widths (inputs, hidden..., outputs) and activation keys (one for all, or one per layer).

        Raises UnknownEntryError for a key that is not registered.
        """
        keys = (activations,) * (len(widths) - 1) if isinstance(activations, str) else activations
        return cls(
            tuple(
                LayerSpec(inputs, outputs, ACTIVATIONS[key], bias)
                for inputs, outputs, key in zip(widths[:-1], widths[1:], keys, strict=True)
            ),
            LOSSES[loss],
        )

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
    def slots(self) -> tuple[Slot, ...]:
        """Where each layer's weight and bias live in the flat vector."""
        slots, start = [], 0
        for layer in self.layers:
            middle = start + layer.outputs * layer.inputs
            stop = middle + layer.outputs * layer.bias
            slots.append(Slot(slice(start, middle), (layer.outputs, layer.inputs), slice(middle, stop), layer.bias))
            start = stop
        return tuple(slots)

    @cached_property
    def size(self) -> int:
        """P, the number of parameters."""
        return self.slots[-1].bias.stop

    def views(self, flat: Array) -> tuple[LayerViews, ...]:
        """Each layer's weight (..., O, I) and bias (..., O) or None, as views into flat (..., P): nothing is copied."""
        if flat.ndim == 1:  # the common case, without the cost of a star expression
            return tuple(
                LayerViews(flat[s.weight].reshape(s.shape), flat[s.bias] if s.has_bias else None) for s in self.slots
            )
        lead = flat.shape[:-1]
        return tuple(
            LayerViews(flat[..., s.weight].reshape(*lead, *s.shape), flat[..., s.bias] if s.has_bias else None)
            for s in self.slots
        )

    def flatten(self, layers: list[tuple[Array, Array | None]]) -> Array:
        """The flat vector (P,) of the given (weight (O, I), bias (O,) or None) pairs; the inverse of `views`."""
        parts = [part for weight, bias in layers for part in (weight, bias) if part is not None]
        return np.concatenate([np.asarray(part, dtype=float).ravel() for part in parts])
