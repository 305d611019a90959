"""Numbers, matrices, choices and pins: what an edit changes, what follows it, and what is refused."""

import json

import numpy as np
import pytest

from mlpviz.network import edits
from tests.support.edit_events import IRIS, MAZUR, SEVEN, places, refused, with_pins


def test_set_number_changes_that_number_only():
    edited = edits.set_number(SEVEN, "weight", 3, 2, 1, 1.5).document
    before, after = json.loads(SEVEN.to_json()), json.loads(edited.to_json())
    before["layers"][2]["weight"][1][0] = 1.5
    assert after == before
    assert edits.set_number(SEVEN, "x", None, 2, 3, 9).document.x == ((3, 4, 5), (5, 4, 9))
    assert edits.set_number(SEVEN, "target", None, 2, 1, 9).document.target == ((-2,), (9,))
    assert edits.set_number(MAZUR, "bias", 2, 1, None, 9).document.layers[1].bias == (9, 0.6)
    assert edits.set_number(IRIS, "target", None, 1, None, 2.0).document.target == (2, 1, 2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("weight", 8, 1, 1, 0), "layer is 8, expected 1 to 7"),
        (("weight", None, 1, 1, 0), "layer is missing, a weight belongs to one"),
        (("weight", 3, 4, 1, 0), "row of W is 4, expected 1 to 3"),
        (("weight", 3, 1, 0, 0), "column of W is 0, expected 1 to 2"),
        (("weight", 3, 1, None, 0), "column of W is missing, expected 1 to 2"),
        (("weight", 3, 1, 1, float("nan")), "layers[2].weight row 1 column 1 is NaN, expected a finite number"),
        (("bias", 3, 1, None, 0), "layer 3 has no bias; turn it on first"),
        (("x", None, 3, 1, 0), "sample is 3, expected 1 to 2"),
        (("target", None, 1, 2, 0), "output is 2, expected 1 to 1"),
    ],
)
def test_set_number_names_what_does_not_fit(arguments, sentence):
    assert refused(edits.set_number, SEVEN, *arguments) == sentence


def test_class_numbers_stay_in_range():
    assert (
        refused(edits.set_number, IRIS, "target", None, 1, None, 3) == "target row 1 is 3, expected a class from 0 to 2"
    )
    assert "expected a class from 0 to 2" in refused(edits.set_number, IRIS, "target", None, 1, None, 0.5)
    assert "expected a class from 0 to 2" in refused(edits.set_number, IRIS, "target", None, 1, None, -1)
    assert "no target" in refused(edits.set_number, edits.set_loss(SEVEN, "sum").document, "target", None, 1, 1, 1)


def test_set_matrix_and_paste():
    assert edits.set_matrix(SEVEN, "weight", 7, [[2, 3]]).document.layers[6].weight == ((2, 3),)
    assert edits.paste(SEVEN, "weight", 7, "[[2. 3.]]").document.layers[6].weight == ((2, 3),)
    assert edits.paste(SEVEN, "weight", 7, "2\n3", transposed=True).document.layers[6].weight == ((2, 3),)
    said = refused(edits.paste, SEVEN, "weight", 7, "2\n3")
    assert said == "the matrix is 2 x 1, W of layer 7 needs 1 x 2; transposed it would fit"
    for rows in ([[1], [2]], [[1, 2]]):
        assert edits.set_matrix(MAZUR, "bias", 1, rows).document.layers[0].bias == (1, 2)
    assert "b of layer 1 needs 2 x 1" in refused(edits.set_matrix, MAZUR, "bias", 1, [[1, 2, 3]])
    assert (
        refused(edits.set_matrix, SEVEN, "x", None, [[1, 2, 3], [1]]) == "row 2 of the matrix has 1 number, row 1 has 3"
    )
    assert edits.set_matrix(IRIS, "target", None, [[2], [1], [0]]).document.target == (2, 1, 0)
    assert edits.set_matrix(IRIS, "target", None, np.eye(3).tolist()).document.target == tuple(map(tuple, np.eye(3)))


def test_pasting_x_changes_the_number_of_samples():
    document = with_pins(SEVEN, (1, 1, 1), (1, 2, 1))
    edited = edits.set_matrix(document, "x", None, [[1, 2, 3]])
    assert edited.document.target == ((-2,),)
    assert places(edited.document) == [(1, 1, 1)]
    assert edited.notice == "There is now 1 sample instead of 2. One pin was removed."
    more = edits.set_matrix(SEVEN, "x", None, [[1, 2, 3]] * 3).document
    assert more.target == ((-2,), (-20,), (0,))
    assert "at most 64" in refused(edits.set_matrix, SEVEN, "x", None, [[1, 2, 3]] * 65)
    assert "x needs 3 inputs" in refused(edits.set_matrix, SEVEN, "x", None, [[1, 2]])


def test_activation_rate_and_name():
    assert edits.set_activation(SEVEN, 7, "tanh").document.layers[6].activation.key == "tanh"
    said = refused(edits.set_activation, IRIS, 3, "relu")
    assert said == "layers[2].activation is relu, expected identity in the last layer for loss cross_entropy"
    assert edits.set_learning_rate(SEVEN, 0).document.learning_rate == 0
    assert edits.set_name(SEVEN, "").document.name == ""
    assert "learning_rate is -1" in refused(edits.set_learning_rate, SEVEN, -1)


def test_pins_come_change_and_go():
    pinned = edits.pin(SEVEN, 3, 1, 2, 0).document
    assert places(pinned) == [(3, 1, 2)]
    assert float(pinned.trace().layers[2].a[0, 1]) == 0.0
    assert float(pinned.trace().layers[2].grad_z[0, 1]) == 0.0
    again = edits.pin(pinned, 3, 1, 2, 5).document
    assert [pin.value for pin in again.pins] == [5]
    assert edits.unpin(again, 3, 1, 2).document == SEVEN
    assert refused(edits.unpin, SEVEN, 3, 1, 2) == "layer 3, sample 1, unit 2 is not pinned"
    assert refused(edits.pin, SEVEN, 3, 1, 4, 0) == "pins[0].unit is 4, expected 1 to 3"
