"""Norm, dropout and skip: against PyTorch, central differences, and the plain pass."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz import reference
from mlpviz.check import check
from mlpviz.engine import (
    ACTIVATIONS,
    LOSSES,
    NORMS,
    KnobError,
    LayerSpec,
    NetworkSpec,
    Pin,
    SpecError,
    Workspace,
    draw_masks,
    loss_value,
    run,
    value_and_grad,
)
from mlpviz.engine.gradcheck import central_differences
from mlpviz.engine.rounding import rounding_spread
from mlpviz.engine.tensors import tensors
from tests.strategies import mixed_examples, target_for, with_mode

property_test = settings(max_examples=150, deadline=None, derandomize=True)


def network(*layers, loss="mse"):
    """Layers (inputs, outputs, activation, rest of LayerSpec as a dictionary)."""
    return NetworkSpec(tuple(LayerSpec(i, o, ACTIVATIONS[key], **rest) for i, o, key, rest in layers), LOSSES[loss])


MIXED = network(
    (3, 4, "tanh", {"norm": NORMS["batch_norm"], "dropout": 0.5}),
    (4, 4, "relu", {"norm": NORMS["layer_norm"], "skip": 1}),
    (4, 4, "sigmoid", {"dropout": 0.25, "skip": 2}),
    (4, 2, "identity", {"norm": NORMS["batch_norm"].bind(affine=False)}),
)


def assert_as_torch(trace):
    twin, spread = reference.run(trace), rounding_spread(trace)
    for tensor in tensors(trace.spec, trace.training):
        ours, theirs = tensor.of(trace), tensor.of(twin)
        assert theirs.dtype == np.float64
        assert ours.shape == theirs.shape, tensor.name
        allowed = 1e-12 * np.abs(theirs).max() + 8.0 * spread[tensor]
        assert np.abs(ours - theirs).max() <= allowed, tensor.name


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


@property_test
@given(mixed_examples(max_pins=0))
def test_run_and_value_and_grad_give_the_same_bits(one):
    trace = one.run()
    workspace = Workspace(one.spec, one.params, one.buffers.copy())
    loss, grad = value_and_grad(workspace, one.x, trace.target, training=one.training, masks=one.masks)
    assert loss == trace.loss
    assert np.array_equal(grad, trace.grad)
    assert np.array_equal(workspace.buffers, trace.new_buffers)
    value, read, y = loss_value(one.spec, one.params, one.x, trace.target, **one.mode)
    assert value == trace.loss
    assert np.array_equal(y, trace.output)
    assert all(np.array_equal(n, layer.read) for n, layer in zip(read, trace.layers, strict=True))


@property_test
@given(mixed_examples(max_layers=4, max_width=5, max_samples=4), st.sampled_from([(1,), (3,), (2, 2)]))
def test_leading_axes_are_a_loop(one, lead):
    rng = np.random.default_rng(0)
    params = one.params * rng.uniform(0.5, 1.5, (*lead, 1))
    buffers = one.buffers * rng.uniform(0.5, 1.5, (*lead, 1))
    masks = draw_masks(one.spec, len(one.x), rng, lead) if one.training else {}
    mode = {"training": one.training, "buffers": buffers, "masks": masks}
    stacked = run(one.spec, params, one.x, one.target, one.pins, **mode)
    assert stacked.loss.shape == lead
    for index in np.ndindex(*lead):
        own = {name: mask[index] for name, mask in masks.items()}
        single = run(
            one.spec, params[index], one.x, one.target, one.pins,
            training=one.training, buffers=buffers[index], masks=own,
        )  # fmt: skip
        np.testing.assert_allclose(stacked.loss[index], single.loss, rtol=1e-12)
        spread = rounding_spread(single)
        for tensor in tensors(one.spec, one.training):
            ours, theirs = tensor.of(stacked), tensor.of(single)
            ours = np.broadcast_to(ours, (*lead, *theirs.shape))[index]
            assert np.abs(ours - theirs).max() <= 1e-12 * np.abs(theirs).max() + 8.0 * spread[tensor], tensor.name
        np.testing.assert_allclose(stacked.new_buffers[index], single.new_buffers, rtol=1e-10, atol=1e-12)


def test_leading_axes_are_a_loop_to_the_last_bit_without_matrix_products():
    # a matrix product of several networks may add in another order; here it is one number each
    spec = network(
        (1, 1, "tanh", {"norm": NORMS["batch_norm"], "dropout": 0.5, "skip": 1}), (1, 1, "relu", {"skip": 2})
    )
    one = with_mode(spec, 5, 3)
    params = one.params * np.random.default_rng(1).uniform(0.5, 1.5, (4, 1))
    workspace = Workspace(spec, params)
    value_and_grad(workspace, one.x, one.target, masks=one.masks)
    for index in range(4):
        single = Workspace(spec, params[index].copy())
        value_and_grad(single, one.x, one.target, masks=one.masks)
        assert np.array_equal(workspace.grad[index], single.grad)
        assert np.array_equal(workspace.buffers[index], single.buffers)


def test_float32_stays_float32():
    one = with_mode(MIXED, 6, 0)
    for training in (True, False):
        workspace = Workspace(MIXED, one.params.astype(np.float32))
        masks = draw_masks(MIXED, 6, np.random.default_rng(0), dtype=np.float32)
        x, target = one.x.astype(np.float32), one.target.astype(np.float32)
        loss, grad = value_and_grad(workspace, x, target, training=training, masks=masks)
        value, read, y = loss_value(MIXED, workspace.params, x, target, training=False)
        assert {array.dtype for array in (loss, grad, workspace.buffers, value, y, *read)} == {np.dtype(np.float32)}
        exact = Workspace(MIXED, one.params.copy())
        value_and_grad(exact, one.x, one.target, training=training, masks=masks)
        np.testing.assert_allclose(grad, exact.grad, rtol=2e-3, atol=1e-4)


@pytest.mark.parametrize("momentum", [0.1, 0.35, 1.0])
def test_running_statistics_are_those_of_torch_over_20_batches(momentum):
    torch = pytest.importorskip("torch")
    spec = network(
        (3, 4, "tanh", {"norm": NORMS["batch_norm"].bind(momentum=momentum, eps=1e-3)}),
        (4, 2, "identity", {"norm": NORMS["batch_norm"].bind(momentum=momentum, affine=False)}),
    )
    one = with_mode(spec, 7, 2)
    workspace = Workspace(spec, one.params)
    modules = [
        torch.nn.BatchNorm1d(4, eps=1e-3, momentum=momentum, dtype=torch.float64),
        torch.nn.BatchNorm1d(2, momentum=momentum, affine=False, dtype=torch.float64),
    ]
    views = workspace.views
    with torch.no_grad():
        modules[0].weight.copy_(torch.tensor(views[0].gamma))
        modules[0].bias.copy_(torch.tensor(views[0].beta))
    rng = np.random.default_rng(5)
    for batch in range(20):
        x, target = rng.normal(size=(7 - batch % 3, 3)), rng.normal(size=(7 - batch % 3, 2))
        value_and_grad(workspace, x, target)
        with torch.no_grad():
            a = torch.tensor(x)
            for view, module, phi in zip(views, modules, (torch.tanh, lambda n: n), strict=True):
                a = phi(module(torch.nn.functional.linear(a, torch.tensor(view.weight), torch.tensor(view.bias))))
    for (mean, var), module in zip(workspace.running, modules, strict=True):
        np.testing.assert_allclose(mean, module.running_mean.numpy(), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(var, module.running_var.numpy(), rtol=1e-12)
    before = workspace.buffers.copy()
    value_and_grad(workspace, x, target, training=False)
    assert np.array_equal(workspace.buffers, before)


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
    trace = run(spec, np.ones(spec.size), np.ones((400, 3)), np.zeros((400, 2)), masks=first)
    np.testing.assert_allclose(trace.layers[0].a, np.where(first[0] == 1.0, trace.layers[0].h / 0.7, 0.0))
    still = run(spec, np.ones(spec.size), np.ones((400, 3)), np.zeros((400, 2)), training=False)
    assert np.array_equal(still.layers[0].a, still.unpinned[0])
    assert still.layers[0].mask is None
    assert draw_masks(network((3, 2, "relu", {})), 4, None) == {}


def test_no_gradient_passes_a_pin_neither_through_the_unit_nor_through_the_skip():
    spec = network((2, 2, "tanh", {"skip": 1}), (2, 1, "identity", {}), loss="sum")
    one = with_mode(spec, 2, 0)
    trace = run(spec, one.params, one.x, None, [Pin(0, 0, 0, 0.5), Pin(0, 0, 1, 0.5)])
    assert (trace.layers[0].a[0] == 0.5).all()
    assert (trace.layers[0].grad_z[0] == 0.0).all()
    assert (trace.grad_x[0] == 0.0).all()
    assert (trace.grad_x[1] != 0.0).all()
    assert_as_torch(trace)


@property_test
@given(mixed_examples(max_layers=4, max_width=5, max_samples=4))
def test_every_array_of_a_trace_is_read_only(one):
    trace = one.run()
    arrays = [value for field in fields(trace) if isinstance(value := getattr(trace, field.name), np.ndarray)]
    arrays += [array for layer in trace.layers for array in layer if array is not None]
    for array in arrays:
        assert not array.flags.writeable
    assert np.array_equal(trace.buffers, one.buffers)
    assert one.buffers.flags.writeable or not one.buffers.size


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


def planted(**changes):
    norm = replace(NORMS["batch_norm"], **changes)
    return network((3, 4, "tanh", {"norm": norm}), (4, 2, "identity", {}))


@pytest.mark.parametrize(
    "vjp",
    [
        lambda normalised, scale, grad, axis: NORMS["batch_norm"].vjp(normalised, 1.0, grad, axis),
        lambda normalised, scale, grad, axis: (
            scale * grad,
            *NORMS["batch_norm"].vjp(normalised, scale, grad, axis)[1:],
        ),
        lambda normalised, scale, grad, axis: NORMS["batch_norm"].vjp(0.0 * normalised, scale, grad, axis),
    ],
    ids=["scale forgotten", "statistics taken for constants", "variance forgotten"],
)
def test_a_wrong_backward_rule_of_a_norm_is_found_by_both_witnesses(vjp):
    pytest.importorskip("torch")
    report = check(with_mode(planted(vjp=vjp), 5, 0).run())
    row = report.first_failure
    assert row is not None
    assert row.torch is not None and row.differences is not None  # noqa: PT018
    assert not row.torch.ok
    assert not row.differences.ok


def test_a_wrong_forward_rule_of_a_norm_is_found():
    pytest.importorskip("torch")

    def unbiased(z, axis):
        mean, var = NORMS["batch_norm"].statistics(z, axis)
        return mean, var * z.shape[axis] / (z.shape[axis] - 1)

    assert check(with_mode(planted(statistics=unbiased), 5, 0).run()).first_failure.name == "σ² of layer 1"
    assert check(with_mode(MIXED, 6, 0).run()).ok


@pytest.mark.parametrize(
    ("layers", "loss", "message"),
    [
        ([(2, 3, "relu", {"dropout": 1.0})], "mse", "layer 1 has dropout 1.0, expected a number from 0 to below 1"),
        ([(2, 2, "relu", {"skip": 2})], "mse", "layer 1 has a skip around 2 layers, expected 0 to 1"),
        (
            [(3, 4, "relu", {}), (4, 2, "relu", {"skip": 2})],
            "mse",
            "the skip to layer 2 adds the 3 inputs of layer 1 to 2 outputs, expected as many",
        ),
        ([(2, 2, "sigmoid", {"dropout": 0.5})], "bce", "loss bce reads what sigmoid gives: .* cannot have dropout"),
        ([(2, 2, "softmax", {"skip": 1})], "cross_entropy_probs", "the last layer cannot have a skip"),
    ],
)
def test_what_does_not_fit_is_named(layers, loss, message):
    with pytest.raises(SpecError, match=message):
        network(*layers, loss=loss)


def test_a_pass_that_cannot_train_is_named():
    one = with_mode(MIXED, 3, 0)
    for arguments, message in (
        ({"masks": {}}, "layer 1 has dropout: a training pass needs its mask"),
        ({"masks": {**one.masks, 1: one.masks[0]}}, "layer 2 has no dropout, but a mask is given"),
        ({"masks": {**one.masks, 0: np.ones((3, 5))}}, "mask of layer 1 has shape 3 x 5, expected 3 x 4"),
        ({"masks": {**one.masks, 0: np.full((3, 4), 0.5)}}, "mask of layer 1 has a number other than 0 and 1"),
        ({"buffers": np.ones(3)}, "the network has 12 running statistics, 3 given"),
    ):
        with pytest.raises(SpecError, match=message):
            run(MIXED, one.params, one.x, one.target, **one.mode | arguments)
    single = {index: mask[:1] for index, mask in one.masks.items()}
    message = "layer 1 has batch norm: training needs at least 2 samples, 1 given"
    with pytest.raises(SpecError, match=message):
        run(MIXED, one.params, one.x[:1], one.target[:1], masks=single)
    with pytest.raises(SpecError, match=message):
        value_and_grad(Workspace(MIXED, one.params), one.x[:1], one.target[:1], masks=single)
    with pytest.raises(SpecError, match="needs its mask"):
        value_and_grad(Workspace(MIXED, one.params), one.x, one.target)
    assert run(MIXED, one.params, one.x[:1], one.target[:1], training=False).loss > 0.0


def test_the_knobs_of_a_norm():
    assert NORMS["batch_norm"].bind(eps=1e-3) == NORMS["batch_norm"].bind(eps=1e-3)
    assert hash(NORMS["batch_norm"].bind(eps=1e-3)) != hash(NORMS["batch_norm"])
    assert (NORMS["batch_norm"].eps, NORMS["batch_norm"].momentum, NORMS["batch_norm"].affine) == (1e-5, 0.1, True)
    with pytest.raises(KnobError, match=r"eps is 0\.0, expected a number above 0"):
        NORMS["layer_norm"].bind(eps=0.0)
    with pytest.raises(KnobError, match="unknown knob 'momentum'; choose from eps, affine"):
        NORMS["layer_norm"].bind(momentum=0.1)


def test_where_gamma_beta_and_the_running_statistics_lie():
    flat = np.arange(float(MIXED.size))
    first = MIXED.views(flat)[0]
    assert first.gamma.tolist() == [16.0, 17.0, 18.0, 19.0]
    assert first.beta.tolist() == [20.0, 21.0, 22.0, 23.0]
    assert MIXED.views(flat)[1].weight[0, 0] == 24.0
    assert MIXED.views(flat)[3].gamma is None
    assert np.array_equal(MIXED.flatten(MIXED.views(flat)), flat)
    stacked = MIXED.views(np.stack([flat, 2 * flat]))
    assert stacked[0].gamma[1].tolist() == [32.0, 34.0, 36.0, 38.0]
    buffers = MIXED.initial_buffers()
    assert buffers.tolist() == [0.0] * 4 + [1.0] * 4 + [0.0] * 2 + [1.0] * 2
    assert [view is None for view in MIXED.buffer_views(buffers)] == [False, True, True, False]
    assert np.shares_memory(MIXED.buffer_views(buffers)[3].var, buffers)
