"""Runs that learn at once share the time of the process, and leave some of it free."""

from __future__ import annotations

import pytest

from mlpviz.runs.scheduler import LEFT_FREE, SILENT, SMALLEST, Scheduler


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def spent_by(number: int, seconds: float = 60.0, asked: float = 0.03, painting: float = 0.01) -> list[float]:
    """Seconds of learning of each of so many runs that tick 24 times per second, on one interpreter."""
    clock = Time()
    scheduler = Scheduler(clock)
    spent, due = [0.0] * number, [0.0] * number
    while clock.now < seconds:
        run = min(range(number), key=lambda each: due[each])
        clock.now = max(clock.now, due[run])
        mine = scheduler.time_slice(str(run), asked, painting)
        if mine:
            spent[run] += mine
            clock.now += mine + painting
        due[run] = clock.now + 1 / 24
    return spent


def test_one_run_gets_all_that_it_asks_for() -> None:
    scheduler = Scheduler(Time())
    assert [scheduler.time_slice("a", 0.03, 0.01) for _ in range(3)] == [0.03] * 3


@pytest.mark.parametrize("number", [2, 5, 30])
def test_many_runs_get_even_parts_and_leave_some_free(number: int) -> None:
    spent = spent_by(number)
    assert min(spent) > 0
    assert max(spent) < 1.3 * min(spent)
    slice_ = max(SMALLEST, 0.03 / number)
    busy = sum(spent) * (slice_ + 0.01) / slice_ / 60.0
    assert busy <= 1.02 * (1.0 - LEFT_FREE)
    assert busy > 0.4


def test_a_run_that_stopped_asking_is_forgotten() -> None:
    clock = Time()
    scheduler = Scheduler(clock)
    # the second one shares the time with the first
    assert [scheduler.time_slice(run, 0.03, 0.01) for run in ("a", "b")] == [0.03, 0.015]
    clock.now += SILENT + 0.1
    assert scheduler.time_slice("a", 0.03, 0.01) == 0.03
    scheduler.leave("a")
    assert scheduler.time_slice("c", 0.03, 0.01) == 0.03


def test_who_waits_as_told_gets_its_turn() -> None:
    clock = Time()
    scheduler = Scheduler(clock)
    assert scheduler.time_slice("a", 0.03, 0.01) == 0.03
    assert scheduler.wait_of("a") == 0.0
    scheduler.time_slice("b", 0.03, 0.01)
    wait = scheduler.wait_of("b")
    assert wait > 0.03
    assert scheduler.time_slice("b", 0.03, 0.01) == 0.0
    clock.now += wait
    assert scheduler.wait_of("b") == 0.0
    assert scheduler.time_slice("b", 0.03, 0.01) > 0.0
