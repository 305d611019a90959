"""What is refused on the training page is said with the labels on screen, whatever the field."""

import re

import pytest

from mlpviz.document import DocumentError
from mlpviz.figures.training_form import form_of
from mlpviz.figures.training_labels import on_screen
from mlpviz.runs import Run
from mlpviz.setup.changes import with_value
from mlpviz.train_page.page import FIRST

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
            DocumentError.at(("stopping", "watch"), "is validation, expected train with a split.validation of 0"),
            "Watches: validation, expected train with a validation share of 0",
        ),
        (DocumentError.at(("one_hot",), "is false, expected true"), "One-hot targets: off, expected on"),
        (DocumentError("batch_size is 1, too few for layers[0]"), "batch size is 1, too few for layer 1"),
        (
            DocumentError("data: column 'batch_size' is empty (rows with gaps can be left out: missing = drop)"),
            "data: column 'batch_size' is empty (or choose “leave them out” for “rows with gaps”)",
        ),
        (
            DocumentError("data: target: there is no column 'x'"),
            "data: column to learn: there is no column 'x'",
        ),
        (DocumentError("own_file.csv did not arrive whole"), "own_file.csv did not arrive whole"),
    ],
)  # fmt: skip
def test_sentences_name_controls_and_leave_other_texts(said, expected):
    assert on_screen(said, form_of(Run.of(EVERYTHING), "learning_rate")) == expected


def test_files_keep_the_fields():
    with pytest.raises(DocumentError, match=re.escape("layers[0].units is 0")):
        with_value(FIRST, ("layers", 0, "units"), 0)
