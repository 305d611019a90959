"""ONNX models: dense layers, norms, activations, scaling, softmax heads, sums and concatenations of earlier values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.not_read import kind_of
from mlpviz.exchange.imports.one_or_two_outputs import one_probability
from mlpviz.exchange.imports.onnx_constants import array, attributes_of, folded
from mlpviz.exchange.imports.onnx_layers import value_of
from mlpviz.exchange.imports.onnx_value import GraphNode, GraphRoom, GraphValue
from mlpviz.exchange.imports.operations import Operation, check_width
from mlpviz.exchange.whole_document import KEY, restored
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.library import library

_MOST = 2_000
"""nodes of one graph"""
_ONLY_LABELS = {"ArgMax", "Binarizer", "ArrayFeatureExtractor", "TopK", "LabelEncoder"}


@dataclass
class _Graph:
    reading: Reading
    constants: dict[str, Array] = field(default_factory=dict)
    values: dict[str, GraphValue] = field(default_factory=dict)
    shapes: set[str] = field(default_factory=set)
    """names of what is computed of the shape of x, which is always that of rows here"""
    before_labels: GraphValue | None = None
    """what a label is made of"""
    room: GraphRoom = field(default_factory=GraphRoom)


def recognises(file: ForeignFile) -> bool:
    """A file that ends in .onnx, or begins with the field of the version, as exporters write it."""
    # a safetensors file may begin with the same byte, of its head's length; its ninth begins the head
    begins = file.content[:1] == b"\x08" and file.content[8:9] != b"{"
    return file.ends(".onnx") or (begins and kind_of(file) is None)


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the graph. Raises DocumentError for anything else than a chain."""
    onnx = library("onnx", "onnx")
    google = library("google.protobuf.message", "onnx")
    try:
        model = onnx.ModelProto.FromString(file.content)
    except google.DecodeError:
        raise NotThisFormatError("is a damaged ONNX file") from None
    graph = model.graph
    if not graph.node or len(graph.node) > _MOST:
        raise NotThisFormatError(f"has {len(graph.node)} nodes, expected 1 to {_MOST}")
    if model.producer_name:
        reading.understand(f"Written by {model.producer_name} {model.producer_version}.".replace(" .", "."))
    text = next((each.value for each in model.metadata_props if each.key == KEY), None)
    if text is not None:
        ours = [tensor for tensor in graph.initializer if tensor.name.startswith("layers.")]
        reading.take(restored(text, {tensor.name: array(onnx, tensor, file) for tensor in ours}))
        return ()
    state = _Graph(reading)
    for tensor in graph.initializer:
        state.constants[tensor.name] = state.room.counted(array(onnx, tensor, file))
    given = [each for each in graph.input if each.name not in state.constants]
    if len(given) != 1:
        raise DocumentError(f"{file.name} has {len(given)} inputs, expected one: x with a row per sample")
    dimensions = given[0].type.tensor_type.shape.dim
    width = math.prod(each.dim_value for each in dimensions[1:] or dimensions)  # rows, before or behind a Flatten
    check_width(int(width))
    state.values[given[0].name] = GraphValue(width=int(width) or None)
    _check_names(graph)
    for node in graph.node:
        _node(onnx, state, node, file)
    return _output(state, graph, reading)


def _check_names(graph: Any) -> None:
    seen: set[str] = set()
    for node in graph.node:
        for name in node.output:
            if name and name in seen:
                raise NotThisFormatError(f"computes {echo(name)} twice")
            seen.add(name)


def _node(onnx: Any, state: _Graph, node: Any, file: ForeignFile) -> None:
    kind, attributes = node.op_type, attributes_of(onnx, node)
    sources = [state.values.get(name) for name in node.input]
    constants = [state.constants.get(name) for name in node.input]
    if kind == "Constant":
        value = attributes.get("value")
        given = array(onnx, value, file) if value is not None else np.asarray(next(iter(attributes.values()), 0.0))
        state.constants[node.output[0]] = given
        return
    if kind in ("Shape", "Size"):
        state.shapes.update(node.output)
        return
    if not any(source is not None for source in sources):
        result = folded(kind, constants, attributes, node.input)
        if result is not None:
            state.constants[node.output[0]] = state.room.counted(result)
        elif any(name in state.shapes for name in node.input):
            state.shapes.update(node.output)
        return  # what is computed of no x, or of labels only
    for name, source, constant in zip(node.input, sources, constants, strict=True):
        if name and source is None and constant is None and name not in state.shapes:
            raise DocumentError(f"a {kind} reads {echo(name)}, which is neither x nor made of known constants")
    reader = GraphNode(kind, attributes, node.input, sources, constants, state.reading, state.room)
    if kind == "ArrayFeatureExtractor" and not reader.source.operations:
        raise DocumentError(f"an {kind} picks some of the inputs, which is not held here: pick them before the network")
    if kind in _ONLY_LABELS:
        state.reading.leave_out("The class label, the most probable output, is not part of the network.")
        if reader.source.operations:
            state.before_labels = reader.source
        return
    state.values[node.output[0]] = value_of(reader)


def _output(state: _Graph, graph: Any, reading: Reading) -> Sequence[Operation]:
    ends = [state.values[each.name] for each in graph.output if each.name in state.values]
    if not ends and state.before_labels is not None:
        ends = [state.before_labels]
    if not ends:
        raise DocumentError("no output of the model depends on x by way of dense layers")
    end = max(ends, key=lambda value: len(value.operations))
    operations = end.closed.operations
    return one_probability(operations, reading) if end.both else operations


IMPORT = Import(
    "onnx_model",
    "ONNX",
    "Graphs of dense layers: Gemm, MatMul and Add, BatchNormalization, LayerNormalization, activations also where "
    "they are written out, scaling, softmax, Add and Concat of earlier values; what scikit-learn's converter puts "
    "around.",
    (".onnx",),
    recognises,
    read,
)
