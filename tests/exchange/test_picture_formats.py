"""Pictures as files: of every preset in every look, of a run; what cannot be drawn is one sentence."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import FORMATS, file_menu, save_file
from mlpviz.exchange.plane_answers import PIXELS, document_answers, run_answers
from mlpviz.exchange.subjects import NETWORK, RUN, LiveRun
from mlpviz.network import Document, DocumentError
from mlpviz.runs import Run
from mlpviz.runs.predictions import predict_samples
from mlpviz.train_page.page import FIRST
from tests.support.random_documents import plain_documents, small
from tests.support.svg_pictures import elements, parsed, texts

PICTURES = {key: entry for key, entry in FORMATS.items() if entry.family == "picture"}
OF_NETWORKS = {key: entry for key, entry in PICTURES.items() if entry.saving.subject is NETWORK}
TWO_INPUTS = {key: preset for key, preset in PRESETS.items() if preset.document.spec.inputs == 2}


@pytest.fixture(scope="module")
def run():
    found = Run.of(FIRST.replace(epochs=2))
    found.epoch(2)
    while found.status == "running":
        found.tick()
    return found


@pytest.mark.parametrize("key", [key for key, entry in OF_NETWORKS.items() if entry.suffix == ".svg"])
@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_has_every_picture(preset, key):
    if key.startswith("map") and preset.key not in TWO_INPUTS:
        with pytest.raises(DocumentError, match="a decision map needs a network with 2 inputs, and this one has"):
            save_file(NETWORK, preset.document, key)
        return
    file = save_file(NETWORK, preset.document, key)
    assert parsed(file.content.decode()) is not None
    assert len(file.content) < 600_000


@given(plain_documents(entries=small))
@settings(max_examples=10)
def test_random_documents_have_pictures(document):
    document = Document.parse(document)
    for key, entry in OF_NETWORKS.items():
        if entry.suffix == ".svg" and (document.spec.inputs == 2 or not key.startswith("map")):
            assert parsed(save_file(NETWORK, document, key).content.decode()) is not None


def test_a_png_is_one():
    file = save_file(NETWORK, PRESETS["mazur"].document, "map-png")
    assert file.name == "mazur--2-2-2-sigmoid-map.png"
    assert file.content.startswith(b"\x89PNG")


def test_without_its_library_a_png_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(DocumentError, match=r"a PNG needs resvg-py, which is not installed: pip install"):
        save_file(NETWORK, PRESETS["mazur"].document, "sheet-png")


@pytest.mark.parametrize("preset", TWO_INPUTS.values(), ids=TWO_INPUTS)
def test_the_map_of_a_document_is_what_its_network_answers(preset):
    document = preset.document
    found = document_answers(document)
    (left, right), (low, high) = found.ranges
    for row, column in ((0, 0), (PIXELS - 1, 5), (40, PIXELS - 1)):
        place = [
            left + (right - left) * column / (PIXELS - 1),
            high - (high - low) * row / (PIXELS - 1),
        ]
        one = document.replace(x=(tuple(place),) * document.samples, mode="evaluation")
        output = one.trace().output[0]
        if found.classes is None:
            assert found.strength[row, column] == pytest.approx(output[0])
        elif len(output) > 1:
            assert found.classes[row, column] == int(np.argmax(output))


def test_the_map_of_a_run_is_what_it_predicts(run):
    found, member, checkpoint = run_answers(LiveRun(run)), run.members[0], run.state(0).checkpoint
    (left, _), (_, high) = found.ranges
    place = np.array([[left, high]])
    predicted = predict_samples(member, checkpoint.spec, checkpoint.params, checkpoint.buffers, place)
    assert found.classes[0, 0] == predicted.classes[0]
    kept = len(member.built.folds[0].split.test)
    assert len(found.x) == len(member.built.table.x) - kept < len(member.built.table.x)
    svg = save_file(RUN, LiveRun(run), "run-map-svg").content.decode()
    assert f"epoch {run.progress.newest}" in texts(svg)
    assert len(elements(svg, "circle")) > 20


def test_a_run_without_two_features_has_no_map():
    digits = FIRST.replace(data={"kind": "set", "set": "digits"})
    with pytest.raises(DocumentError, match="a decision map needs samples with two features"):
        run_answers(LiveRun(Run.of(digits)))


def test_pictures_are_one_entry_of_the_menu():
    menu = file_menu(NETWORK)
    labels = {choices["label"]: choices for choices in menu["choose"]}
    assert {"picture", "worked solution"} <= labels.keys()
    assert labels["picture"]["names"] == ["of", "as", "look"]
    assert {one[0] for one in labels["picture"]["formats"]} == set(OF_NETWORKS)
    assert not {one[0] for one in menu["save"]} & set(OF_NETWORKS)
    chosen = [tuple(one[2:]) for one in labels["picture"]["formats"]]
    assert len(set(chosen)) == len(chosen), "what is chosen names one format"
