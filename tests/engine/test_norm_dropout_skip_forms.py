"""The lean pass, networks side by side and float32 give what the plain pass gives."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.engine import NORMS, Workspace, draw_masks, loss_value, run_pass
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import tensors
from tests.support.mixed_networks import MIXED, network, property_test
from tests.support.random_networks import mixed_examples, with_mode
from tests.support.value_and_grad import value_and_grad


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
    assert all(np.array_equal(n, layer.activation_input) for n, layer in zip(read, trace.layers, strict=True))


@property_test
@given(mixed_examples(max_layers=4, max_width=5, max_samples=4), st.sampled_from([(1,), (3,), (2, 2)]))
def test_leading_axes_are_a_loop(one, lead):
    rng = np.random.default_rng(0)
    params = one.params * rng.uniform(0.5, 1.5, (*lead, 1))
    buffers = one.buffers * rng.uniform(0.5, 1.5, (*lead, 1))
    masks = draw_masks(one.spec, len(one.x), rng, lead) if one.training else {}
    mode = {"training": one.training, "buffers": buffers, "masks": masks}
    stacked = run_pass(one.spec, params, one.x, one.target, one.pins, **mode)
    assert stacked.loss.shape == lead
    for index in np.ndindex(*lead):
        own = {name: mask[index] for name, mask in masks.items()}
        single = run_pass(
            one.spec, params[index], one.x, one.target, one.pins,
            training=one.training, buffers=buffers[index], masks=own,
        )  # fmt: skip
        np.testing.assert_allclose(stacked.loss[index], single.loss, rtol=1e-12)
        spread = rounding_error(single)
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
