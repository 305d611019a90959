"""A moment of a training opens as a landscape, with the training's own way over it."""

import numpy as np
import pytest

from mlpviz.app.page import HandOver
from mlpviz.app.visitor import Visitor
from mlpviz.exploration.data_files import traces_of
from mlpviz.hosts.pages import PAGES
from mlpviz.landscape_page.networks import network_of
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.runs.curves import COLUMNS
from mlpviz.train_page.to_landscape import moment_of
from tests.support.small_runs import setup_of


def sent(visitor, number, *events, page="train"):
    return visitor.handle({"page": page, "sequence": number, "events": list(events)})


def test_the_shown_moment_opens_with_its_data_and_the_main_directions_of_its_way():
    visitor = Visitor(PAGES)
    visitor.visit("train", {})
    sent(visitor, 1, {"type": "epochs", "count": 6})
    run = visitor.sessions["train"].run
    while run.status == "running":
        run.advance(1.0, until=6)
    sent(visitor, 2, {"type": "travel", "epoch": 4})
    shown, sets = run.state(0).checkpoint, run.members[0].sets.train
    answer = sent(visitor, 3, {"type": "to_landscape"})
    assert (answer["go"], answer["said"]["error"]) == ("landscape", None)
    state = visitor.visit("landscape", {})["state"]
    texts = {item["key"]: item["text"] for item in state["settings"]}
    assert (texts["show"], texts["network"], texts["plane"]) == ("plane", "training", "main")
    session = visitor.sessions["landscape"]
    network = network_of(session.values, session.subject)
    np.testing.assert_array_equal(network.objective.start, shown.params)
    np.testing.assert_array_equal(network.trace.x, sets.x)
    assert network.run.shape == (7, len(shown.params))
    np.testing.assert_array_equal(network.run[4], shown.params)
    np.testing.assert_array_equal(network.run[0], run.members[0].params)
    # the way is drawn where its points fall on the plane, the moment is its middle
    way = traces_of(session.made().figures["above"])["the training"]
    assert len(way["x"]) == 7
    np.testing.assert_allclose([way["x"][4], way["y"][4]], 0, atol=1e-9)
    assert np.abs(way["x"]).max() > 0.01
    said = str(session.made().figures["above"].text)
    assert "% of the motion of the training lie in this plane" in said
    assert "at epoch 4, step" in said
    # the network of the sheet is there beside it, also after the page was left
    visitor.visit("sheet", {})
    visitor.visit("landscape", {})
    assert [key for key, _ in session.settings[1].options] == ["moons", "sheet", "training"]
    np.testing.assert_allclose(moment_of(run).trace.loss, shown.row[COLUMNS.index("train_loss")], rtol=1e-6)


def test_a_training_of_more_layers_than_the_sheet_has_room_for_opens_too():
    layers = [{"units": 2, "activation": "tanh"}] * 35 + [{"units": None, "activation": "identity"}]
    visitor = Visitor(PAGES)
    visitor.visit("train", {"t": setup_of(layers=layers, epochs=0).to_link()})
    answer = sent(visitor, 1, {"type": "to_landscape"})
    assert (answer["go"], answer["said"]["error"]) == ("landscape", None)
    answer = visitor.visit("landscape", {})
    assert answer["said"]["error"] is None
    session = visitor.sessions["landscape"]
    assert len(network_of(session.values, session.subject).spec.layers) == 36
    with pytest.raises(ValueError, match="there is no network for sheet"):
        PAGES["sheet"].take(visitor.sessions["sheet"], HandOver("sheet", None, moment=session.subject.moment))


def test_a_network_that_a_plane_has_no_room_for_is_refused():
    def run_of(units):
        layers = [{"units": units, "activation": "tanh"}, {"units": None, "activation": "identity"}]
        return Run.of(setup_of(layers=layers))

    assert moment_of(run_of(1_249)).trace.spec.size == 4_997
    with pytest.raises(DocumentError, match="has 5,001 parameters; the landscape is for networks of up to 5,000"):
        moment_of(run_of(1_250))
