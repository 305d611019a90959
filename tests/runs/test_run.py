"""A run in slices of time gives the numbers of the engine's own run, whatever the slices, pauses and steps."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from mlpviz.config import prepare
from mlpviz.engine import evaluate
from mlpviz.runs import Run, RunError
from mlpviz.runs.scheduler import Scheduler
from tests.support.small_runs import Clock, finished, params_of, setup_of


@pytest.mark.parametrize("each", [1e-5, 0.004, 0.5])
@pytest.mark.parametrize("changes", [{}, {"batch_size": None}, {"split": {"redraw": True}}])
def test_slices_give_the_numbers_of_the_engine_alone(each: float, changes: dict[str, object]) -> None:
    # a slow clock makes it learn step by step, a fast one in whole epochs
    setup = setup_of(**changes)
    run = finished(Run.of(setup, clock=Clock(each), work=Clock(each)))
    *_, last = prepare(setup).run()
    assert np.array_equal(params_of(run), last.params)
    assert run.status == "done"
    assert run.sentence == "all epochs done"
    assert run.progress.newest == 12
    assert run.state(0).checkpoint.row[3] == float(last.train.loss)  # type: ignore[union-attr]


def test_it_learns_only_while_it_runs() -> None:
    run = Run.of(setup_of(), clock=Clock())
    start = params_of(run)
    assert not run.advance(1.0)
    run.play()
    run.pause()
    assert not run.advance(1.0)
    assert np.array_equal(params_of(run), start)
    assert run.status == "paused"


def test_a_slice_ends_in_the_middle_of_a_long_epoch() -> None:
    run = Run.of(setup_of(batch_size=1), clock=Clock(0.01), work=Clock(0.01))
    run.play()
    run.advance(0.05)
    checkpoint = run.state(0).checkpoint
    assert 0 < checkpoint.step < 36
    assert checkpoint.epoch == 0
    assert np.isfinite(checkpoint.row[3])  # what was measured before still counts


def test_pauses_and_steps_change_no_number() -> None:
    setup = setup_of(epochs=3)
    run = Run.of(setup, clock=Clock(0.003))
    for _ in range(3):
        run.step()
    assert run.state(0).checkpoint.step == 3
    run.epoch()
    while run.status == "running":
        run.advance(0.004)
    assert run.status == "paused"
    assert run.progress.newest == 1
    *_, last = prepare(setup).run()
    assert np.array_equal(params_of(finished(run)), last.params)


def test_ten_epochs_then_pause_also_beyond_the_plan() -> None:
    run = finished(Run.of(setup_of()))
    run.epoch(10)
    while run.status == "running":
        run.advance(0.05)
    assert run.progress.newest == 22
    *_, last = prepare(setup_of(epochs=22)).run()
    assert np.array_equal(params_of(run), last.params)


@pytest.mark.parametrize("playing", [True, False])
def test_a_plan_that_ends_before_what_was_learned_is_done_and_can_be_played_beyond(playing: bool) -> None:
    setup = setup_of()
    run = Run.of(setup)
    run.epoch(5)
    while run.status == "running":
        run.advance(0.05)
    if playing:
        run.play()
    run.change(setup.replace(epochs=3))
    assert run.status == "done"
    assert not run.tick()
    run.play()
    finished(run)
    assert run.progress.newest > 5


def test_reset_gives_the_same_weights_or_others() -> None:
    run = Run.of(setup_of())
    start, key = params_of(run), run.key
    finished(run)
    run.reset()
    assert run.status == "ready"
    assert run.key != key
    assert np.array_equal(params_of(run), start)
    run.reset(new_weights=True)
    assert not np.array_equal(params_of(run), start)
    # the setup says the seed that made them
    assert np.array_equal(params_of(run), prepare(run.members[0].config).params)


def test_a_learning_rate_that_explodes_fails_with_a_sentence_and_can_be_taken_back() -> None:
    run = Run.of(setup_of(optimizer={"key": "sgd", "learning_rate": 0.1}, loss="mse", epochs=40))
    run.epoch(2)
    while run.status == "running":
        run.advance(0.05)
    run.set_hyperparameters(learning_rate=1e200)
    finished(run)
    assert run.status == "failed"
    assert "not finite" in run.sentence
    with pytest.raises(RunError, match="not finite any more"):
        run.play()
    run.show_checkpoint(1)
    run.set_hyperparameters(learning_rate=0.1)
    assert finished(run).status == "done"


def test_nothing_of_a_run_stays_when_it_is_dropped() -> None:
    scheduler = Scheduler()
    run = Run.of(setup_of(), scheduler=scheduler)
    run.play()
    run.tick()
    gone = weakref.ref(run)
    del run
    gc.collect()
    assert gone() is None


def test_of_a_long_training_set_some_samples_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlpviz.runs.member.LONG_EPOCH", 0)
    monkeypatch.setattr("mlpviz.runs.member.SOME", 9)
    run = finished(Run.of(setup_of(penalty="l2")))
    member, checkpoint = run.members[0], run.state(0).checkpoint
    x, target = member.sets.train
    expected = member.built.plan.metric(evaluate(checkpoint.spec, checkpoint.params, x[:9]).a[-1], target[:9])  # type: ignore[misc, index]
    assert checkpoint.row[5] == expected
    validation = run.state(0).measured.validation
    train = run.state(0).measured.train
    assert train is not None
    assert validation is not None
    assert train.penalty == validation.penalty > 0


def test_an_epoch_that_only_waits_for_the_processor_is_not_cut_into_steps() -> None:
    run = Run.of(setup_of(epochs=40), clock=Clock(0.2), work=Clock(1e-5))
    run.play()
    run.advance(0.0)
    while run.progress.newest < 3:
        run.advance(0.0)
    before = run.progress.newest
    run.advance(0.0)
    assert run.progress.newest == before + 1
    assert run.state(0).checkpoint.epoch == before + 1


def test_layers_are_measured_more_seldom_where_many_learn() -> None:
    def measurements(others: int) -> int:
        scheduler = Scheduler()
        for other in range(others):
            scheduler.time_slice(f"other {other}", 0.03, 0.01)
        run = Run.of(setup_of(epochs=60), clock=Clock(), scheduler=scheduler)
        run.play()
        for _ in range(60):
            run.advance(0.0)
        return len(run.state(0).monitor.stats_history.epochs)

    assert measurements(0) > 2 * measurements(9) > 0
