"""State dicts of PyTorch with norms and slopes: outputs are PyTorch's, and what a row of numbers is, is asked."""

import io

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn

from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.network import DocumentError
from tests.support.foreign_models import output_of


def saved(model):
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    return ForeignFile("model.pt", buffer.getvalue())


def safetensors_of(model):
    return ForeignFile("model.safetensors", save({name: each.clone() for name, each in model.state_dict().items()}))


class Named(nn.Module):
    """Layers with names of their own, used in the order of `used`, which is not that of their definition."""

    def __init__(self, used, **modules):
        super().__init__()
        self.used = used
        for name, module in modules.items():
            setattr(self, name, module)

    def forward(self, x):
        for name in self.used.split():
            x = torch.relu(x) if name == "relu" else getattr(self, name)(x)
        return x


def L(inputs, units):  # noqa: N802 - as short as what it stands for
    return nn.Linear(inputs, units)


NAMED = {
    "widths": lambda: Named("fc1 relu fc2 relu out", fc1=L(4, 5), fc2=L(5, 5), out=L(5, 2)),
    "last by name": lambda: Named("hidden relu out", out=L(4, 4), hidden=L(4, 4)),
    "first by name": lambda: Named("encoder relu more", more=L(4, 4), encoder=L(4, 4)),
    "two parts": lambda: Named(
        "features relu classifier", features=nn.Sequential(L(4, 6), nn.ReLU(), L(6, 3)),
        classifier=nn.Sequential(L(3, 3), nn.ReLU(), L(3, 2)),
    ),
    "norms by number": lambda: Named(
        "fc1 bn1 relu fc2 bn2 relu out", fc1=L(4, 4), fc2=L(4, 4), bn1=nn.BatchNorm1d(4), bn2=nn.BatchNorm1d(4),
        out=L(4, 4),
    ),
    "norm in front": lambda: Named("norm fc1 relu fc2", norm=nn.LayerNorm(4), fc1=L(4, 5), fc2=L(5, 2)),
    "norm behind the activation": lambda: nn.Sequential(L(4, 5), nn.ReLU(), nn.BatchNorm1d(5), L(5, 2)),
    "norm without scale": lambda: nn.Sequential(L(4, 5), nn.BatchNorm1d(5, affine=False), nn.ReLU(), L(5, 2)),
    "nested": lambda: nn.Sequential(nn.Sequential(L(4, 4), nn.ReLU()), nn.Sequential(L(4, 4), nn.ReLU()), L(4, 4)),
}  # fmt: skip


@pytest.mark.parametrize("file_of", [saved, safetensors_of])
@pytest.mark.parametrize("name", NAMED)
def test_the_order_comes_from_names_and_widths(name, file_of):
    torch.manual_seed(0)
    model = NAMED[name]()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean.uniform_(-1, 1)
            module.running_var.uniform_(0.5, 2)
    model.eval()
    network = read_network(file_of(model))
    x = torch.randn(3, 4)
    np.testing.assert_allclose(
        output_of(network.document, x.double().tolist()), model(x).detach(), rtol=1e-5, atol=1e-6
    )


def test_an_open_order_is_asked():
    torch.manual_seed(0)
    model = Named("one relu other", other=L(4, 4), one=L(4, 4))
    file = safetensors_of(model)
    guess = next(each for each in read_network(file).guesses if each.key == "order")
    assert set(guess.choices) == {"one, other", "other, one"}
    x = torch.randn(3, 4)
    network = read_network(file, {"order": "one, other"})
    np.testing.assert_allclose(
        output_of(network.document, x.double().tolist()), model(x).detach(), rtol=1e-5, atol=1e-6
    )


def test_a_norm_that_fits_in_several_places_is_asked():
    network = read_network(saved(Named("", a=L(4, 4), b=L(4, 4), norm=nn.LayerNorm(4))))
    guesses = {guess.key: set(guess.choices) for guess in network.guesses}
    assert guesses["place of norm"] == {"first", "a", "b"}
    assert guesses["side of norm"] == {"before", "behind"}


def test_parameters_of_the_model_itself_are_read_by_their_shapes():
    rng = torch.Generator().manual_seed(0)
    own = nn.ParameterDict(
        {name: torch.randn(*shape, generator=rng) for name, shape in
         {"W1": (4, 5), "b1": (5,), "W2": (5, 2), "b2": (2,)}.items()}
    )  # fmt: skip
    x = torch.randn(3, 4, generator=rng)
    expected = torch.relu(x @ own["W1"] + own["b1"]) @ own["W2"] + own["b2"]
    for file_of in (saved, safetensors_of):
        found = output_of(read_network(file_of(own)).document, x.double().tolist())
        np.testing.assert_allclose(found, expected.detach(), rtol=1e-5, atol=1e-6)


STATE = nn.Sequential(L(4, 5), nn.ReLU(), L(5, 2)).state_dict()
OTHER = {name: value * 0 for name, value in STATE.items()}


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ({"checkpoint": {"model": STATE, "step": 3}}, None),
        ({"policy_net": STATE, "target_net": OTHER}, {"policy_net", "target_net"}),
        ({"model": STATE, "ema": OTHER}, {"model", "ema"}),
        ({"epoch": torch.tensor(3), "model_state_dict": STATE, "loss": torch.tensor(0.5)}, None),
        ({"n_averaged": torch.tensor(3), **{f"module.{name}": value for name, value in STATE.items()}}, None),
        ({"state_dict": {**{f"net.{name}": value for name, value in STATE.items()}, "loss_fn.weight": torch.ones(2),
          "val_acc.tp": torch.tensor(1)}}, None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_checkpoints_hold_the_network_in_many_ways(kept, asked):
    buffer = io.BytesIO()
    torch.save(kept, buffer)
    network = read_network(ForeignFile("model.ckpt", buffer.getvalue()))
    choices = next((set(guess.choices) for guess in network.guesses if guess.key == "network"), None)
    assert choices == asked
    np.testing.assert_array_equal(np.array(network.document.layers[0].weight), STATE["0.weight"])


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
