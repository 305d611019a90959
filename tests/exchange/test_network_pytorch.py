"""The PyTorch program of a network runs and agrees with the sheet: every preset, random networks, imported ones."""

import contextlib
import io

import numpy as np
import pytest
import torch
from hypothesis import Phase, given, settings

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from tests.support.code_lines import run_line
from tests.support.random_documents import plain_documents, small


@pytest.fixture(autouse=True)
def usual_numbers():
    yield
    torch.set_default_dtype(torch.float32)


def run(document):
    program = save_file(NETWORK, document, "network_pytorch").content.decode()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        found = run_line(program)
    assert "every number agrees with the sheet" in out.getvalue()
    return found


@pytest.mark.parametrize("key", PRESETS)
def test_the_program_of_a_preset_agrees(key):
    document = PRESETS[key].document
    found = run(document)
    if "new_W1" in found:
        expected = document.next_step.new_params
        np.testing.assert_allclose(found["new_W1"].numpy().ravel(), expected[: found["W1"].numel()], rtol=1e-12)


@given(plain_documents(entries=small))
@settings(max_examples=20, phases=[Phase.generate])
def test_the_program_of_a_random_network_agrees(value):
    document = Document.parse(value)
    try:
        run(document)
    except DocumentError as error:
        assert "infinite or NaN" in str(error) or "no target" in str(error)  # noqa: PT017  # either is said


def test_a_wrong_number_is_found():
    program = save_file(NETWORK, PRESETS["mazur"].document, "network_pytorch").content.decode()
    broken = program.replace("0.15", "0.16", 1)
    assert broken != program
    with pytest.raises(AssertionError):
        run_line(broken)
