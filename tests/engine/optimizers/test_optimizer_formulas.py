"""A step is pure, in place it gives the same bits, and every optimizer descends."""

import math

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS, apply_step, gradient_descent
from tests.support.optimizer_trajectories import SIZE, START, gradient
from tests.support.torch_optimizers import loaded

BLOCK = 1_000


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    """Few numbers make several blocks."""
    monkeypatch.setattr("mlpviz.engine.optimizers.apply.BLOCK", BLOCK)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_networks_side_by_side_are_networks_one_by_one(optimizer):
    starts = np.stack([START, START[::-1], START * 0.5])
    rates = np.array([[0.01], [0.02], [0.03]])
    slots = optimizer.init(starts, learning_rate=rates)
    params = starts
    for t in range(1, 8):
        grads = np.stack([gradient(row) for row in params])
        params, slots = optimizer.step(params, grads, slots, t, learning_rate=rates)
    for row, start, rate in zip(params, starts, rates, strict=True):
        alone, slots = start, optimizer.init(start, learning_rate=float(rate[0]))
        for t in range(1, 8):
            alone, slots = optimizer.step(alone, gradient(alone), slots, t, learning_rate=float(rate[0]))
        np.testing.assert_allclose(row, alone, rtol=1e-12)


def _freeze(*arrays):
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False


@pytest.mark.parametrize("optimizer", list(loaded()), ids=lambda optimizer: optimizer.key)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_changes_nothing_it_is_given_and_keeps_the_type(optimizer, dtype):
    params = START.astype(dtype)
    slots = optimizer.init(params)
    assert set(slots) == {slot.name for slot in optimizer.slots_in_use}
    for t in range(1, 4):
        grads = gradient(params).astype(dtype)
        _freeze(params, grads, *slots.values())
        params, slots = optimizer.step(params, grads, slots, t)
        assert params.dtype == dtype
        for slot in optimizer.slots_in_use:
            value = slots[slot.name]
            assert np.shape(value) == ((SIZE,) if slot.per_parameter else ())
            if slot.per_parameter:
                assert value.dtype == dtype
        assert len(slots) == len(optimizer.slots_in_use)


@pytest.mark.parametrize("optimizer", list(loaded()), ids=lambda optimizer: optimizer.key)
@pytest.mark.parametrize("shape", [(SIZE,), (3 * BLOCK + 5,), (2, BLOCK)])
def test_update_in_place_gives_the_bits_of_the_pure_step(optimizer, shape):
    rng = np.random.default_rng(0)
    pure = rng.normal(size=shape)
    rates = rng.uniform(0.01, 0.02, size=shape[-1])
    hyperparameters = {"learning_rate": rates}
    inplace, slots_pure, slots = (
        pure.copy(),
        optimizer.init(pure, **hyperparameters),
        optimizer.init(pure, **hyperparameters),
    )
    for t in range(1, 4):
        grads = rng.normal(size=shape)
        pure, slots_pure = optimizer.step(pure, grads, slots_pure, t, **hyperparameters)
        slots = apply_step(optimizer, inplace, grads, slots, t, **hyperparameters)
        np.testing.assert_array_equal(inplace, pure)
        assert slots.keys() == slots_pure.keys()
        for name, slot in slots_pure.items():
            np.testing.assert_array_equal(slots[name], slot)


def test_update_with_number_slots_on_a_big_vector():
    optimizer = OPTIMIZERS["nadam"]
    rng = np.random.default_rng(0)
    pure = rng.normal(size=2 * BLOCK + 1)
    inplace, slots_pure, slots = pure.copy(), optimizer.init(pure), optimizer.init(pure)
    for t in range(1, 4):
        grads = rng.normal(size=pure.shape)
        pure, slots_pure = optimizer.step(pure, grads, slots_pure, t)
        slots = apply_step(optimizer, inplace, grads, slots, t)
    np.testing.assert_array_equal(inplace, pure)
    assert slots["mu_product"] == slots_pure["mu_product"]


def test_gradient_descent_is_plain_sgd():
    params, _ = OPTIMIZERS["sgd"].step(START, gradient(START), {}, 1, learning_rate=0.1)
    np.testing.assert_array_equal(params, gradient_descent(START, gradient(START), 0.1))


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_every_optimizer_descends_a_bowl(optimizer):
    params = np.array([3.0, -2.0])
    slots = optimizer.init(params, learning_rate=0.1)
    for t in range(1, 101):
        params, slots = optimizer.step(params, 2 * params, slots, t, learning_rate=0.1)
    assert np.all(np.isfinite(params))
    assert math.hypot(*params) < math.hypot(3, 2)
