"""Branches: every checkpoint can be shown, and learned on from to the same bits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpviz.config import prepare
from mlpviz.engine import OPTIMIZERS
from mlpviz.engine.training import DataSplits, Plan, train
from mlpviz.runs import Run, RunError
from mlpviz.runs.branches import MOST_BRANCHES
from mlpviz.runs.checkpoints import OVERHEAD, Checkpoints, size_of
from mlpviz.runs.curves import CurveRows
from mlpviz.runs.run import BUDGET
from tests.support.random_networks import chain
from tests.support.small_runs import finished, params_of, setup_of


@given(st.integers(2, 9), st.integers(0, 100))
def test_rows_stay_within_their_capacity_and_keep_every_stride(capacity: int, came: int) -> None:
    rows = CurveRows((1,), capacity)
    for number in range(came):
        rows.add([number] if rows.due else None)
    kept = rows.rows[:, 0].tolist()
    assert len(kept) <= capacity
    assert kept == list(range(0, came, rows.stride))


def test_an_earlier_checkpoint_shows_its_own_numbers() -> None:
    snapshots = list(prepare(setup_of()).run())
    run = finished(Run.of(setup_of()))
    assert run.state(run.focus).checkpoint_epochs == tuple(range(13))
    for epoch in (0, 5, 12):
        run.show_checkpoint(epoch)
        assert np.array_equal(params_of(run), snapshots[epoch].params)
        assert run.state(0).checkpoint.row[4] == float(snapshots[epoch].validation.loss)  # type: ignore[union-attr]
    run.show_checkpoint(None)
    assert run.branches.shown_epoch is None


def test_within_an_epoch_the_whole_one_before_can_be_travelled_to() -> None:
    run = Run.of(setup_of())
    for epoch in (0, 2):
        run.epoch(epoch)
        while run.status == "running":
            run.advance(0.05)
        whole = params_of(run)
        run.step()
        within = params_of(run)
        assert not np.array_equal(whole, within)
        run.show_checkpoint(epoch)
        assert run.branches.shown_epoch == epoch
        assert np.array_equal(params_of(run), whole)
        for newest in (None, epoch + 1):
            run.show_checkpoint(epoch)
            run.show_checkpoint(newest)
            assert run.branches.shown_epoch is None
            assert np.array_equal(params_of(run), within)


def test_a_branch_without_a_change_repeats_the_same_numbers() -> None:
    run = finished(Run.of(setup_of()))
    end, first = params_of(run), run.state(0).curve(0)[0].copy()
    run.show_checkpoint(4)
    assert np.array_equal(params_of(finished(run)), end)
    assert run.branches.infos[-1] == (1, 0, 4)
    # the shadow stays, and the branch repeats it from there on, in all that is measured
    assert np.array_equal(run.state(0).curve(0)[0], first, equal_nan=True)
    assert np.array_equal(run.state(0).curve(1)[0][:, :2], first[4:, :2])
    assert np.array_equal(run.state(0).curve(1)[0][:, 3:7], first[4:, 3:7], equal_nan=True)
    assert run.state(run.focus).checkpoint_epochs == tuple(range(13))


def test_a_branch_with_a_change_leaves_its_parent_as_it_was() -> None:
    run = finished(Run.of(setup_of()))
    end = params_of(run)
    run.show_checkpoint(4)
    then = params_of(run)
    run.set_hyperparameters(learning_rate=0.0)
    assert np.array_equal(params_of(finished(run)), then)
    run.show_checkpoint(None, branch=0)
    assert np.array_equal(params_of(run), end)
    run.show_checkpoint(None)
    assert np.array_equal(params_of(run), then)


def test_a_run_that_stopped_early_goes_on_when_asked() -> None:
    stopping = {"patience": 1, "min_change": 10.0}
    run = finished(Run.of(setup_of(stopping=stopping)))
    stopped = run.progress.newest
    assert stopped < 12
    assert "no progress" in run.sentence
    run.epoch(5)
    while run.status == "running":
        run.advance(0.05)
    assert run.progress.newest == stopped + 5


def test_branches_beyond_the_most_forget_the_oldest_shadow() -> None:
    run = Run.of(setup_of(epochs=2))
    for _ in range(MOST_BRANCHES + 3):
        finished(run)
        run.show_checkpoint(1, branch=0)
    kept = [info.number for info in run.branches.infos]
    assert len(kept) == MOST_BRANCHES
    assert 0 in kept
    with pytest.raises(RunError, match="branch 1 is not kept"):
        run.show_checkpoint(0, branch=1)


def test_the_past_stays_within_its_budget_over_all_branches() -> None:
    size = prepare(setup_of()).spec.size * 8 * 3 + OVERHEAD
    run = Run.of(setup_of(epochs=200), budget=20 * size)
    finished(run)
    run.show_checkpoint(60)
    finished(run)
    held = sum(run.branches.of(0, info.number).checkpoints.bytes for info in run.branches.infos)
    assert held <= 20 * size
    assert len(run.state(run.focus).checkpoint_epochs) > 6
    assert {0, 200} <= set(run.state(run.focus).checkpoint_epochs)


def test_checkpoints_find_the_last_one_before() -> None:
    checkpoints = Checkpoints(budget=10**9)
    with pytest.raises(LookupError):
        checkpoints.at(3)
    for snapshot in list(prepare(setup_of()).run())[2:]:
        checkpoints.add(snapshot)
    assert checkpoints.at(7).epoch == 7
    checkpoints.shrink(4 * 10**3)
    assert checkpoints.epochs == (2, 12)
    assert [checkpoints.at(epoch).epoch for epoch in (0, 11, 12, 99)] == [2, 2, 12, 12]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 100, 101])
def test_checkpoints_keep_the_first_the_last_and_even_steps(count: int) -> None:
    snapshot = next(prepare(setup_of()).run())
    size = size_of(snapshot) + OVERHEAD
    checkpoints = Checkpoints(8 * size)
    for epoch in range(count):
        checkpoints.add(replace(snapshot, epoch=epoch))
        assert checkpoints.bytes <= 8 * size
    assert checkpoints.epochs[0] == checkpoints.first.epoch == 0
    assert checkpoints.epochs[-1] == count - 1
    assert set(np.diff(checkpoints.epochs[:-1]).tolist()) <= {checkpoints.stride}
    assert len(checkpoints.epochs) >= min(count, 4)


def test_a_published_size_stays_within_its_budget() -> None:
    """400 epochs of 784-30-10, Adam in float64; every checkpoint is whole."""
    spec = chain((784, 30, 10), "sigmoid", "bce")
    *_, snapshot = train(
        spec, np.zeros(spec.size), DataSplits.of(spec, (np.zeros((2, 784)), np.zeros((2, 10)))),
        Plan(optimizer=OPTIMIZERS["adam"], epochs=1), np.random.default_rng(0),
    )  # fmt: skip
    assert size_of(snapshot) == 3 * snapshot.params.nbytes
    checkpoints = Checkpoints(BUDGET)
    for epoch in range(401):
        checkpoints.add(replace(snapshot, epoch=epoch, step=epoch * 100, params=snapshot.params + epoch))
        assert checkpoints.bytes <= BUDGET
    assert len(checkpoints.epochs) > 20
    assert (checkpoints.at(0).epoch, checkpoints.at(10**9).epoch) == (0, 400)
    between = checkpoints.at(123)
    assert between.epoch <= 123
    assert between.step == between.epoch * 100
    assert between.params.dtype == np.float64
    assert np.array_equal(between.params, snapshot.params + between.epoch)


def test_nothing_is_lost_while_there_is_room() -> None:
    found = list(prepare(setup_of()).run())
    checkpoints = Checkpoints(10**9)
    for snapshot in found:
        checkpoints.add(snapshot)
    assert checkpoints.epochs == tuple(range(13))
    assert all(checkpoints.at(snapshot.epoch) is snapshot for snapshot in found)
    with pytest.raises(ValueError, match="read-only"):
        checkpoints.at(3).params[0] = 1.0
