"""A run as a person drives it: play, pause, step, reset, turn, travel, branch; one network or up to eight side by side.

No threads: it learns inside `advance` and nowhere else. Refuses to know what is drawn of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.config import TrainingConfig
from mlpviz.data import Table
from mlpviz.engine import HyperparameterError
from mlpviz.runs.branches import BranchTree, Change
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError
from mlpviz.runs.member import Member
from mlpviz.runs.members import members_of
from mlpviz.runs.run_status import RunStatus
from mlpviz.runs.scheduler import SCHEDULER, Scheduler
from mlpviz.schema.registry_choice import hyperparameter_sentence
from mlpviz.text.sentences import Mention, sentence

BUDGET = 24_000_000
"""Bytes of snapshots that one run keeps of its past, all lanes and branches together."""


class Run(RunStatus):
    """Networks that learn together, driven by a person."""

    def __init__(
        self,
        members: tuple[Member, ...],
        choice: str = "",
        *,
        clock: Callable[[], float] = time.perf_counter,
        share: Scheduler = SCHEDULER,
        budget: int = BUDGET,
    ) -> None:
        super().__init__(members, budget, clock)
        self.choice, self.share, self.budget = choice, share, budget

    @classmethod
    def of(cls, setup: TrainingConfig, table: Table | None = None, **more: Any) -> Run:
        """A run of one network; with k-fold cross-validation one network per fold, side by side.

        Raises DocumentError if the setup doesn't fit its data, RunError for too many folds.
        """
        members = members_of({setup.name or "network": setup}, table)
        return cls(members, "fold" if len(members) > 1 else "", **more)

    @classmethod
    def compare(cls, setups: Mapping[str, TrainingConfig], choice: str, table: Table | None = None, **more: Any) -> Run:
        """A run of up to eight networks by their labels, that differ in one `choice`, such as optimizer.

        Raises DocumentError as `of` does, RunError for none or too many of them.
        """
        return cls(members_of(setups, table), choice, **more)

    # --- the transport ---

    def play(self, epochs: int | None = None) -> None:
        """Learn from the shown moment on: to the end of the plan, or so many epochs. A past moment makes a branch.

        A run that is done goes on beyond its plan. Raises RunError for one that failed and is not taken back.
        """
        self._go_on(epochs)
        at = max(engine_run.latest.epoch for engine_run in self.engine_runs)
        self.goal = None if epochs is None else at + epochs
        self.progress_log.clear()
        self.status = "running"

    def epoch(self, epochs: int = 1) -> None:
        """Learn so many epochs, then pause."""
        self.play(epochs)

    def pause(self) -> None:
        """Stop learning; what was learned stays."""
        if self.status == "running":
            self.status = "paused"
        self.goal = None
        self.share.leave(self.key)

    def step(self) -> None:
        """One step of every lane that can learn, at once; then the run is paused."""
        self._go_on(1)
        for engine_run in self.engine_runs:
            engine_run.advance(np.inf, steps=1)
        self.status, self.goal = "paused", None
        self._after()

    def advance(self, seconds: float) -> bool:
        """Learn for about so many seconds and see what came of it; false when there was nothing to do."""
        if self.status != "running":
            return False
        waiting = [engine_run for engine_run in self.engine_runs if self._waits(engine_run)]
        end = self.clock() + seconds
        self.turn_of += 1
        for place in range(len(waiting)):
            engine_run = waiting[(place + self.turn_of) % len(waiting)]
            # what one lane leaves of its part goes to those behind it
            engine_run.advance(max(0.0, end - self.clock()) / (len(waiting) - place), self.goal)
        self.progress_log.append((self.clock(), self.progress))
        self._after()
        return True

    def tick(self, asked: float = 0.03, painting: float = 0.012) -> bool:
        """`advance` by this run's share of the process, at most `asked` seconds; false if nothing was learned.

        `painting` is what showing it costs, in seconds.
        """
        if self.status != "running":
            return False
        mine = self.share.slice_of(self.key, asked, painting)
        return mine > 0 and self.advance(mine)

    def reset(self, new_weights: bool = False) -> None:
        """Back to the first weights, or to those of the next seed. The past is forgotten; turned knobs stay turned."""
        members = self.members
        if new_weights:
            members = members_of(
                {member.label: member.setup.replace(seed=next_seed(member.seed)) for member in members[:: self._folds]},
                members[0].built.table,
            )
        turned, focus = [engine_run.controls for engine_run in self.engine_runs], self.focus
        super().__init__(members, self.budget, self.clock)
        self.focus = focus
        for engine_run, controls in zip(self.engine_runs, turned, strict=True):
            if controls.turns:
                engine_run.controls.set_hyperparameters(**controls.hyperparameters)

    @property
    def _folds(self) -> int:
        return len(self.members) if self.choice == "fold" else 1

    def arrive(self) -> None:
        """Begin where all courses stand now, after they were restored."""
        self.past = BranchTree(self.engine_runs, self.budget)
        self.status = "paused"
        self._after()

    def set_hyperparameters(self, **hyperparameters: Any) -> None:
        """Turn knobs of the optimizers from the next step on; a lane whose optimizer hasn't the knob stays as it is.

        Raises RunError for a knob that nobody has, that the lanes differ in, or a value out of range.
        """
        able = []
        for engine_run in self.engine_runs:
            names = {hyperparameter.name for hyperparameter in engine_run.plan.optimizer.hyperparameters}
            mine = {name: value for name, value in hyperparameters.items() if name in names}
            for name in mine:
                if isinstance(engine_run.plan.optimizer.settings[name], np.ndarray) or name == self.choice:
                    said = "{name} is what the networks differ in: it can't be turned for all of them"
                    raise RunError(sentence(said, name=Mention(name, "name")))
            try:
                engine_run.plan.optimizer.configure(**{**engine_run.controls.hyperparameters, **mine})
            except HyperparameterError as error:
                raise RunError(hyperparameter_sentence(str(error), names)) from None
            able.append((engine_run, mine))
        missing = [name for name in hyperparameters if not any(name in mine for _, mine in able)]
        if missing:
            label = self.members[0].plan.optimizer.label
            raise RunError(sentence("{label} has no knob {name}", label=label, name=Mention(missing[0], "name")))
        for engine_run, mine in able:
            if mine:
                engine_run.controls.set_hyperparameters(**mine)

    def change(self, setup: TrainingConfig) -> None:
        """Learn on in another way: batch size, optimizer, schedule, penalty, dropout, epochs. One lane only.

        Raises DocumentError if it doesn't fit the data, RunError for other data or another shape of the network.
        """
        if len(self.members) > 1:
            raise RunError("several networks are compared: change their setups and start again")
        old = self.members[0]
        other = [name for name in ("data", "split", "features", "scaling", "target_scaling", "one_hot", "dtype", "seed")
                 if getattr(old.setup, name) != getattr(setup, name)]  # fmt: skip
        if other:
            raise RunError(f"{other[0]} has changed: that needs a new run")
        (member,) = members_of({old.label: setup}, old.built.table)
        if member.spec.slots != old.spec.slots or member.spec.buffer_size != old.spec.buffer_size:
            raise RunError("the network has another shape: that needs a new run")
        member = replace(member, sets=old.sets)
        self.engine_runs[0].change(member)
        self.members = (member,)
        if self.status in ("done", "failed") and not self.engine_runs[0].finished:
            self.status = "paused"

    # --- the past ---

    def travel(self, epoch: int | None, branch: int | None = None) -> None:
        """Show the kept moment of this epoch or the last before it; None for the newest. Pauses.

        Raises RunError for a branch that isn't kept.
        """
        self.past.travel(epoch, branch)
        self.pause()

    def branch_with(self, change: Change) -> None:
        """Go on from the shown moment with other numbers, as a branch; pauses. `change` gives a course's new moment."""
        self.pause()
        self._begin_branch(self.past.branch_with(change))
        self.status = "paused"
        self.update_monitors()

    # --- behind the transport ---

    def _waits(self, engine_run: EngineRun) -> bool:
        return not engine_run.finished and (self.goal is None or engine_run.latest.epoch < self.goal)

    def _go_on(self, epochs: int | None) -> None:
        """Make the shown moment the one to learn on from."""
        beyond = self.status == "done" and self.past.shown_epoch is None
        if self.past.shown_epoch is not None:
            self._begin_branch(self.past.fork())
        elif self.status == "failed":
            raise RunError("The numbers are not finite any more: go back on the timeline, or reset.")
        for engine_run in self.engine_runs:
            # what begins at the end of its plan has no next step under it either
            at_end = not engine_run.finished and engine_run.latest.epoch >= engine_run.plan.epochs
            if at_end or beyond:
                engine_run.extend(epochs)

    def _begin_branch(self, epoch: int) -> None:
        for inside in self._inside:
            inside.failed = ""
            inside.watch.cut(epoch)

    def _after(self) -> None:
        """What follows every stretch of learning: see what came of it, and whether it is over."""
        self.update_monitors()
        if all(not self._waits(engine_run) for engine_run in self.engine_runs):
            over = all(engine_run.finished for engine_run in self.engine_runs)
            failed = all(inside.failed for inside in self._inside)
            self.status = "failed" if failed else "done" if over else "paused"
            self.goal = None
            self.share.leave(self.key)


def next_seed(seed: int) -> int:
    """The seed of the next weights."""
    return (seed + 1) % 2**32
