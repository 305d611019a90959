"""The programs with nn.Sequential run and agree with the sheet, or say what nn.Sequential cannot hold."""

import pytest
from hypothesis import given, settings

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.programs.sequential import Sequential
from mlpviz.network import Document, DocumentError
from tests.support.programs import REFUSED, assert_formatted, run
from tests.support.random_documents import plain_documents, small


def program_of(document):
    return text_of(Sequential(document).lines())


def program_or_none(document):
    try:
        return program_of(document)
    except DocumentError as error:
        assert "nn.Sequential cannot hold the " in str(error) or any(each in str(error) for each in REFUSED)  # noqa: PT017
        return None


def test_the_programs_of_the_presets_agree_and_are_formatted(tmp_path):
    programs = {key: program_or_none(preset.document) for key, preset in PRESETS.items()}
    assert {key for key, program in programs.items() if program is None} == {
        "residual", "dropout", "shared_weight", "tied_autoencoder",
    }  # fmt: skip
    written = [program for program in programs.values() if program]
    for program in written:
        run(program)
    assert_formatted(written, tmp_path)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation(key, tmp_path):
    plain = PRESETS["mazur"].document.to_json_value()
    plain["layers"][0]["activation"] = key
    plain["mode"] = "evaluation"
    program = program_of(Document.parse(plain))
    run(program)
    assert_formatted([program], tmp_path)


@pytest.mark.parametrize("key", NORMS)
@pytest.mark.parametrize("affine", [True, False])
def test_every_norm(key, affine):
    plain = PRESETS["xor"].document.to_json_value()
    plain["layers"][0]["norm"] = {"key": key, "affine": affine, "eps": 0.01}
    run(program_of(Document.parse(plain)))


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_is_torchs_or_says_that_it_is_not(key):
    document = PRESETS["mazur"].document.replace(optimizer=key)
    program = program_of(document)
    run(program)
    assert ("optimizer.step(" in program) == document.next_step.optimizer.is_torchs


@settings(max_examples=25)
@given(plain_documents(entries=small, losses=tuple(LOSSES)))
def test_a_random_network_agrees_or_is_refused(value):
    program = program_or_none(Document.parse(value))
    if program:
        run(program)


def test_a_changed_number_is_noticed():
    program = program_of(PRESETS["mazur"].document)
    with pytest.raises(AssertionError):
        run(program.replace("0.15", "0.16", 1))
