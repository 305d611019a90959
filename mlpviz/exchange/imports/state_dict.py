"""A PyTorch state dict as named arrays: which are layers, and what lies between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.hyperparameters import exact
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.module_order import Shapes, is_behind_activation, order_of_layers, place_after
from mlpviz.exchange.imports.named_arrays import layers
from mlpviz.exchange.imports.operations import Activate, Dense, Normalize, Operation, check_arrays, numbers
from mlpviz.network import DocumentError

_NORM = ("running_mean", "running_var")
_KNOWN = {"weight", "bias", *_NORM, "num_batches_tracked"}
_HIDDEN = tuple(key for key, entry in ACTIVATIONS.items() if entry.elementwise)
_EPS = 1e-5
"""of torch.nn.BatchNorm1d and LayerNorm, unless the person says otherwise"""


_SINGLE_EPS = float(np.finfo(np.float32).eps)
"""of torch.nn.RMSNorm in single precision"""

_OF_TRAINING = re.compile(
    r"(^|\.)(\w*loss(_fn|_function)?|criterion|(train|val|valid|test)_\w+|\w*metrics?|acc|accuracy)\."
)
"""names of losses and metrics of Lightning modules"""

_ALONE = {"prelu": "the slopes of PReLU", "rms_norm": "the scale of RMS norm", "layer_norm": "the scale of layer norm"}
"""what a row of numbers may be that has no shift beside it"""


def operations(arrays: Mapping[str, Any], reading: Reading, eps: float | None = None) -> Sequence[Operation]:
    """The layers of a state dict with its activations guessed: it does not hold them. Raises DocumentError.

    Linear weights are (out, in). A row of numbers beside running statistics is batch norm, one beside a shift is layer
    norm; what one alone is, is asked. `eps` is that of all norms, by default PyTorch's.
    """
    check_arrays(arrays)
    if not any("." in name or name in _KNOWN for name in arrays):
        return layers(arrays, reading)  # parameters of the model itself, such as W1 and b1
    modules = _modules(_without_training(arrays, reading))
    weights = {name: parts["weight"] for name, parts in modules.items() if "weight" in parts}
    shapes = {name: (len(weight), weight.shape[1]) for name, weight in weights.items() if weight.ndim == 2}
    if not shapes:
        raise DocumentError("the file has no weight with two dimensions: it holds no dense layer")
    order = order_of_layers(shapes, reading)
    reading.understand(
        f"Weights are stored as (units, inputs): {', '.join(f'{name}.weight' if name else 'weight' for name in order)}."
    )
    reading.understand("What has no numbers of its own is not in a state dict, such as dropout: activations are asked.")
    between = _between(modules, order, shapes, reading)
    found = _norms(between[-1], modules, reading, eps)
    for place, name in enumerate(order):
        parts, following = modules[name], order[place + 1] if place + 1 < len(order) else None
        bias = numbers(parts["bias"], f"{name}.bias") if "bias" in parts else None
        found.append(Dense(numbers(parts["weight"], name or "weight"), bias))
        own = _norms(between[place], modules, reading, eps)
        slopes: list[Operation] = [each for each in own if isinstance(each, Activate)]
        norms: list[Operation] = [each for each in own if not isinstance(each, Activate)]
        active = slopes or [_activation(reading, name, last=following is None)]
        if norms and not slopes and following is not None:
            behind = is_behind_activation(name, between[place][0], following)
            if _is_behind(reading, name, between[place][0], behind):
                active, norms = norms, active
        found += [*norms, *active]
    return found


def _is_behind(reading: Reading, layer: str, norm: str, likely: bool) -> bool:
    question = f"Does {norm} come before or behind the activation of {layer or 'the layer'}? The file does not say."
    choices = {"before": "before the activation", "behind": "behind the activation"}
    return reading.guess(f"side of {norm}", question, choices, "behind" if likely else "before") == "behind"


def _between(
    modules: Mapping[str, Any], order: Sequence[str], shapes: Shapes, reading: Reading
) -> Mapping[int, list[str]]:
    """The modules that are no dense layers, by the place of the layer that they follow; -1 is before the first."""
    found: dict[int, list[str]] = {place: [] for place in range(-1, len(order))}
    last = -1
    for name, parts in modules.items():
        if name in shapes:
            last = order.index(name)
        else:
            width = next(np.size(parts[each]) for each in ("weight", *_NORM) if each in parts)
            found[place_after(name, width, order, shapes, reading, last)].append(name)
    return found


def _norms(names: Sequence[str], modules: Mapping[str, Any], reading: Reading, eps: float | None) -> list[Operation]:
    """Norms, and slopes of PReLU behind them."""
    found = [_norm(name, modules[name], reading, eps) for name in names]
    return sorted(found, key=lambda each: isinstance(each, Activate))


def _norm(name: str, parts: Mapping[str, Array], reading: Reading, eps: float | None) -> Operation:
    weight, bias = (numbers(parts[each], f"{name}.{each}") if each in parts else None for each in ("weight", "bias"))
    statistics = [numbers(parts[each], f"{name}.{each}") for each in _NORM if each in parts]
    if weight is not None and weight.ndim != 1:
        raise DocumentError(
            f"{name}.weight has {weight.ndim} dimensions: convolutions and attention are no dense layers"
        )
    if len(statistics) == 2:
        reading.understand(f"{name}: batch norm with its running statistics, ε {exact(eps or _EPS)}.")
        return Normalize("batch_norm", eps or _EPS, weight, bias, *statistics)
    if weight is None:
        raise DocumentError(f"{name or 'the file'} has no weight")
    if bias is None:
        key = _alone(reading, name, weight)
        if key == "prelu":
            return Activate("prelu", {"per_unit": len(weight) > 1}, weight)
        own = eps or (_SINGLE_EPS if key == "rms_norm" else _EPS)
        reading.understand(f"{name}: {_ALONE[key]}, ε {exact(own)}.")
        return Normalize(key, own, weight)
    own = eps or _EPS
    reading.understand(f"{name}: scale and shift without running statistics, read as layer norm, ε {exact(own)}.")
    return Normalize("layer_norm", own, weight, bias)


def _without_training(arrays: Mapping[str, Any], reading: Reading) -> Mapping[str, Any]:
    """The arrays without those of losses and metrics, which training wrappers keep beside the network."""
    kept = {name: value for name, value in arrays.items() if not _OF_TRAINING.search(name)}
    others = [name for name in arrays if name not in kept]
    if others and kept:
        reading.leave_out(f"{', '.join(others)} belong to the training, not to the network.")
        return kept
    return arrays


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
    """The tensors of each module by its name, in the order of the file."""
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
        if "weight" not in parts and not all(each in parts for each in _NORM):
            raise DocumentError(f"{module or 'the file'} has no weight")
    return found
