"""A network as an ONNX model: what it gives in use, in double precision, with its document among the properties."""

from __future__ import annotations

from mlpviz.engine import Norm
from mlpviz.engine.activations.activation import ALPHA, A, Z
from mlpviz.engine.expressions import Symbol
from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.onnx_nodes import OPSET, Nodes
from mlpviz.exchange.subjects import NETWORK
from mlpviz.exchange.whole_document import KEY, tensors_of
from mlpviz.network import Document
from mlpviz.schema.library import library

_IR = 8
"""the version of the file that belongs to opset 17"""


def write(document: Document) -> bytes:
    """The model. Raises DocumentError without the library that writes it, or for what ONNX has no operator for."""
    onnx = library("onnx")
    double = onnx.TensorProto.DOUBLE
    nodes = Nodes(onnx)
    for name, array in tensors_of(document).items():
        if name.startswith("layers."):
            nodes.constant(name, array)
    values = ["x"]
    for index in range(len(document.layers)):
        values.append(_layer(document, nodes, values, index))
    nodes.nodes.append(onnx.helper.make_node("Identity", [values[-1]], ["y"]))
    ends = [
        onnx.helper.make_tensor_value_info(name, double, ["N", width])
        for name, width in (("x", document.widths[0]), ("y", document.widths[-1]))
    ]
    used = {name for node in nodes.nodes for name in node.input}
    kept = [tensor for name, tensor in nodes.constants.items() if name in used]
    graph = onnx.helper.make_graph(nodes.nodes, "network", ends[:1], ends[1:], kept)
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)], ir_version=_IR, producer_name="mlpviz"
    )
    model.metadata_props.add(key=KEY, value=document.to_json())
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _layer(document: Document, nodes: Nodes, values: list[str], index: int) -> str:
    """The nodes of one layer in evaluation; pins hold nothing."""
    layer, spec, own = document.layers[index], document.spec.layers[index], f"layers.{index}."
    bias = [f"{own}bias"] if layer.bias is not None else []
    z = nodes.node("Gemm", values[-1], f"{own}weight", *bias, transB=1)
    if spec.norm is not None:
        z = _norm(spec.norm, nodes, z, own)
    activation = spec.activation.in_mode(False)
    known: dict[Symbol, str] = {Z: z, ALPHA: f"{own}alpha"}
    for line in activation.formula.line(A).in_order():
        known[line.symbol] = nodes.formula(line.formula, known)
    a = known[A]
    return nodes.node("Add", a, values[index + 1 - spec.skip]) if spec.skip else a


def _norm(norm: Norm, nodes: Nodes, z: str, own: str) -> str:
    if norm.running:
        mean, spread = f"{own}running_mean", f"{own}running_var"
        centred = nodes.node("Sub", z, mean)
    else:
        centred = nodes.node("Sub", z, nodes.node("ReduceMean", z, axes=[-1], keepdims=1)) if norm.centred else z
        spread = nodes.node("ReduceMean", nodes.node("Mul", centred, centred), axes=[-1], keepdims=1)
    root = nodes.node("Sqrt", nodes.node("Add", spread, nodes.number(norm.eps)))
    found = nodes.node("Div", centred, root)
    for name, kind in (("gamma", "Mul"), ("beta", "Add")):
        if name in norm.parameters:
            found = nodes.node(kind, found, f"{own}{name}")
    return found


FORMAT = Format(
    "network_onnx",
    label="ONNX model",
    sentence=f"What the network gives in use, in double precision, opset {OPSET}, for onnxruntime and others: running "
    "statistics, no dropout, no pins. The whole document is among its properties.",
    suffix=".onnx",
    media_type="application/octet-stream",
    saving=Saving(NETWORK, write, stem),
    needs="onnx",
)
