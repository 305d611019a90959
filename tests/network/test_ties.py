"""Tied numbers in a document: what is written, what may be left out, what is refused, and what follows an edit."""

import json

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import apply
from mlpviz.network.undo import UndoHistory
from mlpviz.verify.report import check
from mlpviz.verify.torch_optimizers import optimizer_class
from tests.support.errors import assert_one_line

SQUARE = {
    "layers": [
        {"weight": [[1, 2], [3, 4]], "bias": [5, 6], "activation": "tanh"},
        {"weight": [[1, 2], [3, 4]], "bias": [5, 5], "activation": "identity"},
        {"weight": [[7, 8]], "bias": [1], "activation": "identity"},
    ],
    "x": [[1, -1]],
    "target": [[0]],
    "loss": "mse",
}


def square(layer=None, ties=None, number=1, **more):
    plain = json.loads(json.dumps(SQUARE))
    plain["layers"][number] |= layer or {}
    return plain | ({} if ties is None else {"ties": ties}) | more


def test_what_is_tied_may_be_left_out_and_comes_back_bit_for_bit():
    plain = square({"tied_to": 1})
    del plain["layers"][1]["weight"]
    plain["layers"][0]["b"] = plain["layers"][0].pop("bias")
    plain["layers"][0]["b"] = 0.35
    plain["ties"] = [[[3, 1, 1], [1, 2, 2]]]
    plain["layers"][2]["weight"] = [[4, 8]]
    document = Document.parse(plain)
    assert document.layers[1].weight == document.layers[0].weight
    assert document.layers[0].bias == (0.35, 0.35)
    assert document.layers[0].one_bias
    for again in (Document.parse(document.to_json()), Document.from_link(document.to_link())):
        assert again == document
    assert "weight" not in document.to_json_value()["layers"][1]


