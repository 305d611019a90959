"""Captured steps have the bits of the plain ones, for every optimizer that can be captured, and follow settings."""

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS, apply_step
from mlpviz.engine.optimizers.captured_step import CapturedStep, StepsInPlace
from tests.support.optimizer_trajectories import START, gradient
from tests.support.torch_optimizers import loaded

NOT_CAPTURED = {
    "nadam", "radam", "adamax", "asgd", "adabelief", "schedule_free_adamw", "muon", "adafactor", "lbfgs",
}  # fmt: skip
"""Optimizers whose steps depend on their number in a way of their own, look at numbers, or combine tensors."""

ONE_NUMBER = {"adamw", "adagrad", "lion"}
"""Optimizers that compute a number of the rate, as a decay: not captured in float32, where Python's has more bits."""


@pytest.fixture
def runs(monkeypatch):
    """The numbers of the steps that were captured ones."""
    found, run = [], CapturedStep.run

    def noted(self, t, learning_rate):
        found.append(t)
        run(self, t, learning_rate)

    monkeypatch.setattr(CapturedStep, "run", noted)
    return found


def _same_steps(optimizers, dtype, rates):
    """Steps with these optimizers and rates, one after the other, in place and in the plain way."""
    plain, params, grads = START.astype(dtype), START.astype(dtype), np.empty_like(START, dtype)
    steps = StepsInPlace(params, grads)
    slots, plain_slots = optimizers[0].init(params), optimizers[0].init(plain)
    for t, (optimizer, rate) in enumerate(zip(optimizers, rates, strict=True), start=1):
        grads[...] = gradient(params)
        plain_slots = apply_step(optimizer, plain, grads.copy(), plain_slots, t, learning_rate=rate)
        slots = steps.take(optimizer, slots, t, rate)
        np.testing.assert_array_equal(params, plain)
        assert slots.keys() == plain_slots.keys()
        for name, slot in plain_slots.items():
            np.testing.assert_array_equal(slots[name], slot)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("optimizer", list(loaded()), ids=lambda optimizer: optimizer.key)
def test_captured_steps_have_the_bits_of_the_plain_ones(optimizer, dtype, runs):
    rates = [0.01 / (1 + t % 4) for t in range(12)]
    _same_steps([optimizer] * 12, dtype, rates)
    left_out = NOT_CAPTURED | (ONE_NUMBER if dtype is np.float32 else set())
    assert (runs[-1:] == [12]) != (optimizer.key in left_out)


@pytest.mark.parametrize("key", ["adamw", "lion", "adam", "sgd"])
def test_a_decay_beside_many_rates_rounds_as_in_the_plain_steps(key):
    optimizer = OPTIMIZERS[key].configure(weight_decay=0.1)
    _same_steps([optimizer] * 250, np.float32, [0.3 * 0.99**t for t in range(250)])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_steps_follow_new_settings_and_rates_that_are_no_plain_numbers(dtype, runs):
    adam = OPTIMIZERS["adam"]
    others = [adam.configure(beta1=0.5, eps=1e-3), adam.configure(beta1=0.8, weight_decay=0.1, maximize=True)]
    optimizers = [adam] * 6 + [others[0]] * 6 + [others[1]] * 6
    rates = [0.01] * 5 + [np.float64(0.02)] + [0.03] * 12
    _same_steps(optimizers, dtype, rates)
    assert {5, 12, 18} <= set(runs)
    assert 6 not in runs


def test_large_steps_keep_no_arrays(runs):
    params = np.ones(100_000)
    steps, sgd = StepsInPlace(params, np.ones_like(params)), OPTIMIZERS["sgd"]
    for t in range(1, 6):
        steps.take(sgd, {}, t, 0.1)
    np.testing.assert_allclose(params, 0.5)
    assert not runs
