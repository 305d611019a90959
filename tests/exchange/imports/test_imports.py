"""Every saved network gives the numbers of its own tool; what cannot be read is refused in one sentence."""

import io
import json
import pickle
import zipfile

import numpy as np
import openpyxl
import pytest
import torch

from mlpviz.exchange.imports import IMPORTS, ForeignFile, read_network
from mlpviz.exchange.imports.foreign import Import
from mlpviz.network import Document, DocumentError
from mlpviz.verify.report import check
from tests.support.foreign_models import SCALED_ELSEWHERE, foreign, output_of, saved_models

SAVED = saved_models()
named = pytest.mark.parametrize("saved", SAVED, ids=lambda each: f"{each.folder}-{each.file}")


@named
def test_the_outputs_are_those_of_the_tool(saved):
    network = read_network(saved.foreign, saved.answers)
    x, expected = saved.inputs(), saved.outputs()
    if saved.file in SCALED_ELSEWHERE:
        low, high = (np.array(saved.net[name], float) for name in ("xmin", "xmax"))
        x = (2 * (np.array(x) - low) / (high - low) - 1).tolist()
        low, high = saved.net["tmin"], saved.net["tmax"]
        expected = 2 * (expected - low) / (high - low) - 1
    found = output_of(network.document, x)
    if found.shape[1] == 1 and expected.shape[1] == 2:  # the tool prints 1 - p and p
        expected = expected[:, 1:]
        two = read_network(saved.foreign, {"outputs": "two"}).document
        np.testing.assert_allclose(output_of(two, x), saved.outputs(), rtol=0, atol=saved.tolerance())
    np.testing.assert_allclose(found, expected, rtol=0, atol=saved.tolerance())


@named
def test_what_is_opened_can_be_checked_saved_and_opened_again(saved):
    document = read_network(saved.foreign, saved.answers).document
    assert Document.parse(document.to_json()) == document
    if document.widths[0] <= 4:
        assert check(document.trace(), document.next_step).ok


@named
def test_what_was_understood_is_said(saved):
    network = read_network(saved.foreign, saved.answers)
    assert network.tool in {entry.label for entry in IMPORTS.values()}
    assert sum(sentence.startswith("Layer ") for sentence in network.understood) == len(network.document.layers)
    assert all(sentence.endswith(".") for sentence in (*network.understood, *network.left_out))
    for guess in network.guesses:
        assert guess.question.endswith("?") or "? " in guess.question
        assert guess.chosen in guess.choices


def test_every_format_has_a_saved_network():
    read = {next(entry.key for entry in IMPORTS.values() if entry.recognises(each.foreign)) for each in SAVED}
    assert read | {"numpy_arrays"} == set(IMPORTS)


def test_every_guess_can_be_changed():
    saved = next(each for each in SAVED if each.folder == "torch_pt")
    network = read_network(saved.foreign)
    for guess in network.guesses:
        for choice in guess.choices:
            if guess.key == "loss" and choice not in ("mse", "mae"):
                continue
            changed = read_network(saved.foreign, {guess.key: choice})
            assert next(each for each in changed.guesses if each.key == guess.key).chosen == choice


def test_answers_that_are_no_choice_are_refused():
    saved = next(each for each in SAVED if each.folder == "torch_pt")
    with pytest.raises(DocumentError, match="activation after 0 is 'warp', expected one of identity, relu"):
        read_network(saved.foreign, {"activation after 0": "warp"})
    with pytest.raises(
        DocumentError, match="nothing is asked under 'colour'; this file leaves open: activation after 0"
    ):
        read_network(saved.foreign, {"colour": "red"})


def test_keras_weights_alone_ask_for_the_activations():
    file = foreign("keras3", "seq_tanh_softmax.weights.h5")
    alone = ForeignFile(file.name, file.content)
    answers = {"activation after 0_dense": "tanh", "activation after 1_dense_1": "softmax"}
    saved = next(each for each in SAVED if each.file == "seq_tanh_softmax.keras")
    found = output_of(read_network(alone, answers).document, saved.inputs())
    np.testing.assert_allclose(found, saved.outputs(), rtol=0, atol=1e-7)


