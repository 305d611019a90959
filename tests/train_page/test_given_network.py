"""A training from a given network: that of the score sheet, by a button of the training page, or one in a file."""

import base64

import numpy as np

from mlpviz.app.visitor import Visitor
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES
from mlpviz.network.edits import apply

AUTOENCODER = PRESETS["tied_autoencoder"].document


def visitor():
    return Visitor(PAGES)


def ask(one, page, *events):
    return one.handle({"page": page, "events": list(events)})


def test_the_button_begins_with_the_network_on_the_sheet_now():
    one = visitor()
    one.visit("sheet", {"d": AUTOENCODER.to_link()})
    ask(one, "sheet", {"type": "set", "tensor": "weight", "layer": 2, "row": 1, "column": 1, "value": 0.75})
    one.visit("train", {})
    said = ask(one, "train", {"type": "from_sheet"})["said"]
    assert said["error"] is None
    assert said["notice"].startswith("The network of the score sheet, with its weights")
    session = one.sessions["train"]
    assert session.lent is None
    config = session.config
    assert (config.layers[1].tied_to, config.layers[1].transposed) == (1, True)
    assert session.run.members[0].params[0] == 0.75
    edited = one.sessions["sheet"].document
    ask(one, "train", {"type": "step"})
    ask(one, "train", {"type": "tick"})
    after = apply(edited, {"type": "update"}).document
    assert np.allclose(session.run.state(0).checkpoint.params, after.params, rtol=1e-13, atol=1e-15)


def test_a_visitor_who_never_saw_the_sheet_gets_its_first_network():
    one = visitor()
    one.visit("train", {})
    assert ask(one, "train", {"type": "from_sheet"})["said"]["error"] is None
    assert one.sessions["train"].run.members[0].spec.slots == one.sessions["sheet"].document.spec.slots


def upload(one, content):
    piece = {"purpose": "network", "name": "mine.json", "size": len(content), "at": 0}
    return ask(one, "train", {"type": "upload_piece", **piece, "bytes": base64.b64encode(content).decode()})


def test_a_network_file_begins_a_training():
    one = visitor()
    one.visit("train", {})
    said = upload(one, AUTOENCODER.to_json().encode())["said"]
    assert said["notice"].startswith("The network in mine.json, with its weights")
    assert np.array_equal(one.sessions["train"].run.members[0].params, AUTOENCODER.params)
    before = one.sessions["train"].run
    said = upload(one, b'{"layers": []}')["said"]
    assert said["error"] == "Not done: the network in mine.json: layers is empty"
    assert one.sessions["train"].run is before


def test_what_an_update_leaves_alone_comes_from_the_sheet_and_goes_back():
    one = visitor()
    frozen = AUTOENCODER
    for event in (
        {"type": "set_frozen", "layer": 1, "tensor": "bias", "on": True},
        {"type": "set_layer_rate", "layer": 2, "value": 0.03},
        {"type": "set_one_bias", "layer": 1, "on": True},
        {"type": "set_penalty", "key": "l2"},
        {"type": "penalize_biases", "on": True},
        {"type": "tie_numbers", "first": ["bias", 2, 1], "second": ["bias", 2, 2]},
    ):
        frozen = apply(frozen, event).document
    one.visit("sheet", {"d": frozen.to_link()})
    one.visit("train", {})
    ask(one, "train", {"type": "from_sheet"}, {"type": "step"})
    ask(one, "train", {"type": "tick"})
    trained = one.sessions["train"].run.state(0).checkpoint.params
    once = apply(frozen, {"type": "update"}).document
    assert np.allclose(trained, once.params, rtol=1e-13, atol=1e-15)
    ask(one, "train", {"type": "to_sheet", "row": None})
    back = one.sessions["sheet"].document
    assert [layer.frozen for layer in back.layers] == [layer.frozen for layer in frozen.layers]
    assert (back.ties, back.penalty, back.penalize_biases) == (frozen.ties, frozen.penalty, True)
    assert [layer.learning_rate for layer in back.layers] == [None, 0.03]
    assert np.allclose(
        back.next_step.new_params, apply(once, {"type": "update"}).document.params, rtol=1e-13, atol=1e-15
    )
