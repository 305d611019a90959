from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, Pin, draw_masks, initial_parameters, run_pass
from mlpviz.engine.gradcheck import central_differences
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import Tensor, tensors
from tests.support.random_networks import SMOOTH, chain, example, examples


def gradients(spec):
    return [tensor for tensor in tensors(spec) if tensor.is_gradient]


@settings(max_examples=60)
@given(examples(max_layers=6, max_width=8, max_samples=4))
def test_every_gradient_is_its_central_difference(one):
    trace = one.run()
    found = central_differences(trace, most=40)
    assert list(found) == gradients(one.spec)
    for tensor, differences in found.items():
        usable = ~differences.straddles & np.isfinite(differences.value)
        ours = tensor.of(trace).ravel()[differences.entries]
        allowed = 8.0 * differences.resolution + 1e-9 * np.abs(tensor.of(trace)).max()
        assert (np.abs(ours - differences.value) <= allowed)[usable].all(), tensor.name


@settings(max_examples=30)
@given(examples(max_layers=3, max_width=6, max_samples=4, activations=SMOOTH))
def test_smooth_networks_have_no_kinks_and_are_resolved(one):
    assume(one.spec.loss.corner is None)
    trace = one.run()
    for tensor, differences in central_differences(trace).items():
        assert not differences.straddles.any()
        assert differences.resolution.max() < 1e-6 * max(1.0, np.abs(tensor.of(trace)).max(), abs(trace.loss))


@pytest.mark.parametrize("key", [key for key, activation in ACTIVATIONS.items() if activation.kinks])
def test_entries_that_straddle_a_kink_are_told(key):
    # unit 1 has its z exactly at the kink, unit 2 is far from it
    spec = chain((1, 2, 1), (key, "identity"), "sum", bias=False)
    params = initial_parameters(spec, INITIALIZERS["zeros"], np.random.default_rng(0))
    for slot, weights in zip(spec.slots, ([ACTIVATIONS[key].kinks[-1] / 2.0, 4.5], [1.0, 1.0]), strict=True):
        params[slot.weight] = weights
    trace = run_pass(spec, params, np.array([[2.0]]), masks=draw_masks(spec, 1, np.random.default_rng(0)))
    found = central_differences(trace)
    assert found[Tensor("grad_weight", 0)].straddles.tolist() == [True, False]
    assert found[Tensor("grad_z", 0)].straddles.tolist() == [True, False]
    assert found[Tensor("grad_a", 0)].straddles.tolist() == [False, False]
    assert found[Tensor("grad_weight", 1)].straddles.tolist() == [False, False]


def test_a_kink_that_an_entry_does_not_reach_is_no_kink():
    # the dead input makes z = 0 whatever its weight is
    spec = chain((2, 1), "relu", "sum", bias=False)
    trace = run_pass(spec, np.array([0.0, 5.0]), np.array([[1.0, 0.0]]))
    found = central_differences(trace)
    assert found[Tensor("grad_weight", 0)].straddles.tolist() == [True, False]
    assert found[Tensor("grad_weight", 0)].value[1] == 0.0
    assert found[Tensor("grad_x")].straddles.tolist() == [False, True]


def test_a_kink_behind_a_pin_is_no_kink():
    spec = chain((1, 1, 1), ("relu", "identity"), "sum", bias=False)
    trace = run_pass(spec, np.array([0.0, 3.0]), np.array([[2.0]]), pins=[Pin(0, 0, 0, 4.0)])
    found = central_differences(trace)
    assert not any(differences.straddles.any() for differences in found.values())
    assert found[Tensor("grad_a", 0)].value == pytest.approx(3.0)  # the sensitivity to the pinned value
    assert found[Tensor("grad_z", 0)].value == 0.0
    assert found[Tensor("grad_weight", 0)].value == 0.0


def test_vanishing_gradients_are_judged_by_their_own_size():
    spec = chain((2, *[3] * 9, 1), "sigmoid")
    one = example(spec, samples=2, seed=1, scale=0.3)
    trace = one.run()
    largest = np.abs(trace.layers[0].grad_weight).max()
    assert largest < 1e-8
    differences = central_differences(trace)[Tensor("grad_weight", 0)]
    error = np.abs(differences.value - trace.layers[0].grad_weight.ravel())
    assert (error <= 8.0 * differences.resolution).all()
    assert differences.resolution.max() < 1e-10


@pytest.mark.parametrize("key", ["elu", "celu", "softsign", "hardswish", "gelu"])
def test_a_bend_in_the_slope_is_no_kink_and_is_judged_as_coarse_as_it_is(key):
    spec = chain((1, 1, 1), (key, "tanh"), "half_sse", bias=False)
    trace = run_pass(spec, np.array([0.0, 1.5]), np.array([[2.0]]), np.array([[0.7]]))
    for tensor, differences in central_differences(trace).items():
        error = np.abs(differences.value - tensor.of(trace).ravel())
        assert (error <= 2.0 * differences.resolution).all(), tensor.name
        assert differences.resolution.max() < 1e-5
        assert not differences.straddles.any()


