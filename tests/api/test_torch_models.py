"""Networks from PyTorch modules: outputs, loss and gradients are those of the module itself."""

import copy

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

import mlpviz
from mlpviz.engine import ACTIVATIONS
from mlpviz.schema.spelling import key_of

BETWEEN = {
    "ReLU": nn.ReLU(),
    "LeakyReLU": nn.LeakyReLU(0.2),
    "PReLU": nn.PReLU(init=0.3),
    "PReLU per unit": nn.PReLU(4),
    "RReLU": nn.RReLU(0.1, 0.4),
    "ELU": nn.ELU(0.7),
    "CELU": nn.CELU(1.5),
    "SELU": nn.SELU(),
    "GELU": nn.GELU(),
    "GELU tanh": nn.GELU("tanh"),
    "SiLU": nn.SiLU(),
    "Mish": nn.Mish(),
    "Sigmoid": nn.Sigmoid(),
    "Tanh": nn.Tanh(),
    "LogSigmoid": nn.LogSigmoid(),
    "Softplus": nn.Softplus(2, 5),
    "Softsign": nn.Softsign(),
    "Tanhshrink": nn.Tanhshrink(),
    "Hardtanh": nn.Hardtanh(-0.4, 0.6),
    "Hardsigmoid": nn.Hardsigmoid(),
    "Hardswish": nn.Hardswish(),
    "ReLU6": nn.ReLU6(),
    "Softshrink": nn.Softshrink(0.2),
    "Hardshrink": nn.Hardshrink(0.3),
    "Threshold": nn.Threshold(0.1, -0.5),
    "Softmax": nn.Softmax(dim=1),
    "LogSoftmax": nn.LogSoftmax(dim=-1),
    "BatchNorm1d": nn.Sequential(nn.BatchNorm1d(4, momentum=0.3), nn.ReLU()),
    "BatchNorm1d without γ and β": nn.BatchNorm1d(4, eps=1e-3, affine=False),
    "LayerNorm": nn.Sequential(nn.LayerNorm(4), nn.Tanh()),
    "LayerNorm without γ and β": nn.LayerNorm(4, elementwise_affine=False),
    "RMSNorm": nn.RMSNorm(4, eps=1e-6),
    "Dropout": nn.Sequential(nn.Dropout(0.4), nn.Tanh(), nn.Dropout(0.2)),
    "Identity": nn.Identity(),
    "Linear without bias": nn.Linear(4, 4, bias=False),
}


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.norm, self.last = nn.Linear(6, 5), nn.LayerNorm(5), nn.Linear(5, 2)

    def forward(self, x):
        z = self.norm(self.first(x.view(x.size(0), -1)))
        return self.last(
            functional.leaky_relu(functional.dropout(z, 0.5, training=self.training), negative_slope=0.3)
        ).tanh()


SINGLE = ("Hardsigmoid",)
"""whose slope in PyTorch is 1/6 in single precision, for double precision too"""


def agreed(model, x, y, loss, rtol=1e-9):
    """The network of a model in double precision, after comparing every output, the loss and every gradient."""
    model = model.double()
    x = x.double().requires_grad_()
    network = mlpviz.from_torch(model, x, y, loss=loss)
    output = model(x)
    value = loss(output, y)
    value.backward()
    found = network.trace()
    np.testing.assert_allclose(found.output, output.detach().numpy(), rtol=1e-11, atol=1e-13)
    assert found.loss == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(found.grad_x, x.grad.reshape(len(x), -1).numpy(), rtol=rtol, atol=1e-13)
    weights = [module.weight.grad.numpy() for module in model.modules() if isinstance(module, nn.Linear)]
    pairs = zip(found.layers, network.document.layers, strict=True)
    ours = [layer.grad_weight for layer, held in pairs if "alone" not in held.label]
    for mine, theirs in zip(ours, weights, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=rtol, atol=1e-13)
    return network


