"""The programs for Keras run and agree with the sheet: presets, norms, random networks; changes are noticed.

Functions and optimizers are the lines of the programs for JAX, whose tests run each of them.
"""

from itertools import product

import pytest
from hypothesis import given, settings

from mlpviz.engine import LOSSES, NORMS
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.programs.keras_program import KerasProgram
from mlpviz.exchange.programs.program_line import text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from tests.support.library_programs import failures
from tests.support.programs import REFUSED, assert_formatted, changed_programs
from tests.support.random_documents import plain_documents, small
from tests.support.single_layers import one_layer, with_norm

TIED = ("shared_weight", "tied_autoencoder")


IGNORING = [key for key, loss in LOSSES.items() if "ignore_index" in {each.name for each in loss.hyperparameters}]


def with_ignored_classes():
    """Every loss that ignores a class, with and without class weights, as a mean and as a sum."""
    assert IGNORING
    softmax = PRESETS["softmax"].document.to_json_value()
    for key, weight, reduction in product(IGNORING, ([], [1, 2, 0.5]), ("mean", "sum")):
        activation = LOSSES[key].last_activations[0]
        last = softmax["layers"][-1] | {"activation": activation}
        loss = {"key": key, "ignore_index": 1, "weight": weight, "reduction": reduction}
        yield Document.parse(
            softmax | {"layers": [*softmax["layers"][:-1], last], "target": [0, 1, 2, 1], "loss": loss}
        )


def program_of(document):
    return text_of(KerasProgram(document).lines())


def test_the_programs_agree_and_are_formatted(tmp_path):
    documents = [preset.document for key, preset in PRESETS.items() if key not in TIED]
    documents += [one_layer(key) for key in ("prelu", "rrelu")] + [with_norm(key) for key in NORMS]
    documents += list(with_ignored_classes())
    programs = [program_of(each) for each in documents]

    @settings(max_examples=12)
    @given(plain_documents(entries=small, losses=tuple(LOSSES)))
    def add(value):
        try:
            programs.append(program_of(Document.parse(value)))
        except DocumentError as error:
            assert any(each in str(error) for each in ("tied numbers", *REFUSED))  # noqa: PT017  # one of them is said

    add()
    assert_formatted(programs, tmp_path)
    assert [each for each in failures(programs, tmp_path) if each] == []


def test_updates_agree_and_changes_are_noticed(tmp_path):
    mazur = PRESETS["mazur"].document
    documents = [mazur.replace(optimizer=key) for key in ("sgd", "adam", "lbfgs")]
    documents += [mazur.replace(optimizer={"key": "sgd", "momentum": 0.9})]
    # Keras refuses a rate that is a whole number of Python
    documents += [mazur.replace(learning_rate=1), mazur.replace(penalty="l2")]
    updates = [program_of(each) for each in documents]
    assert ["keras.optimizers.SGD" in each for each in updates] == [each.next_step.is_plain for each in documents], (
        "only plain gradient descent is Keras's own: the others would round to 32 bits"
    )
    changed = changed_programs(KerasProgram(mazur).lines())
    found = failures([*updates, *changed], tmp_path)
    assert [each for each in found[: len(updates)] if each] == []
    assert all("AssertionError" in each for each in found[len(updates) :])


@pytest.mark.parametrize("key", TIED)
def test_tied_numbers_are_refused_by_name(key):
    with pytest.raises(DocumentError, match="Keras cannot hold the tied numbers of this network"):
        program_of(PRESETS[key].document)


def test_frozen_tensors_have_lines_of_their_own(tmp_path):
    plain = PRESETS["mazur"].document.to_json_value()
    plain["layers"][0] |= {"frozen": ["bias"], "learning_rate": 0.02}
    program = program_of(Document.parse(plain))
    assert "keras.optimizers.SGD" not in program
    assert failures([program], tmp_path) == [""]


def test_the_file_is_the_program():
    document = PRESETS["batch_norm"].document
    assert save_file(NETWORK, document, "network_keras").content.decode() == program_of(document)
