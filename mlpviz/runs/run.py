"""A run as a person drives it: play, pause, step, reset, turn, travel, branch; one network or up to eight side by side.

No threads: it learns inside `advance` and nowhere else. Refuses to know what is drawn of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.data import Table
from mlpviz.document.choice import knob_sentence
from mlpviz.engine import KnobError
from mlpviz.runs.course import Course
from mlpviz.runs.errors import RunError
from mlpviz.runs.lane import Lane
from mlpviz.runs.lanes import lanes_of
from mlpviz.runs.past import Change, Past
from mlpviz.runs.share import SHARE, Share
from mlpviz.runs.standing import Standing
from mlpviz.setup import Setup
from mlpviz.text.sentences import Mention, sentence

BUDGET = 24_000_000
"""Bytes of snapshots that one run keeps of its past, all lanes and branches together."""


class Run(Standing):
    """Networks that learn together, driven by a person."""

    def __init__(
        self,
        lanes: tuple[Lane, ...],
        choice: str = "",
        *,
        clock: Callable[[], float] = time.perf_counter,
        share: Share = SHARE,
        budget: int = BUDGET,
    ) -> None:
        super().__init__(lanes, budget, clock)
        self.choice, self.share, self.budget = choice, share, budget

    @classmethod
    def of(cls, setup: Setup, table: Table | None = None, **more: Any) -> Run:
        """A run of one network; with k-fold cross-validation one network per fold, side by side.

        Raises DocumentError if the setup doesn't fit its data, RunError for too many folds.
        """
        lanes = lanes_of({setup.name or "network": setup}, table)
        return cls(lanes, "fold" if len(lanes) > 1 else "", **more)

    @classmethod
    def compare(cls, setups: Mapping[str, Setup], choice: str, table: Table | None = None, **more: Any) -> Run:
        """A run of up to eight networks by their labels, that differ in one `choice`, such as optimizer.

        Raises DocumentError as `of` does, RunError for none or too many of them.
        """
        return cls(lanes_of(setups, table), choice, **more)

    # --- the transport ---

    def play(self, epochs: int | None = None) -> None:
        """Learn from the shown moment on: to the end of the plan, or so many epochs. A past moment makes a branch.

        A run that is done goes on beyond its plan. Raises RunError for one that failed and is not taken back.
        """
        self._go_on(epochs)
        at = max(course.latest.epoch for course in self.courses)
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
        for course in self.courses:
            course.advance(np.inf, steps=1)
        self.status, self.goal = "paused", None
        self._after()

    def advance(self, seconds: float) -> bool:
        """Learn for about so many seconds and see what came of it; false when there was nothing to do."""
        if self.status != "running":
            return False
        waiting = [course for course in self.courses if self._waits(course)]
        end = self.clock() + seconds
        self.turn_of += 1
        for place in range(len(waiting)):
            course = waiting[(place + self.turn_of) % len(waiting)]
            # what one lane leaves of its part goes to those behind it
            course.advance(max(0.0, end - self.clock()) / (len(waiting) - place), self.goal)
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
        lanes = self.lanes
        if new_weights:
            lanes = lanes_of(
                {lane.label: lane.setup.replace(seed=next_seed(lane.seed)) for lane in lanes[:: self._folds]},
                lanes[0].built.table,
            )
        turned, focus = [course.controls for course in self.courses], self.focus
        super().__init__(lanes, self.budget, self.clock)
        self.focus = focus
        for course, controls in zip(self.courses, turned, strict=True):
            if controls.turns:
                course.controls.turn(**controls.knobs)

    @property
    def _folds(self) -> int:
        return len(self.lanes) if self.choice == "fold" else 1

    def arrive(self) -> None:
        """Begin where all courses stand now, after they were restored."""
        self.past = Past(self.courses, self.budget)
        self.status = "paused"
        self._after()

    def turn(self, **knobs: Any) -> None:
        """Turn knobs of the optimizers from the next step on; a lane whose optimizer hasn't the knob stays as it is.

        Raises RunError for a knob that nobody has, that the lanes differ in, or a value out of range.
        """
        able = []
        for course in self.courses:
            names = {knob.name for knob in course.plan.optimizer.knobs}
            mine = {name: value for name, value in knobs.items() if name in names}
            for name in mine:
                if isinstance(course.plan.optimizer.settings[name], np.ndarray) or name == self.choice:
                    said = "{name} is what the networks differ in: it can't be turned for all of them"
                    raise RunError(sentence(said, name=Mention(name, "name")))
            try:
                course.plan.optimizer.bind(**{**course.controls.knobs, **mine})
            except KnobError as error:
                raise RunError(knob_sentence(str(error), names)) from None
            able.append((course, mine))
        missing = [name for name in knobs if not any(name in mine for _, mine in able)]
        if missing:
            label = self.lanes[0].plan.optimizer.label
            raise RunError(sentence("{label} has no knob {name}", label=label, name=Mention(missing[0], "name")))
        for course, mine in able:
            if mine:
                course.controls.turn(**mine)

    def change(self, setup: Setup) -> None:
        """Learn on in another way: batch size, optimizer, schedule, penalty, dropout, epochs. One lane only.

        Raises DocumentError if it doesn't fit the data, RunError for other data or another shape of the network.
        """
        if len(self.lanes) > 1:
            raise RunError("several networks are compared: change their setups and start again")
        old = self.lanes[0]
        other = [name for name in ("data", "split", "features", "scaling", "target_scaling", "one_hot", "dtype", "seed")
                 if getattr(old.setup, name) != getattr(setup, name)]  # fmt: skip
        if other:
            raise RunError(f"{other[0]} has changed: that needs a new run")
        (lane,) = lanes_of({old.label: setup}, old.built.table)
        if lane.spec.slots != old.spec.slots or lane.spec.buffer_size != old.spec.buffer_size:
            raise RunError("the network has another shape: that needs a new run")
        lane = replace(lane, sets=old.sets)
        self.courses[0].change(lane)
        self.lanes = (lane,)
        if self.status in ("done", "failed") and not self.courses[0].finished:
            self.status = "paused"

    # --- the past ---

    def travel(self, epoch: int | None, branch: int | None = None) -> None:
        """Show the kept moment of this epoch or the last before it; None for the newest. Pauses.

        Raises RunError for a branch that isn't kept.
        """
        self.past.travel(epoch, branch)
        self.pause()

    def amend(self, change: Change) -> None:
        """Go on from the shown moment with other numbers, as a branch; pauses. `change` gives a course's new moment."""
        self.pause()
        self._begin_branch(self.past.amend(change))
        self.status = "paused"
        self.see()

    # --- behind the transport ---

    def _waits(self, course: Course) -> bool:
        return not course.finished and (self.goal is None or course.latest.epoch < self.goal)

    def _go_on(self, epochs: int | None) -> None:
        """Make the shown moment the one to learn on from."""
        beyond = self.status == "done" and self.past.cursor is None
        if self.past.cursor is not None:
            self._begin_branch(self.past.fork())
        elif self.status == "failed":
            raise RunError("The numbers are not finite any more: go back on the timeline, or reset.")
        for course in self.courses:
            # what begins at the end of its plan has no next step under it either
            at_end = not course.finished and course.latest.epoch >= course.plan.epochs
            if at_end or beyond:
                course.extend(epochs)

    def _begin_branch(self, epoch: int) -> None:
        for inside in self._inside:
            inside.failed = ""
            inside.watch.cut(epoch)

    def _after(self) -> None:
        """What follows every stretch of learning: see what came of it, and whether it is over."""
        self.see()
        if all(not self._waits(course) for course in self.courses):
            over = all(course.finished for course in self.courses)
            failed = all(inside.failed for inside in self._inside)
            self.status = "failed" if failed else "done" if over else "paused"
            self.goal = None
            self.share.leave(self.key)


def next_seed(seed: int) -> int:
    """The seed of the next weights."""
    return (seed + 1) % 2**32
