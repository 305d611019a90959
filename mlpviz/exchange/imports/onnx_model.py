"""ONNX models: dense layers, norms, activations, scaling, softmax heads, sums and concatenations of earlier values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError, library
from mlpviz.exchange.imports.not_read import kind_of
from mlpviz.exchange.imports.one_or_two_outputs import one_probability
from mlpviz.exchange.imports.onnx_constants import array, attributes_of, folded
from mlpviz.exchange.imports.onnx_functions import OF_ROWS, UP_TO_ONCE, function_of_numbers, function_of_rows
from mlpviz.exchange.imports.operations import (
    Activate,
    Dense,
    Dropout,
    Normalize,
    Operation,
    Rescale,
    check_count,
    check_width,
    numbers,
)
from mlpviz.exchange.imports.past_layers import added, side_by_side
from mlpviz.exchange.imports.recognized import recognized, scales_by_unit
from mlpviz.exchange.imports.recognized_rows import recognized_rows
from mlpviz.exchange.whole_document import KEY, restored
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_MOST = 2_000
"""nodes of one graph"""
_MOST_STEPS = 300
"""of a function of numbers; GELU written out has 20"""


@dataclass(frozen=True)
class _Value:
    """A tensor that depends on x: operations from x to a base, then a function of the base number by number.

    `of_base` is None for the base itself. `one_minus` is set for 1 - p, `both` for p beside 1 - p.
    """

    operations: tuple[Operation, ...] = ()
    width: int | None = None
    of_base: Callable[[Array], Array] | None = None
    one_minus: bool = False
    steps: int = 1
    """how often a node is computed for `of_base`: a node whose result is read twice counts twice"""
    both: bool = False
    of_rows: bool = False
    """whether `of_base` makes its numbers of whole rows"""

    @cached_property
    def scaled_by_unit(self) -> _Value:
        """The value, closed if it is another scaling for each unit, which no activation is part of."""
        if self.of_base is None or self.of_rows or not scales_by_unit(self.of_base, self.width):
            return self
        return self.closed

    @cached_property
    def closed(self) -> _Value:
        """The value as a base, the same one each time: its function recognized as an activation or as scaling."""
        if self.of_base is None:
            return self
        if self.of_rows:
            raise DocumentError("the model has a function of whole rows between its layers that is no norm known here")
        return _Value((*self.operations, *recognized(self.of_base, self.width)), self.width)


@dataclass
class _Graph:
    reading: Reading
    constants: dict[str, Array] = field(default_factory=dict)
    values: dict[str, _Value] = field(default_factory=dict)
    shapes: set[str] = field(default_factory=set)
    """names of what is computed of the shape of x, which is always that of rows here"""
    before_labels: _Value | None = None
    """what a label is made of"""
    count: int = 0

    def counted(self, array: Array) -> Array:
        """The array, if there is room for it: nodes make new ones of those in the file. Raises DocumentError."""
        self.count += array.size
        check_count(self.count)
        return array


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
        state.constants[tensor.name] = state.counted(array(onnx, tensor, file))
    given = [each for each in graph.input if each.name not in state.constants]
    if len(given) != 1:
        raise DocumentError(f"{file.name} has {len(given)} inputs, expected one: x with a row per sample")
    dimensions = given[0].type.tensor_type.shape.dim
    width = math.prod(each.dim_value for each in dimensions[1:] or dimensions)  # rows, before or behind a Flatten
    check_width(int(width))
    state.values[given[0].name] = _Value(width=int(width) or None)
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
            state.constants[node.output[0]] = state.counted(result)
        elif any(name in state.shapes for name in node.input):
            state.shapes.update(node.output)
        return  # what is computed of no x, or of labels only
    for name, source, constant in zip(node.input, sources, constants, strict=True):
        if name and source is None and constant is None and name not in state.shapes:
            raise DocumentError(f"a {kind} reads {echo(name)}, which is neither x nor made of known constants")
    found = _value(kind, attributes, node.input, sources, constants, state)
    if found is not None:
        state.values[node.output[0]] = found


_PASSING = {"Identity", "Cast", "Flatten", "Squeeze", "ZipMap", "Reshape"}
_ONLY_LABELS = {"ArgMax", "Binarizer", "ArrayFeatureExtractor", "TopK", "LabelEncoder"}


def _value(
    kind: str,
    attributes: Mapping[str, Any],
    inputs: Sequence[str],
    sources: Sequence[_Value | None],
    constants: Sequence[Array | None],
    state: _Graph,
) -> _Value | None:
    source = next(each for each in sources if each is not None)
    if kind in _ONLY_LABELS:
        state.reading.leave_out("The class label, the most probable output, is not part of the network.")
        if source.operations:
            state.before_labels = source
        return None
    if kind in _PASSING:
        if kind == "Reshape" and source.operations:
            state.reading.leave_out("Numbers are reshaped behind a layer; here they stay a row per sample.")
        return source
    if kind == "Dropout":
        base = source.closed
        return _Value((*base.operations, Dropout(_rate(attributes, constants))), base.width)
    if kind == "Add" and _is_bias(source, constants):
        return _with_bias(source, constants)
    if kind in ("Mul", "Add") and (scaled := _with_scale(kind, source, constants)) is not None:
        return scaled
    if kind in ("Gemm", "MatMul"):
        return _dense(kind, attributes, sources, constants, state)
    if kind == "Scaler":
        offset, scale = (
            np.asarray(attributes.get(name, default), float) for name, default in (("offset", 0.0), ("scale", 1.0))
        )
        base = source.closed
        offset, scale = np.broadcast_arrays(offset, scale)
        return _Value((*base.operations, Rescale(scale, -offset * scale, "input scaling")), len(scale))
    if kind in ("BatchNormalization", "LayerNormalization", "RMSNormalization"):
        return _norm(kind, attributes, source, constants)
    if kind == "PRelu" and len(constants) > 1 and constants[1] is not None:
        slopes, base = numbers(constants[1], "the slopes of a PRelu").ravel(), source.closed
        active = Activate("prelu", {"per_unit": len(slopes) > 1}, slopes)
        return _Value((*base.operations, active), base.width)
    if kind in ("Softmax", "LogSoftmax"):
        if attributes.get("axis", -1) not in (-1, 1):
            raise DocumentError(f"a {kind} runs over axis {attributes['axis']}, expected the units")
        base = source.closed
        return _Value((*base.operations, Activate("softmax" if kind == "Softmax" else "log_softmax")), base.width)
    if kind == "Concat":
        return _concat(attributes, inputs, sources, state)
    if kind in ("Add", "Sum") and all(each is not None for each in sources) and _are_of_different_lines(sources):
        values = [each.closed.operations for each in sources if each is not None]
        return _joined(added(values, state.reading, f"the {kind} of {echo(', '.join(inputs))}"))
    return _of_numbers(kind, attributes, inputs, sources, constants)


def _are_of_different_lines(sources: Sequence[_Value | None]) -> bool:
    """Whether values are functions of different bases."""
    return len({tuple(map(id, each.operations)) for each in sources if each is not None}) > 1


def _rate(attributes: Mapping[str, Any], constants: Sequence[Array | None]) -> float:
    rate = constants[1] if len(constants) > 1 else None
    return float(attributes.get("ratio", 0.5) if rate is None else rate)


def _open_product(source: _Value) -> Dense | None:
    """The product with weights that the value ends in, if it has no biases yet."""
    last = source.operations[-1] if source.of_base is None and source.operations else None
    return last if isinstance(last, Dense) and last.bias is None else None


def _is_bias(source: _Value, constants: Sequence[Array | None]) -> bool:
    """Whether an addition is that of the biases after a product with weights."""
    product = _open_product(source)
    bias = next((each for each in constants if each is not None), None)
    return product is not None and bias is not None and np.size(bias) in (1, len(product.weight))


def _with_bias(source: _Value, constants: Sequence[Array | None]) -> _Value:
    product = _open_product(source)
    given = next((each for each in constants if each is not None), None)
    if product is None or given is None:
        return source
    bias = np.broadcast_to(np.ravel(given).astype(float), (len(product.weight),))
    return _Value((*source.operations[:-1], Dense(product.weight, bias)), source.width)


def _with_scale(kind: str, source: _Value, constants: Sequence[Array | None]) -> _Value | None:
    """The value with the scale or shift in the norm of rows that it ends in; None if it ends in none."""
    norm = source.operations[-1] if source.of_base is None and source.operations else None
    given = next((each for each in constants if each is not None), None)
    if not isinstance(norm, Normalize) or given is None or np.size(given) != source.width or norm.beta is not None:
        return None
    row = np.ravel(given).astype(float)
    if kind == "Mul" and (norm.gamma is None or (norm.gamma == 1).all()):
        return _Value((*source.operations[:-1], replace(norm, gamma=row)), source.width)
    if kind == "Add" and norm.key == "layer_norm":
        return _Value((*source.operations[:-1], replace(norm, beta=row)), source.width)
    return None


def _dense(
    kind: str,
    attributes: Mapping[str, Any],
    sources: Sequence[_Value | None],
    constants: Sequence[Array | None],
    state: _Graph,
) -> _Value:
    source = next(each for each in sources if each is not None)
    weight = constants[1] if len(constants) > 1 else None
    if sources[0] is None or weight is None or weight.ndim != 2:
        raise DocumentError(f"a {kind} multiplies x with something else than a matrix of weights on its right")
    check_width(max(weight.shape))
    source, weight = source.closed, np.asarray(state.counted(weight), float)
    bias: Array | None = None
    if kind == "Gemm":
        if attributes.get("transA", 0):
            raise DocumentError("a Gemm takes x transposed, which is no dense layer over samples")
        weight = (weight if attributes.get("transB", 0) else weight.T) * attributes.get("alpha", 1.0)
        given = constants[2] if len(constants) > 2 else None
        if given is not None:
            bias = np.broadcast_to(np.ravel(given) * attributes.get("beta", 1.0), (len(weight),))
    else:
        weight = weight.T
    return _Value((*source.operations, Dense(weight, bias)), len(weight))


def _norm(kind: str, attributes: Mapping[str, Any], source: _Value, constants: Sequence[Array | None]) -> _Value:
    base = source.closed
    rows = [None if each is None else np.asarray(each, float) for each in constants[1:]]
    eps = float(attributes.get("epsilon", 1e-5))
    if kind == "BatchNormalization":
        if attributes.get("training_mode"):
            raise DocumentError("a BatchNormalization is in training mode: export the network in evaluation mode")
        if len(rows) < 4 or any(each is None for each in rows[:4]):
            raise DocumentError("a BatchNormalization has no running statistics in the file")
        norm = Normalize("batch_norm", eps, *rows[:4])
    else:
        if attributes.get("axis", -1) not in (-1, 1):
            raise DocumentError(f"a {kind} runs over axis {attributes['axis']}, expected the units")
        key = "layer_norm" if kind == "LayerNormalization" else "rms_norm"
        norm = Normalize(key, eps, *(*rows, None)[:2])
    return _Value((*base.operations, norm), base.width)


def _concat(
    attributes: Mapping[str, Any], inputs: Sequence[str], sources: Sequence[_Value | None], state: _Graph
) -> _Value:
    present = [each for each in sources if each is not None]
    if len(present) == 1 == len(sources):
        return present[0]
    if len(present) == len(sources) == 2 and not _are_of_different_lines(present):
        first, second = present
        if first.one_minus ^ second.one_minus:
            base = second if first.one_minus else first
            if base.width in (1, None):
                return _Value(base.operations, 1, base.of_base, both=True)
            # scikit-learn's converter does so for two labels that are independent of each other
            state.reading.leave_out("The graph gives 1 − p beside every probability p; shown are the p.")
            return base
    if len(present) < len(sources) or attributes.get("axis", 1) not in (-1, 1):
        raise DocumentError(
            "a Concat puts constants beside values, or samples below each other, which is not held here"
        )
    where = f"the Concat of {echo(', '.join(inputs))}"
    return _joined(side_by_side([each.closed.operations for each in present], state.reading, where))


def _joined(operations: tuple[Operation, ...]) -> _Value:
    width = next((len(each.weight) for each in reversed(operations) if isinstance(each, Dense)), None)
    return _Value(operations, width)


def _of_numbers(
    kind: str,
    attributes: Mapping[str, Any],
    inputs: Sequence[str],
    sources: Sequence[_Value | None],
    constants: Sequence[Array | None],
) -> _Value:
    """A function number by number of one base, of which several values may be combined."""
    if kind not in ("Add", "Sub", "Mul", "Div"):
        sources = [each and each.scaled_by_unit for each in sources]
    present = [each for each in sources if each is not None]
    if _are_of_different_lines(present):
        raise DocumentError(f"a {kind} joins two lines of layers: held are Add and Concat of an earlier value")
    base = present[0]
    if base.both:
        raise DocumentError(f"a {kind} follows the two probabilities, which is not held here")
    functions = [
        (lambda x, value=each: np.asarray(value, float)) if source is None else (source.of_base or (lambda x: x))
        for source, each in zip(sources, constants, strict=True)
        if source is not None or each is not None
    ]
    one_minus = (
        kind == "Sub"
        and sources[0] is None
        and constants[0] is not None
        and np.size(constants[0]) == 1
        and float(np.ravel(constants[0])[0]) == 1.0
        and len(sources) == 2
    )
    of_rows = kind in OF_ROWS or any(each.of_rows for each in present)
    # PRelu, Elu and the like read their first input up to three times
    times = 1 if kind in UP_TO_ONCE else 3
    steps = 1 + times * sum(each.steps for each in present)
    if steps > _MOST_STEPS:
        raise DocumentError("the model has a function of more steps between its layers than any activation known here")
    if kind in OF_ROWS:
        axes = constants[1] if len(constants) > 1 else None
        combined = function_of_rows(kind, attributes, functions[0], axes)
    else:
        combined = function_of_numbers(kind, attributes, functions, inputs)
    if of_rows and len(present) == 2:
        norm = recognized_rows(combined, base.width)
        if isinstance(norm, Normalize) and not base.operations:
            norm = replace(norm, gamma=np.ones(base.width or 1))  # the width of x, which nothing before says
        if norm is not None:
            return _Value((*base.operations, norm), base.width)
    return _Value(base.operations, base.width, combined, one_minus, steps, of_rows=of_rows)


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
