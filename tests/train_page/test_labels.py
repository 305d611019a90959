"""What is refused on the training page is said with the labels on screen, whatever the field."""

import json
import re
from base64 import b64encode

import pytest

from mlpviz.config.edits import with_value
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.schema.errors import field_name, given
from mlpviz.text.sentences import sentence
from mlpviz.train_page.form import form_of
from mlpviz.train_page.labels import on_screen
from mlpviz.train_page.page import FIRST, TRAIN
from mlpviz.train_page.session import TrainSession
from tests.support.repository import ROOT

EVERYTHING = FIRST.replace(
    layers=[
        {"units": 6, "activation": {"key": "leaky_relu", "slope": 0.1}, "norm": "batch_norm", "dropout": 0.1},
        {"units": None, "activation": "identity"},
    ],
    optimizer={"key": "sgd", "momentum": 0.9},
    schedule="one_cycle",
    penalty="elastic_net",
    clipping="norm",
    stopping={"patience": 3},
    batch_size=10,
)


UNREFUSED = (["split", "preset"], ["layers", 1, "activation"])


def fields(items, group=""):
    for item in items:
        yield from fields(item.get("items", ()), str(item.get("text", "")))
        if "value" in item and item["kind"] in ("number", "choice", "flag"):
            yield item, group


def shown():
    form = form_of(Run.of(EVERYTHING), "learning_rate")
    for tab in form[:3]:
        for item, group in fields(tab["items"]):
            # the last activation follows the loss, whatever is asked for
            if item["path"][0] not in ("source", "features") and item["path"] not in UNREFUSED:
                yield pytest.param(form, item, group, id=".".join(map(str, item["path"])))


@pytest.mark.parametrize(("form", "item", "group"), list(shown()))
def test_a_value_of_the_wrong_kind_is_said_with_the_label_of_its_control(form, item, group):
    with pytest.raises(DocumentError) as caught:
        with_value(EVERYTHING, item["path"], "nonsense!")
    text = on_screen(caught.value, form)
    assert item["label"].lower() in text.lower()
    assert group.split(" ")[0].lower() in text.lower()
    # what a list of choices holds may have such keys; a place in a file has them before anything else
    before = text.split("'nonsense!'")[0]
    assert not re.search(r"[\[\]_]|\w\.\w", before), text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (DocumentError.at(("layers", 0, "units"), "is 0, expected 1"), "Layer 1, units: 0, expected 1"),
        (
            DocumentError.at(("layers", 1, "dropout"), "is 0.5, expected 0 in the last layer", "bce"),
            "Layer 2, dropout: 0.5, expected 0 in the last layer for the loss binary cross-entropy (after sigmoid)",
        ),
        (
            DocumentError.at(
                ("stopping", "watch"),
                sentence(
                    "is validation, expected train with a {share} of 0", share=field_name("split", "validation")
                ),
            ),
            "Watches: validation, expected train with a validation share of 0",
        ),
        (
            DocumentError.at(("one_hot",), sentence("is {no}, expected {yes}", no=given(False), yes=given(True))),
            "One-hot targets: off, expected on",
        ),
        (
            DocumentError(
                sentence(
                    "{size} is 1, too few for {layer}", size=field_name("batch_size"), layer=field_name("layers", 0)
                )
            ),
            "batch size is 1, too few for layer 1",
        ),
        (DocumentError("own_file.csv did not arrive whole"), "own_file.csv did not arrive whole"),
    ],
)  # fmt: skip
def test_sentences_name_controls_and_leave_other_texts(said, expected):
    assert on_screen(said, form_of(Run.of(EVERYTHING), "learning_rate")) == expected


REFUSED = json.loads((ROOT / "tests/support/refused_on_screen.json").read_text(encoding="utf-8"))
"""Whether the setup has everything, what is asked for, and what is said: one of each kind of refusal."""


@pytest.mark.parametrize(("everything", "events", "said"), REFUSED, ids=[said[:60] for _, _, said in REFUSED])
def test_every_kind_of_refusal_is_said_in_the_words_of_the_page(everything, events, said):
    one = TrainSession.of(EVERYTHING if everything else FIRST)
    for event in events:
        TRAIN.handle(one, {"page": "train", "events": [event]})
    whole, begun = f"Not done: {said}", f"Not done: {said.removesuffix('…')}"
    # a list of all that can be chosen grows with the registries
    assert one.said.error.startswith(begun) if said.endswith(", …") else one.said.error == whole


@pytest.mark.parametrize("name", ["batch_size", "missing = drop", "layers[0].units", "true", "mse"])
def test_a_column_that_is_called_like_a_field_keeps_its_name(name):
    """What somebody typed is no word of ours."""
    content = f"a,{name}\n1,x\n2,\n".encode()
    piece = {
        "purpose": "csv",
        "name": "own_file.csv",
        "size": len(content),
        "at": 0,
        "bytes": b64encode(content).decode(),
    }
    one = TrainSession.of(FIRST)
    TRAIN.handle(one, {"page": "train", "events": [{"type": "upload_piece", **piece}]})
    advice = "(or choose “leave them out” for “rows with gaps”)"
    assert one.said.error == f"Not done: data: line 3, column '{name}' is empty, expected a value {advice}"


def test_a_file_is_refused_in_its_own_words():
    said = {text: str(refused(*arguments)) for text, arguments in IN_A_FILE.items()}
    assert {text: text for text in said} == said


IN_A_FILE = {
    "batch_size is 1, expected at least 2 for the batch norm of layers[0]": (EVERYTHING, ["batch_size"], 1),
    "shuffle is 'x', expected true or false": (FIRST, ["shuffle"], "x"),
    "split.redraw is null, expected true or false": (FIRST, ["split", "redraw"], None),
    "clipping is 'x', expected one of norm, value": (FIRST, ["clipping"], "x"),
    "optimizer has an unknown knob 'x'; known knobs are learning_rate, momentum, dampening, nesterov, "
    "rate_in_velocity, weight_decay, maximize": (EVERYTHING, ["optimizer", "x"], 1),
    "split has an unknown field 'x'; known fields are test, own_test, validation, stratified, seed, redraw, folds": (
        FIRST,
        ["split", "x"],
        1,
    ),
    "stopping.watch is validation, expected train with a split.validation of 0": (
        EVERYTHING,
        ["split", "validation"],
        0,
    ),
}


def refused(setup, path, value):
    with pytest.raises(DocumentError) as caught:
        with_value(setup, path, value)
    return caught.value


def test_files_keep_the_fields():
    with pytest.raises(DocumentError, match=re.escape("layers[0].units is 0")):
        with_value(FIRST, ("layers", 0, "units"), 0)
