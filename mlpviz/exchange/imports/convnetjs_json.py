"""Networks of ConvNetJS: what `toJSON` gives, one entry per layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.hyperparameters import exact
from mlpviz.exchange.imports.archives import json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale, numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo


def recognises(file: ForeignFile) -> bool:
    """A JSON object with layers that have a layer_type."""
    return file.content.lstrip()[:1] == b"{" and b'"layer_type"' in file.content


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the network. Raises DocumentError."""
    found = json_in(file.content, file.name)
    layers = found.get("layers") if isinstance(found, Mapping) else None
    if not isinstance(layers, list) or not all(isinstance(layer, Mapping) for layer in layers):
        raise NotThisFormatError("has no layers")
    return [operation for layer in layers for operation in _layer(layer, reading)]


def _layer(layer: Mapping[str, Any], reading: Reading) -> list[Operation]:
    kind = layer.get("layer_type")
    match kind:
        case "input":
            sizes = [layer.get(name, 1) for name in ("out_sx", "out_sy")]
            if sizes != [1, 1]:
                raise DocumentError("the inputs are a picture, which ConvNetJS flattens in an order of its own")
            return []
        case "fc":
            filters = layer.get("filters")
            if not isinstance(filters, list):
                raise NotThisFormatError("has a layer without filters")
            weight = numbers([_row(each) for each in filters], "weights", (None, None))
            return [Dense(weight, numbers(_row(layer.get("biases")), "biases", (len(weight),)))]
        case "relu" | "tanh" | "sigmoid":
            return [Activate(kind)]
        case "softmax":
            reading.loss = "cross_entropy_probs"
            return [Activate("softmax")]
        case "regression":
            reading.loss = "half_sse"
            return []
        case "svm":
            reading.loss = "multi_margin"
            reading.leave_out(
                "ConvNetJS adds the terms up over the outputs, and a 1 for the class itself; here they are averaged."
            )
            return []
        case "dropout":
            keep = float(layer.get("drop_prob", 0.5))
            width = int(layer.get("out_depth", 0))
            if not 0 < width < 100_000:
                raise NotThisFormatError("has a dropout layer without a width")
            reading.understand(
                f"When the network is used, ConvNetJS multiplies by drop_prob = {exact(keep)} where it drops in "
                "training: this factor is a layer of its own."
            )
            return [Rescale(np.full(width, keep), np.zeros(width), "dropout's factor in use")]
        case _:
            raise DocumentError(
                f"the network has a layer {echo(kind)}, which is no part of a multilayer perceptron here"
            )


def _row(volume: Any) -> list[Any]:
    values = volume.get("w") if isinstance(volume, Mapping) else None
    if isinstance(values, Mapping):
        try:
            return [values[str(index)] for index in range(len(values))]
        except KeyError:
            raise NotThisFormatError("has weights with gaps in their numbers") from None
    if isinstance(values, list):
        return values
    raise NotThisFormatError("has a filter without weights")


IMPORT = Import(
    "convnetjs_json",
    "ConvNetJS",
    "Networks of fully connected layers, activations, dropout, softmax, svm, regression; no convolutions, no maxout.",
    (".json",),
    recognises,
    read,
)
