"""Norm, dropout and skip against PyTorch and central differences."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, NetworkSpec, Pin, draw_masks, run_pass
from mlpviz.engine.dropout import SlopesOf
from mlpviz.engine.gradcheck import central_differences
from mlpviz.verify.report import check
from tests.support.mixed_networks import MIXED, assert_as_torch, network, property_test
from tests.support.random_networks import mixed_examples, target_for, with_mode


@settings(property_test, max_examples=300)
@given(mixed_examples())
def test_every_tensor_is_that_of_torch(one):
    pytest.importorskip("torch")
    assert_as_torch(one.run())


@settings(property_test, max_examples=80)
@given(mixed_examples(max_layers=4, max_width=5, max_samples=4))
def test_every_gradient_is_its_central_difference(one):
    trace = one.run()
    for tensor, differences in central_differences(trace, most=40).items():
        usable = ~differences.straddles & np.isfinite(differences.value)
        ours = tensor.of(trace).ravel()[differences.entries]
        allowed = 8.0 * differences.resolution + 1e-9 * np.abs(tensor.of(trace)).max()
        assert (np.abs(ours - differences.value) <= allowed)[usable].all(), tensor.name


def test_the_modules_of_torch_give_the_same_loss_and_gradients():
    torch = pytest.importorskip("torch")
    one = with_mode(MIXED, 6, 4)
    trace = one.run()

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.linears = torch.nn.ModuleList([torch.nn.Linear(layer.inputs, layer.outputs) for layer in MIXED.layers])
            self.batch, self.layer = torch.nn.BatchNorm1d(4), torch.nn.LayerNorm(4)
            self.last = torch.nn.BatchNorm1d(2, affine=False)

        def forward(self, x, first, third):
            one = torch.tanh(self.batch(self.linears[0](x))) * first / 0.5
            two = torch.relu(self.layer(self.linears[1](one))) + one
            three = torch.sigmoid(self.linears[2](two)) * third / 0.75 + one
            return self.last(self.linears[3](three))

    net = Net().double()
    names = ["weight", "bias"]
    with torch.no_grad():
        for view, linear in zip(trace.layers, net.linears, strict=True):
            for name in names:
                getattr(linear, name).copy_(torch.tensor(getattr(view, name)))
        for module, view in ((net.batch, trace.layers[0]), (net.layer, trace.layers[1])):
            module.weight.copy_(torch.tensor(view.gamma))
            module.bias.copy_(torch.tensor(view.beta))
    x = torch.tensor(one.x)
    loss = torch.nn.functional.mse_loss(
        net(x, torch.tensor(one.masks[0]), torch.tensor(one.masks[2])), torch.tensor(one.target)
    )
    loss.backward()
    assert trace.loss == pytest.approx(loss.item(), rel=1e-13)
    for view, linear in zip(trace.layers, net.linears, strict=True):
        np.testing.assert_allclose(view.grad_weight, linear.weight.grad.numpy(), rtol=1e-9, atol=1e-14)
    for module, view in ((net.batch, trace.layers[0]), (net.layer, trace.layers[1])):
        np.testing.assert_allclose(view.grad_gamma, module.weight.grad.numpy(), rtol=1e-11, atol=1e-15)
        np.testing.assert_allclose(view.grad_beta, module.bias.grad.numpy(), rtol=1e-11, atol=1e-15)


def test_masks_come_from_the_generator_and_keep_the_mean():
    spec = network((3, 50, "relu", {"dropout": 0.3}), (50, 2, "identity", {}))
    first, second = (draw_masks(spec, 400, np.random.default_rng(8)) for _ in range(2))
    assert list(first) == [0]
    assert first[0].shape == (400, 50)
    assert np.array_equal(first[0], second[0])
    assert set(np.unique(first[0])) == {0.0, 1.0}
    assert abs(first[0].mean() - 0.7) < 0.01
    trace = run_pass(spec, np.ones(spec.size), np.ones((400, 3)), np.zeros((400, 2)), masks=first)
    np.testing.assert_allclose(trace.layers[0].a, np.where(first[0] == 1.0, trace.layers[0].h / 0.7, 0.0))
    still = run_pass(spec, np.ones(spec.size), np.ones((400, 3)), np.zeros((400, 2)), training=False)
    assert np.array_equal(still.layers[0].a, still.unpinned[0])
    assert still.layers[0].mask is None
    assert draw_masks(network((3, 2, "relu", {})), 4, None) == {}


def test_no_gradient_passes_a_pin_neither_through_the_unit_nor_through_the_skip():
    spec = network((2, 2, "tanh", {"skip": 1}), (2, 1, "identity", {}), loss="sum")
    one = with_mode(spec, 2, 0)
    trace = run_pass(spec, one.params, one.x, None, [Pin(0, 0, 0, 0.5), Pin(0, 0, 1, 0.5)])
    assert (trace.layers[0].a[0] == 0.5).all()
    assert (trace.layers[0].grad_z[0] == 0.0).all()
    assert (trace.grad_x[0] == 0.0).all()
    assert (trace.grad_x[1] != 0.0).all()
    assert_as_torch(trace)


def test_every_activation_and_every_loss_with_everything_around_it():
    pytest.importorskip("torch")
    for key in ACTIVATIONS:
        spec = network(
            (3, 4, key, {"norm": NORMS["layer_norm"], "dropout": 0.5}),
            (4, 4, key, {"norm": NORMS["batch_norm"], "skip": 2 - 1}),
            (4, 3, "identity", {}),
        )  # fmt: skip
        assert_as_torch(with_mode(spec, 5, 1).run())
    for key, loss in LOSSES.items():
        last = (loss.last_activations or ("tanh",))[0]
        spec = network(
            (3, 4, "tanh", {"norm": NORMS["batch_norm"]}), (4, 3, last, {"norm": NORMS["layer_norm"]}), loss=key
        )
        for seed in range(3):
            one = with_mode(spec, 5, seed)
            assert_as_torch(replace(one, target=target_for(key, 5, 3, np.random.default_rng(seed))).run())


@pytest.mark.parametrize("affine", [True, False])
def test_rms_norm_is_the_module_of_torch_at_its_own_default(affine):
    torch = pytest.importorskip("torch")
    norm = NORMS["rms_norm"].configure(affine=affine)
    one = with_mode(network((3, 4, "tanh", {"norm": norm}), (4, 2, "identity", {})), 5, 1)
    trace = one.run()
    layer = trace.layers[0]
    assert layer.beta is None
    assert layer.grad_beta is None
    assert (layer.gamma is None) == (not affine)
    module = torch.nn.RMSNorm(4, elementwise_affine=affine, dtype=torch.float64)
    assert module.eps is None  # that is the ε of the type
    assert norm.eps == torch.finfo(torch.float64).eps
    z = torch.tensor(layer.z, requires_grad=True)
    if affine:
        with torch.no_grad():
            module.weight.copy_(torch.tensor(layer.gamma))
    module(z).backward(torch.tensor(layer.grad_n))
    np.testing.assert_allclose(layer.n, module(z).detach().numpy(), rtol=1e-14)
    np.testing.assert_allclose(layer.grad_z, z.grad.numpy(), rtol=1e-11, atol=1e-15)
    if affine:
        np.testing.assert_allclose(layer.grad_gamma, module.weight.grad.numpy(), rtol=1e-12)


def test_a_sample_of_zeros_in_rms_norm_is_not_divided_by_zero():
    """Its value is 0 and its derivative 1 / √ε, which is 6.7e7 in double precision, as in PyTorch."""
    pytest.importorskip("torch")
    spec = network((2, 2, "identity", {"norm": NORMS["rms_norm"].configure(affine=False), "bias": False}), loss="sum")
    trace = run_pass(spec, np.array([1.0, 0.0, 0.0, 1.0]), np.zeros((1, 2)))
    assert trace.layers[0].n.tolist() == [[0.0, 0.0]]
    np.testing.assert_allclose(trace.layers[0].grad_z, 2.0**26)
    report = check(trace)
    assert report.ok
    assert report.summary == "NumPy = PyTorch = finite differences"


def test_dropout_of_everything_is_that_of_torch():
    torch = pytest.importorskip("torch")
    one = with_mode(network((3, 4, "tanh", {"dropout": 1.0}), (4, 2, "identity", {})), 5, 1)
    trace = one.run()
    a = torch.tensor(trace.layers[0].h, requires_grad=True)
    dropped = torch.nn.Dropout(1.0)(a)
    dropped.backward(torch.tensor(trace.layers[0].grad_a))
    assert np.array_equal(trace.layers[0].a, dropped.detach().numpy())
    assert not trace.layers[0].a.any()
    assert np.array_equal(trace.layers[0].grad_h, a.grad.numpy())
    assert not trace.layers[0].grad_weight.any()
    assert np.abs(trace.layers[0].grad_a).min() > 0.0
    still = run_pass(one.spec, one.params, one.x, one.target, training=False)
    assert np.array_equal(still.layers[0].a, trace.layers[0].h)
    assert_as_torch(trace)


@pytest.mark.parametrize("per_unit", [False, True])
def test_a_learned_slope_is_the_module_of_torch(per_unit):
    torch = pytest.importorskip("torch")
    prelu = ACTIVATIONS["prelu"].configure(per_unit=per_unit)
    layers = network((3, 4, "prelu", {}), (4, 2, "identity", {})).layers
    spec = NetworkSpec((replace(layers[0], activation=prelu), layers[1]), LOSSES["mse"])
    one = with_mode(spec, 6, 4)
    trace = one.run()
    module = torch.nn.PReLU(4 if per_unit else 1, dtype=torch.float64)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(trace.layers[0].alpha))
    z = torch.tensor(trace.layers[0].z, requires_grad=True)
    a = module(z)
    a.backward(torch.tensor(trace.layers[0].grad_a))
    np.testing.assert_allclose(trace.layers[0].a, a.detach().numpy(), rtol=1e-15)
    np.testing.assert_allclose(trace.layers[0].grad_z, z.grad.numpy(), rtol=1e-15)
    np.testing.assert_allclose(trace.layers[0].grad_alpha, module.weight.grad.numpy(), rtol=1e-13)
    assert spec.slots[0].names == ("weight", "bias", "alpha")
    assert spec.views(trace.grad)[0].alpha.tolist() == trace.layers[0].grad_alpha.tolist()


def test_drawn_slopes_are_those_that_torch_draws():
    """torch.rrelu with the slopes that it drew written down, 1 where z is above 0."""
    torch = pytest.importorskip("torch")
    one = with_mode(network((3, 4, "rrelu", {}), (4, 2, "identity", {})), 40, 2)
    low, high = ACTIVATIONS["rrelu"].alpha_range
    drawn = one.masks[SlopesOf(0)]
    assert drawn.shape == (40, 4)
    assert low <= drawn.min() < drawn.max() <= high
    assert drawn.mean() == pytest.approx((low + high) / 2, abs=0.02)
    trace = one.run()
    z, noise = torch.tensor(trace.layers[0].z, requires_grad=True), torch.empty(40, 4, dtype=torch.float64)
    a = torch.ops.aten.rrelu_with_noise(z, noise, low, high, True)
    grad_a = np.random.default_rng(3).normal(size=(40, 4))
    a.backward(torch.tensor(grad_a))
    slopes = noise.numpy()
    below = slopes[trace.layers[0].z <= 0]
    assert low <= below.min() < below.max() <= high
    entry = ACTIVATIONS["rrelu"]
    np.testing.assert_allclose(entry.value(trace.layers[0].z, slopes), a.detach().numpy(), rtol=1e-15)
    np.testing.assert_allclose(entry.vjp(trace.layers[0].z, None, grad_a, slopes), z.grad.numpy(), rtol=1e-15)
    again = draw_masks(one.spec, 40, np.random.default_rng(5))
    assert np.array_equal(again[SlopesOf(0)], draw_masks(one.spec, 40, np.random.default_rng(5))[SlopesOf(0)])
