"""How much of a run is done, how fast it learns, and how long the rest takes."""

from __future__ import annotations

import pytest

from mlpviz.runs import Run
from mlpviz.train_page.frame import frame_of
from tests.support.small_runs import Clock, setup_of


def test_time_left_is_what_is_missing_over_the_rate() -> None:
    run = Run.of(setup_of(epochs=100), clock=Clock(0.01), work=Clock(0.01))
    assert run.progress.left(None) is None
    run.play()
    for _ in range(3):
        run.advance(0.1)
    done = run.engine_runs[0].progress
    assert run.progress.rate is not None
    assert run.progress.left(None) == pytest.approx((100 - done) / run.progress.rate)
    assert 0 < run.progress.share == pytest.approx(done / 100)


def test_time_left_ends_at_the_goal_and_is_unknown_of_a_run_that_rests() -> None:
    run = Run.of(setup_of(epochs=100), clock=Clock(0.01), work=Clock(0.01))
    run.play(epochs=20)
    for _ in range(3):
        run.advance(0.1)
    assert run.progress.rate is not None
    assert run.progress.left(run.goal) == pytest.approx((20 - run.progress.done) / run.progress.rate)
    assert frame_of(run)["left"] == run.progress.left(20)
    run.pause()
    assert frame_of(run)["left"] is None
