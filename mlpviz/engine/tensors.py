"""Which tensors a pass has, in order of computation, and what they are called on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import LayerSpec, NetworkSpec
from mlpviz.engine.trace import LayerTrace

_SYMBOLS = {
    "grad_a": "∂L/∂a",
    "grad_h": "∂L/∂h",
    "grad_n": "∂L/∂n",
    "grad_normalised": "∂L/∂ẑ",
    "grad_mean": "∂L/∂μ",
    "grad_var": "∂L/∂σ²",
    "grad_gamma": "∂L/∂γ",
    "grad_beta": "∂L/∂β",
    "grad_z": "∂L/∂z",
    "grad_weight": "∂L/∂W",
    "grad_bias": "∂L/∂b",
    "grad_x": "∂L/∂x",
    "normalised": "ẑ",
    "mean": "μ",
    "var": "σ²",
    "running_mean": "running μ",
    "running_var": "running σ²",
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
        return self.field.startswith("grad_")

    def of(self, one_pass: Pass) -> Array:
        """The array at this address."""
        owner: Any = one_pass if self.layer is None else one_pass.layers[self.layer]
        return getattr(owner, self.field)


def tensors(spec: NetworkSpec, training: bool = True) -> tuple[Tensor, ...]:
    """Every tensor of a pass: forward from the first layer to the last, loss, backward from the last to the first."""
    fields = [_fields(layer, training) for layer in spec.layers]
    forward = [Tensor(field, layer) for layer, (names, _) in enumerate(fields) for field in names]
    backward = [Tensor(field, layer) for layer, (_, names) in reversed(list(enumerate(fields))) for field in names]
    return (*forward, Tensor("loss"), *backward, Tensor("grad_x"))


def _fields(layer: LayerSpec, training: bool) -> tuple[list[str], list[str]]:
    """The tensors of one layer: forward, backward."""
    dropping = bool(layer.dropout) and training
    inner = dropping or layer.skip > 0
    norm = layer.norm
    affine = norm is not None and norm.affine
    # running statistics are given, nothing flows back through them
    own = norm is not None and (training or not norm.running)
    moving = norm is not None and norm.running and training
    forward = {
        "z": True,
        "mean": own,
        "var": own,
        "normalised": norm is not None,
        "n": norm is not None,
        "h": inner,
        "dropped": dropping,
        "a": True,
        "running_mean": moving,
        "running_var": moving,
    }
    backward = {
        "grad_a": True,
        "grad_h": inner,
        "grad_n": norm is not None,
        "grad_normalised": norm is not None,
        "grad_var": own,
        "grad_mean": own,
        "grad_z": True,
        "grad_weight": True,
        "grad_bias": layer.bias,
        "grad_gamma": affine,
        "grad_beta": affine,
    }
    return [name for name, there in forward.items() if there], [name for name, there in backward.items() if there]
