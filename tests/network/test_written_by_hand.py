"""Small documents in the words of PyTorch, Keras, scikit-learn and textbooks: read as meant, or one whole sentence."""

import json

import pytest

from mlpviz.network import Document, DocumentError

HIDDEN = {"W": [[1, 2], [3, 4]], "b": [0, 0], "activation": "relu"}
OUT = {"W": [[1, -1]], "b": [0], "activation": "linear"}
THREE = {"W": [[1, -1], [0, 1], [1, 1]]}


def network(*layers, **fields):
    return {"layers": list(layers), "x": [[1, 2]], "target": [[3]], "loss": "mse"} | fields


PLAIN = Document.parse(network(HIDDEN, OUT)).to_json_value()

SAME = [
    {"layers": [HIDDEN, OUT], "X": [[1, 2]], "y": [[3]], "loss": "MSE"},
    {"Layers": [HIDDEN, OUT], "Inputs": [[1, 2]], "Targets": [[3]], "Loss Function": "Mean Squared Error"},
    {"layers": [HIDDEN, OUT], "x_train": [[1, 2]], "y_train": [[3]], "criterion": "MSELoss", "LR": 0.1},
    network(HIDDEN, OUT, version=1.0),
    network(HIDDEN, OUT, version="1"),
    network(HIDDEN, OUT, learningRate="1/10"),
    network(HIDDEN, OUT, learning_rate="10%"),
    network(HIDDEN, OUT, optimizer="SGD"),
    network(HIDDEN, OUT, optimizer={"name": "GD"}),
    network(HIDDEN, OUT, mode="train"),
    network(HIDDEN, OUT, loss={"type": "MSELoss"}),
    network(HIDDEN, OUT, target=[3]),
    network(HIDDEN, OUT, target=["3"]),
    network(HIDDEN, OUT, x="1 2", target="3"),
    network(HIDDEN, OUT, x="tensor([[1., 2.]])", target="array([[3.]])"),
    network({**HIDDEN, "activation": "ReLU"}, {**OUT, "activation": None}),
    network({**HIDDEN, "activation": {"name": "Rectifier"}}, {**OUT, "activation": "None"}),
    network({"weight": [[1, 2], [3, 4]], "bias": [[0], [0]], "nonlinearity": "relu"}, OUT),
    network({"weights": "1 2; 3 4", "biases": "0 0", "act": "relu"}, OUT),
    network({"W": "[[1, 2], [3, 4]]", "b": "[0; 0]", "activation": "relu"}, OUT),
    network({"kernel": [[1, 3], [2, 4]], "bias": [0, 0], "activation": "relu"}, OUT),
    network({"Kernel": "1 3\n2 4", "bias": [0, "0"], "activation": "relu"}, OUT),
    network({**HIDDEN, "frozen": [], "dropout": 0, "norm": None, "skip": 0}, OUT),
]  # fmt: skip


@pytest.mark.parametrize("given", SAME, ids=range(len(SAME)))
def test_the_same_network_in_other_words_is_the_same(given):
    assert Document.parse(json.dumps(given)).to_json_value() == PLAIN


