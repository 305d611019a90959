"""Any event gives a valid document or one sentence, and the document before it stays as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.network import Document, DocumentError
from mlpviz.network.edits import EDITS, EditResult, apply
from tests.support.edit_events import EVENTS, MAZUR, SEVEN, places, quick, refused
from tests.support.errors import assert_one_line
from tests.support.random_documents import documents, small


def first_weight(document):
    """The first weight as somebody would copy it."""
    return str([list(row) for row in document.layers[0].weight])


def a_hyperparameter(document, kind):
    """The event that sets a hyperparameter of this document to its own default, if there is one."""
    owners = [("layer", i, getattr(layer, kind.split("_")[1], None)) for i, layer in enumerate(document.layers, 1)]
    owners = [("loss", 0, document.loss)] if kind == "set_loss_knob" else owners
    for owner, number, choice in owners:
        for hyperparameter in choice.entry.hyperparameters if choice else ():
            value = (
                list(hyperparameter.default) if isinstance(hyperparameter.default, tuple) else hyperparameter.default
            )
            return {"name": hyperparameter.name, "value": value} | ({"layer": number} if owner == "layer" else {})
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
        if aimed and kind == "redraw_slopes":
            chosen = {"type": "set_activation", "layer": 1, "key": "rrelu"}
            document = document if len(document.layers) == 1 else apply(document, chosen).document
            event |= {"layer": 1, "seed": 3}
        if aimed and kind == "set_target_form" and document.widths[-1] > 1:
            document = apply(document, {"type": "set_loss", "key": "cross_entropy"}).document
            event |= {"form": "numbers"}
        if aimed and kind == "set_penalty_knob":
            document = document.replace(penalty="l2")
            event |= {"name": "strength", "value": 0.5}
        if aimed and kind.startswith("set_schedule_"):
            document = document.replace(schedule="exponential")
            event |= {"name": "gamma", "value": 0.5} if kind == "set_schedule_knob" else {"value": 7}
        before = document.to_json()
        if aimed and kind == "set_matrix":
            event |= {"tensor": "x", "rows": [[1.0] * document.widths[0]] * 2}
        if aimed and kind == "set_numbers":
            event |= {"numbers": [{"tensor": "x", "layer": None, "row": 1, "column": 1, "value": 1.0}]}
        if aimed and kind == "paste":
            event |= {"tensor": "weight", "layer": 1, "text": first_weight(document), "transposed": False}
        if aimed and kind not in ("set_penalty_knob", "set_schedule_knob") and kind.endswith("_knob"):
            event |= a_hyperparameter(document, kind)
        if aimed and kind == "unpin" and document.pins:
            event |= dict(zip(("layer", "sample", "unit"), places(document)[0], strict=True))
        try:
            edited = apply(document, event)
        except DocumentError as error:
            assert_one_line(error)
            outcomes.add("refused")
        else:
            assert isinstance(edited, EditResult)
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
        ({"type": "narrow", "layer": "one"}, "layer is 'one', expected a whole number"),
        ({"type": "narrow", "layer": True}, "layer is true, expected a whole number"),
        ({"type": "narrow", "layer": 1, "by": 2}, "the edit narrow has an unknown field 'by'; known fields are layer"),
        (
            {"type": "set", "tensor": "weight", "layer": 3, "row": 1, "column": 1, "value": "two"},
            "W of layer 3, row 1, column 1 is 'two', expected a number",
        ),
        (
            {"type": "set", "tensor": "z", "row": 1, "value": 2},
            "tensor is 'z', expected 'weight', 'bias', 'gamma', 'beta', 'alpha', 'running_mean', 'running_var', "
            "'slopes', 'x' or 'target'",
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


def test_the_gesture_of_an_event_is_no_argument():
    event = {"type": "set", "tensor": "weight", "layer": 3, "row": 2, "column": 1, "value": 1.5, "gesture": "drag 1"}
    assert apply(SEVEN, event).document.layers[2].weight[1] == (1.5, -1.0)
