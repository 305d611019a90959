"""Which tensors a pass has, in order of computation, and what they are called on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.trace import LayerTrace

_SYMBOLS = {
    "grad_a": "∂L/∂a",
    "grad_z": "∂L/∂z",
    "grad_weight": "∂L/∂W",
    "grad_bias": "∂L/∂b",
    "grad_x": "∂L/∂x",
}


class Pass(Protocol):
    """What a forward and backward pass leaves behind, whoever computed it."""

    @property
    def layers(self) -> Sequence[LayerTrace]:
        """The arrays of each layer."""
        ...

    @property
    def loss(self) -> Array:
        """L ()."""
        ...

    @property
    def grad_x(self) -> Array:
        """∂L/∂x (N, I)."""
        ...


class Tensor(NamedTuple):
    """The address of one tensor of a pass: a field of a layer (counted from 0), or of the pass if layer is None."""

    field: str
    layer: int | None = None

    @property
    def name(self) -> str:
        """As on screen: "∂L/∂W of layer 3", counted from 1."""
        symbol = _SYMBOLS.get(self.field, self.field)
        return symbol if self.layer is None else f"{symbol} of layer {self.layer + 1}"

    @property
    def is_gradient(self) -> bool:
        """Whether the backward pass makes it."""
        return self.field in _SYMBOLS

    def of(self, one_pass: Pass) -> Array:
        """The array at this address."""
        owner: Any = one_pass if self.layer is None else one_pass.layers[self.layer]
        return getattr(owner, self.field)


def tensors(spec: NetworkSpec) -> tuple[Tensor, ...]:
    """Every tensor of a pass: forward from the first layer to the last, loss, backward from the last to the first."""
    forward = [Tensor(field, layer) for layer in range(len(spec.layers)) for field in ("z", "a")]
    backward = [
        Tensor(field, layer)
        for layer in reversed(range(len(spec.layers)))
        for field in ("grad_a", "grad_z", "grad_weight", "grad_bias")
        if field != "grad_bias" or spec.layers[layer].bias
    ]
    return (*forward, Tensor("loss"), *backward, Tensor("grad_x"))
