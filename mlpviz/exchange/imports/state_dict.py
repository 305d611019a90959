"""A PyTorch state dict as named arrays: which are layers, in which order, and what lies between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.hyperparameters import exact
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import Activate, Dense, Normalize, Operation, check_arrays, numbers
from mlpviz.network import DocumentError

_NORM = ("running_mean", "running_var")
_KNOWN = {"weight", "bias", *_NORM, "num_batches_tracked"}
_HIDDEN = tuple(key for key, entry in ACTIVATIONS.items() if entry.elementwise)
_EPS = 1e-5
"""of torch.nn.BatchNorm1d and LayerNorm, unless the person says otherwise"""


_SINGLE_EPS = float(np.finfo(np.float32).eps)
"""of torch.nn.RMSNorm in single precision"""

_ALONE = {"prelu": "the slopes of PReLU", "rms_norm": "the scale of RMS norm", "layer_norm": "the scale of layer norm"}
"""what a row of numbers may be that has no shift beside it"""


def operations(arrays: Mapping[str, Any], reading: Reading, eps: float | None = None) -> Sequence[Operation]:
    """The layers of a state dict with its activations guessed: it does not hold them. Raises DocumentError.

    Linear weights are (out, in). A row of numbers beside running statistics is batch norm, one beside a shift is layer
    norm; what one alone is, is asked. `eps` is that of all norms, by default PyTorch's.
    """
    check_arrays(arrays)
    modules = _modules(arrays)
    found: list[Operation] = []
    dense = [name for name, parts in modules.items() if parts["weight"].ndim == 2]
    if not dense:
        raise DocumentError("the file has no weight with two dimensions: it holds no dense layer")
    reading.understand(
        f"Weights are stored as (units, inputs): {', '.join(f'{name}.weight' if name else 'weight' for name in dense)}."
    )
    pending: str | None = None
    for name, parts in modules.items():
        weight = numbers(parts["weight"], name or "weight")
        bias = numbers(parts["bias"], f"{name}.bias") if "bias" in parts else None
        if weight.ndim == 2:
            if pending is not None:
                found.append(_activation(reading, pending, last=False))
            found.append(Dense(weight, bias))
            pending = name
        elif weight.ndim == 1 and bias is None and not any(each in parts for each in _NORM):
            key = _alone(reading, name, weight)
            if key == "prelu":
                found.append(Activate("prelu", {"per_unit": len(weight) > 1}, weight))
                pending = None
            else:
                own = eps or (_SINGLE_EPS if key == "rms_norm" else _EPS)
                reading.understand(f"{name}: {_ALONE[key]}, ε {exact(own)}.")
                found.append(Normalize(key, own, weight))
        elif weight.ndim == 1:
            statistics = [numbers(parts[each], f"{name}.{each}") for each in _NORM if each in parts]
            key = "batch_norm" if len(statistics) == 2 else "layer_norm"
            what = (
                "scale and shift without running statistics, read as layer norm"
                if key == "layer_norm"
                else "batch norm with its running statistics"
            )
            reading.understand(f"{name}: {what}, ε {exact(eps or _EPS)}.")
            found.append(Normalize(key, eps or _EPS, weight, bias, *(statistics or (None, None))))
        else:
            raise DocumentError(
                f"{name}.weight has {weight.ndim} dimensions: convolutions and attention are no dense layers"
            )
    if pending is not None:
        found.append(_activation(reading, pending, last=True))
    return found


def _alone(reading: Reading, name: str, weight: Array) -> str:
    """What numbers without a shift are: a single one can only be a slope; scales begin at 1, slopes at 0.25."""
    if len(weight) == 1:
        reading.understand(f"{name}: {_ALONE['prelu']}.")
        return "prelu"
    likely = "prelu" if np.abs(weight - 0.25).mean() < np.abs(weight - 1.0).mean() else "rms_norm"
    question = f"What is {name}, {len(weight)} numbers without a shift? The file does not say."
    return reading.guess(f"kind of {name}", question, _ALONE, likely)


def _activation(reading: Reading, name: str, last: bool) -> Activate:
    choices = {key: ACTIVATIONS[key].label for key in (ACTIVATIONS if last else _HIDDEN)}
    where = f"after {name}" if name else "after the layer"
    key = reading.guess(
        f"activation {where}",
        f"Which activation comes {where}? A state dict does not say.",
        choices,
        "identity" if last else "relu",
    )
    return Activate(key)


def _modules(arrays: Mapping[str, Any]) -> dict[str, dict[str, Array]]:
    """The tensors of each module by its name, in the order of the numbers in the names, else of the file."""
    found: dict[str, dict[str, Array]] = {}
    for name, value in arrays.items():
        module, _, part = name.rpartition(".")
        if part not in _KNOWN:
            is_derived = part in ("weight_g", "weight_v", "weight_orig") or ".parametrizations." in f".{name}"
            advice = "; remove weight or spectral norm first, with torch.nn.utils.parametrize.remove_parametrizations"
            raise DocumentError(
                f"{name!r} is no weight or bias of a dense layer or norm: such a network cannot be held"
                f"{advice if is_derived else ''}"
            )
        found.setdefault(module, {})[part] = np.asarray(value)
    for module, parts in found.items():
        if "weight" not in parts:
            raise DocumentError(f"{module or 'the file'} has no weight")
    names = list(found)
    common = _common_prefix(names)
    if all(re.search(r"\d", name[len(common) :]) for name in names):
        names.sort(key=lambda name: [int(part) if part.isdigit() else -1 for part in re.findall(r"\d+", name)])
    else:
        names = _chained(found)
    return {name: found[name] for name in names}


def _common_prefix(names: Sequence[str]) -> str:
    return (
        names[0][: next((i for i, letters in enumerate(zip(*names, strict=False)) if len(set(letters)) > 1), 0)]
        if len(names) > 1
        else ""
    )


def _chained(modules: Mapping[str, Mapping[str, Array]]) -> list[str]:
    """Names without numbers in the order in which one layer's outputs are the next one's inputs, if that is unique."""
    dense = {name: parts["weight"].shape for name, parts in modules.items() if parts["weight"].ndim == 2}
    outputs = {shape[0] for shape in dense.values()}
    inputs = {shape[1] for shape in dense.values()}
    in_file_order = list(modules)
    shapes = [dense[name] for name in in_file_order if name in dense]
    if all(first[0] == second[1] for first, second in pairwise(shapes)):
        return in_file_order
    starts = [name for name, shape in dense.items() if shape[1] not in outputs]
    if len(dense) != len(modules) or len(starts) != 1 or len(inputs) != len(dense):
        raise DocumentError(
            "the names of the layers have no numbers and their widths do not tell the order: "
            + ", ".join(f"{name} {' × '.join(map(str, modules[name]['weight'].shape))}" for name in in_file_order)
        )
    order = starts
    while len(order) < len(dense):
        width = dense[order[-1]][0]
        order.append(next(name for name, shape in dense.items() if shape[1] == width))
    return order
