"""Tied networks against PyTorch with parameters that are shared as people share them, and the check of them."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS, steps_tensors
from mlpviz.engine.ties import Sharing
from mlpviz.network import Document
from mlpviz.network.edits import apply_update
from mlpviz.verify.report import check

torch = pytest.importorskip("torch")
F = torch.nn.functional

AUTOENCODER = {
    "layers": [
        {"weight": [[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]], "bias": 0.3, "activation": "tanh"},
        {"tied_to": 1, "transposed": True, "bias": [0, 0.1, 0], "activation": "identity"},
    ],
    "x": [[1, 2, 3], [0.5, -1, 0]],
    "target": [[1, 2, 3], [0.5, -1, 0]],
    "loss": "mse",
    "learning_rate": 0.05,
}


@pytest.mark.parametrize("key", [key for key, optimizer in OPTIMIZERS.items() if optimizer.is_torchs])
def test_a_tied_autoencoder_learns_as_with_a_shared_parameter(key):
    """F.linear with encoder.weight.t(), one number for the bias of both units, and torch.optim, ten steps."""
    document = Document.parse(AUTOENCODER | {"optimizer": key})
    weight, bias, last = (
        torch.tensor(numbers, dtype=torch.float64, requires_grad=True)
        for numbers in (document.layers[0].weight, document.layers[0].bias[0], document.layers[1].bias)
    )
    own = document.optimizer.entry
    # torch.optim keeps slots that are one number in single precision
    near = 1e-9 if all(slot.per_parameter for slot in own.slots_in_use) else 1e-6
    theirs = getattr(torch.optim, own.torch)(
        [weight, bias, last], **own.torch_arguments | dict(own.torch_fixed) | {"lr": 0.05}
    )
    x = torch.tensor(document.x, dtype=torch.float64)

    def loss_and_grad():
        theirs.zero_grad()
        loss = F.mse_loss(F.linear(torch.tanh(F.linear(x, weight) + bias), weight.t(), last), x)
        loss.backward()
        return loss

    for _ in range(10):
        loss = loss_and_grad()
        assert np.allclose(document.trace().loss, loss.item(), rtol=near)
        encoder, decoder = (layer.grad_weight for layer in document.trace().layers)
        assert np.allclose(encoder + decoder.T, weight.grad, rtol=near, atol=1e-14)
        assert np.allclose(document.trace().layers[0].grad_bias.sum(), bias.grad, rtol=near, atol=1e-14)
        theirs.step(loss_and_grad)
        document = apply_update(document).document
        assert np.allclose(document.layers[0].weight, weight.detach(), rtol=near, atol=1e-12)
        assert np.array_equal(np.transpose(document.layers[1].weight), document.layers[0].weight)
        assert np.allclose(document.layers[0].bias, bias.item(), rtol=near, atol=1e-12)
        assert np.allclose(document.layers[1].bias, last.detach(), rtol=near, atol=1e-12)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_check_agrees_on_ties_of_all_kinds(key):
    ties = [[[1, 1, 1], [1, 2, 3]], [[2, 1], [2, 3]]]
    equal = [{**AUTOENCODER["layers"][0], "weight": [[0.1, 0.2, 0.3], [-0.4, 0.5, 0.1]]}, AUTOENCODER["layers"][1]]
    if steps_tensors(OPTIMIZERS[key]):  # which refuses ties of single places: whole weights and one bias are left
        ties, equal = [], AUTOENCODER["layers"]
    document = Document.parse(AUTOENCODER | {"layers": equal, "ties": ties, "optimizer": key, "penalty": "l2"})
    for _ in range(3):
        report = check(document.trace(), document.next_step)
        assert report.ok, report.summary
        rows = {row.name: row for row in report.rows}
        shared = rows["∂L/∂θ of shared numbers"]
        assert shared.torch is not None
        assert shared.differences is not None
        assert shared.shape == ((5 + 1 + 1,) if ties else (6 + 1,))
        document = apply_update(document).document


def test_a_sum_that_leaves_out_a_use_turns_the_check_red(monkeypatch):
    document = Document.parse(AUTOENCODER)
    trace = document.trace()
    monkeypatch.setattr(Sharing, "sums", lambda self, grad: grad[..., self.heads])
    assert check(replace(trace)).summary.startswith("∂L/∂θ of shared numbers disagrees with")
