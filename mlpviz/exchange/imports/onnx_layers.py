"""The nodes of an ONNX graph that are layers or parts of them: products, biases, norms, activations, joined values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.onnx_numbers import of_numbers
from mlpviz.exchange.imports.onnx_value import GraphNode, GraphValue, are_of_different_lines, joined
from mlpviz.exchange.imports.operations import Activate, Dense, Dropout, Normalize, Rescale, check_width, numbers
from mlpviz.exchange.imports.past_layers import added, side_by_side
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_PASSING = {"Identity", "Cast", "Flatten", "Squeeze", "ZipMap", "Reshape"}


def value_of(node: GraphNode) -> GraphValue:
    """What the node gives. Raises DocumentError for what no chain of layers holds."""
    kind, source = node.kind, node.source
    if kind in _PASSING:
        if kind == "Reshape" and source.operations:
            node.reading.leave_out("Numbers are reshaped behind a layer; here they stay a row per sample.")
        return source
    if kind in ("Add", "Mul") and (part := _bias(node) or _scale_of_norm(node)) is not None:
        return part
    if kind in ("Add", "Sum") and len(node.read) == len(node.values) and are_of_different_lines(node.read):
        values = [each.closed.operations for each in node.read]
        return joined(added(values, node.reading, f"the {kind} of {echo(', '.join(node.inputs))}"))
    match kind:
        case "Dropout":
            return source.then(Dropout(_rate(node)))
        case "Gemm" | "MatMul":
            return _dense(node)
        case "Scaler":
            return _scaler(node)
        case "BatchNormalization":
            return source.then(_batch_norm(node))
        case "LayerNormalization" | "RMSNormalization":
            return source.then(_norm_of_rows(node))
        case "PRelu" if node.constant_at(1) is not None:
            slopes = numbers(node.constants[1], "the slopes of a PRelu").ravel()
            return source.then(Activate("prelu", {"per_unit": len(slopes) > 1}, slopes))
        case "Softmax" | "LogSoftmax":
            _check_axis(node)
            return source.then(Activate("softmax" if kind == "Softmax" else "log_softmax"))
        case "Concat":
            return _concat(node)
    return of_numbers(node)


def _rate(node: GraphNode) -> float:
    rate = node.constant_at(1)
    return float(node.attributes.get("ratio", 0.5) if rate is None else rate)


def _check_axis(node: GraphNode) -> None:
    axis = node.attributes.get("axis", -1)
    if axis not in (-1, 1):
        raise DocumentError(f"a {node.kind} runs over axis {axis}, expected the units")


def _bias(node: GraphNode) -> GraphValue | None:
    """The value with the biases that are added to the product that it ends in; None if this adds none."""
    product, bias = node.source.last, node.constant
    if node.kind != "Add" or not isinstance(product, Dense) or product.bias is not None or bias is None:
        return None
    units = len(product.weight)
    if np.size(bias) not in (1, units):
        return None
    return node.source.ending(Dense(product.weight, np.broadcast_to(np.ravel(bias).astype(float), (units,))))


def _scale_of_norm(node: GraphNode) -> GraphValue | None:
    """The value with the scale or shift in the norm of rows that it ends in; None if it ends in none."""
    norm, given = node.source.last, node.constant
    if not isinstance(norm, Normalize) or given is None or np.size(given) != node.source.width or norm.beta is not None:
        return None
    row = np.ravel(given).astype(float)
    if node.kind == "Mul" and (norm.gamma is None or (norm.gamma == 1).all()):
        return node.source.ending(replace(norm, gamma=row))
    if node.kind == "Add" and norm.key == "layer_norm":
        return node.source.ending(replace(norm, beta=row))
    return None


def _dense(node: GraphNode) -> GraphValue:
    kind, attributes, weight = node.kind, node.attributes, node.constant_at(1)
    if node.values[0] is None or weight is None or weight.ndim != 2:
        raise DocumentError(f"a {kind} multiplies x with something else than a matrix of weights on its right")
    check_width(max(weight.shape))
    weight = np.asarray(node.room.counted(weight), float)
    bias: Array | None = None
    if kind == "Gemm":
        if attributes.get("transA", 0):
            raise DocumentError("a Gemm takes x transposed, which is no dense layer over samples")
        weight = (weight if attributes.get("transB", 0) else weight.T) * attributes.get("alpha", 1.0)
        given = node.constant_at(2)
        if given is not None:
            bias = np.broadcast_to(np.ravel(given) * attributes.get("beta", 1.0), (len(weight),))
    else:
        weight = weight.T
    return node.source.then(Dense(weight, bias), len(weight))


def _scaler(node: GraphNode) -> GraphValue:
    offset, scale = np.broadcast_arrays(
        *(np.asarray(node.attributes.get(name, default), float) for name, default in (("offset", 0.0), ("scale", 1.0)))
    )
    return node.source.then(Rescale(scale, -offset * scale, "input scaling"), len(scale))


def _batch_norm(node: GraphNode) -> Normalize:
    if node.attributes.get("training_mode"):
        raise DocumentError("a BatchNormalization is in training mode: export the network in evaluation mode")
    rows = _rows(node)
    if len(rows) < 4 or any(each is None for each in rows[:4]):
        raise DocumentError("a BatchNormalization has no running statistics in the file")
    return Normalize("batch_norm", _eps(node), *rows[:4])


def _norm_of_rows(node: GraphNode) -> Normalize:
    _check_axis(node)
    key = "layer_norm" if node.kind == "LayerNormalization" else "rms_norm"
    return Normalize(key, _eps(node), *(*_rows(node), None)[:2])


def _rows(node: GraphNode) -> list[Array | None]:
    return [None if each is None else np.asarray(each, float) for each in node.constants[1:]]


def _eps(node: GraphNode) -> float:
    return float(node.attributes.get("epsilon", 1e-5))


def _concat(node: GraphNode) -> GraphValue:
    present = node.read
    if len(present) == 1 == len(node.values):
        return present[0]
    if len(present) == len(node.values) == 2 and not are_of_different_lines(present):
        first, second = present
        if first.one_minus ^ second.one_minus:
            base = second if first.one_minus else first
            if base.width in (1, None):
                return GraphValue(base.operations, 1, base.of_base, both=True)
            # scikit-learn's converter does so for two labels that are independent of each other
            node.reading.leave_out("The graph gives 1 − p beside every probability p; shown are the p.")
            return base
    if len(present) < len(node.values) or node.attributes.get("axis", 1) not in (-1, 1):
        raise DocumentError(
            "a Concat puts constants beside values, or samples below each other, which is not held here"
        )
    where = f"the Concat of {echo(', '.join(node.inputs))}"
    return joined(side_by_side([each.closed.operations for each in present], node.reading, where))
