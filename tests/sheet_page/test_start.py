"""What a person meets first: the story of each example, and the dialogue of a new network."""

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.start import story_of

NEW = {"type": "new_network", "attempt": 1, "widths": "2-3-2", "activations": ["relu", "identity"], "biases": True} | {
    "loss": "mse",
    "start": "integers",
    "seed": "0",
    "samples": "2",
}


@pytest.mark.parametrize("key", PRESETS)
def test_an_example_tells_its_story_also_when_its_numbers_were_edited(key):
    preset = PRESETS[key]
    edited = preset.document.replace(learning_rate=0.5)
    for document in (preset.document, edited):
        story = story_of(document)
        assert (story["description"], story["question"]) == (preset.description, preset.question)
    assert story_of(preset.document.replace(name="mine")) is None


def test_a_new_network_is_opened_and_undo_brings_the_old_one_back():
    session = SHEET.open({})
    before = session.document
    state = SHEET.handle(session, {"events": [NEW]})["state"]
    assert state["made_network"] == {"attempt": 1, "field": "", "problem": ""}
    assert session.document.widths == (2, 3, 2)
    SHEET.handle(session, {"events": [{"type": "undo"}]})
    assert session.document == before


def test_what_does_not_fit_changes_nothing_and_names_its_field():
    session = SHEET.open({})
    before = session.document
    answer = SHEET.handle(session, {"events": [NEW | {"attempt": 2, "widths": "two"}]})
    assert answer["state"]["made_network"]["field"] == "widths"
    assert answer["said"]["error"] is None, "it is said at the field"
    assert session.document == before
