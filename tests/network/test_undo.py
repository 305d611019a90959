import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.examples.networks import PRESETS
from mlpviz.network import View
from mlpviz.network import undo as history_module
from mlpviz.network.edits import apply_update, gesture_of, set_number
from mlpviz.network.undo import UndoHistory

SEVEN = PRESETS["seven_layers"].document


def with_weight(value):
    return set_number(SEVEN, "weight", 1, 1, 1, value).document


def test_undo_and_redo_go_through_the_same_documents():
    made = [SEVEN, *(with_weight(float(value)) for value in range(1, 6))]
    history = UndoHistory(SEVEN)
    for document in made[1:]:
        history = history.push(document)
    for document in reversed(made):
        assert history.document == document
        history = history.undo()
    assert history.document == SEVEN
    assert not history.past
    for document in made:
        assert history.document == document
        history = history.redo()
    assert history.redo() is history


def test_a_new_edit_forgets_what_was_undone():
    history = UndoHistory(SEVEN).push(with_weight(1.0)).push(with_weight(2.0)).undo().push(with_weight(3.0))
    assert not history.future
    assert history.undo().document == with_weight(1.0)


def test_a_drag_is_one_step():
    history = UndoHistory(SEVEN).push(with_weight(9.0))
    for value in (1.0, 2.0, 3.0):
        history = history.push(with_weight(value), "drag 1")
    for value in (4.0, 5.0):
        history = history.push(with_weight(value), "drag 2")
    assert history.document == with_weight(5.0)
    assert history.undo().document == with_weight(3.0)
    assert history.undo().undo().document == with_weight(9.0)
    assert history.undo().undo().undo().document == SEVEN


def test_a_drag_back_to_its_beginning_leaves_no_step():
    history = UndoHistory(SEVEN)
    for value in (1.0, 2.0, 0.0):
        history = history.push(with_weight(value), "drag")
    assert history.document == SEVEN
    assert not history.past
    history = history.push(with_weight(7.0), "drag").push(with_weight(8.0), "drag")
    assert history.undo().document == SEVEN


def test_undo_ends_a_drag():
    history = UndoHistory(SEVEN).push(with_weight(1.0), "drag").undo().push(with_weight(2.0), "drag")
    assert history.undo().document == SEVEN


def test_looking_elsewhere_is_no_step():
    looked = SEVEN.replace(view=View(step=3))
    history = UndoHistory(SEVEN).push(with_weight(1.0)).undo().push(looked)
    assert history.document.view == View(step=3)
    assert not history.past
    assert len(history.future) == 1


def test_the_past_is_bounded_in_steps_and_in_numbers(monkeypatch):
    monkeypatch.setattr(history_module, "DOCUMENT_LIMITS", type("L", (), {"undo": 5, "undo_parameters": 1000}))
    history = UndoHistory(SEVEN)
    for value in range(1, 20):
        history = history.push(with_weight(float(value)))
    assert len(history.past) == 5
    assert history.past[-1] == with_weight(18.0)
    assert history.parameters == 5 * SEVEN.spec.size
    monkeypatch.setattr(history_module, "DOCUMENT_LIMITS", type("L", (), {"undo": 5, "undo_parameters": 100}))
    assert len(history.push(with_weight(99.0)).past) == 2
    monkeypatch.setattr(history_module, "DOCUMENT_LIMITS", type("L", (), {"undo": 5, "undo_parameters": 1}))
    assert len(history.push(with_weight(99.0)).past) == 1


def test_what_can_only_be_undone_keeps_no_trace():
    first = with_weight(0.5)
    first.trace()
    history = UndoHistory(first).push(apply_update(first).document)
    assert "_trace" not in history.past[0].__dict__
    assert history.undo().document.trace().loss == first.trace().loss


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["undo", "redo", "push", "drag a", "drag b"]), max_size=40))
def test_any_walk_can_be_undone_to_the_beginning(moves):
    history = UndoHistory(SEVEN)
    for number, move in enumerate(moves, start=1):
        if move in ("undo", "redo"):
            history = getattr(history, move)()
        else:
            history = history.push(with_weight(float(number)), None if move == "push" else move)
    here = history.document
    steps = len(history.past)
    assert history.parameters == steps * SEVEN.spec.size
    for _ in range(steps):
        history = history.undo()
    assert history.document == SEVEN
    for _ in range(steps):
        history = history.redo()
    assert history.document == here


@pytest.mark.parametrize("gesture", [None, 5, "", "g" * 65, ["a"]])
def test_a_gesture_that_is_no_short_text_is_none(gesture):
    assert gesture_of({"gesture": gesture}) is None
    assert gesture_of({"gesture": "drag 1"}) == "drag 1"


def test_what_another_session_knew_lies_around_this_one():
    one, two, three, four = (with_weight(value) for value in (1.0, 2.0, 3.0, 4.0))
    history = UndoHistory(two).push(three)
    assert history.began_with(two)
    assert not history.began_with(three)
    whole = history.around([one], [four])
    assert (whole.past, whole.document, whole.future) == ((one, two), three, ())
    assert (whole.position, whole.parameters) == (2, 2 * one.spec.size)
    undone = whole.undo().undo().undo()
    assert (undone.document, undone.position) == (one, 0)
    quiet = UndoHistory(two).around([one], [three, four])
    assert quiet.redo().redo().document == four
    assert not quiet.undo().around([], []).began_with(two)
