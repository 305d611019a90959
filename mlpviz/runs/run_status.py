"""How a run stands: each lane at the shown moment, what was seen inside, how far all of them are, and in what time.

Refuses to make anybody learn; `run.py` does.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.config import TrainingConfig
from mlpviz.config.edits import with_value
from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Evaluation, Snapshot
from mlpviz.runs.branches import BranchTree
from mlpviz.runs.curves import row_of
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.grouping import grouped
from mlpviz.runs.layer_stats import NetworkStats, measure_layers
from mlpviz.runs.member import Member
from mlpviz.runs.stats_history import StatsHistory
from mlpviz.runs.warning_log import WarningInputs, WarningLog

Status = Literal["ready", "running", "paused", "done", "failed"]


class CheckpointView(NamedTuple):
    """One lane at one time: enough to ask the network anything. `row` holds the COLUMNS of the curves (9,)."""

    spec: NetworkSpec
    epoch: int
    step: int
    params: Array
    buffers: Array
    row: NDArray[np.float64]


class Measures(NamedTuple):
    """How well one lane does on what it learns from, and on what it does not."""

    train: Evaluation | None
    validation: Evaluation | None


@dataclass
class Monitor:
    """What a run knows of one lane besides its course: what was seen inside, and the warnings."""

    watch: StatsHistory
    warning_log: WarningLog
    failed: str = ""
    took: float = 0.0
    looked: float = -np.inf


PATIENCE = 8.0
"""An inside that took s seconds to look at is looked at again after so many times s."""


class RunStatus:
    """The lanes of a run, the courses in which they learn, and their past. `focus` is the lane shown in full."""

    def __init__(self, members: tuple[Member, ...], budget: int, clock: Callable[[], float]) -> None:
        groups = grouped(members)
        # all are made before any is kept: a setup that can't run leaves a run as it was
        engine_runs = tuple(
            EngineRun(tuple(members[n] for n in group), budget // len(groups), clock) for group in groups
        )
        self.members, self.engine_runs, self.clock = members, engine_runs, clock
        self.key = secrets.token_hex(4)
        self.past = BranchTree(engine_runs, budget)
        self.status: Status = "ready"
        self.goal: int | None = None
        self.focus = 0
        self.turn_of = 0
        self.progress_log: deque[tuple[float, float]] = deque(maxlen=120)
        """(clock, epochs done) of the last stretches of learning"""
        self._place = {number: (c, i) for c, group in enumerate(groups) for i, number in enumerate(group)}
        self._inside = [Monitor(StatsHistory(len(member.spec.layers)), WarningLog()) for member in members]
        self.update_monitors()

    def update_monitors(self) -> None:
        """Look inside and judge, after every stretch of learning."""
        self._look()
        self._judge()

    # --- each lane ---

    @property
    def epochs(self) -> tuple[int, ...]:
        """The epochs of the shown branch that can be travelled to, of the lane in focus."""
        return self.past.of(self._place[self.focus][0], self.past.shown).epochs

    def moment(self, member: int) -> CheckpointView:
        """The shown moment of one lane."""
        number, place = self._place[member]
        engine_run = self.engine_runs[number]
        snapshot = self.past.at(number)
        params, buffers = snapshot.params, snapshot.buffers
        if len(engine_run.members) > 1:
            params, buffers = params[place], buffers[place]
        row = row_of(snapshot, len(engine_run.members))
        if snapshot.batch and snapshot.failure is None:
            # within an epoch nothing is measured: what was measured after the last one still stands
            row = np.where(
                np.isnan(row), row_of(engine_run.branch.moments.at(snapshot.epoch), len(engine_run.members)), row
            )
        return CheckpointView(self.members[member].spec, snapshot.epoch, snapshot.step, params, buffers, row[place])

    def place_of(self, member: int) -> tuple[int, int]:
        """In which course a lane learns, and at which place there."""
        return self._place[member]

    def setup_of(self, member: int) -> TrainingConfig:
        """The setup of a lane with the knobs as they were turned by hand: what a form and a link show."""
        setup = self.members[member].setup
        for name, value in self.engine_run_of(member).controls.hyperparameters.items():
            setup = with_value(setup, ("optimizer", name), value)
        return setup

    def engine_run_of(self, member: int) -> EngineRun:
        """The course in which a lane learns."""
        return self.engine_runs[self._place[member][0]]

    def members_in(self, engine_run: int) -> tuple[int, ...]:
        """The numbers of the lanes that learn together in a course, in the order of its networks."""
        return tuple(member for member, (number, _) in self._place.items() if number == engine_run)

    def snapshot(self, member: int) -> Snapshot:
        """The shown snapshot of the course in which a lane learns: of all its lanes together."""
        return self.past.at(self._place[member][0])

    def curve(self, member: int, branch: int) -> tuple[NDArray[np.float64], int]:
        """The rows (n, 9) of one lane in one branch, and their generation."""
        number, place = self._place[member]
        curve = self.past.of(number, branch).curve
        return curve.rows[:, place], curve.generation

    def inside(self, member: int) -> Monitor:
        """What was seen inside of a lane, and the warnings given."""
        return self._inside[member]

    def look(self, member: int) -> NetworkStats:
        """The insides at the shown moment; while it learns, those seen last."""
        last = self._inside[member].watch.last
        if self.status == "running" and last is not None:
            return last
        moment = self.moment(member)
        return measure_layers(moment.spec, moment.params, self.members[member].probe, moment.buffers)

    # --- all of them ---

    def status_of(self, member: int) -> tuple[Status, str]:
        """Status and the sentence on why, of one lane."""
        failed = self._inside[member].failed
        if failed:
            return "failed", failed
        latest = self.engine_runs[self._place[member][0]].latest
        return ("done", latest.stopped) if latest.stopped else (self.status, "")

    @property
    def sentence(self) -> str:
        """Why the run is where it is: what ended it, of the lane in focus; empty while it can go on."""
        return self.status_of(self.focus)[1] if self.status in ("done", "failed") else ""

    @property
    def newest(self) -> int:
        """The last whole epoch of the lane that is furthest."""
        return max(engine_run.latest.epoch for engine_run in self.engine_runs)

    def epochs_of(self, member: int) -> int:
        """The whole epochs that a lane has done."""
        return self.engine_runs[self._place[member][0]].latest.epoch

    def seconds_of(self, member: int) -> float:
        """The time in the engine of one lane: its even part where several learned in one engine run."""
        engine_run = self.engine_runs[self._place[member][0]]
        return engine_run.seconds / len(engine_run.members)

    def newest_row(self, member: int) -> NDArray[np.float64]:
        """The curve's columns (9,) after the last whole epoch of a lane."""
        number, place = self._place[member]
        engine_run = self.engine_runs[number]
        return row_of(engine_run.branch.moments.at(engine_run.latest.epoch), len(engine_run.members))[place]

    def measured(self, member: int) -> Measures:
        """What was measured of a lane after its last whole epoch; None for what the plan leaves out."""
        number, place = self._place[member]
        engine_run = self.engine_runs[number]
        snapshot = engine_run.branch.moments.at(engine_run.latest.epoch)
        found = (snapshot.train, snapshot.validation)
        if len(engine_run.members) > 1:
            train, validation = (each and _of_member(each, place) for each in found)
            return Measures(train, validation)
        return Measures(*found)

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """The optimizer's knobs of the lane in focus as they are now, turned or not."""
        number, place = self._place[self.focus]
        engine_run = self.engine_runs[number]
        found = {**engine_run.plan.optimizer.settings, **engine_run.controls.hyperparameters}
        return {
            name: float(hyperparameter[place, 0]) if isinstance(hyperparameter, np.ndarray) else hyperparameter
            for name, hyperparameter in found.items()
        }

    @property
    def planned(self) -> int:
        """The epochs of the longest plan."""
        return max(engine_run.plan.epochs for engine_run in self.engine_runs)

    @property
    def progress(self) -> float:
        """Epochs done, parts of them included, over all courses."""
        return sum(engine_run.progress for engine_run in self.engine_runs)

    @property
    def share_done(self) -> float:
        """From 0 to 1: how much of the plan is done, or of the stretch that was asked for."""
        total = sum(engine_run.plan.epochs for engine_run in self.engine_runs)
        if all(engine_run.finished for engine_run in self.engine_runs):
            return 1.0
        return min(1.0, self.progress / total) if total else 1.0

    @property
    def rate(self) -> float | None:
        """Epochs per second of clock time lately, all lanes of a course counted once; None while unknown."""
        if len(self.progress_log) < 2:
            return None
        (since, before), (now, done) = self.progress_log[0], self.progress_log[-1]
        return (done - before) / (now - since) if now > since else None

    @property
    def left(self) -> float | None:
        """Seconds of clock time until the goal or the end of the plan; None while unknown."""
        rate = self.rate
        if self.status != "running" or not rate:
            return None
        ends = [engine_run.plan.epochs if self.goal is None else self.goal for engine_run in self.engine_runs]
        missing = sum(
            max(0.0, end - c.progress) for end, c in zip(ends, self.engine_runs, strict=True) if not c.finished
        )
        return missing / rate

    # --- seeing ---

    def _judge(self) -> None:
        """Bring the tapes of warnings up to date."""
        for member, inside in enumerate(self._inside):
            number, place = self._place[member]
            inside.failed = inside.failed or self.engine_runs[number].failure_of(place)
            rows, _ = self.curve(member, self.past.growing)
            inside.warning_log.check_warnings(
                WarningInputs(self.members[member].spec, rows, inside.watch, inside.failed)
            )

    def _look(self) -> None:
        """Look inside the lane in focus, and in turn inside another one."""
        looked_at = (self.focus, self.turn_of % len(self.members)) if self.turn_of else range(len(self.members))
        for member in dict.fromkeys(looked_at):
            inside, now = self._inside[member], self.clock()
            if now - inside.looked < PATIENCE * inside.took:
                continue
            number, place = self._place[member]
            engine_run = self.engine_runs[number]
            params, buffers = engine_run.params_of(place)
            look = measure_layers(self.members[member].spec, params, self.members[member].probe, buffers)
            inside.watch.take(look, engine_run.progress)
            inside.looked, inside.took = now, self.clock() - now


def _of_member(measure: Evaluation, place: int) -> Evaluation:
    # a penalty that there is not is one 0 for all lanes
    loss, penalty, metric = measure
    return Evaluation(
        loss[place], penalty[place] if penalty.ndim else penalty, None if metric is None else metric[place]
    )