def test_a_large_tensor_is_sampled_always_at_the_same_entries():
    trace = example(chain((30, 20), "tanh"), samples=1, seed=0).run()
    first, second = (central_differences(trace, most=50)[Tensor("grad_weight", 0)] for _ in range(2))
    assert len(set(first.entries)) == len(first.entries) == 50
    assert np.array_equal(first.entries, second.entries)
    assert np.array_equal(first.value, second.value)
    assert central_differences(trace)[Tensor("grad_bias", 0)].entries.tolist() == list(range(20))


def test_chunks_do_not_change_the_result(monkeypatch):
    trace = example(chain((3, 4, 2), "tanh"), samples=2, seed=0).run()
    whole = central_differences(trace)
    monkeypatch.setattr("mlpviz.engine.gradcheck._CHUNK", 1)
    for tensor, differences in central_differences(trace).items():
        np.testing.assert_allclose(differences.value, whole[tensor].value, rtol=1e-9, atol=1e-11)


def test_a_wrong_vjp_is_seen():
    tanh = ACTIVATIONS["tanh"]
    wrong = replace(tanh, vjp=lambda z, a, grad_a: grad_a * (1.0 + a * a))
    spec = chain((2, 2), "tanh")
    spec = replace(spec, layers=(replace(spec.layers[0], activation=wrong),))
    trace = example(spec, samples=1, seed=0).run()
    found = central_differences(trace)
    assert np.abs(found[Tensor("grad_a", 0)].value - trace.layers[0].grad_a.ravel()).max() < 1e-9
    assert np.abs(found[Tensor("grad_z", 0)].value - trace.layers[0].grad_z.ravel()).max() > 1e-3


def test_a_bound_that_holds_the_gradient_of_the_loss_is_no_kink():
    spec = chain((1, 1), "sigmoid", "bce", bias=False)
    for weight, expected in ((1.0, False), (35.0, True)):
        trace = run_pass(spec, np.array([weight]), np.array([[1.0]]), np.array([[0.0]]))
        found = central_differences(trace).values()
        assert all(differences.clamped.all() == expected for differences in found)
        assert not any(differences.straddles.any() for differences in found)


@pytest.mark.parametrize(("loss", "target"), [("mae", [[2.0, 5.0]]), ("hinge", [[0.5, -1.0]])], ids=["mae", "hinge"])
def test_entries_that_straddle_a_corner_of_the_loss_are_told(loss, target):
    spec = chain((1, 2), "identity", loss, bias=False)
    trace = run_pass(spec, np.array([1.0, 3.0]), np.array([[2.0]]), np.array(target))
    found = central_differences(trace)
    for name in ("grad_weight", "grad_z", "grad_a"):
        assert found[Tensor(name, 0)].straddles.tolist() == [True, False]
    assert found[Tensor("grad_x")].straddles.tolist() == [True]
    assert rounding_error(trace)[Tensor("grad_z", 0)] < 1e-15


def test_leading_axes_are_refused():
    spec = chain((2, 2), "tanh")
    trace = run_pass(spec, np.ones((3, spec.size)), np.ones((1, 2)), np.ones((1, 2)))
    with pytest.raises(ValueError, match="one network at a time"):
        central_differences(trace)


def test_rounding_is_of_the_size_of_the_last_digit_and_of_what_cancels():
    spec = chain((3, 1), "identity", "sum", bias=False)
    plain = rounding_error(run_pass(spec, np.ones(3), np.ones((1, 3))))
    assert 0.0 < plain[Tensor("z", 0)] < 1e-14
    cancelling = run_pass(spec, np.array([1e6, 1.0, -1e6]), np.ones((1, 3)))
    assert cancelling.layers[0].z == 1.0
    assert 1e-11 < rounding_error(cancelling)[Tensor("z", 0)] < 1e-8


def test_rounding_keeps_probabilities_below_one():
    # a = 1 to the last digit: the next number has no log(1 - a)
    spec = chain((1, 1), "sigmoid", "bce", bias=False)
    trace = run_pass(spec, np.array([40.0]), np.array([[1.0]]), np.array([[0.0]]))
    assert trace.output == 1.0
    assert rounding_error(trace)[Tensor("loss")] > 1.0  # the cut-off logarithm is all rounding


def test_rounding_opens_no_gate():
    spec = chain((2, 1, 1), ("relu", "identity"), "sum", bias=False)
    trace = run_pass(spec, np.array([1.0, -1.0, 1.0]), np.ones((1, 2)))
    assert trace.layers[0].z == 0.0
    assert rounding_error(trace)[Tensor("grad_weight", 0)] == 0.0