@pytest.mark.parametrize("name", BETWEEN)
@pytest.mark.parametrize("mode", ["evaluation", "training"])
def test_a_module_between_two_layers(name, mode):
    torch.manual_seed(3)
    between = copy.deepcopy(BETWEEN[name])
    for module in between.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean, module.running_var = torch.randn(4), torch.rand(4) + 0.5
    model = nn.Sequential(nn.Flatten(), nn.Linear(3, 4), between, nn.Linear(4, 2)).train(mode == "training")
    x, y = torch.randn(5, 3), torch.randn(5, 2).double()
    if mode == "training" and name in ("Dropout", "RReLU"):
        with pytest.raises(mlpviz.DocumentError, match=r"call model\.eval\(\) first"):
            mlpviz.from_torch(model, x, y)
        return
    network = agreed(model, x, y, nn.MSELoss(), 1e-7 if name in SINGLE else 1e-9)
    if "BatchNorm1d" in name:
        assert network.document.mode == mode


def test_every_activation_that_torch_has_as_a_module_is_here():
    named = {type(module).__name__ for module in BETWEEN.values() if not isinstance(module, nn.Sequential)}
    classes = {name for name in dir(nn.modules.activation) if isinstance(getattr(nn.modules.activation, name), type)}
    known = {name for name in classes if key_of(ACTIVATIONS, name) and issubclass(getattr(nn, name, object), nn.Module)}
    assert known <= named


def test_a_forward_of_its_own():
    torch.manual_seed(4)
    network = agreed(Chain().eval(), torch.randn(4, 2, 3), torch.randn(4, 2).double(), nn.SmoothL1Loss(beta=0.3))
    assert network.document.widths == (6, 5, 2)


LOSSES = {
    "MSE, sum": (nn.MSELoss(reduction="sum"), torch.rand(3, 2)),
    "L1": (nn.L1Loss(), torch.rand(3, 2)),
    "Huber": (nn.HuberLoss(delta=0.3), torch.rand(3, 2)),
    "cross-entropy": (
        nn.CrossEntropyLoss(weight=torch.tensor([0.5, 2.0]).double(), label_smoothing=0.1),
        torch.tensor([0, 1, 1]),
    ),
    "cross-entropy of rows": (nn.CrossEntropyLoss(), torch.tensor([[0.2, 0.8], [1, 0], [0.5, 0.5]])),
    "BCE on logits": (nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0, 1.0]).double()), torch.rand(3, 2)),
    "BCE on logits, one weight": (nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0]).double()), torch.rand(3, 2)),
    "BCE on logits, a number": (nn.BCEWithLogitsLoss(pos_weight=torch.tensor(3.0).double()), torch.rand(3, 2)),
    "Poisson": (nn.PoissonNLLLoss(full=True), torch.rand(3, 2)),
    "a function": (functional.mse_loss, torch.rand(3, 2)),
}


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_of_torch_with_its_settings(name):
    torch.manual_seed(5)
    loss, y = LOSSES[name]
    y = y if y.dtype == torch.int64 else y.double()
    agreed(nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)), torch.randn(3, 3), y, loss)


def test_single_precision_is_taken_exactly():
    torch.manual_seed(6)
    model = nn.Linear(3, 2)
    network = mlpviz.from_torch(model, torch.ones(1, 3))
    assert network.document.layers[0].weight == tuple(map(tuple, model.weight.tolist()))
    assert network.document.loss.key == "sum"


def test_the_model_is_left_as_it_was():
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    mlpviz.from_torch(model, torch.randn(4, 3))
    assert model.training
    for name, value in model.state_dict().items():
        torch.testing.assert_close(value, before[name], rtol=0, atol=0)


class Skip(Chain):
    def forward(self, x):
        z = self.first(x)
        return self.last(self.norm(z) + z)


class Branch(Chain):
    def forward(self, x):
        return self.last(self.first(x)) if x.sum() > 0 else x


class Twice(Chain):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 6)
        self.last = nn.Linear(6, 2)

    def forward(self, x):
        return self.last(self.first(self.first(x)))


class Scaled(Chain):
    def forward(self, x):
        return self.last(self.first(x) * 2)


class Hidden(nn.Linear):
    """A layer that torch.fx does not look into if it were taken for its base class."""

    def forward(self, x):
        return super().forward(x) + 1


