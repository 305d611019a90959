from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import Pin, SpecError, Workspace, loss_value, run_pass
from mlpviz.engine.pass_inputs import as_target
from tests.support.random_networks import chain, example, examples
from tests.support.value_and_grad import value_and_grad

property_test = settings(max_examples=60)


@property_test
@given(examples(max_pins=0))
def test_run_and_value_and_grad_give_the_same_bits(one):
    trace = one.run()
    loss, grad = value_and_grad(Workspace(one.spec, one.params), one.x, trace.target, masks=one.masks)
    assert loss == trace.loss
    assert np.array_equal(grad, trace.grad)
    value, all_z, y = loss_value(one.spec, one.params, one.x, trace.target, masks=one.masks)
    assert value == trace.loss
    assert np.array_equal(y, trace.output)
    assert all(np.array_equal(z, layer.z) for z, layer in zip(all_z, trace.layers, strict=True))


@property_test
@given(examples(max_pins=0))
def test_run_and_value_and_grad_give_the_same_bits_in_float32(one):
    params, x = one.params.astype(np.float32), one.x.astype(np.float32)
    masks = {key: array.astype(np.float32) for key, array in one.masks.items()}
    trace = run_pass(one.spec, params, x, one.target, masks=masks, dtype=np.float32)
    loss, grad = value_and_grad(Workspace(one.spec, params), x, trace.target, masks=masks)
    assert grad.dtype == trace.grad.dtype == np.float32
    assert np.array_equal(loss, trace.loss, equal_nan=True)
    assert np.array_equal(grad, trace.grad, equal_nan=True)


@property_test
@given(examples(max_layers=4, max_width=5, max_samples=4), st.sampled_from([(1,), (3,), (2, 2)]))
def test_leading_axes_are_a_loop(one, lead):
    rng = np.random.default_rng(0)
    params = one.params * rng.uniform(0.5, 1.5, (*lead, 1))
    stacked = run_pass(one.spec, params, one.x, one.target, one.pins, masks=one.masks)
    assert stacked.loss.shape == lead
    for index in np.ndindex(*lead):
        single = run_pass(one.spec, params[index], one.x, one.target, one.pins, masks=one.masks)
        np.testing.assert_allclose(stacked.loss[index], single.loss, rtol=1e-13)
        for name in ("grad", "grad_x"):
            largest = np.abs(getattr(single, name)).max()
            np.testing.assert_allclose(
                getattr(stacked, name)[index], getattr(single, name), rtol=1e-12, atol=1e-13 * largest
            )
        for ours, theirs in zip(stacked.layers, single.layers, strict=True):
            np.testing.assert_allclose(np.broadcast_to(ours.a, (*lead, *theirs.a.shape))[index], theirs.a, rtol=1e-12)


@property_test
@given(examples(max_layers=4, max_width=5, max_samples=4))
def test_every_array_of_a_trace_is_read_only(one):
    trace = one.run()
    arrays = [value for field in fields(trace) if isinstance(value := getattr(trace, field.name), np.ndarray)]
    arrays += [array for layer in trace.layers for array in layer if array is not None]
    assert len(arrays) >= 5 + 6 * len(one.spec.layers)
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_a_trace_does_not_follow_what_it_was_made_from():
    one = example(chain((2, 3, 2), "tanh"), samples=3, seed=0)
    trace = one.run()
    before = trace.params.copy(), trace.x.copy(), trace.target.copy()
    for array in (one.params, one.x, one.target):
        array += 1.0
    assert all(np.array_equal(a, b) for a, b in zip(before, (trace.params, trace.x, trace.target), strict=True))


def test_the_layers_of_a_trace_are_views_of_its_flat_vectors():
    trace = example(chain((2, 3, 2), "tanh"), samples=3, seed=0).run()
    for layer in trace.layers:
        assert np.shares_memory(layer.weight, trace.params)
        assert np.shares_memory(layer.grad_weight, trace.grad)
        assert np.shares_memory(layer.grad_bias, trace.grad)


def test_a_pinned_activation_is_used_forward_and_stops_the_gradient():
    spec = chain((2, 3, 2), ("relu", "identity"), "sum")
    one = example(spec, samples=2, seed=3)
    trace = run_pass(spec, one.params, one.x, pins=[Pin(layer=0, sample=1, unit=2, value=7.0)])
    layer = trace.layers[0]
    assert layer.a[1, 2] == 7.0
    assert layer.grad_z[1, 2] == 0.0
    # the sensitivity to the pinned value stays visible
    assert layer.grad_a[1, 2] == trace.layers[1].weight[:, 2].sum() != 0.0
    np.testing.assert_allclose(trace.layers[1].z[1], trace.layers[1].weight @ layer.a[1] + trace.layers[1].bias)


def test_overflow_travels_on_without_a_warning():
    spec = chain((1, 1, 1), "identity", bias=False)
    trace = run_pass(spec, np.array([1e200, 1e200]), np.array([[1e200]]), np.array([[0.0]]))
    assert np.isinf(trace.layers[0].a).all()
    assert np.isinf(trace.loss)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"params": np.zeros(3)}, "the network has 9 parameters, 3 given"),
        ({"x": np.zeros((2, 5))}, "x has shape 2 x 5, expected N x 2"),
        ({"x": np.zeros(2)}, "x has shape 2, expected N x 2"),
        ({"target": np.zeros((2, 4))}, "target has shape 2 x 4, expected 2 x 3"),
        ({"target": None}, "loss mse needs a target"),
        ({"pins": [Pin(1, 0, 0, 0.0)]}, "pin 1 is in layer 2, expected 1 to 1"),
        ({"pins": [Pin(0, 0, 0, 0.0), Pin(0, 2, 0, 0.0)]}, "pin 2 is at sample 3, unit 1"),
    ],
)
def test_what_does_not_fit_is_named(arguments, message):
    fitting = {"params": np.zeros(9), "x": np.zeros((2, 2)), "target": np.zeros((2, 3))}
    with pytest.raises(SpecError, match=message):
        run_pass(chain((2, 3), "relu"), **fitting | arguments)


def test_class_numbers_become_one_hot_rows():
    spec = chain((2, 3), "identity", "cross_entropy")
    assert as_target(spec, [2, 0], 2).tolist() == [[0, 0, 1], [1, 0, 0]]
    with pytest.raises(SpecError, match="target 1 is class 3"):
        as_target(spec, [3, 0], 2)


def test_probabilities_are_shown_beside_a_loss_on_logits():
    trace = example(chain((2, 3), "identity", "cross_entropy"), samples=4, seed=0).run()
    np.testing.assert_allclose(trace.probabilities.sum(axis=1), 1.0)
    assert example(chain((2, 3), "softmax", "cross_entropy_probs"), samples=4, seed=0).run().probabilities is None


def test_a_layer_reads_the_one_before():
    trace = example(chain((2, 3, 2), "tanh"), samples=2, seed=0).run()
    assert trace.inputs_of(0) is trace.x
    assert trace.inputs_of(1) is trace.layers[0].a
    assert trace.output is trace.layers[1].a
    assert trace.samples == 2
