import json
import re

import numpy as np
import pytest
from document_strategies import assert_one_line, documents, small
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlpviz import edits
from mlpviz.content.presets import PRESETS
from mlpviz.document import LIMITS, Document, DocumentError, Pin
from mlpviz.edits import EDITS, Edited, apply
from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.optimizers import OPTIMIZERS

quick = settings(derandomize=True, deadline=None, max_examples=120)
SEVEN = PRESETS["seven_layers"].document
MAZUR = PRESETS["mazur"].document
IRIS = PRESETS["iris"].document
SOFTMAX = PRESETS["softmax"].document


def refused(function, *arguments):
    with pytest.raises(DocumentError) as caught:
        function(*arguments)
    assert_one_line(caught.value)
    return str(caught.value)


def with_pins(document, *places):
    return document.replace(pins=tuple(Pin(layer=i, sample=n, unit=j, value=7) for i, n, j in places))


def places(document):
    return [(pin.layer, pin.sample, pin.unit) for pin in document.pins]


# every kind through the dispatcher -------------------------------------------------------------------------------

TENSORS = st.sampled_from(["weight", "bias", "gamma", "beta", "running_mean", "running_var", "x", "target"])
COUNTS = st.integers(1, 4) | st.integers(-1, 9)
VALUES = small | st.integers(0, 2) | st.sampled_from([1e300, 1e308, float("nan"), float("inf")])
ROWS = st.lists(st.lists(VALUES, min_size=1, max_size=3), max_size=4)
KNOB_NAMES = st.sampled_from(["slope", "alpha", "reduction", "eps", "momentum", "affine", "swing"])
KNOB_VALUES = st.sampled_from([0.2, 1, -1, True, "sum", "mean", "high", [1, 2], None, 10**400])
EVENTS = {
    "set": {"tensor": TENSORS, "layer": COUNTS, "row": COUNTS, "column": COUNTS, "value": VALUES},
    "set_numbers": {
        "numbers": st.lists(
            st.fixed_dictionaries(
                {"tensor": TENSORS, "layer": st.none() | COUNTS, "row": COUNTS, "column": COUNTS, "value": VALUES}
            ),
            max_size=3,
        )
    },
    "set_matrix": {"tensor": TENSORS, "layer": COUNTS, "rows": ROWS},
    "paste": {"tensor": TENSORS, "layer": COUNTS, "text": ROWS.map(str), "transposed": st.booleans()},
    "set_activation": {"layer": COUNTS, "key": st.sampled_from([*ACTIVATIONS, "swish"])},
    "set_loss": {"key": st.sampled_from([*LOSSES, "hinges"])},
    "set_activation_knob": {"layer": COUNTS, "name": KNOB_NAMES, "value": KNOB_VALUES},
    "set_loss_knob": {"name": KNOB_NAMES, "value": KNOB_VALUES},
    "set_learning_rate": {"value": VALUES},
    "set_mode": {"mode": st.sampled_from(["training", "evaluation", "testing"])},
    "set_norm": {"layer": COUNTS, "key": st.sampled_from([*NORMS, None, "group_norm"])},
    "set_norm_knob": {"layer": COUNTS, "name": KNOB_NAMES, "value": KNOB_VALUES},
    "set_dropout": {"layer": COUNTS, "rate": st.sampled_from([0, 0.2, 0.5, 1, -1]), "seed": st.integers(-1, 5)},
    "redraw_mask": {"layer": COUNTS, "seed": st.integers(-1, 5)},
    "toggle_mask": {"layer": COUNTS, "sample": COUNTS, "unit": COUNTS},
    "set_skip": {"layer": COUNTS, "around": st.integers(-1, 4)},
    "set_optimizer": {"key": st.sampled_from([*OPTIMIZERS, "lion", {"key": "sgd", "momentum": 0.9}])},
    "set_optimizer_knob": {
        "name": st.sampled_from(["momentum", "beta1", "nesterov", "lr", "mood"]),
        "value": VALUES,
    },
    "set_name": {"name": st.text(max_size=90)},
    "pin": {"layer": COUNTS, "sample": COUNTS, "unit": COUNTS, "value": VALUES},
    "unpin": {"layer": COUNTS, "sample": COUNTS, "unit": COUNTS},
    "add_sample": {},
    "duplicate_sample": {"sample": COUNTS},
    "remove_sample": {"sample": COUNTS},
    "add_layer": {"after": st.integers(0, 5)},
    "remove_layer": {"layer": COUNTS},
    "widen": {"layer": st.integers(0, 5)},
    "narrow": {"layer": st.integers(0, 5)},
    "set_bias": {"layer": st.none() | COUNTS, "on": st.booleans()},
    "update": {"times": st.integers(0, 3)},
}


