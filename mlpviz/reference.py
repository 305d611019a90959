"""What PyTorch's autograd says about the same pass: the twin, built from the names in the registries.

The only importer of torch, and only inside functions: everything else works without it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from importlib import metadata, util
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import pin_masks
from mlpviz.engine.trace import LayerTrace, Trace

_Tensor = Any
"""torch.Tensor, which cannot be named without importing torch."""


class TorchPass(NamedTuple):
    """The tensors of one pass as autograd computed them: float64 NumPy arrays, named and shaped as in a Trace."""

    layers: tuple[LayerTrace, ...]
    loss: Array
    grad_x: Array


def available() -> bool:
    """Whether PyTorch is installed. Does not import it, which takes seconds."""
    return util.find_spec("torch") is not None


def warm() -> None:
    """Import PyTorch now, which takes over a second, so that the first check need not. Without it: nothing."""
    if available():
        importlib.import_module("torch")


def version() -> str | None:
    """The installed version of PyTorch, None if there is none. Does not import it."""
    return metadata.version("torch") if available() else None


def run(trace: Trace) -> TorchPass:
    """The pass of the trace again, with the same parameters, inputs, targets and pins, in PyTorch.

    Raises ModuleNotFoundError without PyTorch, LookupError for an activation or a loss that has no twin.
    """
    import torch
    import torch.nn.functional as F  # noqa: N812  # the name that everybody uses

    masks = pin_masks(trace.spec, trace.samples, trace.pins)
    x = torch.tensor(trace.x, requires_grad=True)
    a, layers = x, []
    for index, (spec, own) in enumerate(zip(trace.spec.layers, trace.layers, strict=True)):
        weight = torch.tensor(own.weight, requires_grad=True)
        bias = None if own.bias is None else torch.tensor(own.bias, requires_grad=True)
        z = F.linear(a, weight, bias)
        a = activation(spec.activation.torch)(z)
        if index in masks:
            mask, values = masks[index]
            a = torch.where(torch.tensor(mask), torch.tensor(values), a)
        z.retain_grad()
        if a.requires_grad:  # not if the whole layer is pinned in an older PyTorch
            a.retain_grad()
        layers.append((weight, bias, z, a))
    target = None if trace.target is None else torch.tensor(trace.target)
    value = loss(trace.spec.loss.torch)(a, target)
    value.backward()
    return TorchPass(
        tuple(
            LayerTrace(
                _array(weight), _array(bias), _array(z), _array(a), _grad(a), _grad(z), _grad(weight), _grad(bias)
            )
            for weight, bias, z, a in layers
        ),
        _array(value),
        _grad(x),
    )


def activation(name: str) -> Callable[[_Tensor], _Tensor]:
    """The function of z (N, O) with this name. Raises LookupError if neither PyTorch nor the table has it."""
    import torch

    table = {
        "identity": lambda z: z,
        "softmax": lambda z: torch.softmax(z, dim=-1),
    }
    # torch first: torch.nn.functional holds deprecated copies of tanh and sigmoid
    return table.get(name) or _lookup("activation", name, torch, torch.nn.functional)


def loss(name: str) -> Callable[[_Tensor, _Tensor], _Tensor]:
    """The function of y and t (N, O) with this name. Raises LookupError if neither PyTorch nor the table has it."""
    import torch
    import torch.nn.functional as F  # noqa: N812

    def cross_entropy(y: _Tensor, t: _Tensor) -> _Tensor:
        one_hot = bool(((t == 0) | (t == 1)).all() and (t.sum(dim=-1) == 1).all())
        return F.cross_entropy(y, t.argmax(dim=-1) if one_hot else t)

    def cross_entropy_probs(y: _Tensor, t: _Tensor) -> _Tensor:
        # torch.xlogy(t, y), whose own gradient is NaN at y = t = 0 instead of 0
        return -(t * torch.where(t == 0, 1.0, y).log()).sum() / len(y)

    def binary_cross_entropy(y: _Tensor, t: _Tensor) -> _Tensor:
        inside = bool(((y >= 0) & (y <= 1)).all())
        return F.binary_cross_entropy(y, t) if inside else y.sum() * float("nan")  # PyTorch raises an error there

    table: dict[str, Callable[[_Tensor, _Tensor], _Tensor]] = {
        "half_sse": lambda y, t: 0.5 * F.mse_loss(y, t, reduction="sum"),
        "sum": lambda y, t: y.sum(),
        "cross_entropy": cross_entropy,
        "cross_entropy_probs": cross_entropy_probs,
        "binary_cross_entropy": binary_cross_entropy,
    }
    return table.get(name) or _lookup("loss", name, F)


def _lookup(kind: str, name: str, *modules: Any) -> Callable[..., _Tensor]:
    for module in modules:
        if hasattr(module, name):
            return getattr(module, name)
    raise LookupError(f"PyTorch has no {kind} {name!r}, and mlpviz/reference.py has none either")


def _array(tensor: _Tensor) -> Any:
    return None if tensor is None else tensor.detach().numpy()


def _grad(tensor: _Tensor) -> Any:
    if tensor is None:
        return None
    # autograd leaves None where no gradient arrives
    return np.zeros(tensor.shape) if tensor.grad is None else tensor.grad.numpy()
