"""What one message of the browser does to a session: places as on screen for edits, as in the file for files."""

import json

import pytest

from mlpviz.content.presets import PRESETS
from mlpviz.edits import History
from mlpviz.ui.session import Session

SEVEN = PRESETS["seven_layers"].document


def session():
    return Session(History(SEVEN), SEVEN)


def told(event):
    one = session()
    one.receive({"sequence": 1, "edits": [event], "view": "layer.3.1"})
    assert one.document == SEVEN
    assert one.version == 0
    assert one.acknowledged == 1
    return one.error


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            {"type": "set", "tensor": "x", "layer": None, "row": 2, "column": 3, "value": "abc"},
            "x of input 3, sample 2 is 'abc', expected a number",
        ),
        (
            {"type": "paste", "tensor": "x", "layer": None, "text": "1 2", "transposed": True},
            "the matrix has 1 input for 2 samples, x needs 3 inputs",
        ),
        ({"type": "set_learning_rate", "value": -1}, "the learning rate η is -1, expected at least 0"),
    ],
)
def test_a_refused_edit_names_the_place_on_screen(event, sentence):
    assert told(event) == f"Not changed: {sentence}"


def test_an_opened_file_names_the_place_in_the_file():
    found = json.loads(SEVEN.to_json())
    found["layers"][2]["weight"][0] = [1, 2, 3]
    said = told({"type": "open", "text": json.dumps(found)})
    assert said == "Not changed: layers[2].weight row 1 has 3 numbers, expected 2"


@pytest.mark.parametrize("message", [{}, {"edits": None}, {"edits": [None, 3, {}]}, {"sequence": "x", "view": 5}])
def test_a_damaged_message_changes_nothing(message):
    one = session()
    one.receive(message)
    assert one.document == SEVEN
    assert one.view == ""


def test_one_refused_edit_does_not_keep_back_the_others():
    one = session()
    good = {"type": "set_learning_rate", "value": 0.5}
    one.receive({"sequence": 4, "edits": [good, {"type": "set_learning_rate", "value": "x"}]})
    assert one.document.learning_rate == 0.5
    assert one.error is not None
    one.receive({"sequence": 5, "edits": [{"type": "undo"}]})
    assert (one.document, one.error) == (SEVEN, None)