def first_weight(document):
    """The first weight as somebody would copy it."""
    return str([list(row) for row in document.layers[0].weight])


def a_knob(document, kind):
    """The event that turns a knob of this document to its own default, if there is one."""
    owners = [("layer", i, getattr(layer, kind.split("_")[1], None)) for i, layer in enumerate(document.layers, 1)]
    owners = [("loss", 0, document.loss)] if kind == "set_loss_knob" else owners
    for owner, number, choice in owners:
        for knob in choice.entry.knobs if choice else ():
            value = list(knob.default) if isinstance(knob.default, tuple) else knob.default
            return {"name": knob.name, "value": value} | ({"layer": number} if owner == "layer" else {})
    return {}


def test_every_kind_is_tested_here():
    assert set(EVENTS) == set(EDITS)


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_gives_a_valid_document_or_one_sentence(kind):
    event = st.fixed_dictionaries({"type": st.just(kind)} | EVENTS[kind])
    outcomes = set()

    @settings(quick, max_examples=60)
    @given(documents(small), event, st.booleans())
    def run(document, event, aimed):
        before = document.to_json()
        if aimed and kind == "set_matrix":
            event |= {"tensor": "x", "rows": [[1.0] * document.widths[0]] * 2}
        if aimed and kind == "set_numbers":
            event |= {"numbers": [{"tensor": "x", "layer": None, "row": 1, "column": 1, "value": 1.0}]}
        if aimed and kind == "paste":
            event |= {"tensor": "weight", "layer": 1, "text": first_weight(document), "transposed": False}
        if aimed and kind.endswith("_knob"):
            event |= a_knob(document, kind)
        if aimed and kind == "unpin" and document.pins:
            event |= dict(zip(("layer", "sample", "unit"), places(document)[0], strict=True))
        try:
            edited = apply(document, event)
        except DocumentError as error:
            assert_one_line(error)
            outcomes.add("refused")
        else:
            assert isinstance(edited, Edited)
            assert Document.parse(edited.document.to_json()) == edited.document
            assert edited.notice is None or edited.notice.endswith(".")
            edited.document.trace()
            outcomes.add("done")
        assert document.to_json() == before

    run()
    assert "done" in outcomes


JUNK = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=40)
    | st.lists(st.integers(), max_size=2)
    | st.just(10**400)
)


