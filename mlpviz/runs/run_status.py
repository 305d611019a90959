"""What can be read from a run: each member at the shown checkpoint, its measurements, and how much is done."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from functools import partial
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
from mlpviz.runs.monitor import Monitor

Status = Literal["ready", "running", "paused", "done", "failed"]


class CheckpointView(NamedTuple):
    """One member at one time: enough to evaluate the network. `row` (11,) holds the COLUMNS of the curves."""

    spec: NetworkSpec
    epoch: int
    step: int
    params: Array
    buffers: Array
    row: NDArray[np.float64]


class Measures(NamedTuple):
    """Loss and metric of one member on its training and its validation samples."""

    train: Evaluation | None
    validation: Evaluation | None


class RunStatus:
    """The state of a run and all that is read from it; `Run` adds what changes it.

    One object in two files: pages, files and experiments read the state from the run that they drive, and a second
    object behind it would have to pass on each of these members. Members are numbered from 0 in the order of `members`;
    `focus` is the one that is shown in full.
    """

    members: tuple[Member, ...]
    engine_runs: tuple[EngineRun, ...]
    branches: BranchTree

    def __init__(self, members: tuple[Member, ...], budget: int, clock: Callable[[], float]) -> None:
        self.clock, self.budget = clock, budget
        self.focus = 0
        self.shows_average = False
        """the averaged network is shown and exported, where there is one"""
        self._begin(members)

    def _begin(self, members: tuple[Member, ...]) -> None:
        """Put these members at their first parameters, with nothing learned."""
        groups = grouped(members)
        # all are made before any is kept: a config that can't run leaves a run as it was
        engine_runs = tuple(
            EngineRun(tuple(members[n] for n in group), self.budget // len(groups), self.clock) for group in groups
        )
        self.members, self.engine_runs = members, engine_runs
        self.key = secrets.token_hex(4)
        self.branches = BranchTree(engine_runs, self.budget)
        self.status: Status = "ready"
        self.goal: int | None = None
        self._slices = 0
        self._progress_log: deque[tuple[float, float]] = deque(maxlen=120)
        """(clock, epochs done) after the latest slices"""
        self._place = {number: (c, i) for c, group in enumerate(groups) for i, number in enumerate(group)}
        self._monitors = [Monitor(member, self.clock) for member in members]
        self.update_monitors()

    def update_monitors(self) -> None:
        """Measure the layers of the member in focus and of one other in turn; check the warnings of all."""
        measured = (self.focus, self._slices % len(self.members)) if self._slices else range(len(self.members))
        for member in dict.fromkeys(measured):
            number, place = self._place[member]
            engine_run = self.engine_runs[number]
            self._monitors[member].measure(*engine_run.params_of(place), engine_run.progress)
        for member, monitor in enumerate(self._monitors):
            number, place = self._place[member]
            rows, _ = self.curve(member, self.branches.growing)
            engine_run = self.engine_runs[number]
            monitor.check_warnings(rows, engine_run.failure_of(place), partial(engine_run.parameters_at, place))

    # --- each member ---

    @property
    def epochs(self) -> tuple[int, ...]:
        """The epochs of the shown branch that have a checkpoint, of the member in focus."""
        return self.branches.of(self._place[self.focus][0], self.branches.shown).epochs

    def checkpoint(self, member: int) -> CheckpointView:
        """The shown checkpoint of one member: of the network that learns, or of its average."""
        learned = self.learned(member)
        average = self.snapshot(member).average if self.shows_average else None
        if average is None:
            return learned
        place = self._place[member][1]
        return learned._replace(params=average if average.ndim == 1 else average[place])

    def learned(self, member: int) -> CheckpointView:
        """The shown checkpoint of the network that learns."""
        number, place = self._place[member]
        engine_run = self.engine_runs[number]
        snapshot = self.branches.at(number)
        params, buffers = snapshot.params, snapshot.buffers
        if len(engine_run.members) > 1:
            params, buffers = params[place], buffers[place]
        row = row_of(snapshot, len(engine_run.members))
        if snapshot.batch and snapshot.failure is None:
            # within an epoch nothing is measured: what was measured after the last one still counts
            last = engine_run.branch.checkpoints.at(snapshot.epoch)
            row = np.where(np.isnan(row), row_of(last, len(engine_run.members)), row)
        return CheckpointView(self.members[member].spec, snapshot.epoch, snapshot.step, params, buffers, row[place])

    def place_of(self, member: int) -> tuple[int, int]:
        """The number of the engine run in which a member learns, and its place there."""
        return self._place[member]

    def config_of(self, member: int) -> TrainingConfig:
        """The config of a member with the hyperparameters that were changed live, for the form and the link."""
        config = self.members[member].config
        for name, value in self.engine_run_of(member).live.hyperparameters.items():
            config = with_value(config, ("optimizer", name), value)
        return config

    def engine_run_of(self, member: int) -> EngineRun:
        """The engine run in which a member learns."""
        return self.engine_runs[self._place[member][0]]

    def members_in(self, engine_run: int) -> tuple[int, ...]:
        """The numbers of the members that learn together in an engine run, in the order of its networks."""
        return tuple(member for member, (number, _) in self._place.items() if number == engine_run)

    def snapshot(self, member: int) -> Snapshot:
        """The shown snapshot of the engine run in which a member learns: of all members of that engine run."""
        return self.branches.at(self._place[member][0])

    def curve(self, member: int, branch: int) -> tuple[NDArray[np.float64], int]:
        """The rows (n, 11) of one member in one branch, and their generation."""
        number, place = self._place[member]
        curve = self.branches.of(number, branch).curve
        return curve.rows[:, place], curve.generation

    def monitor(self, member: int) -> Monitor:
        """The measurements and warnings of one member."""
        return self._monitors[member]

    def stats(self, member: int) -> NetworkStats:
        """The per-layer statistics at the shown checkpoint; while the run learns, those measured last."""
        last = self._monitors[member].stats_history.last
        if self.status == "running" and last is not None:
            return last
        shown = self.checkpoint(member)
        return measure_layers(shown.spec, shown.params, self.members[member].probe, shown.buffers)

    def status_of(self, member: int) -> tuple[Status, str]:
        """Status of one member, and a sentence that says why."""
        failed = self._monitors[member].failed
        if failed:
            return "failed", failed
        latest = self.engine_run_of(member).latest
        return ("done", latest.stopped) if latest.stopped else (self.status, "")

    def epochs_of(self, member: int) -> int:
        """The whole epochs that a member has learned."""
        return self.engine_run_of(member).latest.epoch

    def seconds_of(self, member: int) -> float:
        """The time in the engine of one member: an equal share of it where several learned in one engine run."""
        engine_run = self.engine_run_of(member)
        return engine_run.seconds / len(engine_run.members)

    def newest_row(self, member: int) -> NDArray[np.float64]:
        """The columns of the curve (11,) after the last whole epoch of a member."""
        number, place = self._place[member]
        engine_run = self.engine_runs[number]
        return row_of(engine_run.newest_checkpoint, len(engine_run.members))[place]

    def measured(self, member: int) -> Measures:
        """What was measured of a member after its last whole epoch; None for what the plan leaves out."""
        number, place = self._place[member]
        engine_run = self.engine_runs[number]
        snapshot = engine_run.newest_checkpoint
        found = (snapshot.train, snapshot.validation)
        if len(engine_run.members) > 1:
            train, validation = (each and _of_member(each, place) for each in found)
            return Measures(train, validation)
        return Measures(*found)

    # --- all of them ---

    @property
    def sentence(self) -> str:
        """What ended the run, for the member in focus; empty while it can go on."""
        return self.status_of(self.focus)[1] if self.status in ("done", "failed") else ""

    @property
    def newest(self) -> int:
        """The last whole epoch of the member that is furthest."""
        return max(engine_run.latest.epoch for engine_run in self.engine_runs)

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """The current hyperparameters of the optimizer of the member in focus."""
        number, place = self._place[self.focus]
        engine_run = self.engine_runs[number]
        found = {**engine_run.plan.optimizer.settings, **engine_run.live.hyperparameters}
        return {
            name: float(value[place, 0]) if isinstance(value, np.ndarray) else value for name, value in found.items()
        }

    @property
    def planned(self) -> int:
        """The epochs of the longest plan."""
        return max(engine_run.plan.epochs for engine_run in self.engine_runs)

    @property
    def progress(self) -> float:
        """Epochs done, parts of them included, summed over all engine runs."""
        return sum(engine_run.progress for engine_run in self.engine_runs)

    @property
    def share_done(self) -> float:
        """The share of the plan that is done, from 0 to 1."""
        total = sum(engine_run.plan.epochs for engine_run in self.engine_runs)
        if all(engine_run.finished for engine_run in self.engine_runs):
            return 1.0
        return min(1.0, self.progress / total) if total else 1.0

    @property
    def rate(self) -> float | None:
        """Recent epochs per second of clock time, all members of an engine run counted once; None while unknown."""
        if len(self._progress_log) < 2:
            return None
        (since, before), (now, done) = self._progress_log[0], self._progress_log[-1]
        return (done - before) / (now - since) if now > since else None

    @property
    def left(self) -> float | None:
        """Seconds of clock time until the goal or the end of the plan; None while unknown."""
        rate = self.rate
        if self.status != "running" or not rate:
            return None
        ends = [engine_run.plan.epochs if self.goal is None else self.goal for engine_run in self.engine_runs]
        missing = sum(
            max(0.0, end - each.progress) for end, each in zip(ends, self.engine_runs, strict=True) if not each.finished
        )
        return missing / rate


def _of_member(measure: Evaluation, place: int) -> Evaluation:
    # without a penalty there is one 0 for all members
    loss, penalty, metric = measure
    return Evaluation(
        loss[place], penalty[place] if penalty.ndim else penalty, None if metric is None else metric[place]
    )
