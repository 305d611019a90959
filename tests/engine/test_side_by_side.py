"""Networks trained side by side are networks trained one by one."""

import numpy as np
import pytest

from mlpviz.engine import CLIPPINGS, INITIALIZERS, OPTIMIZERS, PENALTIES, SCHEDULES, initial_parameters
from mlpviz.engine.training import DataSplits, EarlyStopping, Plan, PlanError, train
from tests.support.random_networks import chain

SPEC = chain((2, 5, 1), ("tanh", "identity"))
STARTS = np.stack(
    [initial_parameters(SPEC, INITIALIZERS["xavier_uniform"], np.random.default_rng(seed)) for seed in range(3)]
)
RNG = np.random.default_rng(9)
X = RNG.normal(size=(23, 2))
SETS = DataSplits.of(SPEC, (X[:17], X[:17, :1] * X[:17, 1:]), (X[17:], X[17:, :1] * X[17:, 1:]))


def last(start, plan, **kwargs):
    *_, snapshot = train(SPEC, start, SETS, plan, np.random.default_rng(4), **kwargs)
    return snapshot


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [5, None])
def test_one_order_for_all(key, batch_size):
    plan = Plan(
        optimizer=OPTIMIZERS[key],
        batch_size=batch_size,
        epochs=4,
        penalties=(PENALTIES["l2"],),
        clipping=CLIPPINGS["norm"],
        schedule=SCHEDULES["exponential"],
        metric=lambda y, t: np.abs(y - t).mean(axis=(-2, -1)),
    )
    together = last(STARTS, plan)
    for index, start in enumerate(STARTS):
        alone = last(start, plan)
        np.testing.assert_allclose(together.params[index], alone.params, rtol=1e-11, atol=1e-13)
        for name in ("loss", "penalty", "metric"):
            ours, theirs = (getattr(s.validation, name) for s in (together, alone))
            np.testing.assert_allclose(ours[index], theirs, rtol=1e-11)
        np.testing.assert_allclose(together.loss[index], alone.loss, rtol=1e-11)


def test_a_learning_rate_each():
    rates = np.array([[0.01], [0.1], [0.3]])
    plan = Plan(optimizer=OPTIMIZERS["adam"].configure(learning_rate=rates), batch_size=5, epochs=3)
    together = last(STARTS, plan)
    for index, start in enumerate(STARTS):
        alone = Plan(
            optimizer=OPTIMIZERS["adam"].configure(learning_rate=float(rates[index, 0])), batch_size=5, epochs=3
        )
        np.testing.assert_allclose(together.params[index], last(start, alone).params, rtol=1e-11, atol=1e-13)


def test_an_order_each():
    plan = Plan(optimizer=OPTIMIZERS["adam"], batch_size=5, epochs=2, shuffles="own")
    drawn = []

    def remember(chance, samples):
        drawn.append(chance.permutation(samples))
        return drawn[-1]

    together = last(STARTS, plan, order=remember)
    assert len(drawn) == 6
    assert not np.array_equal(drawn[0], drawn[1])
    for index, start in enumerate(STARTS):
        mine = iter(drawn[index::3])
        alone = last(start, plan, order=lambda chance, samples, mine=mine: next(mine))
        np.testing.assert_allclose(together.params[index], alone.params, rtol=1e-11, atol=1e-13)


def test_going_on_side_by_side():
    plan = Plan(optimizer=OPTIMIZERS["adam"], batch_size=5, epochs=3, shuffles="own")
    found = list(train(SPEC, STARTS, SETS, plan, np.random.default_rng(0), every="step"))
    *_, again = train(SPEC, found[6], SETS, plan)
    np.testing.assert_array_equal(again.params, found[-1].params)


def test_early_stopping_is_for_one_network():
    with pytest.raises(PlanError, match="stopping is given, expected None for networks side by side"):
        last(STARTS, Plan(stopping=EarlyStopping()))