# --- arrays without an architecture ---


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return ForeignFile("w.npz", buffer.getvalue())


@pytest.mark.parametrize("transposed", [False, True])
def test_numpy_arrays_are_turned_as_their_shapes_say(transposed):
    rng = np.random.default_rng(0)
    first, second, b1, b2 = rng.normal(size=(4, 2)), rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=3)
    turn = np.transpose if transposed else np.asarray
    document = read_network(npz(W1=turn(first), b1=b1, W2=turn(second), b2=b2)).document
    x = rng.normal(size=(5, 2))
    expected = np.maximum(x @ first.T + b1, 0) @ second.T + b2
    np.testing.assert_allclose(output_of(document, x.tolist()), expected, rtol=1e-12)


def test_square_weights_are_asked():
    square = np.arange(4.0).reshape(2, 2)
    guess = next(each for each in read_network(npz(W1=square)).guesses if each.key == "rows")
    assert set(guess.choices) == {"units", "inputs"}
    turned = read_network(npz(W1=square), {"rows": "inputs"}).document
    assert turned.layers[0].weight == ((0.0, 2.0), (1.0, 3.0))


def test_biases_in_the_first_column_of_theta():
    rng = np.random.default_rng(1)
    theta1, theta2 = rng.normal(size=(3, 3)), rng.normal(size=(1, 4))
    answers = {"activation of layer 1": "sigmoid", "activation of layer 2": "sigmoid"}
    document = read_network(npz(Theta1=theta1, Theta2=theta2), answers).document
    assert document.widths == (2, 3, 1)
    np.testing.assert_array_equal(np.array(document.layers[0].bias), theta1[:, 0])


# --- state dicts ---


def pt(value, name="net.pt"):
    buffer = io.BytesIO()
    torch.save(value, buffer)
    return ForeignFile(name, buffer.getvalue())


def test_batch_norm_and_layer_norm_of_a_state_dict():
    torch.manual_seed(0)
    net = torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU(), torch.nn.Linear(4, 4), torch.nn.LayerNorm(4),
        torch.nn.ReLU(), torch.nn.Linear(4, 2),
    ).double()  # fmt: skip
    with torch.no_grad():
        for _ in range(3):
            net(torch.randn(8, 3, dtype=torch.float64))
    net.eval()
    x = torch.randn(5, 3, dtype=torch.float64)
    document = read_network(pt(net.state_dict())).document
    np.testing.assert_allclose(output_of(document, x.tolist()), net(x).detach().numpy(), rtol=1e-12)


def test_named_layers_are_ordered_by_their_widths():
    torch.manual_seed(0)
    tensors = {
        "out.weight": torch.randn(1, 5),
        "out.bias": torch.randn(1),
        "inner.weight": torch.randn(5, 3),
        "inner.bias": torch.randn(5),
    }
    assert read_network(pt(tensors)).document.widths == (3, 5, 1)


class Unexpected:
    def __reduce__(self):
        return (print, ("read",))


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (pt({"net": Unexpected()}), "holds Python objects besides numbers"),
        (pt({"epoch": 3}), "holds no state dict"),
        (pt({"0.weight": torch.zeros(2, 2, 3, 3)}), "no weight with two dimensions"),
        (pt({"0.weight": torch.zeros(2, 3), "1.weight": torch.zeros(2, 5)}), "layer 2 reads 5 numbers"),
        (pt({"0.weight": torch.full((2, 2), torch.nan)}), "has infinity or NaN in it"),
        (pt({"0.in_proj_weight": torch.zeros(6, 2)}), "is no weight or bias of a dense layer or norm"),
        (ForeignFile("old.pt", pickle.dumps({"a": 1})), "form of PyTorch before 1.6 or damaged"),
        (ForeignFile("w.npy", np.array([{"a": 1}], dtype=object).dumps()), "is a pickle, which could run any code"),
        (ForeignFile("readme.txt", b"hello"), "is in no format that is read here"),
        (ForeignFile("m.json", b'{"weightsManifest": [{"paths": ["a.bin"], "weights": []}]}'), "choose both files"),
        (npz(a=np.zeros(3)), "has no matrix of weights"),
    ],
)  # fmt: skip
def test_refusals_say_what_is_wrong(file, message, capsys):
    with pytest.raises(DocumentError, match=message) as raised:
        read_network(file)
    assert "\n" not in str(raised.value)
    assert capsys.readouterr().out == ""