def test_ties_chain_through_layers():
    plain = square({"tied_to": 1})
    plain["layers"].insert(2, {"tied_to": 2, "transposed": True, "activation": "relu"})
    document = Document.parse(plain)
    assert document.layers[2].weight == ((1, 3), (2, 4))
    edited = apply(
        document, {"type": "set", "tensor": "weight", "layer": 3, "row": 1, "column": 2, "value": 9}
    ).document
    assert [layer.weight for layer in edited.layers[:3]] == [((1, 2), (9, 4)), ((1, 2), (9, 4)), ((1, 9), (2, 4))]
    assert [use.layer for use in edited.spec.weight_uses(2)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        (square({"tied_to": 2}), "layers[1].tied_to is 2, the layer itself, expected a layer before it"),
        (
            square({"tied_to": 3}),
            "layers[1].tied_to is 3, expected 1 to 1: a layer before layer 2, so that no ties go in a circle",
        ),
        (square({"tied_to": 1}, number=0), "layers[0].tied_to is 1, the layer itself, expected a layer before it"),
        (square({"tied_to": 2}, number=0), "layers[0].tied_to is 2, expected null: no layer is before the first"),
        (square({"tied_to": 0}), "layers[1].tied_to is 0, expected at least 1"),
        (square({"tied_to": "a"}), "layers[1].tied_to is 'a', expected a whole number"),
        (square({"tied_to": True}), "layers[1].tied_to is true, expected a whole number"),
        (square({"tied_to": 1}, number=2), "layers[2].tied_to is 1: its weight is 2 x 2 as it is, expected 1 x 2"),
        (
            square({"tied_to": 1, "weight": [[1, 2], [3, 5]]}),
            "layers[1].weight row 2 column 2 is 5, expected 4 as in layer 1, which it is tied to",
        ),
        (
            square({"tied_to": 1, "transposed": True}),
            "layers[1].weight row 1 column 2 is 2, expected 3 as in layer 1, which it is tied to",
        ),
        (square({"transposed": True}), "layers[1].transposed is true, expected false without tied_to"),
        (square({"transposed": 1}), "layers[1].transposed is 1, expected true or false"),
        (
            square({"one_bias": True}, number=0),
            "layers[0].bias row 2 is 6, expected 5: the layer has one bias for all units",
        ),
        (
            square({"one_bias": True, "bias": None}),
            "layers[1].one_bias is true, expected false: the layer has no bias",
        ),
        (square(ties=5), "ties is 5, expected a list"),
        (
            square(ties=[[[2, 1], [2, 2]]], optimizer="adafactor"),
            "ties are given, expected none: Adafactor steps each weight as a whole matrix, not its places",
        ),
        (square(ties=[[[1, 1, 1]]]), "ties[0] has 1 entries, at least 2 are needed"),
        (square(ties=[[1, 2]]), "ties[0] place 1 is 1, expected a list"),
        (square(ties=[[[1, 1, 1], [2, 1, "a"]]]), "ties[0] place 2 number 3 is 'a', expected a whole number"),
        (square(ties=[[[1, 1, 1], [2, 1, 0]]]), "ties[0] place 2 number 3 is 0, expected at least 1"),
        (square(ties=[[[1, 1, 1], [4, 1, 1]]]), "ties[0] place 2 has layer 4, expected 1 to 3"),
        (square(ties=[[[1, 1, 1], [2, 3, 1]]]), "ties[0] place 2 has row 3, expected 1 to 2 in layer 2"),
        (square(ties=[[[1, 1, 1], [2, 1, 3]]]), "ties[0] place 2 has column 3, expected 1 to 2 in layer 2"),
        (square(ties=[[[1, 1], [2, 3]]]), "ties[0] place 2 has unit 3, expected 1 to 2 in layer 2"),
        (square(ties=[[[1, 1, 1], [2, 1]]]), "ties[0] place 2 is a bias, expected a weight like the first place"),
        (square(ties=[[[1, 1], [2, 1, 1]]]), "ties[0] place 2 is a weight, expected a bias like the first place"),
        (square(ties=[[[1, 1, 1], [2, 1, 2]]]), "ties[0] place 2 holds 2, expected 1 as the first place"),
        (square(ties=[[[1, 1, 1], [1, 1, 1]]]), "ties has [1, 1, 1] twice, expected each place once"),
        (
            square(ties=[[[1, 1, 1], [2, 1, 1]], [[1, 1, 1], [2, 1, 1]]]),
            "ties has [1, 1, 1] in tie 1 too, expected each place once",
        ),
        (
            square({"bias": None}, ties=[[[1, 1], [2, 1]]]),
            "ties[0] place 2 is a bias of layer 2, which has none",
        ),
    ],
)
def test_the_sentence_names_the_place(plain, sentence):
    with pytest.raises(DocumentError) as caught:
        Document.parse(plain)
    assert_one_line(caught.value)
    assert str(caught.value) == sentence


def test_a_tie_that_fits_transposed_says_so():
    plain = square()
    plain["layers"][2] = {"weight": [[0, 0], [0, 0], [0, 0]], "activation": "identity"}
    plain["layers"].append({"weight": [[0, 0, 0], [0, 0, 0]], "activation": "identity", "tied_to": 3})
    plain["target"] = [[0, 0]]
    with pytest.raises(
        DocumentError, match="its weight is 3 x 2 as it is, expected 2 x 3; the other way round it would"
    ):
        Document.parse(plain)


def test_an_edit_of_one_place_changes_all_and_is_one_step_back():
    document = Document.parse(square({"tied_to": 1}, ties=[[[1, 1], [2, 1], [2, 2]]]))
    history = UndoHistory(document)
    edited = apply(document, {"type": "set", "tensor": "bias", "layer": 2, "row": 2, "value": -3}).document
    assert [layer.bias for layer in edited.layers[:2]] == [(-3, 6), (-3, -3)]
    whole = {"type": "set_matrix", "tensor": "weight", "layer": 2, "rows": [[0, 1], [2, 3]]}
    both = apply(edited, whole).document
    assert both.layers[0].weight == both.layers[1].weight == ((0, 1), (2, 3))
    history = history.push(edited).push(both)
    assert history.undo().document == edited
    assert history.undo().undo().document == document


