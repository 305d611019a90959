"""Nodes of ONNX that stand for parts of a document: outputs are those of onnxruntime."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.network import DocumentError
from tests.support.foreign_models import output_of

RNG = np.random.default_rng(0)
W1, B1, W2, B2 = (RNG.normal(size=shape) for shape in ((5, 4), 5, (2, 5), 2))
SLOPES = RNG.uniform(0.1, 0.9, 5)


def model(kind, **more):
    """x to five units, the node, two units."""
    given = {"W1": W1, "b1": B1, "W2": W2, "b2": B2, **more}
    nodes = [
        helper.make_node("Gemm", ["x", "W1", "b1"], ["z"], transB=1),
        helper.make_node(kind, ["z", *more], ["a"]),
        helper.make_node("Gemm", ["a", "W2", "b2"], ["y"], transB=1),
    ]
    ends = [
        [helper.make_tensor_value_info(name, TensorProto.DOUBLE, [None, width])] for name, width in (("x", 4), ("y", 2))
    ]
    arrays = [numpy_helper.from_array(np.asarray(value), name) for name, value in given.items()]
    made = helper.make_model(
        helper.make_graph(nodes, "network", *ends, arrays), opset_imports=[helper.make_opsetid("", 17)]
    )
    made.ir_version = 8
    return made.SerializeToString()


@pytest.mark.parametrize(
    ("kind", "more", "activation"),
    [
        ("PRelu", {"s": SLOPES}, "prelu"),
        ("PRelu", {"s": SLOPES[:1]}, "prelu"),
        ("LayerNormalization", {"g": SLOPES}, "identity"),
    ],
)
def test_outputs_are_those_of_onnxruntime(kind, more, activation):
    content, x = model(kind, **more), RNG.normal(size=(3, 4))
    theirs = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"]).run(["y"], {"x": x})[0]
    network = read_network(ForeignFile("model.onnx", content))
    assert network.document.layers[0].activation.key == activation
    np.testing.assert_allclose(output_of(network.document, x.tolist()), theirs, rtol=1e-12, atol=1e-12)


def test_rms_norm_is_read():
    # onnxruntime has no kernel of it for every type: the formula of the standard is the oracle
    x = RNG.normal(size=(3, 4))
    network = read_network(ForeignFile("model.onnx", model("RMSNormalization", g=SLOPES)))
    z = x @ W1.T + B1
    theirs = z / np.sqrt((z**2).mean(axis=1, keepdims=True) + 1e-5) * SLOPES @ W2.T + B2
    np.testing.assert_allclose(output_of(network.document, x.tolist()), theirs, rtol=1e-12, atol=1e-12)


def graph(nodes, **given):
    """A model from x, four numbers, to y."""
    widths = {"x": 4, "y": None}
    ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, [None, width]) for name, width in widths.items()]
    arrays = [numpy_helper.from_array(np.asarray(value), name) for name, value in given.items()]
    made = helper.make_model(
        helper.make_graph(
            [helper.make_node(*each[:3], **(each[3:] or [{}])[0]) for each in nodes],
            "g",
            *([each] for each in ends),
            arrays,
        ),
        opset_imports=[helper.make_opsetid("", 17)],
    )
    made.ir_version = 8
    return made.SerializeToString()


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        (
            [("MatMul", ["x", "W1"], ["a"]), ("MatMul", ["x", "W1"], ["b"]), ("Relu", ["a"], ["c"]),
             ("Tanh", ["b"], ["d"]), ("Add", ["c", "d"], ["y"])],
            "the Add of 'c, d' adds two lines of layers",
        ),
        (
            [("MatMul", ["x", "W1"], ["a"]), ("Relu", ["a"], ["c"]), ("MatMul", ["x", "W1"], ["b"]),
             ("Tanh", ["b"], ["d"]), ("Concat", ["c", "d"], ["y"], {"axis": 1})],
            "the Concat of 'c, d' puts two lines of layers side by side",
        ),
        (
            [("MatMul", ["x", "W1"], ["a"]), ("LayerNormalization", ["a", "g"], ["c"]),
             ("Concat", ["x", "c"], ["y"], {"axis": 1})],
            "the Concat of 'x, c' puts a value beside one that comes behind a norm",
        ),
        (
            [("MatMul", ["x", "W1"], ["a"]), ("Sigmoid", ["a"], ["c"]), ("MatMul", ["c", "W5"], ["d"]),
             ("Mul", ["c", "d"], ["y"])],
            "a Mul joins two lines of layers",
        ),
        ([("Einsum", ["W1"], ["q"]), ("Gemm", ["x", "W1", "q"], ["y"])], "a Gemm reads 'q', which is neither x nor"),
        (
            [("MatMul", ["x", "W1"], ["a"]), ("ReduceMax", ["a"], ["m"], {"axes": [-1]}), ("Sub", ["a", "m"], ["y"])],
            "a function of whole rows between its layers that is no norm",
        ),
        ([("MatMul", ["x", "W1"], ["a"]), ("Add", ["x", "a"], ["y"])], "4 numbers are added to 5"),
        (
            [("ArrayFeatureExtractor", ["x", "i"], ["c"], {"domain": "ai.onnx.ml"}), ("MatMul", ["c", "W5"], ["y"])],
            "an ArrayFeatureExtractor picks some of the inputs",
        ),
    ],
)  # fmt: skip
def test_what_is_not_held_is_said_by_name(nodes, message):
    content = graph(nodes, W1=W1.T, W5=np.eye(5), g=SLOPES, i=np.array([0, 2]))
    with pytest.raises(DocumentError, match=message):
        read_network(ForeignFile("model.onnx", content))


def test_a_label_alone_shows_what_it_is_made_of():
    content = graph([("MatMul", ["x", "W1"], ["a"]), ("ArgMax", ["a"], ["y"], {"axis": 1})], W1=W1.T)
    network = read_network(ForeignFile("model.onnx", content))
    assert network.document.widths == (4, 5)
    assert network.left_out == ("The class label, the most probable output, is not part of the network.",)


def test_an_update_that_would_differ_is_said():
    nodes = [("MatMul", ["x", "W1"], ["a"]), ("Tanh", ["a"], ["c"]), ("Concat", ["x", "c"], ["y"], {"axis": 1})]
    network = read_network(ForeignFile("model.onnx", graph(nodes, W1=W1.T)))
    assert any("an update changes here" in sentence for sentence in network.left_out)
    nodes[1] = ("Relu", ["a"], ["c"])
    network = read_network(ForeignFile("model.onnx", graph(nodes, W1=W1.T)))
    assert network.left_out == ()


def test_two_labels_are_two_probabilities():
    # as skl2onnx writes two labels that are independent of each other: 1 - p of both, then p of both
    nodes = [
        ("MatMul", ["x", "W2"], ["z"]), ("Sigmoid", ["z"], ["p"]), ("Sub", ["one", "p"], ["q"]),
        ("Concat", ["q", "p"], ["y"], {"axis": 1}),
    ]  # fmt: skip
    network = read_network(ForeignFile("model.onnx", graph(nodes, W2=W1[:2].T, one=1.0)))
    x = RNG.normal(size=(3, 4))
    np.testing.assert_allclose(output_of(network.document, x.tolist()), 1 / (1 + np.exp(-x @ W1[:2].T)), rtol=1e-12)
    assert network.left_out == ("The graph gives 1 − p beside every probability p; shown are the p.",)


def test_a_scaling_by_unit_may_be_clipped():
    nodes = [("Mul", ["x", "s"], ["a"]), ("Clip", ["a", "low", "high"], ["c"]), ("MatMul", ["c", "W1"], ["y"])]
    content = graph(nodes, s=SLOPES[:4], low=-0.5, high=0.5, W1=W1.T)
    x = RNG.normal(size=(3, 4))
    expected = np.clip(x * SLOPES[:4], -0.5, 0.5) @ W1.T
    network = read_network(ForeignFile("model.onnx", content))
    assert network.document.layers[0].label == "input scaling"
    np.testing.assert_allclose(output_of(network.document, x.tolist()), expected, rtol=1e-12, atol=1e-12)