def test_external_entities_and_bombs_are_refused():
    entity = b'<?xml version="1.0"?><!DOCTYPE PMML [<!ENTITY a "b">]><PMML><NeuralNetwork>&a;</NeuralNetwork></PMML>'
    with pytest.raises(DocumentError, match="without document types and entities"):
        read_network(ForeignFile("a.pmml", entity))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b" " * 70_000_000)
    with pytest.raises(DocumentError, match=r"unpacks to more than 64 MB"):
        read_network(ForeignFile("a.keras", buffer.getvalue()))


def test_the_svm_of_convnetjs_is_the_multi_class_hinge():
    saved = foreign("convnetjs", "softmax_tanh_relu.json")
    network = read_network(ForeignFile("svm.json", saved.content.replace(b'"softmax"', b'"svm"')))
    loss = network.document.spec.loss
    assert loss.key == "multi_margin"
    assert network.document.target == (0,)
    assert "Loss: multi-class hinge." in network.understood
    scores = network.document.trace().output[0]
    theirs = np.maximum(0.0, scores - scores[0] + 1.0).sum()  # as `forward` of its SVMLayer, the class itself too
    assert loss.configure(reduction="mean_of_sums").terms(scores, np.eye(3)[0]).sum() + 1.0 == pytest.approx(theirs)


def test_records_are_complete():
    for entry in IMPORTS.values():
        assert isinstance(entry, Import)
        assert entry.sentence.endswith(".")
        assert all(suffix.startswith(".") for suffix in entry.suffixes)


def test_a_document_of_ours_is_no_foreign_file():
    text = json.dumps(
        {"version": 1, "layers": [{"weight": [[1]], "activation": "relu"}], "x": [[1]], "target": [[0]], "loss": "mse"}
    )
    with pytest.raises(DocumentError, match="in no format"):
        read_network(ForeignFile("ours.json", text.encode()))


def test_the_sheet_of_a_workbook_can_be_chosen():
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["a network"])
    for name, scale in (("First", 1), ("Second", 10)):
        sheet = book.create_sheet(name)
        for row in ([1 * scale, 2, 3], [4, 5, 6], [], [7, 8, 9]):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    file = ForeignFile("two.xlsx", out.getvalue())
    network = read_network(file)
    (guess,) = (each for each in network.guesses if each.key == "sheet")
    assert (guess.chosen, list(guess.choices)) == ("First", ["Notes", "First", "Second"])
    assert network.document.layers[0].weight[0] == (1, 2)
    assert read_network(file, {"sheet": "Second"}).document.layers[0].weight[0] == (10, 2)
    with pytest.raises(DocumentError, match="has no block of numbers that could be weights"):
        read_network(file, {"sheet": "Notes"})


W1, B1, W2, B2 = np.arange(20.0).reshape(5, 4), np.arange(5.0), np.arange(10.0).reshape(2, 5), np.array([7.0, 8.0])


@pytest.mark.parametrize(
    "arrays",
    [
        {"W1": W1, "b1": B1, "W2": W2, "b2": B2, "X": np.ones((3, 4)), "y": np.ones((3, 2))},
        {"w_hidden": W1, "b_hidden": B1, "w_out": W2, "b_out": B2},
        {"hidden_weights": W1, "hidden_bias": B1, "out_weights": W2, "out_bias": B2},
        {"W1": np.c_[W1, B1], "W2": np.c_[W2, B2]},
    ],
    ids=lambda arrays: " ".join(arrays),
)
def test_arrays_find_their_biases_and_leave_samples_out(arrays):
    network = read_network(npz(**arrays))
    found = [(layer.weight, layer.bias) for layer in network.document.layers]
    expected = [(tuple(map(tuple, weight.tolist())), tuple(bias.tolist())) for weight, bias in ((W1, B1), (W2, B2))]
    assert found == expected
    left_out = [sentence for sentence in network.left_out if "belongs to no layer" in sentence]
    assert len(left_out) == 2 * ("X" in arrays)