def hooked():
    model = nn.Sequential(nn.Linear(6, 2))
    model[0].register_forward_hook(lambda module, given, found: found * 2)
    return model


@pytest.mark.parametrize(
    ("model", "part"),
    [
        (Skip(), "is no chain: add reads"),
        (Branch(), "cannot be followed"),
        (Twice(), "first has weights that another layer has too"),
        (Scaled(), "calls mul, which is no layer or activation"),
        (Hidden(6, 2), "computes with weight itself"),
        (hooked(), "0 has hooks"),
        (nn.Sequential(nn.Linear(6, 2), nn.GLU()), "1 is a GLU"),
        (nn.Sequential(nn.Linear(6, 2), nn.Softmax(dim=0)), "Softmax goes along dimension 0"),
        (nn.Sequential(nn.Linear(6, 2), nn.BatchNorm1d(2, momentum=None)), "keeps no running statistics"),
        (nn.Sequential(nn.Conv1d(1, 1, 1)), "0 is a Conv1d"),
        (nn.Sequential(nn.Linear(5, 2)), "x row 1 has 6 numbers, expected 5"),
        (nn.ReLU(), "does not say for how many inputs"),
        (len, "expected a torch.nn.Module, found a builtin_function_or_method"),
    ],
)
def test_what_cannot_be_held_is_refused_by_name(model, part):
    with pytest.raises(mlpviz.DocumentError) as refused:
        mlpviz.from_torch(model, torch.ones(2, 6))
    assert part in str(refused.value)


@pytest.mark.parametrize(
    ("loss", "part"),
    [
        (nn.TripletMarginLoss(), "the loss TripletMarginLoss is not known here"),
        (nn.BCELoss(weight=torch.ones(2)), "BCELoss has a weight"),
        (nn.MSELoss(reduction="none"), "reduction"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_loss_that_cannot_be_held_is_refused_by_name(loss, part):
    model = nn.Sequential(nn.Linear(6, 2), nn.Sigmoid())
    with pytest.raises(mlpviz.DocumentError, match=part):
        mlpviz.from_torch(model, torch.ones(2, 6), torch.ones(2, 2), loss=loss)


def test_a_model_that_computes_something_else_is_found():
    model = nn.Sequential(nn.Linear(6, 2), nn.Flatten(0), nn.Unflatten(0, (2, 2)))
    with pytest.raises(mlpviz.DocumentError, match="Unflatten"):
        mlpviz.from_torch(model, torch.ones(2, 6))
    odd = nn.Sequential(nn.Linear(6, 2), nn.Flatten(0))
    with pytest.raises(mlpviz.DocumentError, match="something else than its layers"):
        mlpviz.from_torch(odd, torch.ones(2, 6))


def test_half_precision_of_every_kind_is_shown_exactly():
    for kind in (torch.float16, torch.bfloat16):
        model = nn.Sequential(nn.Linear(3, 2)).to(kind)
        network = mlpviz.from_torch(model, torch.ones(2, 3, dtype=kind))
        assert network.document.layers[0].weight == tuple(map(tuple, model[0].weight.double().tolist()))


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: nn.LazyLinear(2), "has no weights before its first x"),
        (lambda: nn.Linear(3, 2, device="meta"), "lies on meta"),
        (lambda: nn.Linear(3, 2, dtype=torch.cfloat), "is complex"),
    ],
)
def test_a_layer_without_real_numbers_is_refused(make, part):
    with pytest.raises(mlpviz.DocumentError, match=part):
        mlpviz.from_torch(nn.Sequential(make()), torch.ones(2, 3))


def test_the_class_of_a_loss_is_the_loss_as_it_is_made_without_settings():
    model, y = nn.Sequential(nn.Linear(3, 2)), torch.tensor([0, 1])
    given = [
        mlpviz.from_torch(model, torch.ones(2, 3), y, loss=loss)
        for loss in (nn.CrossEntropyLoss, nn.CrossEntropyLoss())
    ]
    assert given[0].document.to_json() == given[1].document.to_json()
