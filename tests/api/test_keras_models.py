"""Networks from Keras models: outputs and loss are those of Keras, which runs in a process of its own."""

import json
import subprocess
import sys

import numpy as np
import pytest

import mlpviz
from tests.support.repository import ROOT


@pytest.fixture(scope="module")
def computed():
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.keras_outputs"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", ["classes", "rows", "numbers", "norm and dropout"])
def test_outputs_and_loss_are_those_of_keras(computed, name):
    theirs, ours = computed[name]["outputs"]
    np.testing.assert_allclose(ours, theirs, rtol=2e-5, atol=2e-6)
    theirs, ours = computed[name]["loss"]
    assert ours == pytest.approx(theirs, rel=2e-5)


def test_what_is_no_chain_of_dense_layers_is_refused(computed):
    assert "Conv1D" in computed["refused"]


def test_what_is_no_model_is_refused():
    with pytest.raises(mlpviz.DocumentError, match="expected a Keras model, found a int"):
        mlpviz.from_keras(7, [[1.0]])
