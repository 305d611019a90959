"""Models that Keras saves here, in all of its forms: outputs are those of Keras, or a sentence says why not."""

import json
import subprocess
import sys

import numpy as np
import pytest

from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.network import DocumentError
from tests.support.foreign_models import output_of
from tests.support.repository import ROOT

NAMES = (
    "rms", "prelu", "one slope", "slope inside", "reshape", "same widths inside", "same names inside",
    "functional inside", "norms", "compiled", "huber", "residual", "residual inputs", "sum at the end", "twice",
    "wide and deep", "nested", "side by side thrice", "beside tanh", "shortcut", "residual inside", "operators",
)  # fmt: skip


@pytest.fixture(scope="module")
def keras(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keras")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.keras_files", str(folder)],
        cwd=ROOT, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout.splitlines()[-1])


def opened(folder, name, *beside, answers=None):
    files = {each: (folder / each).read_bytes() for each in beside}
    return read_network(ForeignFile(name, (folder / name).read_bytes(), files), answers)


@pytest.mark.parametrize("suffix", [".keras", ".h5", ".weights.h5"])
@pytest.mark.parametrize("name", NAMES)
def test_outputs_are_those_of_keras(keras, name, suffix):
    folder, expected = keras
    # another model in the same folder is none of its architecture
    network = opened(folder, f"{name}{suffix}", f"{name}.keras", "reshape.keras")
    x, theirs = expected[name]
    np.testing.assert_allclose(output_of(network.document, x), theirs, rtol=2e-5, atol=2e-6)


def test_weights_alone_find_their_order_and_ask_for_the_rest(keras):
    folder, expected = keras
    network = opened(folder, "norms.weights.h5", "reshape.keras")
    x, theirs = expected["norms"]
    np.testing.assert_allclose(output_of(network.document, x), theirs, rtol=2e-5, atol=2e-6)
    assert "activation after 2_dense_1" in {guess.key for guess in network.guesses}
    with pytest.raises(
        DocumentError, match=r"a model inside the model, .*: choose the .keras file or config.json as well"
    ):
        opened(folder, "same widths inside.weights.h5")
    network = opened(folder, "rms.weights.h5", answers={"kind of 1_rms_normalization": "rms_norm"})
    assert network.document.layers[0].norm.key == "rms_norm"


def test_an_architecture_of_another_model_is_refused(keras, tmp_path):
    folder, _ = keras
    (tmp_path / "norms.weights.h5").write_bytes((folder / "norms.weights.h5").read_bytes())
    (tmp_path / "norms.keras").write_bytes((folder / "reshape.keras").read_bytes())
    with pytest.raises(DocumentError, match=r"norms.keras describes 2 dense layers, norms.weights.h5 has weights of 3"):
        opened(tmp_path, "norms.weights.h5", "norms.keras")


def test_quantized_weights_are_refused(keras):
    with pytest.raises(DocumentError, match=r"is quantized: save the model before quantize\(\)"):
        opened(keras[0], "quantized.keras")


def test_a_setting_of_the_loss_that_is_not_taken_over_is_said(keras):
    network = opened(keras[0], "compiled.keras")
    assert network.document.loss.key == "cross_entropy"
    assert "The loss 'CategoricalCrossentropy' has label_smoothing 0.1: set it on the sheet." in network.left_out
    network = opened(keras[0], "huber.keras")
    assert network.document.loss.key == "huber"
    assert "Keras saves no delta of its Huber loss: it opens with 1." in network.left_out
