"""The past of a run within its budget, and cross-validation over runs."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import INITIALIZERS, OPTIMIZERS, NetworkSpec, initial_parameters
from mlpviz.engine.training import Plan, Sets, run
from mlpviz.engine.training.folds import cross_validate
from mlpviz.engine.training.history import History, Thinned

SPEC = NetworkSpec.dense((2, 4, 1), ("tanh", "identity"))
START = initial_parameters(SPEC, INITIALIZERS["xavier_uniform"], np.random.default_rng(0))
X = np.random.default_rng(1).normal(size=(20, 2))
SETS = Sets.of(SPEC, (X[:15], X[:15, :1]), (X[15:], X[15:, :1]))
PLAN = Plan(optimizer=OPTIMIZERS["adam"], batch_size=5, epochs=40)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 100, 101])
def test_thinning_keeps_the_first_the_last_and_even_steps(count):
    thinned = Thinned[int](8 * 10)
    for number in range(count):
        thinned.add(number, 10)
        assert thinned.bytes <= 80
        assert thinned.bytes == 10 * len(thinned.items)
    assert thinned.items[0] == 0
    assert thinned.items[-1] == count - 1
    assert set(np.diff(thinned.items[:-1])) <= {thinned.stride}
    assert len(thinned.items) >= min(count, 4)


def test_a_published_size_stays_within_its_budget():
    """400 epochs of 784-30-10, Adam in float64."""
    spec = NetworkSpec.dense((784, 30, 10), "sigmoid", "bce")
    *_, snapshot = run(
        spec, np.zeros(spec.size), Sets.of(spec, (np.zeros((2, 784)), np.zeros((2, 10)))),
        Plan(optimizer=OPTIMIZERS["adam"], epochs=1), np.random.default_rng(0),
    )  # fmt: skip
    history = History(budget=8_000_000)
    for epoch in range(401):
        history.add(replace(snapshot, epoch=epoch, step=epoch * 100, params=snapshot.params + epoch))
        assert history.bytes <= 8_000_000
    assert len(history.moments) > 30
    assert len(history.points) == 401
    assert {moment.params.dtype for moment in history.moments} == {np.dtype(np.float32)}
    held = sum(moment.params.nbytes for moment in history.moments)
    assert held + 3 * snapshot.params.nbytes <= history.bytes
    assert (history.at(0).epoch, history.at(10**9).epoch) == (0, 400)
    between = history.at(12_345)
    assert between.step <= 12_345
    assert between.params[0] == np.float32(snapshot.params[0] + between.epoch)
    assert history.last.params.dtype == np.float64


def test_nothing_is_lost_while_there_is_room():
    history = History(params_dtype=np.float64)
    found = list(run(SPEC, START, SETS, PLAN, np.random.default_rng(0)))
    for snapshot in found:
        history.add(snapshot)
    assert [point.epoch for point in history.points] == list(range(41))
    for moment, snapshot in zip(history.moments, found, strict=True):
        np.testing.assert_array_equal(moment.params, snapshot.params)
        with pytest.raises(ValueError, match="read-only"):
            moment.params[0] = 1.0
    assert history.last is found[-1]
    assert history.points[7].validation == found[7].validation


def test_an_empty_history_has_no_networks():
    history = History()
    assert (history.bytes, history.moments, history.points) == (0, (), ())
    with pytest.raises(LookupError, match="the history is empty"):
        history.at(0)


def test_cross_validation_is_a_run_per_fold():
    folds = [
        Sets.of(SPEC, *(((X[rows], X[rows, :1])) for rows in (np.delete(np.arange(20), part), part)))
        for part in np.split(np.arange(20), 4)
    ]

    def train(number, sets):
        return run(SPEC, START, sets, PLAN, np.random.default_rng(number))

    *_, found = steps = list(cross_validate(train, folds))
    assert [len(step.last) for step in steps] == [1, 2, 3, 4]
    alone = [list(train(number, sets))[-1].validation.loss for number, sets in enumerate(folds)]
    np.testing.assert_array_equal(found.scores(), alone)
    assert found.mean() == pytest.approx(np.mean(alone))
    assert found.std() == pytest.approx(np.std(alone))
    assert np.isnan(found.scores("metric")).all()
