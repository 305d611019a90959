"""A run as a person drives it: play, pause, step, reset, branch, other hyperparameters; one network or up to eight.

No threads: it learns inside `advance` and `step` and nowhere else.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import numpy as np

from mlpviz.config import TrainingConfig
from mlpviz.data import Table
from mlpviz.runs.allowed_changes import allowed_hyperparameters, changed_member
from mlpviz.runs.branches import BranchTree, Change
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError
from mlpviz.runs.grouping import grouped
from mlpviz.runs.member import Member, members_of
from mlpviz.runs.member_state import MemberState
from mlpviz.runs.monitor import Monitor
from mlpviz.runs.progress import RunProgress
from mlpviz.runs.scheduler import SCHEDULER, Scheduler
from mlpviz.runs.thread_time import THREAD_TIME

Status = Literal["ready", "running", "paused", "done", "failed"]

BUDGET = 24_000_000
"""Bytes of checkpoints that one run keeps, all members and branches together."""


class Run:
    """Networks that learn together, driven by a person.

    Members are numbered from 0 in the order of `members`; `focus` is the one that is shown in full, `groups` has the
    numbers of those that learn together in each of the `engine_runs`. What a member has learned is in `state(member)`,
    how far all of them are in `progress`.
    """

    members: tuple[Member, ...]
    engine_runs: tuple[EngineRun, ...]
    groups: tuple[tuple[int, ...], ...]
    branches: BranchTree
    progress: RunProgress

    def __init__(
        self,
        members: tuple[Member, ...],
        choice: str = "",
        *,
        clock: Callable[[], float] = time.perf_counter,
        work: Callable[[], float] = THREAD_TIME,
        scheduler: Scheduler = SCHEDULER,
        budget: int = BUDGET,
    ) -> None:
        self.choice, self.scheduler, self.budget, self.clock, self.work = choice, scheduler, budget, clock, work
        self.focus = 0
        self.shows_average = False
        """the averaged network is shown and exported, where there is one"""
        self._begin(members)

    @classmethod
    def of(cls, config: TrainingConfig, table: Table | None = None, **more: Any) -> Run:
        """A run of one network; with k-fold cross-validation one network per fold, side by side.

        Raises DocumentError if the config doesn't fit its data, RunError for too many folds.
        """
        members = members_of({config.name or "network": config}, table)
        return cls(members, "fold" if len(members) > 1 else "", **more)

    @classmethod
    def compare(
        cls, configs: Mapping[str, TrainingConfig], choice: str, table: Table | None = None, **more: Any
    ) -> Run:
        """A run of up to eight networks by their labels, that differ in one `choice`, such as optimizer.

        Raises DocumentError as `of` does, RunError for none or too many of them.
        """
        return cls(members_of(configs, table), choice, **more)

    def _begin(self, members: tuple[Member, ...]) -> None:
        """Put these members at their first parameters, with nothing learned."""
        groups = grouped(members)
        # all are made before any is kept: a config that can't run leaves a run as it was
        engine_runs = tuple(
            EngineRun(tuple(members[n] for n in group), self.budget // len(groups), self.clock, self.work)
            for group in groups
        )
        self.members, self.engine_runs, self.groups = members, engine_runs, groups
        self.key = secrets.token_hex(4)
        self.branches = BranchTree(engine_runs, self.budget)
        self.progress = RunProgress(engine_runs, self.clock)
        self.status: Status = "ready"
        self.goal: int | None = None
        self._slices = 0
        self._place = {member: (c, i) for c, group in enumerate(groups) for i, member in enumerate(group)}
        self._monitors = [Monitor(member, self.clock) for member in members]
        self._update_monitors()

    def state(self, member: int) -> MemberState:
        """What can be read of one member: the shown checkpoint, curves, measurements, live hyperparameters."""
        number, place = self._place[member]
        return MemberState(
            self.members[member],
            self.engine_runs[number],
            number,
            place,
            self.branches,
            self._monitors[member],
            self.shows_average,
        )

    def status_of(self, member: int) -> tuple[Status, str]:
        """Status of one member, and a sentence that says why."""
        failed = self._monitors[member].failed
        if failed:
            return "failed", failed
        latest = self.state(member).engine_run.latest
        return ("done", latest.stopped) if latest.stopped else (self.status, "")

    @property
    def sentence(self) -> str:
        """What ended the run, for the member in focus; empty while it can go on."""
        return self.status_of(self.focus)[1] if self.status in ("done", "failed") else ""

    # --- the transport ---

    def play(self, epochs: int | None = None) -> None:
        """Learn from the shown checkpoint on: to the end of the plan, or so many epochs. An earlier one makes a branch.

        A run that is done goes on beyond its plan. Raises RunError for a run that failed and shows its newest state.
        """
        self._go_on(epochs)
        self.goal = None if epochs is None else self.progress.newest + epochs
        self.progress.begin()
        self.status = "running"

    def epoch(self, epochs: int = 1) -> None:
        """Learn so many epochs, then pause."""
        self.play(epochs)

    def pause(self) -> None:
        """Stop learning; what was learned stays."""
        if self.status == "running":
            self.status = "paused"
        self.goal = None
        self.scheduler.leave(self.key)

    def step(self) -> None:
        """One step of every member that can learn; then the run is paused."""
        self._go_on(1)
        for engine_run in self.engine_runs:
            engine_run.advance(np.inf, steps=1)
        self.status, self.goal = "paused", None
        self._after()

    def advance(self, seconds: float, until: int | None = None, steps: int | None = None) -> bool:
        """Learn for about so many seconds and update the monitors; false when there was nothing to do.

        At most to the epoch `until`, or so many `steps`.
        """
        if self.status != "running":
            return False
        waiting = [engine_run for engine_run in self.engine_runs if self._waits(engine_run)]
        goals = [goal for goal in (self.goal, until) if goal is not None]
        end = self.clock() + seconds
        self._slices += 1
        for place in range(len(waiting)):
            engine_run = waiting[(place + self._slices) % len(waiting)]
            # time that one engine run does not use goes to the following ones
            share = max(0.0, end - self.clock()) / (len(waiting) - place)
            engine_run.advance(share, min(goals, default=None), steps=steps)
        self.progress.record()
        self._after()
        return True

    def tick(
        self, asked: float = 0.03, painting: float = 0.012, until: int | None = None, steps: int | None = None
    ) -> bool:
        """`advance` for the time slice of this run, at most `asked` seconds; false if nothing was learned.

        `painting` is the time that showing the result costs, in seconds.
        """
        if self.status != "running":
            return False
        seconds = self.scheduler.time_slice(self.key, asked, painting)
        return seconds > 0 and self.advance(seconds, until, steps)

    def reset(self, new_weights: bool = False) -> None:
        """Back to the first weights, or to those of the next seed, without branches.

        Hyperparameters that were changed during the run keep their values.
        """
        members = self.members
        if new_weights:
            members = members_of(
                {
                    member.label: member.config.replace(seed=next_seed(member.seed), start=None)
                    for member in members[:: self._folds]
                },
                members[0].built.table,
            )
        before = [engine_run.live for engine_run in self.engine_runs]
        self._begin(members)
        for engine_run, live in zip(self.engine_runs, before, strict=True):
            if live.version:
                engine_run.live.set_hyperparameters(**live.hyperparameters)

    @property
    def _folds(self) -> int:
        return len(self.members) if self.choice == "fold" else 1

    def after_restore(self) -> None:
        """Take the present state of all engine runs, which were restored from a file, as the first checkpoint."""
        self.branches = BranchTree(self.engine_runs, self.budget)
        self.status = "paused"
        self._after()

    def set_hyperparameters(self, **hyperparameters: Any) -> None:
        """Change hyperparameters of the optimizers from the next step on, of all members whose optimizer has them.

        Raises RunError for a hyperparameter that no optimizer has or that the members differ in, and for a value out of
        range; then nothing has changed.
        """
        found = allowed_hyperparameters(self.engine_runs, self.choice, hyperparameters)
        for engine_run, changes in zip(self.engine_runs, found, strict=True):
            if changes:
                engine_run.live.set_hyperparameters(**changes)

    def change(self, config: TrainingConfig) -> None:
        """Learn on with another config: batch size, optimizer, schedule, penalty, dropout, epochs. One member only.

        Raises DocumentError if it doesn't fit the data, RunError for other data or another shape of the network.
        """
        member = changed_member(self.members, config)
        self.engine_runs[0].change(member)
        self.members = (member,)
        if self.engine_runs[0].finished:
            self.status = "done"
            self.scheduler.leave(self.key)
        elif self.status in ("done", "failed"):
            self.status = "paused"

    # --- branches ---

    def show_checkpoint(self, epoch: int | None, branch: int | None = None) -> None:
        """Show the checkpoint of this epoch or the last before it; None for the newest state. Pauses.

        Raises RunError for a branch that isn't kept.
        """
        self.branches.show(epoch, branch)
        self.pause()

    def branch_with(self, change: Change) -> None:
        """Begin a branch at the shown checkpoint with the numbers that `change` gives; pauses."""
        self.pause()
        self._begin_branch(self.branches.branch_with(change))
        self.status = "paused"
        self._update_monitors()

    # --- what these have in common ---

    def _waits(self, engine_run: EngineRun) -> bool:
        return not engine_run.finished and (self.goal is None or engine_run.latest.epoch < self.goal)

    def _go_on(self, epochs: int | None) -> None:
        """Make the shown checkpoint the one to learn on from."""
        beyond = self.status == "done" and self.branches.shown_epoch is None
        if self.branches.shown_epoch is not None:
            self._begin_branch(self.branches.fork())
        elif self.status == "failed":
            raise RunError("The numbers are not finite any more: go back on the timeline, or reset.")
        for engine_run in self.engine_runs:
            # a branch that begins at the end of its plan has no next step under it either
            at_end = not engine_run.finished and engine_run.latest.epoch >= engine_run.plan.epochs
            if at_end or beyond:
                engine_run.extend(epochs)

    def _begin_branch(self, epoch: int) -> None:
        for monitor in self._monitors:
            monitor.begin_branch(epoch)

    def _update_monitors(self) -> None:
        """Measure the layers of the member in focus and of one other in turn; check the warnings of all."""
        measured = (self.focus, self._slices % len(self.members)) if self._slices else range(len(self.members))
        for member in dict.fromkeys(measured):
            state = self.state(member)
            runs = max(1, self.scheduler.learning)
            state.monitor.measure(*state.engine_run.params_of(state.place), state.engine_run.progress, runs)
        for state in map(self.state, range(len(self.members))):
            rows, _ = state.curve(self.branches.growing)
            engine_run, place = state.engine_run, state.place
            state.monitor.check_warnings(rows, engine_run.failure_of(place), partial(engine_run.parameters_at, place))

    def _after(self) -> None:
        """Update the monitors after a slice of learning, and the status if the run has ended."""
        self._update_monitors()
        if all(not self._waits(engine_run) for engine_run in self.engine_runs):
            over = all(engine_run.finished for engine_run in self.engine_runs)
            failed = all(monitor.failed for monitor in self._monitors)
            self.status = "failed" if failed else "done" if over else "paused"
            self.goal = None
            self.scheduler.leave(self.key)


def next_seed(seed: int) -> int:
    """The seed of the next weights."""
    return (seed + 1) % 2**32
