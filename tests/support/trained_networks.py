"""Networks with norm, dropout and skip that the tests of training share, their data and their twin in torch.nn."""

import numpy as np

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, NORMS, LayerSpec, NetworkSpec, initial_parameters
from mlpviz.engine.training import DataSplits

# as everywhere: no bias before a norm, which would take it away again and leave a gradient of mere rounding
SPEC = NetworkSpec(
    (
        LayerSpec(2, 6, ACTIVATIONS["tanh"], False, NORMS["batch_norm"], 0.25),
        LayerSpec(6, 6, ACTIVATIONS["silu"], False, NORMS["layer_norm"], skip=1),
        LayerSpec(6, 6, ACTIVATIONS["sigmoid"], dropout=0.5),
        LayerSpec(6, 1, ACTIVATIONS["identity"]),
    ),
    LOSSES["mse"],
)


def start(spec=SPEC, seed=0):
    return initial_parameters(spec, INITIALIZERS["xavier_uniform"], np.random.default_rng(seed))


def sets(spec=SPEC, dtype=np.float64, train=27, validation=10):
    chance = np.random.default_rng(5)
    x = chance.normal(size=(train + validation, 2))
    target = np.sin(x[:, :1]) * x[:, 1:] + 0.1 * chance.normal(size=(len(x), 1))
    return DataSplits.of(spec, (x[:train], target[:train]), (x[train:], target[train:]), dtype=dtype)


def torch_twin(params):
    """SPEC in torch.nn, float64; called with x and the masks of layers 1 and 3."""
    import torch
    from torch import nn

    class Twin(nn.Module):
        def __init__(self):
            super().__init__()
            self.linears = nn.ModuleList(
                nn.Linear(layer.inputs, layer.outputs, bias=layer.bias) for layer in SPEC.layers
            )
            self.batch, self.layer = nn.BatchNorm1d(6), nn.LayerNorm(6)

        def forward(self, x, masks=None):
            first, third = (
                (1.0, 1.0) if masks is None else (torch.tensor(masks[i] * s) for i, s in ((0, 4 / 3), (2, 2)))
            )
            one, two, three, four = self.linears
            a = torch.tanh(self.batch(one(x))) * first
            a = nn.functional.silu(self.layer(two(a))) + a
            return four(torch.sigmoid(three(a)) * third)

    twin = Twin().double()
    with torch.no_grad():
        for ours, theirs in zip(SPEC.views(params), twin.linears, strict=True):
            theirs.weight.copy_(torch.tensor(ours.weight))
            if ours.bias is not None:
                theirs.bias.copy_(torch.tensor(ours.bias))
        for index, norm in enumerate((twin.batch, twin.layer)):
            norm.weight.copy_(torch.tensor(SPEC.views(params)[index].gamma))
            norm.bias.copy_(torch.tensor(SPEC.views(params)[index].beta))
    return twin


def torch_params(twin):
    """The parameters of the twin as our flat vector."""
    norms = [(twin.batch.weight, twin.batch.bias), (twin.layer.weight, twin.layer.bias), (None, None), (None, None)]
    layers = [(linear.weight, linear.bias, *norm) for linear, norm in zip(twin.linears, norms, strict=True)]
    return SPEC.flatten([[None if part is None else part.detach().numpy() for part in layer] for layer in layers])
