"""A network as a `torch.nn.Sequential` with its numbers: the way back from `from_torch`."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from mlpviz.engine import LayerSpec
from mlpviz.engine.parameters import LayerViews
from mlpviz.exchange.programs.sequential import module_code
from mlpviz.network import Document, DocumentError
from mlpviz.verify.torch_reference import activation

_SIMPLE = re.compile(r"nn\.(\w+)\((dim=-1)?\)")


def sequential_of(document: Document) -> Any:
    """The `nn.Sequential` of a document, in double precision and in its mode.

    Raises DocumentError for what such a chain of modules cannot hold, or without PyTorch.
    """
    try:
        from torch import nn
    except ImportError:
        raise DocumentError("to_torch needs PyTorch, which is not installed: pip install torch") from None
    held = {
        "skips": any(layer.skip for layer in document.spec.layers),
        "pinned activations": bool(document.pins),
        "tied numbers": document.spec.sharing is not None,
        "drawn slopes": any(layer.activation.alpha == "draw" for layer in document.spec.layers),
    }
    if found := [name for name, is_there in held.items() if is_there]:
        raise DocumentError(f"nn.Sequential cannot hold the {' and the '.join(found)} of this network")
    trace = document.trace()
    modules: list[Any] = []
    for index, (layer, views) in enumerate(zip(document.spec.layers, trace.layers, strict=True)):
        numbers = {name: getattr(views, name) for name in LayerViews._fields}
        modules.append(_filled(nn.Linear(layer.inputs, layer.outputs, bias=layer.bias), numbers))
        if layer.norm is not None:
            buffers = document.spec.buffer_views(trace.buffers)[index]
            modules.append(_norm(layer, numbers, buffers))
        modules.append(_activation(layer, numbers, document.training))
        if layer.dropout:
            modules.append(nn.Dropout(layer.dropout))
    return nn.Sequential(*modules).double().train(document.training)


def _filled(module: Any, numbers: dict[str, Any], **names: str) -> Any:
    """The module with these numbers; `names` are ours where PyTorch's are others."""
    import torch

    module.double()
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter[:] = torch.tensor(np.asarray(numbers[names.get(name, name)]))
    return module


def _norm(layer: LayerSpec, numbers: dict[str, Any], buffers: Any) -> Any:
    import torch
    from torch import nn

    norm, width = layer.norm, layer.outputs
    if norm is None:
        return nn.Identity()
    if norm.running:
        made = nn.BatchNorm1d(width, eps=norm.eps, momentum=norm.momentum, affine=norm.affine)
        made.double()
        made.running_mean, made.running_var = (torch.tensor(np.asarray(view)) for view in buffers)
    elif norm.centred:
        made = nn.LayerNorm(width, eps=norm.eps, elementwise_affine=norm.affine)
    else:
        made = nn.RMSNorm(width, eps=norm.eps, elementwise_affine=norm.affine)
    return _filled(made, numbers, weight="gamma", bias="beta")


def _activation(layer: LayerSpec, numbers: dict[str, Any], training: bool) -> Any:
    """PyTorch's module where it has one, else one that computes the formula of the registry."""
    from torch import nn

    entry = layer.activation
    if entry.learns:
        return _filled(nn.PReLU(entry.alphas(layer.outputs)), numbers, weight="alpha")
    found = _SIMPLE.fullmatch(module_code(entry, training) or "")
    if found:
        return getattr(nn, found[1])(**({"dim": -1} if found[2] else {}))
    compute = activation(entry.in_mode(training).torch)

    class Activation(nn.Module):  # type: ignore[misc]  # Any: nothing imports torch for its types
        def forward(self, z: Any) -> Any:
            return compute(z)

        def extra_repr(self) -> str:
            return str(entry.label)

    return Activation()