@settings(quick, max_examples=300)
@given(st.sampled_from(list(EVENTS)), st.data())
def test_a_damaged_event_is_one_sentence(kind, data):
    event = {"type": kind} | data.draw(st.fixed_dictionaries(EVENTS[kind]))
    name = data.draw(st.sampled_from([*EVENTS[kind], "type", "more"]))
    event[name] = data.draw(JUNK | st.dictionaries(st.text(max_size=5), st.none(), max_size=1))
    try:
        apply(MAZUR, event)
    except DocumentError as error:
        assert_one_line(error)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ([], "the edit is a list, expected an object with a type"),
        ({}, None),
        ({"type": "eval"}, None),
        ({"type": ["set"]}, None),
        ({"type": "narrow"}, "layer is missing"),
        ({"type": "narrow", "layer": "1"}, "layer is '1', expected a whole number"),
        ({"type": "narrow", "layer": True}, "layer is true, expected a whole number"),
        ({"type": "narrow", "layer": 1, "by": 2}, "the edit narrow has an unknown field 'by'; known fields are layer"),
        (
            {"type": "set", "tensor": "weight", "layer": 3, "row": 1, "column": 1, "value": "2"},
            "W of layer 3, row 1, column 1 is '2', expected a number",
        ),
        (
            {"type": "set", "tensor": "z", "row": 1, "value": 2},
            "tensor is 'z', expected 'weight', 'bias', 'gamma', 'beta', 'running_mean', 'running_var', 'x' or 'target'",
        ),
        (
            {"type": "set_matrix", "tensor": "x", "rows": [[1, True]]},
            "x of input 2, sample 1 is true, expected a number",
        ),
        ({"type": "set_bias", "on": 1}, "on is 1, expected true or false"),
        ({"type": "update", "times": 10**9}, "times is 1000000000, expected at most 1000"),
    ],
)
def test_what_is_wrong_with_an_event_is_said(event, sentence):
    said = refused(apply, SEVEN, event)
    assert sentence in (None, said)


BCE = edits.set_loss(MAZUR, "bce").document
HINGE = edits.set_loss(IRIS, "hinge").document
WEIGHT = {"type": "set", "tensor": "weight", "layer": 2, "row": 1, "column": 3}
LARGE = "is 1e+308, expected at most 1e+300"
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
            "W of layer 2, row 1, column 3 is '1e400', expected a number of at most 1e+300",
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
        (
            IRIS,
            {"type": "set_activation", "layer": 3, "key": "relu"},
            "the activation of layer 3 is relu, expected identity in the last layer "
            "for the loss cross-entropy (logits)",
        ),
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


def test_the_gesture_of_an_event_is_no_argument():
    event = {"type": "set", "tensor": "weight", "layer": 3, "row": 2, "column": 1, "value": 1.5, "gesture": "drag 1"}
    assert apply(SEVEN, event).document.layers[2].weight[1] == (1.5, -1.0)


# numbers ---------------------------------------------------------------------------------------------------------


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


# choices ---------------------------------------------------------------------------------------------------------


def test_activation_rate_and_name():
    assert edits.set_activation(SEVEN, 7, "tanh").document.layers[6].activation.key == "tanh"
    said = refused(edits.set_activation, IRIS, 3, "relu")
    assert said == "layers[2].activation is relu, expected identity in the last layer for loss cross_entropy"
    assert edits.set_learning_rate(SEVEN, 0).document.learning_rate == 0
    assert edits.set_name(SEVEN, "").document.name == ""
    assert "learning_rate is -1" in refused(edits.set_learning_rate, SEVEN, -1)


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
    assert edits.set_loss(document, document.loss) == Edited(document)


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


# pins and samples ------------------------------------------------------------------------------------------------


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


def test_samples_come_and_go_with_targets_and_pins():
    document = with_pins(SEVEN, (1, 1, 1), (1, 2, 2))
    added = edits.add_sample(document).document
    assert added.x[2] == (0, 0, 0)
    assert added.target[2] == (0,)
    doubled = edits.duplicate_sample(document, 1).document
    assert doubled.x == (SEVEN.x[0], SEVEN.x[0], SEVEN.x[1])
    assert doubled.target == ((-2,), (-2,), (-20,))
    assert sorted(places(doubled)) == [(1, 1, 1), (1, 2, 1), (1, 3, 2)]
    removed = edits.remove_sample(document, 1)
    assert removed.document.x == SEVEN.x[1:]
    assert removed.document.target == ((-20,),)
    assert places(removed.document) == [(1, 1, 2)]
    assert removed.notice == "One pin was removed."
    assert refused(edits.remove_sample, removed.document, 1) == "the only sample cannot be removed"
    assert edits.add_sample(IRIS).document.target == (0, 1, 2, 0)
    assert edits.add_sample(SOFTMAX).document.target[-1] == (1, 0, 0)
    full = SEVEN.replace(x=SEVEN.x * 32, target=SEVEN.target * 32)
    assert refused(edits.add_sample, full) == "x has 65 entries, at most 64 are allowed"


