"""What a PyTorch module does with x, one operation after another, as `torch.fx` follows its forward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mlpviz.engine import ACTIVATIONS, NORMS
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import Activate, Dense, Dropout, Normalize, Operation
from mlpviz.network import DocumentError
from mlpviz.schema.spelling import key_of

_RESHAPES = ("flatten", "view", "reshape", "squeeze", "contiguous", "float", "double")
"""functions and methods that leave the numbers of a sample as they are; the outputs are compared in the end"""
_NO_SETTINGS = ("inplace", "dim", "dtype", "_stacklevel", "training", "num_parameters")


def operations_of(model: Any, reading: Reading) -> list[Operation]:
    """The operations of the module. Raises DocumentError for what is no chain of them, by its name."""
    from torch import fx, nn

    for name, module in model.named_modules():
        if any(nn.parameter.is_lazy(parameter) for parameter in module.parameters(recurse=False)):
            raise DocumentError(
                f"{name or type(model).__name__} has no weights before its first x: call the model once"
            )
        if module._forward_hooks or module._forward_pre_hooks:
            raise DocumentError(f"{name or type(model).__name__} has hooks, which may change what it computes")
    is_layer = type(model).__module__.startswith("torch.nn.") and not isinstance(model, nn.Sequential)
    root = nn.Sequential(model) if is_layer else model  # of a layer itself the forward cannot be followed
    try:
        graph = fx.Tracer().trace(root)
    except Exception as error:  # the forward is the code of the user
        raise DocumentError(
            f"the forward of {type(model).__name__} cannot be followed: it does more than call one layer after another "
            f"({type(error).__name__})"
        ) from None
    used: set[int] = set()
    found: list[Operation] = []
    for node in _chain(graph):
        if node.op == "call_module":
            module = root.get_submodule(node.target)
            shared = [parameter for parameter in module.parameters() if id(parameter) in used]
            if shared:
                raise DocumentError(f"{node.target} has weights that another layer has too: read it without sharing")
            used |= {id(parameter) for parameter in module.parameters()}
            found += _of_module(module, str(node.target), reading)
        else:
            found += _of_function(node)
    return found


def _chain(graph: Any) -> Iterator[Any]:
    """The nodes between x and the outputs. Raises DocumentError unless each reads the one before and nothing else."""
    before = None
    for node in graph.nodes:
        if node.op == "placeholder":
            if before is not None and node.users:
                raise DocumentError(f"the model has a second input, {node.target}")
            before = before or node
        elif node.op == "output":
            if list(node.all_input_nodes) != [before]:
                raise DocumentError("the model gives more than the outputs of its last layer")
        elif node.op == "get_attr":
            raise DocumentError(f"the forward computes with {node.target} itself: expected layers, such as nn.Linear")
        elif node.op == "call_method" and node.target == "size":
            continue  # as in x.view(x.size(0), -1)
        else:
            read = [each for each in node.all_input_nodes if each.target != "size"]
            if read != [before]:
                raise DocumentError(f"the model is no chain: {_named(node)} reads {_sources(read, before)}")
            before = node
            yield node


def _named(node: Any) -> str:
    return str(getattr(node.target, "__name__", node.target))


def _sources(read: list[Any], before: Any) -> str:
    others = [_named(each) for each in read if each is not before]
    return f"{', '.join(others)} beside the layer before" if before in read else ", ".join(others) or "nothing"


def _of_module(module: Any, name: str, reading: Reading) -> list[Operation]:
    kind = type(module).__name__
    is_torchs = type(module).__module__.startswith("torch.nn.modules.")  # quantized layers have the same names
    make = _MODULES.get(kind) if is_torchs else None
    if make is not None:
        return make(module, name, reading)
    key = key_of(ACTIVATIONS, kind)
    if key is None or not is_torchs:
        raise DocumentError(f"{name} is a {kind}, which is no part of a multilayer perceptron here")
    known = {each.name_in_torch for each in ACTIVATIONS[key].hyperparameters}  # ReLU6 has those of Hardtanh too
    constants = {name: getattr(module, name) for name in getattr(module, "__constants__", ()) if name in known}
    _check_axis(kind, getattr(module, "dim", -1))
    if kind == "RReLU" and module.training:
        raise DocumentError(f"{name} draws its slopes in training: call model.eval() first")
    alpha = numbers_of(module.weight) if kind == "PReLU" else None
    settings = _settings(constants)
    if alpha is not None and len(alpha) > 1:
        settings["per_unit"] = True
    return [Activate(key, settings, alpha)]


def _of_function(node: Any) -> list[Operation]:
    kind = _named(node)
    if kind in _RESHAPES:
        return []
    key = key_of(ACTIVATIONS, kind) if node.op in ("call_function", "call_method") else None
    if kind == "dropout" and not node.kwargs.get("training", True):
        return []
    if key is None:
        raise DocumentError(f"the forward calls {kind}, which is no layer or activation here")
    given = dict(node.kwargs)
    _check_axis(kind, given.get("dim", -1))
    if len(node.args) > 1:
        if len(node.args) > 2 or ACTIVATIONS[key].elementwise:  # only an axis may stand there
            raise DocumentError(f"the forward calls {kind} with settings by place: give them by name")
        _check_axis(kind, node.args[1])
    return [Activate(key, _settings({name: value for name, value in given.items() if name != "input"}))]


def _settings(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in _NO_SETTINGS and value is not None}


def _check_axis(kind: str, dim: object) -> None:
    if dim not in (None, -1, 1):
        raise DocumentError(f"{kind} goes along dimension {dim}, expected that of the units, 1 or -1")


def _linear(module: Any, _name: str, _reading: Reading) -> list[Operation]:
    return [Dense(numbers_of(module.weight), numbers_of(module.bias))]


def _batch_norm(module: Any, name: str, _reading: Reading) -> list[Operation]:
    if module.running_mean is None or module.momentum is None:
        raise DocumentError(f"{name} keeps no running statistics as others do: momentum and track_running_stats")
    statistics = numbers_of(module.running_mean), numbers_of(module.running_var)
    weight, bias = numbers_of(module.weight), numbers_of(module.bias)
    return [Normalize("batch_norm", module.eps, weight, bias, *statistics, momentum=module.momentum)]


def _row_norm(key: str) -> Callable[[Any, str, Reading], list[Operation]]:
    def norm(module: Any, name: str, reading: Reading) -> list[Operation]:
        if len(module.normalized_shape) != 1:
            raise DocumentError(f"{name} normalizes over {len(module.normalized_shape)} dimensions, expected one")
        weight, bias = numbers_of(module.weight), numbers_of(getattr(module, "bias", None))
        if "beta" in NORMS[key].parameters and weight is not None and bias is None:
            reading.leave_out(f"{name} has no shift; here its β is 0 and an update changes it.")
        return [Normalize(key, _eps_of(module), weight, bias)]

    return norm


def _eps_of(module: Any) -> float:
    import torch

    if module.eps is not None:
        return float(module.eps)
    dtype = torch.get_default_dtype() if module.weight is None else module.weight.dtype
    return float(torch.finfo(dtype).eps)


def _dropout(module: Any, name: str, _reading: Reading) -> list[Operation]:
    if module.training and module.p:
        raise DocumentError(f"{name} is dropout in training, where the outputs are drawn: call model.eval() first")
    return [Dropout(module.p)]


def _nothing(_module: Any, _name: str, _reading: Reading) -> list[Operation]:
    return []


_MODULES: Mapping[str, Callable[[Any, str, Reading], list[Operation]]] = {
    "Linear": _linear,
    "BatchNorm1d": _batch_norm,
    "LayerNorm": _row_norm("layer_norm"),
    "RMSNorm": _row_norm("rms_norm"),
    "Dropout": _dropout,
    "Flatten": _nothing,
    "Identity": _nothing,
}
"""by the class; activations follow from their registry"""


def numbers_of(tensor: Any) -> Any:
    """A tensor in double precision, None for None. Raises DocumentError for one without real numbers."""
    if tensor is not None and (tensor.is_meta or tensor.is_complex()):
        raise DocumentError("the model has no numbers: it lies on meta" if tensor.is_meta else "the model is complex")
    return None if tensor is None else tensor.detach().cpu().double().numpy()
