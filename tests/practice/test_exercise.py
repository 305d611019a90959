import json

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network import DocumentError
from mlpviz.practice.blanks import BLANKS, blanks
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.topics import generate

SEVEN = PRESETS["seven_layers"].document


def of(*words, document=SEVEN, **more):
    asked = blanks(document, words)
    return Exercise.parse({"asked": asked, "document": document.to_json_value(), **more})


@pytest.mark.parametrize("key", PRESETS)
def test_every_example_becomes_an_exercise_and_comes_back_from_its_json(key):
    one = of("sheet", document=PRESETS[key].document, question="What is L?")
    for with_answers in (False, True):
        again = Exercise.parse(json.dumps(one.to_json_value(with_answers=with_answers)))
        assert again.cells == one.cells
        assert again.fingerprint == one.fingerprint
        assert again.document == one.document
        assert again.question == "What is L?"


def test_parts_of_the_sheet():
    tensors = {
        word: [(each["tensor"], each["layer"]) for each in blanks(SEVEN, [word])] for word in BLANKS if word != "slots"
    }
    assert {name for name, _ in tensors["forward"]} == {"z", "a"}
    assert {name for name, _ in tensors["loss"]} == {"loss_term", "loss"}
    assert {name for name, _ in tensors["backward"]} == {"grad_a", "grad_z", "grad_weight", "grad_x"}
    assert {name for name, _ in tensors["update"]} == {"new_weight"}
    assert tensors["sheet"] == [*tensors["forward"], *tensors["loss"], *tensors["backward"], *tensors["update"]]
    assert [(each["tensor"], each["layer"]) for each in blanks(SEVEN, ["a.2", "z.2", "z.2"])] == [("z", 2), ("a", 2)]
    assert {each["layer"] for each in blanks(SEVEN, ["sheet.3"])} == {3}
    adam = generate("adam", 2, 1).document
    assert {each["tensor"] for each in blanks(adam, ["slots"])} == {
        "slot.m.weight", "slot.m.bias", "slot.v.weight", "slot.v.bias",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("forwrad", "the sheet has no part 'forwrad' (did you mean forward?)"),
        ("z.9", "z has no numbers in layer 9"),
        ("slots", "slots has no numbers on this sheet"),
        ("grad_bias", "the sheet has no part 'grad_bias'"),
    ],
)
def test_a_part_that_is_not_there_is_said(word, message):
    with pytest.raises(DocumentError) as error:
        blanks(SEVEN, [word])
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"asked": []}, "asked is empty"),
        ({"asked": [{"tensor": "grad_wieght", "layer": 1}]}, "asked[0].tensor is 'grad_wieght', which is not computed"),
        ({"asked": [{"tensor": "weight", "layer": 1}]}, "asked[0].tensor is 'weight', which is not computed here"),
        (
            {"asked": [{"tensor": "z", "layer": 9}]},
            "asked[0].layer is 9, but z is computed in layer 1, 2, 3, 4, 5, 6, 7",
        ),
        (
            {"asked": [{"tensor": "z", "layer": 1, "cells": [[6, 1]]}]},
            "asked[0].cells has row 6, column 1; z of layer 1",
        ),
        ({"asked": [{"tensor": "z", "layer": 1, "cells": [[1, 1], [1, 1]]}]}, "asked has a cell twice"),
        ({"document": 5}, "the document is null, expected an object"),
        ({"points": 5}, "the exercise has an unknown field 'points'"),
        ({"fingerprint": "0123456789abcdef"}, "fingerprint is '0123456789abcdef', expected "),
        ({"version": 2}, "made by a newer mlpviz"),
        ({"question": 3}, "question is 3, expected a text"),
    ],
)
def test_what_is_no_exercise_is_said_with_its_place(changes, message):
    with pytest.raises(DocumentError) as error:
        Exercise.parse(json.dumps(of("z.1").to_json_value() | changes))
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_numbers_that_nobody_can_type_are_not_asked_for():
    huge = SEVEN.replace(x=[[1e300, 1e300, 1e300], [1, 1, 1]])
    with pytest.raises(DocumentError, match=r"asked\[\d+\] has numbers that are infinite"):
        of("sheet", document=huge)


def test_another_network_or_other_cells_have_another_fingerprint_and_another_question_has_not():
    one = of("z.1")
    assert one.fingerprint == of("z.1", question="What?").fingerprint
    assert len({one.fingerprint, of("z.2").fingerprint, of("z.1", document=SEVEN.replace(loss="mae")).fingerprint}) == 3
