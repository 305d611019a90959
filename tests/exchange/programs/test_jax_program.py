"""The programs for JAX run and agree with the sheet: presets, every function, random networks; changes are noticed."""

import pytest
from hypothesis import given, settings

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.programs.jax_program import JaxProgram
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from tests.support.library_programs import failures
from tests.support.programs import REFUSED, assert_formatted, changed_programs
from tests.support.random_documents import plain_documents, small
from tests.support.single_layers import one_layer, with_norm


def program_of(document):
    return text_of(JaxProgram(document).lines())


def test_the_programs_agree_and_are_formatted(tmp_path):
    documents = [preset.document for preset in PRESETS.values()]
    documents += [one_layer(key) for key in ACTIVATIONS] + [with_norm(key) for key in NORMS]
    programs = [program_of(each) for each in documents]

    @settings(max_examples=12)
    @given(plain_documents(entries=small, losses=tuple(LOSSES)))
    def add(value):
        try:
            programs.append(program_of(Document.parse(value)))
        except DocumentError as error:
            assert any(each in str(error) for each in REFUSED)  # noqa: PT017  # one of them is said

    add()
    assert_formatted(programs, tmp_path)
    assert [each for each in failures(programs, tmp_path) if each] == []


def test_updates_agree_and_changes_are_noticed(tmp_path):
    mazur = PRESETS["mazur"].document
    updates = [program_of(mazur.replace(optimizer=key, penalty="l2")) for key in OPTIMIZERS]
    changed = changed_programs(JaxProgram(mazur).lines())
    found = failures([*updates, *changed], tmp_path)
    assert [each for each in found[: len(updates)] if each] == []
    assert all("AssertionError" in each for each in found[len(updates) :])


def test_the_file_is_the_program():
    document = PRESETS["batch_norm"].document
    assert save_file(NETWORK, document, "network_jax").content.decode() == program_of(document)


@pytest.mark.parametrize("key", ["relu6", "hinge"])
def test_kinks_have_a_slope_of_their_own(key):
    document = one_layer(key) if key in ACTIVATIONS else PRESETS["perceptron"].document
    assert "@jax.custom_vjp" in program_of(document)
    assert "@jax.custom_vjp" not in program_of(one_layer("tanh"))
