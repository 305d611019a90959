"""Layers models of TensorFlow.js: model.json with the architecture, and its weights in a binary file beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import
from mlpviz.exchange.imports.keras_config import KerasReader, widened
from mlpviz.exchange.imports.keras_loss import take_loss
from mlpviz.exchange.imports.keras_names import Tensors, tensors_of
from mlpviz.exchange.imports.operations import Operation
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_KINDS = {"float32": ("<f4", 4), "int32": ("<i4", 4), "bool": ("u1", 1), "uint8": ("u1", 1), "uint16": ("<u2", 2)}
_KINDS["float16"] = ("<f2", 2)


def recognises(file: ForeignFile) -> bool:
    """A JSON object with a manifest of weights."""
    return file.content.lstrip()[:1] == b"{" and b'"weightsManifest"' in file.content


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the model. Raises DocumentError, also where the file of weights is missing."""
    model = json_in(file.content, file.name)
    if not isinstance(model, Mapping) or model.get("format", "layers-model") != "layers-model":
        raise DocumentError(
            f"{file.name} is a graph model of TensorFlow.js, expected a layers model: save it with model.save(…)"
        )
    tensors: Tensors = {}
    for name, value in _weights(model.get("weightsManifest"), file):
        layer, _, part = name.rpartition("/")
        own = tensors.setdefault(tuple(layer.split("/")), {})
        if part in own:
            raise DocumentError(f"{file.name} has two weights named {echo(name)}: give each layer its own name")
        own[part] = value
    topology = model.get("modelTopology")
    topology = topology.get("model_config", topology) if isinstance(topology, Mapping) else topology
    # TensorFlow.js kept the conventions of Keras 2
    reader = KerasReader(2, reading, partial(tensors_of, tensors))
    found = reader.operations(topology)
    take_loss(model.get("trainingConfig"), reading)
    return widened(found, None)


def _weights(manifest: Any, file: ForeignFile) -> Sequence[tuple[str, Array]]:
    if not isinstance(manifest, list):
        raise DocumentError(f"{file.name} has no list of weights")
    found: list[tuple[str, Array]] = []
    for group in manifest:
        paths = group.get("paths") if isinstance(group, Mapping) else None
        entries = group.get("weights") if isinstance(group, Mapping) else None
        if not isinstance(paths, list) or not isinstance(entries, list):
            raise DocumentError(f"{file.name} has no list of weights")
        if len({str(path) for path in paths}) != len(paths):
            raise DocumentError(f"{file.name} names a file of weights twice")
        content = b"".join(_part(str(path), file) for path in paths)
        at = 0
        for entry in entries:
            if not isinstance(entry, Mapping) or entry.get("quantization"):
                raise DocumentError(f"{file.name} has quantized weights: convert the model without quantization")
            kind, shape = entry.get("dtype"), entry.get("shape")
            if (
                kind not in _KINDS
                or not isinstance(shape, list)
                or not all(isinstance(n, int) and 0 <= n < 1e7 for n in shape)
            ):
                raise DocumentError(f"{file.name} has weights {echo(entry.get('name'))} of an unknown kind")
            code, size = _KINDS[kind]
            count = int(np.prod(shape, dtype=np.int64)) if shape else 1
            if at + count * size > len(content):
                raise DocumentError(f"{file.name}: the file of weights ends too early, at {echo(entry.get('name'))}")
            found.append((str(entry.get("name")), np.frombuffer(content, code, count, at).reshape(shape)))
            at += count * size
    return found


def _part(path: str, file: ForeignFile) -> bytes:
    name = path.rsplit("/", 1)[-1]
    if name not in file.beside:
        raise DocumentError(f"{file.name} keeps its weights in {name}: choose both files together")
    return file.beside[name]


IMPORT = Import(
    "tensorflow_js",
    "TensorFlow.js layers model",
    "A layers model as model.json, together with its .bin files: the same layers as of Keras.",
    (".json",),
    recognises,
    read,
)
