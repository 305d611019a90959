"""What one message of the browser does to a session: places as on screen for edits, as in the file for files."""

import json

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.problems.step import standstill_sentence
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession

SEVEN = PRESETS["seven_layers"].document


def session():
    return SheetSession.of(SEVEN)


def receive(one, message):
    """Answer a message; the state in the answer."""
    return SHEET.handle(one, message)["state"]


def told(event):
    one = session()
    version = one.version
    receive(one, {"sequence": 1, "events": [event], "view": "layer.3.1"})
    assert one.document.to_json() == SEVEN.to_json()
    assert one.version == version
    assert one.acknowledged == 1
    return one.said.error


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


def test_what_is_offered_is_done_by_one_event_and_undone_by_one():
    one = session()
    paste = {"type": "paste", "tensor": "x", "layer": None, "text": "3 4 5\n5 4 3", "transposed": True}
    said = SHEET.handle(one, {"sequence": 1, "events": [paste]})["said"]
    assert said["error"].endswith("transposed it would fit")
    assert said["offer"] == "Transpose it"
    receive(one, {"events": [{"type": "review"}]})
    said = SHEET.handle(one, {"sequence": 2, "events": [{"type": "accept"}]})["said"]
    assert (said["error"], said["offer"]) == (None, None)
    assert one.document.x == ((3, 4, 5), (5, 4, 3))
    receive(one, {"sequence": 3, "events": [{"type": "undo"}]})
    assert one.document.to_json() == SEVEN.to_json()
    said = SHEET.handle(one, {"sequence": 4, "events": [{"type": "accept"}]})["said"]
    assert said["error"] == "Not changed: what was offered is gone; please do it again"


def test_a_file_in_the_other_orientation_is_offered_so():
    one = session()
    keras = json.loads(SEVEN.to_json())
    for layer in keras["layers"]:
        layer["weight"] = [list(column) for column in zip(*layer["weight"], strict=True)]
    said = SHEET.handle(one, {"sequence": 1, "events": [{"type": "open", "text": json.dumps(keras)}]})["said"]
    assert said["error"].endswith("; with every weight transposed it would fit")
    assert said["offer"] == "Transpose the weights"
    receive(one, {"sequence": 2, "events": [{"type": "set_name", "name": "x"}, {"type": "accept"}]})
    assert one.document.layers == SEVEN.layers


@pytest.mark.parametrize("message", [{}, {"events": None}, {"events": [None, 3, {}]}, {"sequence": "x", "view": 5}])
def test_a_damaged_message_changes_nothing(message):
    one = session()
    view = one.view
    receive(one, message)
    assert one.document.to_json() == SEVEN.to_json()
    assert one.view == view


def test_an_update_that_stops_learning_says_so():
    one = session()
    receive(one, {"events": [{"type": "set_learning_rate", "value": 0.01}]})
    receive(one, {"events": [{"type": "update", "times": 1}]})
    assert one.said.notice is None, "the sheet still hides its losses and gradients"
    receive(one, {"events": [{"type": "undo"}, {"type": "update", "times": 1}], "view": "layer.37.1"})
    assert str(one.said.notice) == (
        "The loss went from 4 to 202 and every gradient is now 0: no further update changes anything. "
        "The step was too long: undo it and try a smaller learning rate."
    )
    receive(one, {"events": [{"type": "update", "times": 1}]})
    assert one.said.notice is None, "said once"
    receive(one, {"events": [{"type": "undo"}, {"type": "undo"}, {"type": "set_learning_rate", "value": 1e-6}]})
    receive(one, {"events": [{"type": "update", "times": 1}]})
    assert one.said.notice is None


def test_a_standstill_is_no_bad_news_where_the_loss_is_0():
    before = PRESETS["mazur"].document
    perfect = before.replace(target=tuple(map(tuple, before.trace().output.tolist())))
    assert not perfect.trace().grad.any()
    assert standstill_sentence(before.trace(), perfect.trace()) is None


def test_one_refused_edit_does_not_keep_back_the_others():
    one = session()
    good = {"type": "set_learning_rate", "value": 0.5}
    receive(one, {"sequence": 4, "events": [good, {"type": "set_learning_rate", "value": "x"}]})
    assert one.document.learning_rate == 0.5
    assert one.said.error is not None
    receive(one, {"sequence": 5, "events": [{"type": "undo"}]})
    assert (one.document.to_json(), one.said.error) == (SEVEN.to_json(), None)


