"""The same pass and the same optimizer step in PyTorch, built from the names of PyTorch's functions in the registries.

Only this package imports torch, and only inside functions: everything else works without it.
"""

from __future__ import annotations

import importlib
import math
import os
from collections.abc import Callable
from functools import cache
from importlib import metadata, util
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.losses import Loss
from mlpviz.engine.optimizers import OptimizerStep, ParameterGroup
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.spec import LayerSpec
from mlpviz.engine.trace import LayerTrace, Trace
from mlpviz.verify import torch_losses

_Tensor = Any
"""torch.Tensor, which cannot be named without importing torch."""


class TorchPass(NamedTuple):
    """The tensors of one pass as autograd computed them: float64 NumPy arrays, named and shaped as in a Trace."""

    layers: tuple[LayerTrace, ...]
    loss: Array
    grad_x: Array
    grad_shared: Array


def available() -> bool:
    """Whether PyTorch is installed; does not import it, which takes seconds."""
    return util.find_spec("torch") is not None


def warm() -> None:
    """Import PyTorch, if it is installed, so that the first check does not have to; it takes over two seconds.

    For a process that compiles nothing with PyTorch.
    """
    if not available():
        return
    torch = importlib.import_module("torch")
    # The first optimizer imports the compiler, which looks for a folder for what it will compile, and fails where no
    # disk has room. One that is there is not written to.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", torch.__path__[0])
    torch.optim.SGD([torch.zeros(1)], lr=1.0)


def version() -> str | None:
    """The installed version of PyTorch, None if there is none; does not import it."""
    return _installed_version() if available() else None


@cache
def _installed_version() -> str:
    return metadata.version("torch")  # reads and parses a file


def run(trace: Trace) -> TorchPass:
    """The pass of the trace in PyTorch, with the same numbers, pins and dropout masks.

    Raises ModuleNotFoundError without PyTorch, LookupError for a loss that PyTorch lacks.
    """
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    pinned = pin_masks(trace.spec, trace.samples, trace.pins)
    x = torch.tensor(trace.x, requires_grad=True)
    inputs, layers = [x], []
    shared, views = _shared(trace)
    for index, (spec, own) in enumerate(zip(trace.spec.layers, trace.layers, strict=True)):
        found: dict[str, _Tensor] = {
            name: None if (array := getattr(own, name)) is None else torch.tensor(array, requires_grad=True)
            for name in _LEAVES
        }
        if views is not None:
            found |= {name: tensor for name, tensor in views[index].items() if found[name] is not None}
        z = n = F.linear(inputs[-1], found["weight"], found["bias"])
        if spec.norm is not None:
            found |= _normalised(trace, index, z)
            n = found["normalised"]
            if found["gamma"] is not None:
                n = n * found["gamma"]
            if found["beta"] is not None:
                n = n + found["beta"]
            found["n"] = n
        slopes = None if own.slopes is None else torch.tensor(own.slopes)
        h = a = activation(spec.activation.in_mode(trace.training).torch)(n, found["alpha"], slopes)
        if own.mask is not None:
            # as F.dropout computes it from its own mask
            a = found["dropped"] = h * torch.tensor(own.mask * spec.dropout_scale)
        if spec.skip:
            a = a + inputs[index - spec.skip + 1]
        if index in pinned:
            mask, values = pinned[index]
            a = torch.where(torch.tensor(mask), torch.tensor(values), a)
        found |= {"z": z, "a": a} | ({} if own.h is None else {"h": h})
        for name in _INNER & found.keys():
            if found[name].requires_grad:  # false if the whole layer is pinned, in older versions of PyTorch
                found[name].retain_grad()
        inputs.append(a)
        layers.append(found)
    target = None if trace.target is None else torch.tensor(trace.target)
    value = loss_value(trace.spec.loss, a, target)
    value.backward()
    return TorchPass(
        tuple(
            _layer(found, own, spec) for found, own, spec in zip(layers, trace.layers, trace.spec.layers, strict=True)
        ),
        _array(value),
        _grad(x),
        np.empty(0) if shared is None else _grad(shared),
    )


def _shared(trace: Trace) -> tuple[_Tensor, list[dict[str, _Tensor]] | None]:
    """The numbers (G,) that are used in several places, as one parameter, and weights and biases made of it.

    Autograd adds up the gradients of its uses; those of the uses are retained. None and None without ties.
    """
    import torch

    sharing = trace.spec.sharing
    if sharing is None:
        return None, None
    shared = torch.tensor(trace.params[sharing.heads], requires_grad=True)
    numbers = np.searchsorted(sharing.heads, sharing.first[sharing.order])
    whole = torch.tensor(trace.params).index_put((torch.tensor(sharing.order),), shared[torch.tensor(numbers)])
    views = []
    for slot in trace.spec.slots:
        found = {"weight": whole[slot.weight].reshape(slot.shape), "bias": whole[slot.bias]}
        for tensor in found.values():
            tensor.retain_grad()
        views.append(found)
    return shared, views


