"""State dicts of PyTorch with norms and slopes: outputs are PyTorch's, and what a row of numbers is, is asked."""

import io

import numpy as np
import pytest
import torch
from torch import nn

from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.network import DocumentError
from tests.support.foreign_models import output_of


def saved(model):
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    return ForeignFile("model.pt", buffer.getvalue())


def around(*middle):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 5), *middle, nn.Linear(5, 2)).eval()
    with torch.no_grad():
        for module in middle:
            for parameter in module.parameters():
                parameter += 0.1 * torch.randn_like(parameter)
    return model


@pytest.mark.parametrize(
    ("middle", "asked"),
    [
        ((nn.PReLU(),), {}),
        ((nn.PReLU(5),), {"kind of 1": "prelu"}),
        ((nn.RMSNorm(5), nn.ReLU()), {"kind of 1": "rms_norm"}),
        ((nn.RMSNorm(5), nn.PReLU(5)), {"kind of 1": "rms_norm", "kind of 2": "prelu"}),
        ((nn.LayerNorm(5), nn.ReLU()), {}),
        ((nn.BatchNorm1d(5), nn.ReLU()), {}),
    ],
    ids=str,
)
def test_outputs_are_those_of_torch(middle, asked):
    model = around(*middle)
    network = read_network(saved(model))
    kinds = {guess.key: guess.chosen for guess in network.guesses if guess.key.startswith("kind")}
    assert kinds == asked
    x = torch.randn(3, 4)
    np.testing.assert_allclose(
        output_of(network.document, x.double().tolist()), model(x).detach(), rtol=1e-5, atol=1e-6
    )


def test_a_row_without_a_shift_can_be_a_layer_norm():
    model = around(nn.LayerNorm(5, bias=False), nn.ReLU())
    network = read_network(saved(model), {"kind of 1": "layer_norm"})
    x = torch.randn(3, 4)
    np.testing.assert_allclose(
        output_of(network.document, x.double().tolist()), model(x).detach(), rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("norm", [nn.utils.parametrizations.weight_norm, nn.utils.parametrizations.spectral_norm])
def test_a_derived_weight_says_how_to_make_it_one(norm):
    with pytest.raises(
        DocumentError, match=r"remove weight or spectral norm first, with torch\.nn\.utils\.parametrize"
    ):
        read_network(saved(nn.Sequential(norm(nn.Linear(4, 5)), nn.ReLU(), nn.Linear(5, 2))))
