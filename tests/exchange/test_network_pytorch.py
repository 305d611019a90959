"""The PyTorch program of a network runs and agrees with the sheet: every preset, random networks, imported ones."""

import contextlib
import io

import numpy as np
import pytest
import torch
from hypothesis import given, settings

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
    step = document.next_step
    if "new_W1" in found and np.isfinite(step.new_params).all():
        views = document.spec.views(step.new_params)
        for number, view in enumerate(views, start=1):
            for tensor, letter in (("weight", "W"), ("bias", "b"), ("gamma", "gamma"), ("beta", "beta")):
                if (expected := getattr(view, tensor)) is not None:
                    got = found[f"new_{letter}{number}"].detach().numpy()
                    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)
    return found


@pytest.mark.parametrize("key", [key for key, preset in PRESETS.items() if preset.document.spec.sharing is None])
def test_the_program_of_a_preset_agrees(key):
    run(PRESETS[key].document)


@pytest.mark.parametrize("key", [key for key, preset in PRESETS.items() if preset.document.spec.sharing is not None])
def test_no_program_is_written_of_tied_numbers(key):
    with pytest.raises(DocumentError, match="some numbers of the network are tied, and the program has"):
        save_file(NETWORK, PRESETS[key].document, "network_pytorch")


@given(plain_documents(entries=small))
@settings(max_examples=20)
def test_the_program_of_a_random_network_agrees(value):
    document = Document.parse(value)
    try:
        run(document)
    except DocumentError as error:
        said = ("infinite or NaN", "no target") if document.spec.sharing is None else ("are tied",)
        assert any(each in str(error) for each in said)  # noqa: PT017  # one of them is said


def test_a_wrong_number_is_found():
    program = save_file(NETWORK, PRESETS["mazur"].document, "network_pytorch").content.decode()
    broken = program.replace("0.15", "0.16", 1)
    assert broken != program
    with pytest.raises(AssertionError):
        run_line(broken)