@pytest.mark.parametrize(
    ("given", "place", "read"),
    [
        (network({**HIDDEN, "activation": {"name": "LeakyReLU", "negative_slope": 0.2}}, OUT),
         ("layers", 0, "activation"), {"key": "leaky_relu", "slope": 0.2}),
        (network({**HIDDEN, "activation": {"class_name": "ELU", "alpha": 0.5}}, OUT),
         ("layers", 0, "activation"), {"key": "elu", "alpha": 0.5}),
        (network(HIDDEN, OUT, loss={"key": "HuberLoss", "delta": 2, "reduction": "Sum"}),
         ("loss",), {"key": "huber", "delta": 2, "reduction": "sum"}),
        (network(HIDDEN, THREE | {"activation": "linear"}, target=[2], loss="CrossEntropyLoss"), ("target",), [2]),
        (network(HIDDEN, THREE | {"activation": "linear"}, target=[2], loss="CE"), ("loss",), "cross_entropy"),
        (network(HIDDEN, THREE | {"activation": "softmax"}, target=[[0, 0, 1]], loss="categorical_crossentropy"),
         ("loss",), "cross_entropy_probs"),
        (network(HIDDEN, THREE | {"activation": "log_softmax"}, target=[2], loss="NLLLoss"), ("loss",), "nll"),
        (network(HIDDEN, {**OUT, "activation": "logistic"}, target=[1], loss="binary_crossentropy"),
         ("target",), [[1]]),
        (network(HIDDEN, OUT, target=[1], loss="BCEWithLogitsLoss"), ("loss",), "bce_with_logits"),
        (network(HIDDEN, OUT, optimizer={"name": "Adam", "betas": [0.8, 0.9]}),
         ("optimizer",), {"key": "adam", "beta1": 0.8, "beta2": 0.9}),
        (network({**HIDDEN, "norm": "LayerNorm"}, OUT), ("layers", 0, "norm"), "layer_norm"),
        (network({"W": [[1, 2], [3, 4]], "b": False, "activation": "relu"}, OUT), ("layers", 0, "bias"), None),
        (network({**HIDDEN, "frozen": ["b", "W"]}, OUT), ("layers", 0, "frozen"), ["weight", "bias"]),
        (network(HIDDEN, OUT, mode="eval"), ("mode",), "evaluation"),
        (network(HIDDEN, OUT, eta="1e-3"), ("learning_rate",), 0.001),
    ],
)  # fmt: skip
def test_other_words_are_read_as_ours(given, place, read):
    found = Document.parse(json.dumps(given)).to_json_value()
    for step in place:
        found = found[step]
    assert found == read


STATE = "and no layers, expected layers as a list of objects, each with weight, bias and activation"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"coefs_": [[[1, 3], [2, 4]]], "x": [[1, 2]]}, f"the document has 'coefs_' {STATE}"),
        ({"W1": [[1, 2]], "b1": [0], "W2": [[1]], "b2": [0]}, f"the document has 'W1' {STATE}"),
        ({"fc1.weight": [[1, 2]], "fc1.bias": [0]}, f"the document has 'fc1.weight' {STATE}"),
        (network({"W": [[1, 2]]}), "layers[0].activation is missing"),
        (network({**HIDDEN, "b": True}, OUT), "layers[0].bias is true, expected a list"),
        (network({**HIDDEN, "b": "1 2\n3 4"}, OUT),
         "layers[0].bias is a text of 2 rows, expected one row or one column"),
        (network({**HIDDEN, "b": "1 x"}, OUT),
         "layers[0].bias is a text in which row 1 column 2 of the pasted matrix is 'x', expected a number"),
        (network(HIDDEN, {**OUT, "W": [1, -1]}), "layers[1].weight row 1 is 1, expected a list of numbers"),
        (network(HIDDEN, OUT, x=[1, 2]), "x row 1 is 1, expected a list of numbers"),
        (network(HIDDEN, THREE | {"activation": "linear"}, target=[2]),
         "target row 1 is 2, expected a list of 3 numbers"),
        (network({**HIDDEN, "use_bias": False}, OUT), "layers[0] has an unknown field 'use_bias' (did you mean bias?)"),
        (network({**HIDDEN, "bias": [0, 0]}, OUT), "layers[0] has bias twice, under two names"),
        (network(HIDDEN, OUT, mode="traning"), "mode is 'traning' (did you mean training?)"),
        (network(HIDDEN, OUT, mode=7), "mode is 7, expected 'training' or 'evaluation'"),
        (network({**HIDDEN, "frozen": ["wieght"]}, OUT), "layers[0].frozen row 1 is 'wieght' (did you mean weight?)"),
        (network(HIDDEN, OUT, loss={"key": "mse", "reduction": "mena"}),
         "loss.reduction is 'mena' (did you mean mean?)"),
        (network(HIDDEN, OUT, loss="squared error"), "loss is 'squared error' (did you mean mse?)"),
        (network({**HIDDEN, "activation": {"name": "relux"}}, OUT),
         "layers[0].activation.key is 'relux' (did you mean relu?)"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_one_whole_sentence(given, said):
    with pytest.raises(DocumentError) as caught:
        Document.parse(json.dumps(given))
    assert str(caught.value) == said
