"""The programs by hand run and agree with the sheet: presets, random networks; they notice a wrong number."""

import ast

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_line import Digits, comment, text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from mlpviz.sheet.values import values_on_screen
from tests.support.programs import REFUSED, assert_formatted, changed_programs, run
from tests.support.random_documents import plain_documents, small

LANGUAGES = ("numpy", "torch")


def program_of(document, language="numpy"):
    return text_of(ByHand(document, language).lines())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PRESETS)
def test_the_program_of_a_preset_agrees(key, language):
    document = PRESETS[key].document
    found = run(program_of(document, language))
    step = document.spec.views(document.next_step.new_params)
    for number, view in enumerate(step, start=1):
        np.testing.assert_allclose(np.asarray(found[f"new_W{number}"]), view.weight, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25)
@given(plain_documents(entries=small))
def test_the_program_of_a_random_network_agrees(language, value):
    document = Document.parse(value)
    try:
        program = program_of(document, language)
    except DocumentError as error:
        assert any(each in str(error) for each in REFUSED)  # noqa: PT017  # one of them is said
        return
    run(program)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_update_of_every_optimizer_is_written(key, language):
    document = PRESETS["mazur"].document.replace(
        optimizer=key, penalty={"key": "l2", "strength": 0.01}, penalize_biases=True
    )
    after = document.next_step
    if after.new_slots:
        slots = {name: np.asarray(slot).tolist() for name, slot in after.new_slots.items()}
        document = document.replace(optimizer_state={"t": 1, "slots": slots})
    program = program_of(document, language)
    assert "no part of this program" not in program
    run(program)


def test_an_update_that_cannot_be_written_says_so():
    document = PRESETS["shared_weight"].document.replace(optimizer="muon")
    program = program_of(document)
    assert "# The update is no part of this program: Muon steps several numbers together" in program
    assert "new_W1" not in run(program)


@pytest.mark.parametrize("language", LANGUAGES)
def test_frozen_tensors_and_own_rates(language):
    plain = PRESETS["mazur"].document.to_json_value()
    plain["layers"][0] |= {"frozen": ["bias"], "learning_rate": 0.02}
    found = run(program_of(Document.parse(plain), language))
    assert np.array_equal(np.asarray(found["new_b1"]), np.asarray(found["b1"].tolist()))


def test_the_programs_are_formatted(tmp_path):
    programs = [program_of(preset.document, language) for preset in PRESETS.values() for language in LANGUAGES]
    formatted: list[str] = []

    @settings(max_examples=25)
    @given(plain_documents(entries=small))
    def add(value):
        try:
            formatted.extend(program_of(Document.parse(value), language) for language in LANGUAGES)
        except DocumentError:
            return

    add()
    assert_formatted([*programs, *formatted], tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_is_changed_is_noticed(language):
    lines = ByHand(PRESETS["mazur"].document, language).lines()
    assert sum(isinstance(part, Digits) for line in lines for part in line.parts) == 59
    for program in changed_programs(lines, 20):
        with pytest.raises(AssertionError):
            run(program)


def test_lines_know_their_numbers():
    document = PRESETS["dropout"].document
    values = values_on_screen(document)
    program = ByHand(document, "numpy")
    lines, seen = program.lines(), set()
    for line in lines:
        seen.add(line.block)
        for part in line.parts:
            if isinstance(part, Digits):
                value = values[line.block][part.row, part.column]
                assert float(part.text) == pytest.approx(value, rel=0 if line.given else 1e-11)
    computed = {key for key, block in program.blocks.items() if block.quantity.key != "loss_term"}
    assert computed <= seen
    assert text_of(lines).encode() == save_file(NETWORK, document, "network_numpy").content


@pytest.mark.parametrize("name", ['"""', "coding: latin-1", "fmt: off", "\\", "a # b", "'); import os #"])
def test_text_of_a_person_stays_a_comment(name):
    plain = PRESETS["mazur"].document.to_json_value() | {"name": name}
    plain["layers"][1]["label"] = name
    before, after = (ast.parse(program_of(PRESETS["mazur"].document)), ast.parse(program_of(Document.parse(plain))))
    assert ast.dump(before) == ast.dump(after)
    text = program_of(Document.parse(plain))
    assert sum(line.startswith(("# Name: ", "# Label: ")) for line in text.splitlines()) == 2
    assert comment("Name", "x\u202ey\nz\x00") == "# Name: x y z"
    assert not text.splitlines()[1].startswith("#"), "Python reads an encoding from there"
