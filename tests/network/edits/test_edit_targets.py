"""A change of the loss, and the targets that follow it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import LOSSES
from mlpviz.network import DocumentError, edits
from mlpviz.network.edits import EditResult
from tests.support.edit_events import IRIS, MAZUR, SEVEN, SOFTMAX, quick, refused
from tests.support.random_documents import documents, small


@settings(quick, max_examples=200)
@given(documents(small), st.sampled_from(list(LOSSES)))
def test_every_loss_can_follow_every_other(document, key):
    edited = edits.set_loss(document, key)
    after = edited.document
    assert after.loss.key == key
    assert after.layers[:-1] == document.layers[:-1]
    assert after.layers[-1].weight == document.layers[-1].weight
    silent = after.layers[-1] == document.layers[-1] and after.target == document.target
    assert (edited.notice is None) == silent
    assert edits.set_loss(document, document.loss) == EditResult(document)


def test_targets_follow_the_loss():
    document = MAZUR.replace(target=((-1.0, 2.0),))
    edited = edits.set_loss(document, "bce")
    assert edited.document.target == ((0, 1),)
    assert edited.notice == "The targets were cut to the range 0 to 1."
    edited = edits.set_loss(document, "cross_entropy")
    assert edited.document.target == (1,)
    assert edited.document.layers[1].activation.key == "identity"
    assert edited.notice.startswith(
        "Layer 2 is now identity, as cross-entropy (logits) needs. The targets are now class"
    )
    assert edits.set_loss(IRIS, "mse").document.target == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    none = edits.set_loss(document, "sum").document
    assert none.target is None
    assert edits.set_loss(none, "mse").document.target == ((0, 0),)
    assert edits.set_loss(none, "cross_entropy_probs").document.target == (0,)
    assert edits.set_loss(SOFTMAX, "cross_entropy").document.target == SOFTMAX.target


def test_targets_of_the_hinge_are_signs():
    edited = edits.set_loss(IRIS, "hinge")
    assert edited.document.target == ((1, -1, -1), (-1, 1, -1), (-1, -1, 1))
    assert edited.notice.endswith("rows with a 1 at the class and −1 elsewhere.")
    assert edits.add_sample(edited.document).document.target[-1] == (-1, -1, -1)
    assert edits.widen(edited.document, len(IRIS.layers)).document.target[0] == (1, -1, -1, -1)
    assert edits.set_loss(edited.document, "bce_with_logits").document.target == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert edits.set_loss(edited.document, "cross_entropy").document.target == (0, 1, 2)
    rows = edits.set_loss(edits.set_loss(IRIS, "mse").document, "hinge")
    assert rows.document.target == edited.document.target
    assert rows.notice == "The targets 0 and 1 are now −1 and 1."
    seven = edits.set_loss(SEVEN, "hinge")
    assert seven.document.target == ((-1,), (-1,))
    assert seven.notice == "The targets were cut to the range −1 to 1."
    new = edits.set_loss(edits.set_loss(SEVEN, "sum").document, "hinge")
    assert new.document.target == ((-1,), (-1,))
    assert new.notice == "The targets are new: all −1."


def test_targets_of_the_multi_class_hinge_are_class_numbers():
    rows = edits.set_loss(IRIS.replace(target=((0, 1, 0), (0.2, 0.3, 0.5), (1, 0, 0))), "multi_margin")
    assert rows.document.target == (1, 2, 0)
    assert "The targets are now class numbers" in rows.notice
    assert refused(edits.set_target_form, rows.document, "rows").endswith(
        "multi-class hinge takes one class number per sample, no rows"
    )
    assert edits.set_target_form(rows.document, "numbers").document == rows.document
    assert edits.set_loss(rows.document, "cross_entropy").document.target == (1, 2, 0)
    assert edits.set_loss(SEVEN, "multi_margin").document.target == (0, 0)
    with pytest.raises(DocumentError, match="target row 1 is a row of numbers, expected a class from 0 to 2 for loss"):
        rows.document.replace(target=((0, 1, 0), (0, 0, 1), (1, 0, 0)))


def test_rows_become_class_numbers_on_request_and_say_what_is_lost():
    rows = IRIS.replace(target=((0, 1, 0), (0.2, 0.3, 0.5), (1, 0, 0)))
    edited = edits.set_target_form(rows, "numbers")
    assert edited.document.target == (1, 2, 0)
    assert edited.notice == (
        "The targets are now class numbers, from 0. "
        "Sample 2 was no single class: only the place of the largest number is kept."
    )
    back = edits.set_target_form(edited.document, "rows")
    assert back.document.target == ((0, 1, 0), (0, 0, 1), (1, 0, 0))
    assert back.notice == "The targets are now rows with a 1 at the class."
    for document, form in ((edited.document, "numbers"), (rows, "rows")):
        assert edits.set_target_form(document, form) == EditResult(document)
    assert refused(edits.set_target_form, SEVEN, "numbers").endswith("reads no classes of this network")


def test_class_weights_divide_by_samples_for_rows_and_by_weights_for_numbers():
    weighted = edits.set_loss_hyperparameter(IRIS, "weight", (1.0, 2.0, 5.0)).document
    rows = edits.set_target_form(weighted, "rows").document
    near = rows.replace(target=tuple(tuple(v * (1 - 1e-12) + 1e-12 / 3 for v in row) for row in rows.target))
    assert abs(float(near.trace().loss) / float(rows.trace().loss) - 1) < 1e-9
    again = edits.set_target_form(rows, "numbers").document
    assert float(again.trace().loss) == float(weighted.trace().loss)
