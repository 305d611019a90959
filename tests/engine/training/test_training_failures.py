"""Where training ends because a number is not finite."""

import numpy as np
import pytest

from mlpviz.engine import INITIALIZERS, LOSSES, OPTIMIZERS, NetworkSpec, initial_parameters
from mlpviz.engine.training import DataSplits, Plan, train
from tests.support.random_networks import chain

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.25]])
TARGET = np.array([[1.0], [2.0], [3.0]])


def last(spec, params, plan, target=TARGET, x=X):
    *_, snapshot = train(
        spec, params, DataSplits.of(spec, (x, target), dtype=plan.dtype), plan, np.random.default_rng(0)
    )
    return snapshot


def net(*activations):
    widths = (2, 3, 1)
    spec = chain(widths, activations)
    return spec, initial_parameters(spec, INITIALIZERS["xavier_uniform"], np.random.default_rng(1))


def sgd(rate):
    return OPTIMIZERS["sgd"].configure(learning_rate=rate)


def test_a_rate_far_too_high_ends_before_the_spoilt_step():
    spec, params = net("identity", "identity")
    snapshot = last(spec, params, Plan(optimizer=sgd(1e80), epochs=50))
    assert snapshot.failure is not None
    assert np.isfinite(snapshot.params).all()
    assert snapshot.step == snapshot.failure.step - 1
    assert snapshot.stopped == f"Training stopped in step {snapshot.failure.step}: loss is not finite."


def test_the_first_tensor_is_named():
    spec, params = net("identity", "relu")
    params = np.abs(params)
    params[spec.slots[1].weight] = 1e308
    snapshot = last(spec, params, Plan(optimizer=sgd(0.1), epochs=5), x=np.abs(X) * 1e3)
    assert (snapshot.failure.step, snapshot.failure.tensor.name) == (1, "z of layer 2")
    assert snapshot.step == 0
    np.testing.assert_array_equal(snapshot.params, params)


def test_a_gradient_is_named_when_the_loss_is_fine():
    spec = NetworkSpec(chain((1, 1), "identity").layers, LOSSES["mae"].configure(reduction="sum"))
    snapshot = last(
        spec, np.array([0.0, 0.0]), Plan(optimizer=sgd(0.1), epochs=5, dtype=np.float32),
        x=np.full((3, 1), 2e38), target=np.full((3, 1), -1.0),
    )  # fmt: skip
    assert snapshot.failure is not None
    assert snapshot.failure.tensor.name == "∂L/∂W of layer 1"


def test_parameters_made_by_the_last_step_are_named():
    spec, params = net("identity", "identity")
    snapshot = last(spec, params, Plan(optimizer=sgd(1e308), epochs=1), target=TARGET * 1e3)
    assert snapshot.failure.step == 1
    assert snapshot.failure.tensor.name == "weight of layer 1"


def test_float32_overflows_where_float64_does_not():
    spec, params = net("identity", "identity")
    single = last(spec, params, Plan(optimizer=sgd(0.01), epochs=1, dtype=np.float32), target=TARGET * 1e30)
    double = last(spec, params, Plan(optimizer=sgd(0.01), epochs=1), target=TARGET * 1e30)
    assert single.failure.tensor.name == "loss"
    assert double.failure is None


def test_an_overflow_of_the_check_itself_is_no_failure():
    spec = chain((1, 1), "identity", loss="mae")
    snapshot = last(
        spec, np.zeros(2), Plan(optimizer=sgd(1e-300), epochs=3), x=np.full((3, 1), 1e200), target=np.full((3, 1), -1.0)
    )
    assert snapshot.failure is None
    assert snapshot.step == 3


@pytest.mark.parametrize("every", ["step", "epoch"])
def test_of_networks_side_by_side_one_may_fail(every):
    spec, params = net("identity", "identity")
    rates = np.array([[1e150], [0.01]])
    plan = Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=rates), epochs=10)
    sets = DataSplits.of(spec, (X, TARGET))
    *_, snapshot = train(spec, np.stack([params, params]), sets, plan, np.random.default_rng(0), every=every)
    assert snapshot.epoch == 10
    assert not np.isfinite(snapshot.train.loss[0])
    assert np.isfinite(snapshot.train.loss[1])
    both = Plan(optimizer=sgd(1e150), epochs=10)
    *_, snapshot = train(spec, np.stack([params, params]), sets, both, np.random.default_rng(0), every=every)
    assert snapshot.failure is not None
