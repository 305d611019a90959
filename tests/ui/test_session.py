"""What one message of the browser does to a session: places as on screen for edits, as in the file for files."""

import json

import pytest

from mlpviz.content.presets import PRESETS
from mlpviz.content.standstill import standstill_sentence
from mlpviz.edits import History
from mlpviz.ui.session import Session
from mlpviz.ui.step_through import scene_data

SEVEN = PRESETS["seven_layers"].document


def session():
    return Session(History(SEVEN), SEVEN)


def told(event):
    one = session()
    one.receive({"sequence": 1, "edits": [event], "view": "layer.3.1"})
    assert one.document.to_json() == SEVEN.to_json()
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
    assert one.document.to_json() == SEVEN.to_json()
    assert one.view == ""


def test_an_update_that_stops_learning_says_so():
    one = session()
    one.receive({"edits": [{"type": "set_learning_rate", "value": 0.01}]})
    one.receive({"edits": [{"type": "update", "times": 1}]})
    assert str(one.notice) == (
        "The loss went from 4 to 202 and every gradient is now 0: no further update changes anything. "
        "The step was too long: undo it and try a smaller learning rate."
    )
    one.receive({"edits": [{"type": "update", "times": 1}]})
    assert one.notice is None, "said once"
    one.receive({"edits": [{"type": "undo"}, {"type": "undo"}, {"type": "set_learning_rate", "value": 1e-6}]})
    one.receive({"edits": [{"type": "update", "times": 1}]})
    assert one.notice is None


def test_a_standstill_is_no_bad_news_where_the_loss_is_0():
    before = PRESETS["mazur"].document
    perfect = before.replace(target=tuple(map(tuple, before.trace().output.tolist())))
    assert not perfect.trace().grad.any()
    assert standstill_sentence(before.trace(), perfect.trace()) is None


def test_one_refused_edit_does_not_keep_back_the_others():
    one = session()
    good = {"type": "set_learning_rate", "value": 0.5}
    one.receive({"sequence": 4, "edits": [good, {"type": "set_learning_rate", "value": "x"}]})
    assert one.document.learning_rate == 0.5
    assert one.error is not None
    one.receive({"sequence": 5, "edits": [{"type": "undo"}]})
    assert (one.document.to_json(), one.error) == (SEVEN.to_json(), None)


def test_a_question_keeps_what_was_said_and_is_answered_once():
    one = session()
    one.receive({"edits": [{"type": "set_learning_rate", "value": -1}]})
    said = one.error
    assert said
    one.receive({"edits": [{"type": "explain", "cards": ["loss", "secrets", 3], "focus": "loss 7 1 1", "sample": 2}]})
    assert one.error == said
    assert one.question == (("loss",), "loss 7 1 1", None, 2)
    assert str(scene_data(one)["answers"]["cards"]["loss"]["total"]) == "L = 8 / 2 = 4"
    one.receive({"edits": [{"type": "explain", "cards": "loss", "focus": {"a": 1}, "sample": "x"}]})
    assert one.question == ((), None, None, 1)
    one.receive({"edits": [{"type": "set_learning_rate", "value": 0.5}]})
    assert one.error is None
    assert "answers" not in scene_data(one)


def test_a_message_that_comes_twice_is_carried_out_once():
    one = session()
    message = {"sequence": 1, "edits": [{"type": "update", "times": 1}]}
    one.receive(message)
    once, notice = one.document.to_json(), one.notice
    assert (once, notice) != (SEVEN.to_json(), None)
    one.receive(message)
    assert (one.document.to_json(), one.notice) == (once, notice)
    one.receive({"sequence": 2, "edits": [{"type": "undo"}]})
    assert one.document.to_json() == SEVEN.to_json()


WEIGHT = {"type": "set", "tensor": "weight", "layer": 3, "row": 2, "column": 2}


def review(one):
    one.receive({"edits": [{"type": "review"}]})
    return scene_data(one)["review"]


def test_a_drag_is_reviewed_against_the_state_before_it():
    one = session()
    assert review(one)["edit"] is None
    for value in (-1.5, -1.8, -2):
        one.receive({"edits": [WEIGHT | {"value": value, "gesture": "g"}]})
    assert str(review(one)["edit"]["title"]) == "W 2,2 of layer 3: −1 → −2"
    assert "review" not in scene_data(session())
    one.receive({"edits": [WEIGHT | {"value": -1, "gesture": "g"}]})
    assert review(one)["edit"] is None, "dragged back to where it began"


def test_undo_redo_and_several_updates_are_reviewed_as_one_step_each():
    one = session()
    one.receive({"edits": [WEIGHT | {"value": -2}, {"type": "undo"}]})
    assert str(review(one)["edit"]["title"]) == "W 2,2 of layer 3: −2 → −1"
    one.receive({"edits": [{"type": "redo"}]})
    assert str(review(one)["edit"]["title"]) == "W 2,2 of layer 3: −1 → −2"
    one.receive({"edits": [{"type": "set_learning_rate", "value": 1e-4}]})
    before = one.document
    one.receive({"edits": [{"type": "update", "times": 3}]})
    found = review(one)["edit"]
    assert str(found["title"]).endswith(" weights")
    assert str(found["loss"][0]) == "10"
    assert one.history.before is before


def test_another_document_is_no_edit_of_the_one_before():
    one = session()
    one.receive({"edits": [WEIGHT | {"value": -2}, {"type": "preset", "key": "xor"}]})
    assert review(one)["edit"] is None
    assert one.history.past
    one.receive({"edits": [{"type": "undo"}, {"type": "undo"}]})
    assert one.document.to_json() == SEVEN.to_json()


def test_a_remedy_is_an_edit_like_any_other():
    one = session()
    (finding,) = review(one)["wrong"]
    one.receive({"edits": [finding["remedy"]["event"]]})
    assert one.error is None
    assert review(one)["wrong"] == []
    one.receive({"edits": [{"type": "undo"}]})
    assert review(one)["wrong"] == [finding]


def test_a_review_keeps_what_was_said():
    one = session()
    one.receive({"edits": [{"type": "set_learning_rate", "value": -1}]})
    said = one.error
    assert said
    review(one)
    assert one.error == said


def test_only_what_the_person_did_is_answered_anew():
    one = session()
    bad = {"type": "set_learning_rate", "value": -1}
    for sequence, (event, said) in enumerate(
        [(bad, 1), ({"type": "explain"}, 1), ({"type": "review"}, 1), (bad, 2)], 1
    ):
        one.receive({"sequence": sequence, "edits": [event], "view": ""})
        assert scene_data(one)["said"] == said
        assert one.error == "Not changed: the learning rate η is -1, expected at least 0"