def test_of_several_changed_places_the_first_counts():
    document = Document.parse(square(ties=[[[1, 1, 1], [2, 1, 1]]]))
    rows = [[8, 2], [3, 4]]
    layers = tuple(layer.fields() | {"weight": rows} if at == 1 else layer for at, layer in enumerate(document.layers))
    edited = document.replace(layers=layers)
    assert edited.layers[0].weight[0][0] == edited.layers[1].weight[0][0] == 8


def test_frozen_in_one_place_is_frozen_in_all():
    plain = square({"tied_to": 1, "frozen": ["weight"]})
    document = Document.parse(plain)
    after = apply(document, {"type": "update"}).document
    assert after.layers[0].weight == document.layers[0].weight
    assert after.layers[0].bias != document.layers[0].bias
    free = apply(document, {"type": "set_frozen", "layer": 1, "tensor": "weight", "on": False}).document
    assert free.layers[1].frozen == ()


def test_the_memory_of_the_optimizer_is_one_for_a_tied_number():
    document = Document.parse(square({"tied_to": 1}, optimizer={"key": "sgd", "momentum": 0.9}))
    for _ in range(3):
        document = apply(document, {"type": "update"}).document
    velocity = document.spec.views(document.slots["velocity"])
    assert (velocity[0].weight == velocity[1].weight).all()
    assert document.layers[0].weight == document.layers[1].weight


@pytest.mark.parametrize("key", [key for key, optimizer in OPTIMIZERS.items() if optimizer.combines])
def test_a_whole_shared_matrix_is_stepped_as_one(key):
    """Three steps beside those of one shared weight in PyTorch, where it is transposed the second time."""
    torch = pytest.importorskip("torch")
    weight, x = [[0.3, -0.2, 0.5], [0.1, 0.4, -0.6]], [[1, 2, 3], [0.5, -1, 0]]
    document = Document.parse(
        {
            "layers": [
                {"weight": weight, "bias": 0.2, "activation": "tanh"},
                {"tied_to": 1, "transposed": True, "bias": None, "activation": "identity"},
            ],
            "x": x,
            "target": x,
            "loss": "mse",
            "learning_rate": 0.02,
            "optimizer": key,
            "schedule": {"key": "exponential", "gamma": 0.5},
        }
    )
    shared, bias = (torch.tensor(each, dtype=torch.float64, requires_grad=True) for each in (weight, [0.2]))
    leaves = [shared, bias]
    optimizer = OPTIMIZERS[key]
    theirs = optimizer_class(optimizer)(leaves, **optimizer.torch_arguments | {"lr": 0.02})
    inputs = torch.tensor(x, dtype=torch.float64)
    for number in range(3):
        theirs.param_groups[0]["lr"] = 0.02 * 0.5**number
        theirs.zero_grad()
        torch.nn.functional.mse_loss(torch.tanh(inputs @ shared.t() + bias) @ shared, inputs).backward()
        assert check(document.trace(), document.next_step).ok
        document = apply(document, {"type": "update"}).document
        theirs.step()
        assert document.layers[0].weight == tuple(zip(*document.layers[1].weight, strict=True))
        assert document.layers[0].weight == pytest.approx(np.array(shared.tolist()), rel=1e-9)
        assert document.layers[0].bias == pytest.approx([bias.item()] * 2, rel=1e-9)


def test_a_penalty_counts_a_tied_number_once():
    document = Document.parse(square({"tied_to": 1}, penalty={"key": "l2", "strength": 1}))
    assert document.penalty_value == (1 + 4 + 9 + 16 + 49 + 64) / 2
    step = document.next_step
    assert step.penalty_grad[0] == 1
