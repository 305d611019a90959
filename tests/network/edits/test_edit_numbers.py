"""Numbers, matrices, choices and pins: what an edit changes, what follows it, and what is refused."""

import json

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network import DocumentError, edits
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


NOT_SYMMETRIC = "1 2\n3 4"
BOTH = edits.set_matrix(MAZUR, "x", None, [[5, 6], [7, 8]]).document
"""two inputs, two units, two samples, two outputs: every matrix of it is square"""


@pytest.mark.parametrize(
    ("tensor", "layer", "transposed", "said"),
    [
        ("weight", 1, False, "Read with a row for each unit and a column for each input, as in PyTorch."),
        ("weight", 1, True, "Read with a row for each input and a column for each unit, as in Keras."),
        ("x", None, False, "Read with a row for each sample, as in NumPy."),
        ("x", None, True, "Read with a column for each sample, as on the sheet."),
        ("target", None, False, "Read with a row for each sample, as in NumPy."),
        ("target", None, True, "Read with a column for each sample, as on the sheet."),
    ],
)
def test_a_square_matrix_says_how_it_was_read_and_offers_the_other_way(tensor, layer, transposed, said):
    edited = edits.paste(BOTH, tensor, layer, NOT_SYMMETRIC, transposed)
    assert edited.notice == said
    assert edited.offer.label == "Transpose"
    other = edits.apply(edited.document, edited.offer.event)
    assert edits.apply(other.document, other.offer.event).document == edited.document

    def rows(document):
        return np.array(document.layers[0].weight if layer else getattr(document, tensor))

    assert rows(edited.document).tolist() == np.array([[1, 3], [2, 4]] if transposed else [[1, 2], [3, 4]]).tolist()
    assert rows(other.document).tolist() == rows(edited.document).T.tolist()
    same_both_ways = edits.paste(BOTH, tensor, layer, "1 2\n2 1", transposed)
    assert (same_both_ways.notice, same_both_ways.offer) == (None, None)


@pytest.mark.parametrize(
    ("document", "tensor", "layer", "text", "transposed"),
    [
        (SEVEN, "weight", 2, "\n".join(["1 2"] * 5), False),
        (SEVEN, "x", None, "3 4 5\n5 4 3\n1 1 1\n0 0 0", True),
        (SEVEN, "x", None, "3 5 1 2\n4 4 1 2\n5 3 1 2", False),
        (SEVEN, "target", None, "1\n2", True),
        (IRIS, "target", None, "0\n1\n2", True),
        (IRIS, "target", None, "0 1 2", False),
    ],
)
def test_a_matrix_that_fits_only_transposed_is_offered_so_and_never_turned_by_itself(
    document, tensor, layer, text, transposed
):
    with pytest.raises(DocumentError, match=r"; transposed it would fit$") as caught:
        edits.paste(document, tensor, layer, text, transposed)
    assert caught.value.offer.label == "Transpose it"
    turned = edits.apply(document, caught.value.offer.event)
    assert turned.document == edits.paste(document, tensor, layer, text, not transposed).document
    assert turned.offer is None


def test_nothing_is_offered_that_would_not_fit():
    for arguments in (("weight", 2, "1 2"), ("x", None, "1 2\n3 4"), ("bias", 3, "1 2"), ("weight", 2, "1 x")):
        with pytest.raises(DocumentError) as caught:
            edits.paste(SEVEN, *arguments)
        assert caught.value.offer is None
        assert "transposed" not in str(caught.value)


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
    # the loss was made for the identity there: that is told beside the sheet, and not refused
    assert edits.set_activation(IRIS, 3, "gelu").document.layers[2].activation.key == "gelu"
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


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e301])
def test_a_number_that_no_field_takes_is_refused(value):
    for tensor, layer in (("weight", 1), ("x", None)):
        with pytest.raises(DocumentError, match=r"expected a finite number|expected at most"):
            edits.set_number(SEVEN, tensor, layer, 1, 1, value)


def test_a_variance_below_0_is_refused():
    with pytest.raises(DocumentError, match="running_var"):
        edits.set_number(PRESETS["batch_norm"].document, "running_var", 1, 1, None, -1.0)
