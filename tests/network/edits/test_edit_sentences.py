"""What cannot be done is said in the words that stand on screen."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.network import DocumentError, edits
from mlpviz.network.edits import apply
from tests.support.edit_events import EVENTS, IRIS, MAZUR, SEVEN, quick, refused
from tests.support.random_documents import documents, small

BCE = edits.set_loss(MAZUR, "bce").document
HINGE = edits.set_loss(IRIS, "hinge").document
WEIGHT = {"type": "set", "tensor": "weight", "layer": 2, "row": 1, "column": 3}
LARGE = "is 1e+308, expected at most 1e300"
NAN = "is NaN, expected a finite number"


def set_at(tensor, row, column, value, layer=None):
    return {"type": "set", "tensor": tensor, "layer": layer, "row": row, "column": column, "value": value}


def paste_of(tensor, text, layer=None):
    """As the browser sends it: x and targets have samples as columns on screen."""
    return {"type": "paste", "tensor": tensor, "layer": layer, "text": text, "transposed": layer is None}


@pytest.mark.parametrize(
    ("document", "event", "sentence"),
    [
        (SEVEN, WEIGHT | {"value": "abc"}, "W of layer 2, row 1, column 3 is 'abc', expected a number"),
        (SEVEN, WEIGHT | {"value": ""}, "W of layer 2, row 1, column 3 is empty, expected a number"),
        (SEVEN, WEIGHT | {"value": None}, "W of layer 2, row 1, column 3 is null, expected a number"),
        (SEVEN, WEIGHT | {"value": float("nan")}, f"W of layer 2, row 1, column 3 {NAN}"),
        (
            SEVEN,
            WEIGHT | {"value": float("-inf")},
            "W of layer 2, row 1, column 3 is -Infinity, expected a finite number",
        ),
        (SEVEN, WEIGHT | {"value": 1e308}, f"W of layer 2, row 1, column 3 {LARGE}"),
        (
            SEVEN,
            WEIGHT | {"value": "1e400"},
            "W of layer 2, row 1, column 3 is '1e400', expected a number of at most 1e300",
        ),
        (SEVEN, set_at("x", 2, 3, 1e308), f"x of input 3, sample 2 {LARGE}"),
        (SEVEN, set_at("target", 2, 1, float("nan")), f"target of output 1, sample 2 {NAN}"),
        (MAZUR, set_at("bias", 2, None, 1e308, 1), f"b of layer 1, unit 2 {LARGE}"),
        (
            BCE,
            set_at("target", 1, 2, 1.5),
            "target of output 2, sample 1 is 1.5, expected 0 to 1 for the loss binary cross-entropy (after sigmoid)",
        ),
        (HINGE, set_at("target", 3, 1, -2), "target of output 1, sample 3 is -2, expected -1 to 1 for the loss hinge"),
        (IRIS, set_at("target", 3, None, 3), "target of sample 3 is 3, expected a class from 0 to 2"),
        (IRIS, set_at("target", 3, None, 0.5), "target of sample 3 is 0.5, expected a class from 0 to 2"),
        (IRIS, set_at("target", 3, None, "setosa"), "target of sample 3 is 'setosa', expected a number"),
        (
            SEVEN,
            {"type": "pin", "layer": 3, "sample": 1, "unit": 2, "value": "x"},
            "a of layer 3, unit 2, sample 1 is 'x', expected a number",
        ),
        (SEVEN, {"type": "set_learning_rate", "value": -1}, "the learning rate η is -1, expected at least 0"),
        (SEVEN, {"type": "set_learning_rate", "value": "x"}, "the learning rate η is 'x', expected a number"),
        (SEVEN, {"type": "set_name", "name": "a" * 90}, "the name has 90 characters, at most 80 are allowed"),
        (SEVEN, paste_of("weight", "1 2\n3", 2), "row 2 of the pasted matrix has 1 number, row 1 has 2"),
        (
            SEVEN,
            paste_of("x", "1 2\nnan 4\n5 6"),
            "row 2 column 1 of the pasted matrix is 'nan', expected a number",
        ),
        (SEVEN, paste_of("weight", "1 2", 2), "the matrix is 1 x 2, W of layer 2 needs 2 x 5"),
        (SEVEN, paste_of("x", "1 2\n3 4"), "the matrix has 2 inputs for 2 samples, x needs 3 inputs"),
        (
            SEVEN,
            paste_of("x", "3 4 5\n5 4 3"),
            "the matrix has 2 inputs for 3 samples, x needs 3 inputs; transposed it would fit",
        ),
        (
            SEVEN,
            paste_of("target", "1\n2"),
            "the matrix has 2 outputs for 1 sample, the target needs 1 output for 2 samples; transposed it would fit",
        ),
        (
            IRIS,
            set_at("target", 3, None, -100),
            "target of sample 3 is -100, expected a class from 0 to 2; PyTorch ignores such a sample: remove it, "
            "and loss and gradients are the same",
        ),
        (IRIS, paste_of("target", "0 1 7"), "target of sample 3 is 7, expected a class from 0 to 2"),
        (IRIS, paste_of("target", "0 1"), "the matrix has 2 classes, the target needs one for each of 3 samples"),
        (
            BCE,
            paste_of("target", "0\n7"),
            "target of output 2, sample 1 is 7, expected 0 to 1 for the loss binary cross-entropy (after sigmoid)",
        ),
        (BCE, paste_of("target", "1"), "the matrix has 1 output for 1 sample, the target needs 2 outputs for 1 sample"),
        (MAZUR, paste_of("bias", "1 2 3", 1), "the matrix is 1 x 3, b of layer 1 needs 2 x 1 or 1 x 2"),
        (SEVEN, {"type": "remove_sample", "sample": 3}, "sample is 3, expected 1 to 2"),
    ],
)
def test_what_cannot_be_done_is_said_as_on_screen(document, event, sentence):
    assert refused(apply, document, event) == sentence


BAD = st.sampled_from([None, "", "abc", float("nan"), float("inf"), 1e308, -1e308, [], "1e400", 10**400])


@pytest.mark.parametrize("kind", [kind for kind in EVENTS if EVENTS[kind]])
def test_no_sentence_speaks_of_the_document(kind):
    @settings(quick, max_examples=60)
    @given(documents(small), st.fixed_dictionaries({"type": st.just(kind)} | EVENTS[kind]), st.data())
    def run(document, event, data):
        event[data.draw(st.sampled_from(sorted(EVENTS[kind])))] = data.draw(BAD)
        try:
            apply(document, event)
        except DocumentError as error:
            said = str(error)
        else:
            said = "done."
        assert not re.search(r"layers\[|pins\[|target row|x row|learning_rate|None", said), said

    run()