def updated(step: OptimizerStep) -> Array:
    """The parameters (P,) after the step by the optimizer in `torch.optim`, from the same gradient and slots.

    Where `torch.optim` lacks it, by the one in `torch_optimizers.py`.

    Raises ModuleNotFoundError without PyTorch.
    """
    import torch

    from mlpviz.verify.torch_optimizers import optimizer_class

    optimizer, found = step.optimizer, step.params.copy()
    whole = ParameterGroup(np.arange(found.size), step.learning_rate)
    shaped = [each for group in step.groups_or(whole) for each in _tensors_of(step, group)]
    groups = [group for group, _ in shaped]
    parts = [torch.tensor(step.params[group.indices].reshape(shape), requires_grad=True) for group, shape in shaped]
    if not parts:  # everything is frozen
        return found
    own = [{"params": [part], "lr": group.learning_rate} for part, group in zip(parts, groups, strict=True)]
    for settings, group in zip(own, groups, strict=True):
        if group.weight_decay is not None:
            settings["weight_decay"] = group.weight_decay
    theirs = optimizer_class(optimizer)(own, **optimizer.torch_arguments | {"lr": step.learning_rate})
    for part, group in zip(parts, groups, strict=True):
        part.grad = torch.tensor(step.grad[group.indices].reshape(part.shape))
        # PyTorch creates the slots for the first step itself, but slots that are single numbers in single precision
        if step.t > 1 or not all(slot.per_parameter for slot in optimizer.slots_in_use):
            state: dict[str, _Tensor] = {"step": torch.tensor(float(step.t - 1))}
            for slot in optimizer.of_tensor(part.ndim == 2).slots_in_use:
                numbers = step.slots[slot.name]
                own_numbers = numbers[group.indices].reshape(part.shape) if slot.per_parameter else numbers
                if slot.along is not None:
                    own_numbers = np.take(own_numbers, [0], axis=slot.along)
                state[slot.torch] = torch.tensor(own_numbers, dtype=torch.float64)
            if "ax" in state:
                state["mu"] = torch.tensor(1.0 / max(1.0, step.t - 1 - optimizer.settings["t0"]), dtype=torch.float64)
            theirs.state[part] = state
    theirs.step()
    for part, group in zip(parts, groups, strict=True):
        found[group.indices] = _array(part).ravel()
    return found if step.sharing is None else np.asarray(step.sharing.spread(found))


def _tensors_of(step: OptimizerStep, group: ParameterGroup) -> list[tuple[ParameterGroup, tuple[int, ...]]]:
    """The tensors of a group with their shapes, where the optimizer steps tensors; else all of it as one vector."""
    layout = group.own(step.optimizer).layout
    if layout is None:
        return [(group, group.indices.shape)]
    places = np.arange(group.indices.size)
    return [(group._replace(indices=group.indices[places[each.where]]), each.shape) for each in layout]


_LEAVES = LayerViews._fields
_INNER = {"z", "normalised", "n", "h", "a"}
"""tensors whose gradients autograd must retain"""


def _normalised(trace: Trace, index: int, z: _Tensor) -> dict[str, _Tensor]:
    """The normalised z of a layer, its statistics, and the running statistics after the batch."""
    import torch
    import torch.nn.functional as F  # noqa: N812

    norm, width = trace.spec.layers[index].norm, z.shape[-1]
    if norm is None:
        return {}
    if not norm.running:
        found = {"normalised": getattr(F, norm.torch)(z, (width,), eps=norm.eps)}
        if norm.centred:
            return found | _statistics(z, -1)
        return found | {"mean_square": z.detach().square().mean(-1, keepdim=True)}
    views = trace.spec.buffer_views(trace.buffers)[index]
    mean, var = (torch.tensor(view) for view in views or ())
    found = _statistics(z, 0) if trace.training else {"mean": mean[None].clone(), "var": var[None].clone()}
    # PyTorch updates the running statistics in place; F.batch_norm refuses to train with ε = 0
    eps = norm.eps or float(trace.training)
    found["normalised"] = F.batch_norm(z, mean, var, None, None, trace.training, norm.momentum, eps)
    if eps != norm.eps:
        found["normalised"] = (z - z.mean(0)) / z.var(0, correction=0).sqrt()
    return found | {"running_mean": mean, "running_var": var}


