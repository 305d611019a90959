"""Arrays by their names: which are biases of which weights, and what a row is."""

import io

import numpy as np
import pytest
from scipy.io import savemat

from mlpviz.exchange.imports import ForeignFile, read_network
from tests.support.foreign_models import output_of

RNG = np.random.default_rng(0)
W1, B1, W2, B2 = (RNG.normal(size=shape) for shape in ((4, 3), 4, (2, 4), 2))
X = RNG.normal(size=(5, 3))
OUTPUTS = np.tanh(X @ W1.T + B1) @ W2.T + B2


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"IW": W1, "LW": W2, "b1": B1, "b2": B2}, "Biases in this order: b1 of IW, b2 of LW."),
        ({"IW": W1, "LW21": W2, "b1": B1[:, None], "b2": B2[:, None]}, "Biases in this order: b1 of IW, b2 of LW21."),
        ({"W1": W1.T, "b1": B1, "W2": W2.T, "b2": B2}, "Rows of the weights are inputs, as their shapes show."),
        ({"W1": W1, "b1": B1, "W2": W2, "b2": B2}, "Layer 1: 3 → 4, biases, tanh."),
    ],
)  # fmt: skip
def test_matrices_of_matlab_are_read_as_their_names_and_shapes_say(arrays, said):
    content = io.BytesIO()
    savemat(content, arrays)
    network = read_network(ForeignFile("weights.mat", content.getvalue()))
    assert said in network.understood
    assert not [each for each in network.left_out if "belongs to no layer" in each]
    np.testing.assert_allclose(output_of(network.document, X.tolist()), OUTPUTS, rtol=1e-12, atol=1e-12)
