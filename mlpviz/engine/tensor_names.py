"""The tensors of a pass: their addresses in order of computation, and their names on screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
    "grad_mean_square": "∂L/∂RMS²",
    "grad_var": "∂L/∂σ²",
    "grad_gamma": "∂L/∂γ",
    "grad_beta": "∂L/∂β",
    "grad_alpha": "∂L/∂α",
    "grad_z": "∂L/∂z",
    "grad_weight": "∂L/∂W",
    "grad_bias": "∂L/∂b",
    "grad_x": "∂L/∂x",
    "grad_shared": "∂L/∂θ of shared numbers",
    "normalised": "ẑ",
    "mean": "μ",
    "var": "σ²",
    "mean_square": "RMS²",
    "new_weight": "new W",
    "new_bias": "new b",
    "new_gamma": "new γ",
    "new_beta": "new β",
    "new_alpha": "new α",
    "running_mean": "running μ",
    "running_var": "running σ²",
}


class Pass(Protocol):
    """The arrays of a forward and backward pass, computed by NumPy or by PyTorch."""

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

    @property
    def grad_shared(self) -> Array:
        """∂L/∂θ (G,) of each number that is used in several places."""
        ...


class Tensor(NamedTuple):
    """The address of one tensor of a pass: a field of a layer (counted from 0), or of the pass if layer is None."""

    field: str
    layer: int | None = None

    @property
    def name(self) -> str:
        """The name on screen: "∂L/∂W of layer 3", counted from 1."""
        symbol = _SYMBOLS.get(self.field, self.field)
        return symbol if self.layer is None else f"{symbol} of layer {self.layer + 1}"

    @property
    def is_gradient(self) -> bool:
        """Whether the backward pass computes it."""
        return self.field.startswith("grad_")

    def of(self, one_pass: Pass) -> Array:
        """The array at this address."""
        if self.field == "grad_shared":
            return one_pass.grad_shared
        owner: Any = one_pass if self.layer is None else one_pass.layers[self.layer]
        return getattr(owner, self.field)


def updated_tensors(spec: NetworkSpec, params: Array) -> dict[Tensor, Array]:
    """Every parameter tensor after an update, from the first layer to the last, with its array in the flat (P,)."""
    views = spec.views(params)
    return {
        Tensor(f"new_{name}", index): getattr(views[index], name)
        for index, slot in enumerate(spec.slots)
        for name in slot.names
    }


@lru_cache(maxsize=64)
def tensors(spec: NetworkSpec, training: bool = True) -> tuple[Tensor, ...]:
    """Every tensor of a pass: forward from the first layer to the last, loss, backward from the last to the first.

    The gradients of numbers that are used in several places come last.
    """
    fields = [_fields(layer_tensors(layer, training), layer.bias) for layer in spec.layers]
    forward = [Tensor(field, layer) for layer, (names, _) in enumerate(fields) for field in names]
    backward = [Tensor(field, layer) for layer, (_, names) in reversed(list(enumerate(fields))) for field in names]
    shared = () if spec.sharing is None else (Tensor("grad_shared"),)
    return (*forward, Tensor("loss"), *backward, Tensor("grad_x"), *shared)


class LayerTensors(NamedTuple):
    """Which tensors a layer has besides z, a and their gradients, in training or in evaluation.

    `statistics`: what its norm computes in this pass, in order. `running_statistics`: it updates running ones.
    `dropout`: it applies dropout. `has_h`: dropout or a skip compute a from φ's output h. `parameters`: what is learned
    besides W and b. `drawn_slopes`: φ has drawn its slopes.
    """

    normed: bool
    affine: bool
    statistics: tuple[str, ...]
    running_statistics: bool
    dropout: bool
    has_h: bool
    parameters: tuple[str, ...]
    drawn_slopes: bool

    @property
    def activation_input(self) -> str:
        """The tensor that is the input of φ: n after a norm, else z."""
        return "n" if self.normed else "z"

    @property
    def activation_output(self) -> str:
        """The tensor that is the output of φ: h if dropout or a skip follow, else a."""
        return "h" if self.has_h else "a"


def layer_tensors(layer: LayerSpec, training: bool = True) -> LayerTensors:
    """Which tensors this layer has besides z, a and their gradients."""
    dropout, norm = bool(layer.dropout) and training, layer.norm
    return LayerTensors(
        normed=norm is not None,
        affine=norm is not None and norm.affine,
        # running statistics are constants, they have no gradient
        statistics=() if norm is None or (norm.running and not training) else ("mean",) * norm.centred + (norm.spread,),
        running_statistics=norm is not None and norm.running and training,
        dropout=dropout,
        has_h=dropout or layer.skip > 0,
        parameters=(norm.parameters if norm is not None else ()) + ("alpha",) * layer.activation.learns,
        drawn_slopes=training and layer.activation.alpha == "draw",
    )


@lru_cache(256)
def _fields(parts: LayerTensors, bias: bool) -> tuple[list[str], list[str]]:
    """The tensors of one layer: forward, backward."""
    forward = {
        "z": True,
        **dict.fromkeys(parts.statistics, True),
        "normalised": parts.normed,
        "n": parts.normed,
        "h": parts.has_h,
        "dropped": parts.dropout,
        "a": True,
        "running_mean": parts.running_statistics,
        "running_var": parts.running_statistics,
    }
    backward = {
        "grad_a": True,
        "grad_h": parts.has_h,
        "grad_n": parts.normed,
        "grad_normalised": parts.normed,
        **{f"grad_{name}": True for name in reversed(parts.statistics)},
        "grad_z": True,
        "grad_weight": True,
        "grad_bias": bias,
        **{f"grad_{name}": True for name in parts.parameters},
    }
    return [name for name, exists in forward.items() if exists], [name for name, exists in backward.items() if exists]
