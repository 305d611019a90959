"""Huge, tiny and zero numbers, hyperparameters at their ends: every optimizer beside its twin.

The suite runs few cases; any number of them, from any seed:

    MLPVIZ_EXTREMES=100000 MLPVIZ_SEED=7 pytest tests/engine/optimizers/test_optimizer_extremes.py
"""

import os

import numpy as np
import pytest
import torch

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.optimizers.tensor_layout import TensorPlace
from tests.support.extreme_optimizers import difference, random_case

CASES = int(os.environ.get("MLPVIZ_EXTREMES", "600"))
SEED = int(os.environ.get("MLPVIZ_SEED", "1"))


@pytest.fixture(autouse=True)
def double():
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_extreme_numbers_give_what_the_twin_gives(key):
    rng = np.random.default_rng([SEED, list(OPTIMIZERS).index(key)])
    for _ in range(CASES // len(OPTIMIZERS)):
        optimizer, start, grads = random_case(rng, key)
        step = difference(optimizer, start, grads)
        assert step is None, (step, dict(optimizer.settings), start.tolist(), grads.tolist())


def test_gradients_of_1e308_do_not_overflow_nadam():
    optimizer = OPTIMIZERS["nadam"].configure(beta1=0.5, beta2=0.5, momentum_decay=0.0)
    start = np.array([1.0])
    with np.errstate(all="ignore"):
        params, _ = optimizer.step(start, np.array([1.7e308]), optimizer.init(start), 1)
    assert params == start  # v overflows, so the step is 0


def test_a_square_that_overflows_stops_a_centered_rmsprop_and_is_no_nan():
    optimizer = OPTIMIZERS["rmsprop"].configure(centered=True, momentum=0.5)
    start = np.array([1.0])
    with np.errstate(all="ignore"):
        params, _ = optimizer.step(start, np.array([1e200]), optimizer.init(start), 1)
    assert params == start


def test_the_mean_square_of_a_matrix_does_not_overflow_in_adafactor():
    optimizer = OPTIMIZERS["adafactor"].with_layout((TensorPlace(slice(0, 6), (2, 3)),))
    start = np.ones(6)
    with np.errstate(all="ignore"):  # six of these squares add up to infinity, three do not
        params, _ = optimizer.step(start, np.full(6, 6e153), optimizer.init(start), 1)
    assert np.isfinite(params).all()


def test_a_gradient_of_zeros_leaves_lbfgs_as_it_is():
    optimizer = OPTIMIZERS["lbfgs"]
    params, slots = optimizer.step(np.ones(3), np.array([1.0, 2.0, 3.0]), optimizer.init(np.ones(3)), 1)
    after, unchanged = optimizer.step(params, np.zeros(3), slots, 2)
    np.testing.assert_array_equal(after, params)
    assert all(np.array_equal(slot, unchanged[name]) for name, slot in slots.items())