# architecture ----------------------------------------------------------------------------------------------------


@quick
@given(documents(small), st.integers(0, 4))
def test_a_new_layer_changes_no_output(document, after):
    assume(after <= len(document.layers))
    edited = edits.add_layer(document, after).document
    assert len(edited.layers) == len(document.layers) + 1
    assert np.allclose(edited.trace().output, document.trace().output, rtol=1e-12, atol=0, equal_nan=True)
    assert [pin.value for pin in edited.pins] == [pin.value for pin in document.pins]


@quick
@given(documents(small), st.integers(0, 4))
def test_a_new_unit_changes_no_output(document, layer):
    assume(layer <= len(document.layers))
    assume(layer == 0 or document.layers[layer - 1].activation.entry.elementwise)
    assume(layer == 0 or document.layers[layer - 1].norm is None or document.layers[layer - 1].norm.entry.running)
    edited, said, *_ = edits.widen(document, layer)
    assume(said is None)  # a skip that no longer fits is an output less
    assert edited.widths[layer] == document.widths[layer] + 1
    old = document.trace().output
    assert np.allclose(edited.trace().output[:, : old.shape[1]], old, rtol=1e-12, atol=1e-12, equal_nan=True)
    assert edits.narrow(edited, layer).document.widths == document.widths
    if layer < len(document.layers):
        assert edits.narrow(edited, layer).document == document


def test_add_layer_follows_its_neighbours():
    hidden = edits.add_layer(SEVEN, 2)
    assert hidden.document.layers[2].activation.key == "relu"
    assert hidden.document.layers[2].weight == ((1, 0), (0, 1))
    assert hidden.document.layers[2].bias is None
    assert hidden.notice is None
    assert edits.add_layer(SEVEN, 0).document.layers[0].activation.key == "identity"
    last = edits.add_layer(with_pins(MAZUR, (2, 1, 1)), 2)
    assert [layer.activation.key for layer in last.document.layers] == ["sigmoid", "identity", "sigmoid"]
    assert last.document.layers[2].bias == (0, 0)
    assert places(last.document) == [(3, 1, 1)]
    assert last.notice == "Layer 2 is now linear: sigmoid moved on to the new last layer 3."
    assert refused(edits.add_layer, SEVEN, 8) == "after is 8, expected 1 to 7"
    deep = SEVEN
    for _ in range(LIMITS.layers - len(SEVEN.layers)):
        deep = edits.add_layer(deep, 1).document
    assert refused(edits.add_layer, deep, 1) == "layers has 33 entries, at most 32 are allowed"


def test_remove_layer_keeps_what_fits():
    document = with_pins(SEVEN, (1, 1, 3), (2, 1, 1), (3, 1, 1), (4, 1, 1))
    edited = edits.remove_layer(document, 3)
    assert edited.document.widths == (3, 5, 2, 2, 2, 2, 1)
    assert edited.document.layers[2].weight == ((1, -1), (0, -1))
    assert places(edited.document) == [(1, 1, 3), (2, 1, 1), (3, 1, 1)]
    said = "The weight of layer 3 was 2 x 3 and is now 2 x 2; what is new in it is 0. One pin was removed."
    assert edited.notice == said
    assert edits.remove_layer(SEVEN, 6) == Edited(SEVEN.replace(layers=SEVEN.layers[:5] + SEVEN.layers[6:]))
    first = edits.remove_layer(SEVEN, 1).document
    assert first.layers[0].weight == ((1, 1, -1), (0, 0, 1))
    last = edits.remove_layer(with_pins(SEVEN, (6, 1, 1), (6, 1, 2), (7, 1, 1)), 7).document
    assert last.layers[5].weight == ((1, -1),)
    assert last.layers[5].activation.key == "identity"
    assert last.target == SEVEN.target
    assert places(last) == [(6, 1, 1)]
    one = SEVEN.replace(layers=SEVEN.layers[:1], target=((0,) * 5,) * 2)
    assert refused(edits.remove_layer, one, 1) == "the only layer cannot be removed"