def _statistics(z: _Tensor, axis: int) -> dict[str, _Tensor]:
    values = z.detach()
    return {"mean": values.mean(axis, keepdim=True), "var": values.var(axis, correction=0, keepdim=True)}


def _layer(found: dict[str, _Tensor], own: LayerTrace, spec: LayerSpec) -> LayerTrace:
    arrays = {name: _array(tensor) for name, tensor in found.items()}
    grads = {f"grad_{name}": _grad(found[name]) for name in (*_LEAVES, *_INNER) if name in found}
    names = [name for name in ("mean", "var", "mean_square") if getattr(own, f"grad_{name}") is not None]
    if names and spec.norm is not None:
        grads |= _through_statistics(found, names, spec.norm.eps)
    return LayerTrace(**arrays, **grads, mask=own.mask, slopes=own.slopes)


def _through_statistics(found: dict[str, _Tensor], names: list[str], eps: float) -> dict[str, Array]:
    """∂L/∂mean and ∂L/∂var, or ∂L/∂mean_square: PyTorch's norms do not give them, so the formula is written out."""
    import torch

    statistics = [found[name].requires_grad_() for name in names]
    centred = found["z"].detach() - statistics[0] if len(names) > 1 else found["z"].detach()
    normalised = centred / torch.sqrt(statistics[-1] + eps)
    upstream = found["normalised"].grad
    if upstream is None:
        return {f"grad_{name}": np.zeros(tensor.shape) for name, tensor in zip(names, statistics, strict=True)}
    grads = torch.autograd.grad(normalised, statistics, upstream)
    return {f"grad_{name}": grad.numpy() for name, grad in zip(names, grads, strict=True)}


@cache
def activation(expression: str) -> Callable[..., _Tensor]:
    """The function of z (N, O), what it has learned and what it has drawn that an activation's `torch` writes."""
    return _expression(expression, "z, alpha=None, slopes=None")


@cache
def loss(name: str) -> Callable[..., _Tensor]:
    """The function of y and t (N, O) and its settings: ours or PyTorch's of this name, or an expression of y and t.

    Raises LookupError if there is none of this name.
    """
    import torch.nn.functional as F  # noqa: N812  # the usual name

    return _lookup("loss", name, "y, t", torch_losses, F)


def loss_value(found: Loss, y: _Tensor, t: _Tensor) -> _Tensor:
    """The loss of outputs y and targets t (N, O) in PyTorch: its function, or its unreduced terms where it has no such.

    Raises LookupError if there is no such function.
    """
    import torch

    function, arguments = loss(found.torch), _tensors(found.torch_arguments)
    if not found.is_scaled and found.by.torch is not None:
        return function(y, t, **arguments)
    terms = function(y, t, **(arguments | {"reduction": "none"}))
    weights = torch.tensor(found.multiplier(), dtype=y.dtype)
    if terms.ndim == 1 and weights.ndim == 2:
        weights = weights[:, 0]
    divisor = found.divisor(y.shape[-2], y.shape[-1], None if t is None else t.numpy())
    return (terms * weights).sum() / divisor


def _lookup(kind: str, name: str, arguments: str, *modules: Any) -> Callable[..., _Tensor]:
    if not name.isidentifier() or name in arguments.split(", "):
        return _expression(name, arguments)
    for module in modules:
        if hasattr(module, name):
            return getattr(module, name)
    raise LookupError(f"PyTorch has no {kind} {name!r}")


def _expression(text: str, arguments: str) -> Callable[..., _Tensor]:
    import torch
    import torch.nn.functional as F  # noqa: N812  # the usual name

    # the text is from our own registries, never from a user
    names = {"torch": torch, "F": F, "math": math}
    function: Callable[..., _Tensor] = eval(f"lambda {arguments}: {text}", names)  # noqa: S307
    return function


def _tensors(arguments: dict[str, Any]) -> dict[str, Any]:
    """The settings as PyTorch takes them: class weights as a tensor."""
    import torch

    return {
        name: torch.tensor(value, dtype=torch.float64) if isinstance(value, tuple) else value
        for name, value in arguments.items()
    }


def _array(tensor: _Tensor) -> Any:
    return None if tensor is None else tensor.detach().numpy()


def _grad(tensor: _Tensor) -> Any:
    if tensor is None:
        return None
    # autograd leaves None where there is no gradient
    return np.zeros(tensor.shape) if tensor.grad is None else tensor.grad.numpy()