def test_a_question_keeps_what_was_said_and_is_answered_once():
    one = session()
    receive(one, {"events": [{"type": "set_learning_rate", "value": -1}]})
    said = one.said.error
    assert said
    event = {"type": "explain", "cards": ["loss", "secrets", 3], "focus": "loss 7 1 1", "sample": 2}
    state = receive(one, {"events": [event]})
    assert one.said.error == said
    assert one.question == (("loss",), "loss 7 1 1", None, 2)
    assert str(state["answers"]["cards"]["loss"]["total"]) == "L = 8 / 2 = 4"
    receive(one, {"events": [{"type": "explain", "cards": "loss", "focus": {"a": 1}, "sample": "x"}]})
    assert one.question == ((), None, None, 1)
    state = receive(one, {"events": [{"type": "set_learning_rate", "value": 0.5}]})
    assert one.said.error is None
    assert "answers" not in state


def test_a_message_that_comes_twice_is_carried_out_once():
    one = session()
    message = {"sequence": 1, "events": [{"type": "update", "times": 1}]}
    receive(one, message)
    once, notice = one.document.to_json(), one.said.notice
    assert (once, notice) != (SEVEN.to_json(), None)
    receive(one, message)
    assert (one.document.to_json(), one.said.notice) == (once, notice)
    receive(one, {"sequence": 2, "events": [{"type": "undo"}]})
    assert one.document.to_json() == SEVEN.to_json()


WEIGHT = {"type": "set", "tensor": "weight", "layer": 3, "row": 2, "column": 2}


def review(one):
    return receive(one, {"events": [{"type": "review"}]})["review"]


def test_a_drag_is_reviewed_against_the_state_before_it():
    one = session()
    assert review(one)["edit"] is None
    for value in (-1.5, -1.8, -2):
        receive(one, {"events": [WEIGHT | {"value": value, "gesture": "g"}]})
    assert str(review(one)["edit"]["title"]) == "W 2,2 of layer 3: −1 → −2"
    assert "review" not in receive(session(), {})
    receive(one, {"events": [WEIGHT | {"value": -1, "gesture": "g"}]})
    assert review(one)["edit"] is None, "dragged back to where it began"


def test_undo_redo_and_several_updates_are_reviewed_as_one_step_each():
    one = session()
    receive(one, {"events": [WEIGHT | {"value": -2}, {"type": "undo"}]})
    assert str(review(one)["edit"]["title"]) == "W 2,2 of layer 3: −2 → −1"
    receive(one, {"events": [{"type": "redo"}]})
    assert str(review(one)["edit"]["title"]) == "W 2,2 of layer 3: −1 → −2"
    receive(one, {"events": [{"type": "set_learning_rate", "value": 1e-4}]})
    before = one.document
    receive(one, {"events": [{"type": "update", "times": 3}]})
    found = review(one)["edit"]
    assert str(found["title"]).endswith(" weights")
    assert str(found["loss"][0]) == "10"
    assert one.history.before is before


def test_another_document_is_no_edit_of_the_one_before():
    one = session()
    receive(one, {"events": [WEIGHT | {"value": -2}, {"type": "preset", "key": "xor"}]})
    assert review(one)["edit"] is None
    assert one.history.past
    receive(one, {"events": [{"type": "undo"}, {"type": "undo"}]})
    assert one.document.to_json() == SEVEN.to_json()


def test_a_remedy_is_an_edit_like_any_other():
    one = session()
    receive(one, {"events": [{"type": "set_learning_rate", "value": 0.01}]})
    (finding,) = review(one)["wrong"]
    receive(one, {"events": [finding["remedy"]["event"]]})
    assert one.said.error is None
    assert review(one)["wrong"] == []
    receive(one, {"events": [{"type": "undo"}]})
    assert review(one)["wrong"] == [finding]


def test_a_review_keeps_what_was_said():
    one = session()
    receive(one, {"events": [{"type": "set_learning_rate", "value": -1}]})
    said = one.said.error
    assert said
    review(one)
    assert one.said.error == said


def test_only_what_the_person_did_is_answered_anew():
    one = session()
    first = one.said.number
    bad = {"type": "set_learning_rate", "value": -1}
    for sequence, (event, said) in enumerate(
        [(bad, 1), ({"type": "explain"}, 1), ({"type": "review"}, 1), (bad, 2)], 1
    ):
        answer = SHEET.handle(one, {"sequence": sequence, "events": [event], "view": ""})
        assert answer["said"]["number"] == first + said
        assert one.said.error == "Not changed: the learning rate η is -1, expected at least 0"