@quick
@given(documents(small), st.integers(1, 4))
def test_removing_a_new_layer_brings_the_document_back(document, after):
    assume(after < len(document.layers))
    assert edits.remove_layer(edits.add_layer(document, after).document, after + 1).document == document


def test_widths_of_inputs_and_outputs():
    wide = edits.widen(SEVEN, 0).document
    assert wide.x[0] == (3, 4, 5, 0)
    assert wide.layers[0].weight[0] == (0, 0, 1, 0)
    out = edits.widen(SEVEN, 7).document
    assert out.target == ((-2, 0), (-20, 0))
    assert out.layers[6].weight == ((1, -1), (0, 0))
    assert edits.widen(SEVEN, 2).document.layers[1].weight[2] == (0, 0, 1, 0, 0)
    less = edits.narrow(with_pins(IRIS, (3, 1, 3), (3, 1, 2)), 3)
    assert less.document.target == (0, 1, 1)
    assert less.notice == "Targets of class 2 are now class 1. One pin was removed."
    assert refused(edits.narrow, SEVEN, 7) == "layer 7 has one unit, which cannot be removed"
    assert refused(edits.narrow, SEVEN, 8) == "layer is 8, expected 1 to 7"


def test_biases_come_as_zeros_and_go():
    on = edits.set_bias(SEVEN, None, True).document
    assert all(layer.bias == (0.0,) * len(layer.weight) for layer in on.layers)
    assert edits.set_bias(on, None, False).document == SEVEN
    assert [layer.bias is None for layer in edits.set_bias(SEVEN, 7, True).document.layers] == [True] * 6 + [False]
    assert edits.set_bias(MAZUR, None, True).document == MAZUR


# learning --------------------------------------------------------------------------------------------------------


def test_an_update_is_gradient_descent():
    trace = MAZUR.trace()
    once = edits.apply_update(MAZUR).document
    assert np.array_equal(once.params, MAZUR.params - 0.5 * trace.grad)
    assert edits.apply_update(MAZUR, 3).document == edits.apply_update(edits.apply_update(once).document).document
    assert edits.apply_update(MAZUR, 1000).document.trace().loss < 0.01 * trace.loss
    pinned = edits.pin(MAZUR, 2, 1, 1, 0.5).document
    assert edits.apply_update(pinned, 2).document.layers[1].weight[0] == MAZUR.layers[1].weight[0]


def test_an_update_that_overflows_is_refused():
    document = SEVEN.replace(learning_rate=1e299)
    said = refused(edits.apply_update, document)
    assert said.startswith("update 1 would make the weight of layer 1 infinite or not a number")
    broken = SEVEN.replace(
        x=((1e300, 0, 0), (0, 0, 0)), layers=({"weight": [[1e300] * 3], "bias": None, "activation": "relu"},)
    )
    assert "infinite or not a number" in refused(edits.apply_update, broken)


def test_too_much_work_for_one_edit_is_refused():
    layer = {"weight": ((0.0,) * 200,) * 200, "bias": None, "activation": "identity"}
    big = SEVEN.replace(layers=(layer,), x=((0.0,) * 200,) * 64, target=((0.0,) * 200,) * 64)
    assert refused(edits.apply_update, big, 1000) == "times is 1000, expected at most 78 for a network of this size"
    assert "expected 1 to 1000" in refused(edits.apply_update, SEVEN, 0)
