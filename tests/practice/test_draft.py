"""Building an exercise cell by cell, and the link that holds it."""

import json

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError
from mlpviz.practice.draft import Draft, link_of
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.learner_controls import CONTROLS
from mlpviz.practice.topics import generate
from mlpviz.practice.workings import Place
from mlpviz.schema.limits import LINK
from mlpviz.schema.link import packed


def draft(topic="backward", level=1, seed=7):
    return Draft.of(generate(topic, level, seed))


def test_cells_and_blocks_become_fields_and_come_back_from_the_link():
    built = draft()
    for place in {cell.place for cell in built.marks}:
        built = built.marked(place, -1, -1, "later")
    built = built.marked(Place("grad_z", 1), 1, 0, "asked").marked(Place("grad_a", 2), -1, -1, "asked")
    built = built.marked(Place("grad_a", 1), 0, 0, "given").marked(Place("grad_a", 2), -1, -1, "given")
    exercise = built.exercise()
    assert list(exercise.cells) == ["grad_z 1 2 1"]
    assert sorted(map(str, exercise.given_cells)) == ["grad_a 1 1 1", "grad_a 2 1 1"]
    again = Exercise.from_link(link_of(exercise))
    assert again.to_json_value() == exercise.to_json_value()
    assert Draft.of(again).marks == built.marks


def test_the_question_and_what_the_learner_lacks_are_in_the_link_and_bad_ones_are_said():
    source = draft().exercise().to_json_value() | {"question": "<b>Why?</b>", "hidden": list(CONTROLS)}
    exercise = Exercise.parse(source)
    again = Exercise.from_link(exercise.to_link())
    assert (again.question, again.hidden) == ("<b>Why?</b>", tuple(CONTROLS))
    with pytest.raises(DocumentError, match=r"hidden row 1 is 'sheet', expected one of at_once, help"):
        Exercise.parse(source | {"hidden": ["sheet"]})
    first = {"tensor": "grad_a", "layer": 2}
    with pytest.raises(DocumentError, match="given has grad_a 2 1 1, which is asked for"):
        Exercise.parse(source | {"given": [first]})
    with pytest.raises(DocumentError, match=r"given row 1.tensor is 'weight', which is not computed here"):
        Exercise.parse(source | {"given": [first | {"tensor": "weight"}]})


@pytest.mark.parametrize("damage", [lambda text: text[:-9], lambda text: text[:40] + "AAAA" + text[44:], lambda _: ""])
def test_a_damaged_link_is_one_sentence(damage):
    with pytest.raises(DocumentError, match=r"the link is (cut off|damaged|empty)"):
        Exercise.from_link(damage(draft().exercise().to_link()))


def test_a_link_to_something_else_is_one_sentence():
    with pytest.raises(DocumentError, match="asked"):
        Exercise.from_link(packed(json.dumps({"document": {}, "version": 1})))


def test_a_link_that_is_too_long_is_one_sentence():
    rows = np.random.default_rng(1).normal(size=(20, 90)).tolist()
    document = Document.parse(
        {"version": 1, "layers": [{"weight": rows, "bias": None, "activation": "identity"}], "x": [[1.0] * 90],
         "target": [[0.0] * 20], "loss": "mse"}
    )  # fmt: skip
    exercise = Exercise.parse({"asked": [{"tensor": "z", "layer": 1}], "document": document})
    assert len(document.to_json()) > LINK
    with pytest.raises(DocumentError, match="too long for a link: ask for whole blocks") as error:
        link_of(exercise)
    assert str(error.value).count(".") == 0


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ((Place("weight", 1), 0, 0, "asked"), "numbers that are given stay so"),
        ((Place("grad_a", 1), 2, 0, "asked"), "this cell is not on the sheet"),
        ((Place("grad_a", 1), -1, 0, "asked"), "this cell is not on the sheet"),
    ],
)
def test_what_is_no_computed_cell_stays(mark, message):
    with pytest.raises(DocumentError, match=message):
        draft().marked(*mark)


def test_an_exercise_asks_for_something():
    built = draft()
    for place in {cell.place for cell in built.marks}:
        built = built.marked(place, -1, -1, "later")
    with pytest.raises(DocumentError, match="nothing is asked for yet"):
        built.exercise()


@pytest.mark.parametrize("key", ["seven_layers", "mazur"])
def test_examples_are_built_on(key):
    document = PRESETS[key].document
    exercise = Exercise.parse({"asked": [{"tensor": "z", "layer": 1}], "document": document})
    assert Draft.of(exercise).exercise().cells == exercise.cells
