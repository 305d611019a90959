"""How much of its plan a run has done, how fast it learns, and how long the rest takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from mlpviz.runs.engine_run import EngineRun


class RunProgress:
    """The epochs of all engine runs together, and the clock times at which they were done."""

    def __init__(self, engine_runs: tuple[EngineRun, ...], clock: Callable[[], float]) -> None:
        self._engine_runs, self._clock = engine_runs, clock
        self._log: deque[tuple[float, float]] = deque(maxlen=120)
        """(clock, epochs done) after the latest slices"""

    def record(self) -> None:
        """Note the time of what is done now: the rate is over these notes."""
        self._log.append((self._clock(), self.done))

    def begin(self) -> None:
        """Drop the notes: time in which nothing was to be learned is none of the rate's."""
        self._log.clear()

    @property
    def newest(self) -> int:
        """The last whole epoch of the member that is furthest."""
        return max(engine_run.latest.epoch for engine_run in self._engine_runs)

    @property
    def planned(self) -> int:
        """The epochs of the longest plan."""
        return max(engine_run.plan.epochs for engine_run in self._engine_runs)

    @property
    def done(self) -> float:
        """Epochs done, parts of them included, summed over all engine runs."""
        return sum(engine_run.progress for engine_run in self._engine_runs)

    @property
    def share(self) -> float:
        """The share of the plan that is done, from 0 to 1."""
        total = sum(engine_run.plan.epochs for engine_run in self._engine_runs)
        if all(engine_run.finished for engine_run in self._engine_runs):
            return 1.0
        return min(1.0, self.done / total) if total else 1.0

    @property
    def rate(self) -> float | None:
        """Recent epochs per second of clock time, all members of an engine run counted once; None while unknown."""
        if len(self._log) < 2:
            return None
        (since, before), (now, done) = self._log[0], self._log[-1]
        return (done - before) / (now - since) if now > since else None

    def left(self, goal: int | None) -> float | None:
        """Seconds of clock time until this epoch, or the end of the plan for None; None while unknown."""
        rate = self.rate
        if not rate:
            return None
        ends = [engine_run.plan.epochs if goal is None else goal for engine_run in self._engine_runs]
        missing = sum(
            max(0.0, end - each.progress)
            for end, each in zip(ends, self._engine_runs, strict=True)
            if not each.finished
        )
        return missing / rate
