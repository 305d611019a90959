"""Networks of brain.js 1 and 2: what `toJSON` gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.hyperparameters import exact
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale, check_count, numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo


def recognises(file: ForeignFile) -> bool:
    """A JSON object with sizes and layers, and options of brain.js."""
    text = file.content
    return text.lstrip()[:1] == b"{" and b'"layers"' in text and (b'"trainOpts"' in text or b'"inputLookup"' in text)


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the network. Raises DocumentError."""
    found = json_in(file.content, file.name)
    layers = found.get("layers") if isinstance(found, Mapping) else None
    if not isinstance(layers, list) or len(layers) < 2:
        raise NotThisFormatError("has no layers")
    kind = found.get("type", "NeuralNetwork")
    if kind not in ("NeuralNetwork", "NeuralNetworkGPU"):
        raise DocumentError(f"{file.name} is a {echo(kind)} of brain.js, expected a NeuralNetwork")
    options = [each for each in (found.get("options"), found.get("trainOpts"), found) if isinstance(each, Mapping)]
    name = next((each["activation"] for each in options if isinstance(each.get("activation"), str)), "sigmoid")
    alpha = next(
        (each["leakyReluAlpha"] for each in options if isinstance(each.get("leakyReluAlpha"), int | float)), None
    )
    modern = isinstance(layers[1], Mapping) and "weights" in layers[1]
    for what in ("inputLookup", "outputLookup"):
        lookup = found.get(what)
        if isinstance(lookup, Mapping) and lookup:
            names = ", ".join(str(key) for key, _ in sorted(lookup.items(), key=lambda item: str(item[1]).zfill(9)))
            reading.understand(f"The {what[:-6]}s are, in this order: {names}.")
    reading.understand(f"{name} follows every layer, also the last.")
    operations: list[Operation] = []
    sources = _keys(layers[0], found.get("inputLookup"), found.get("sizes"))
    for place, layer in enumerate(layers[1:], start=1):
        weight, bias, sources = _modern(layer, place) if modern else _old(layer, sources, place)
        operations += [Dense(weight, bias), *_after(name, alpha, modern, len(bias), reading)]
    return operations


def _modern(layer: Any, place: int) -> tuple[Array, Array, list[str]]:
    if not isinstance(layer, Mapping):
        raise NotThisFormatError(f"has no weights in layer {place}")
    weight = numbers(layer.get("weights"), f"weights of layer {place}", (None, None))
    bias = numbers(layer.get("biases"), f"biases of layer {place}", (len(weight),))
    return weight, bias, [str(index) for index in range(len(weight))]


def _old(layer: Any, sources: Sequence[str], place: int) -> tuple[Array, Array, list[str]]:
    if not isinstance(layer, Mapping) or not all(isinstance(unit, Mapping) for unit in layer.values()):
        raise NotThisFormatError(f"has no units in layer {place}")
    check_count(len(layer) * len(sources))
    rows, known = [], set(sources)
    for unit in layer.values():
        given = unit.get("weights")
        if not isinstance(given, Mapping | list):
            raise NotThisFormatError(f"has a unit without weights in layer {place}")
        by_name = given if isinstance(given, Mapping) else dict(enumerate(given))
        by_name = {str(name): value for name, value in by_name.items()}
        if not by_name.keys() <= known:
            raise NotThisFormatError(f"has weights for other units than there are before layer {place}")
        rows.append([by_name.get(source, 0.0) for source in sources])
    weight = numbers(rows, f"weights of layer {place}", (None, None))
    bias = numbers([unit.get("bias", 0.0) for unit in layer.values()], f"biases of layer {place}")
    return weight, bias, [str(name) for name in layer]


def _keys(layer: Any, lookup: Any, sizes: Any) -> list[str]:
    if isinstance(layer, Mapping) and layer and "weights" not in layer:
        return [str(name) for name in layer]
    if isinstance(lookup, Mapping) and lookup:
        return [str(name) for name in lookup]
    count = sizes[0] if isinstance(sizes, list) and sizes and isinstance(sizes[0], int) else 0
    return [str(index) for index in range(min(count, 10_000))]


def _after(name: str, alpha: float | None, modern: bool, width: int, reading: Reading) -> list[Operation]:
    match name:
        case "sigmoid" | "tanh" | "relu":
            return [Activate(name)]
        case "leaky-relu" if modern:
            return [Activate("leaky_relu", {"slope": float(0.01 if alpha is None else alpha)})]
        case "leaky-relu":
            size = 0.01 if alpha is None else alpha
            reading.leave_out(
                f"The leaky ReLU of brain.js 1 is 0 below 0 and {exact(size)} · z above"
                + ("; this factor is not in the file, it is the tool's default." if alpha is None else ".")
            )
            return [Activate("relu"), Rescale(np.full(width, size), np.zeros(width), "part of the activation")]
        case _:
            raise DocumentError(f"the activation is {echo(name)}, which brain.js does not have")


IMPORT = Import(
    "brainjs_json",
    "brain.js",
    "NeuralNetwork of brain.js 1 and 2 as its toJSON gives it; recurrent networks are refused.",
    (".json",),
    recognises,
    read,
)
