"""A teacher builds an exercise on the page, and a learner opens its link: what each of them is sent."""

import base64
import json

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.practice import grading
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.learner_controls import CONTROLS
from mlpviz.text.numbers import format_number
from tests.support.learner import Learner


def built(**address):
    """A teacher who has made z of layer 2 empty fields, and given the first a of layer 1."""
    teacher = Learner(**(address or {"e": "forward.1.3"}))
    teacher("build")
    for key in teacher.state["building"]["marks"]:
        teacher("mark", block=key, row=-1, column=-1, mark="later")
    teacher("mark", block="z.2", row=-1, column=-1, mark="asked")
    teacher("mark", block="a.1", row=0, column=0, mark="given")
    return teacher


def test_who_builds_sees_every_number_and_the_learner_gets_empty_fields():
    teacher = built()
    building = teacher.state["building"]
    assert all(number for block in building["blocks"] for row in block["numbers"] for number in row)
    assert building["asked"] == 1
    teacher("describe", question=" What is <z>? ")
    teacher("allow", control="help", on=False)
    teacher("allow", control="at_once", on=False)
    assert teacher.state["building"]["hidden"] == ["at_once", "help", "others"]
    learner = Learner(e=teacher.state["building"]["link"])
    assert learner.answer["said"]["error"] is None
    assert learner.state["question"] == "What is <z>?"
    assert list(learner.exercise.cells) == ["z 2 1 1"]
    assert learner.state["answers"] == {}
    blocks = learner.blocks
    assert [row[0] is not None for row in blocks["a.1"]["numbers"]] == [True] * len(blocks["a.1"]["numbers"])
    assert [key for key, block in blocks.items() if any(map(any, block["fields"]))] == ["z.2"]
    assert {"a.2", "z.3", "loss.3"}.isdisjoint(blocks)
    right = format_number(learner.exercise.right_number(learner.exercise.cells["z 2 1 1"]))
    assert f'["{right}", ' not in json.dumps(blocks["z.2"]["numbers"])
    # no help, and nothing is told before it is asked for
    assert learner("hint", block="z.2")["hint"] is None
    learner("mode", at_once=True)
    learner("answer", cell="z 2 1 1", text=learner.right("z 2 1 1"))
    assert learner.said("z 2 1 1") == ("", "")
    learner("look")
    assert learner.state["done"]
    assert learner.answer["address"]["e"] == teacher.state["building"]["link"]


def saved(learner, kind):
    learner(kind)
    return base64.b64decode(learner.answer["file"]["bytes"])


def test_what_a_learner_hands_in_is_marked_with_the_exercise_that_the_teacher_saved():
    teacher = built()
    exercise = Exercise.parse(saved(teacher, "save_exercise"))
    learner = Learner(e=teacher.state["building"]["link"])
    learner("hand_in")
    assert "nothing is typed yet" in learner.answer["said"]["error"]
    assert learner.answer["file"] is None
    learner("answer", cell="z 2 1 1", text="1000")
    assert grading.mark(exercise, "anna.json", saved(learner, "hand_in")).points == 0
    learner("answer", cell="z 2 1 1", text=f"{learner.right('z 2 1 1')}*1")
    assert grading.mark(exercise, "anna.json", saved(learner, "hand_in")).points == 1
    learner("save_exercise")
    assert "no exercise is built here" in learner.answer["said"]["error"]


def test_given_numbers_are_seen_from_the_start_and_those_around_them_are_not():
    teacher = Learner(e="forward.2.3")
    teacher("build")
    for mark, block, row in (("later", "a.1", -1), ("given", "a.1", 1), ("given", "grad_a.3", -1)):
        teacher("mark", block=block, row=row, column=-1 if row < 0 else 0, mark=mark)
    learner = Learner(e=teacher.state["building"]["link"])
    blocks = learner.blocks
    seen = [[number is not None for number in row] for row in blocks["a.1"]["numbers"]]
    assert seen == [[False, False], [True, False], [False, False]]
    # behind the last field too, where else nothing is
    assert all(number for row in blocks["grad_a.3"]["numbers"] for number in row)
    assert "grad_z.3" not in blocks


def test_a_reload_keeps_what_is_built_and_trying_it_leads_back():
    teacher = built()
    teacher("describe", question="Only z")
    address = teacher.answer["address"]["e"]
    assert address.startswith("build:")
    again = Learner(e=address)
    assert again.state["building"] == teacher.state["building"]
    teacher("solve")
    assert teacher.state["building"] is None
    assert teacher.state["question"] == "Only z"
    teacher("build")
    assert teacher.state["building"] == again.state["building"]
    teacher("leave")
    assert teacher.state["building"] is None


def test_ones_own_network_becomes_an_exercise_from_the_sheet():
    document = PRESETS["mazur"].document
    visitor = Learner(e="layer.1.1", d=document.to_link())
    visitor.visitor.visit("sheet", {})
    answer = visitor.visitor.handle({"page": "sheet", "sequence": 1, "events": [{"type": "practise"}]})
    assert answer["go"] == "practice"
    visitor("build")
    assert visitor.exercise.document == document
    learner = Learner(e=visitor.state["building"]["link"])
    assert learner.exercise.document == document


def test_a_sheet_that_is_too_large_is_said():
    rows = [[1.0] * 60] * 60
    layer = {"weight": rows, "bias": None, "activation": "identity"}
    document = PRESETS["mazur"].document.parse(
        {"version": 1, "layers": [layer], "x": [[1.0] * 60], "target": [[0.0] * 60], "loss": "mse"}
    )
    visitor = Learner(e="layer.1.1", d=document.to_link())
    visitor.visitor.visit("sheet", {})
    visitor.visitor.handle({"page": "sheet", "sequence": 1, "events": [{"type": "practise"}]})
    answer = visitor.visitor.visit("practice", {})
    assert "at most 5,000 are allowed" in answer["said"]["error"]
    visitor("own", parts="z")
    visitor("build")
    assert (
        "computed numbers; an exercise is built by clicking on one of at most 5,000" in visitor.answer["said"]["error"]
    )


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"type": "mark", "block": "weight.1", "row": 0, "column": 0, "mark": "asked"}, "given stay so"),
        ({"type": "mark", "block": "z.2", "row": 9, "column": 0, "mark": "asked"}, "this cell is not on the sheet"),
        ({"type": "mark", "block": "z.2", "row": 0, "column": 0, "mark": "wrong"}, "cannot do 'mark' like this"),
        ({"type": "allow", "control": "sheet", "on": False}, "no such control"),
        ({"type": "describe", "question": "?" * 201}, "cannot do 'describe' like this"),
    ],
)
def test_what_cannot_be_built_is_said(event, sentence):
    teacher = built()
    before = teacher.state["building"]
    teacher(**{"kind": event["type"]} | {key: value for key, value in event.items() if key != "type"})
    assert sentence in teacher.answer["said"]["error"]
    assert teacher.state["building"] == before
    assert set(before["hidden"]) <= set(CONTROLS)


def test_without_a_field_there_is_no_link_and_nothing_to_try():
    teacher = built()
    teacher("mark", block="z.2", row=-1, column=-1, mark="later")
    assert teacher.state["building"]["link"] == ""
    assert "nothing is asked for yet" in teacher.state["building"]["problem"]
    teacher("solve")
    assert "nothing is asked for yet" in teacher.answer["said"]["error"]


@pytest.mark.parametrize("address", ["task:", "task:abc", "build:eNo", "task:<script>"])
def test_a_damaged_link_is_one_sentence(address):
    error = Learner(e=address).answer["said"]["error"]
    assert error.startswith("The exercise of this address could not be opened: the link is ")
