"""Many samples are evaluated piece by piece, with the numbers that they have together."""

import numpy as np
import pytest

from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, NetworkSpec, evaluate, initial_parameters
from mlpviz.engine import network_outputs as module
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.network_outputs import network_outputs
from mlpviz.engine.norms import NORMS


@pytest.mark.parametrize("norm", [None, *NORMS])
@pytest.mark.parametrize("networks", [1, 3])
def test_pieces_have_the_numbers_of_the_whole(monkeypatch, norm, networks):
    rng = np.random.default_rng(1)
    tanh, identity = ACTIVATIONS["tanh"], ACTIVATIONS["identity"]
    layers = (LayerSpec(3, 5, tanh, True, None if norm is None else NORMS[norm]), LayerSpec(5, 2, identity, True))
    spec = NetworkSpec(layers, LOSSES["mse"])
    params = np.stack([initial_parameters(spec, INITIALIZERS["xavier_normal"], rng) for _ in range(networks)])
    params = params[0] if networks == 1 else params
    x, buffers = rng.normal(size=(50, 3)), spec.initial_buffers(params.shape[:-1])
    whole = evaluate(spec, params, x, buffers).a[-1]
    np.testing.assert_array_equal(network_outputs(spec, params, x, buffers), whole)
    asked = []
    monkeypatch.setattr(module, "evaluate", lambda *given: asked.append(len(given[2])) or evaluate(*given))
    monkeypatch.setattr(module, "PIECE", 7 * 8 * networks)
    np.testing.assert_allclose(network_outputs(spec, params, x, buffers), whole, rtol=1e-13, atol=1e-15)
    assert asked == [8] * 6 + [2]
