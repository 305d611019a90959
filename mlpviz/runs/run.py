"""A run as a person drives it: play, pause, step, reset, turn, travel, branch; one network or up to eight side by side.

No threads: it learns inside `advance` and nowhere else. Refuses to know what is drawn of it.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.data import Table
from mlpviz.engine import KnobError, NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.runs.course import Course
from mlpviz.runs.curve import row_of
from mlpviz.runs.errors import RunError
from mlpviz.runs.lane import Lane
from mlpviz.runs.lanes import lanes_of
from mlpviz.runs.looking import Look, look_at
from mlpviz.runs.past import Past
from mlpviz.runs.share import SHARE, Share
from mlpviz.runs.side_by_side import grouped
from mlpviz.runs.tape import Evidence, Tape
from mlpviz.runs.watch import Watch
from mlpviz.setup import Setup

Status = Literal["ready", "running", "paused", "done", "failed"]

BUDGET = 24_000_000
"""Bytes of snapshots that one run keeps of its past, all lanes and branches together."""

PATIENCE = 8.0
"""An inside that took s seconds to look at is looked at again after so many times s."""


class Moment(NamedTuple):
    """One lane at one time: enough to ask the network anything. `row` holds the COLUMNS of the curves (8,)."""

    spec: NetworkSpec
    epoch: int
    step: int
    params: Array
    buffers: Array
    row: NDArray[np.float64]


@dataclass
class Inside:
    """What a run knows of one lane besides its course: what was seen inside, and the warnings."""

    watch: Watch
    tape: Tape
    failed: str = ""
    took: float = 0.0
    looked: float = -np.inf


class Run:
    """Networks that learn together, and their past. `focus` is the lane that is shown in full."""

    def __init__(
        self,
        lanes: tuple[Lane, ...],
        choice: str = "",
        *,
        clock: Callable[[], float] = time.perf_counter,
        share: Share = SHARE,
        budget: int = BUDGET,
    ) -> None:
        self.choice, self.clock, self.share, self.budget = choice, clock, share, budget
        self.focus = 0
        self._begin(lanes)

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

    def _begin(self, lanes: tuple[Lane, ...]) -> None:
        groups = grouped(lanes)
        budget = self.budget // len(groups)
        # all are made before any is kept: a setup that can't run leaves the run as it was
        courses = tuple(Course(tuple(lanes[n] for n in group), budget, self.clock) for group in groups)
        self.lanes, self.courses = lanes, courses
        self._place = {number: (c, i) for c, group in enumerate(groups) for i, number in enumerate(group)}
        self._inside = [Inside(Watch(len(lane.spec.layers)), Tape()) for lane in lanes]
        self.key = secrets.token_hex(4)
        self.status: Status = "ready"
        self.goal: int | None = None
        self.past = Past(courses, self.budget)
        self._turn = 0
        self._rate: deque[tuple[float, float]] = deque(maxlen=120)
        self._look()
        self._judge()

    # --- the transport ---

    def play(self, epochs: int | None = None) -> None:
        """Learn from the shown moment on: to the end of the plan, or so many epochs. A past moment makes a branch.

        A run that is done goes on beyond its plan. Raises RunError for one that failed and is not taken back.
        """
        self._go_on(epochs)
        at = max(course.latest.epoch for course in self.courses)
        self.goal = None if epochs is None else at + epochs
        self._rate.clear()
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
        self._turn += 1
        for place in range(len(waiting)):
            course = waiting[(place + self._turn) % len(waiting)]
            # what one lane leaves of its part goes to those behind it
            course.advance(max(0.0, end - self.clock()) / (len(waiting) - place), self.goal)
        self._rate.append((self.clock(), self._progress()))
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
        turned = [course.controls for course in self.courses]
        self._begin(lanes)
        for course, controls in zip(self.courses, turned, strict=True):
            if controls.turns:
                course.controls.turn(**controls.knobs)

    @property
    def _folds(self) -> int:
        return len(self.lanes) if self.choice == "fold" else 1

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
                    raise RunError(f"{name} is what the networks differ in: it can't be turned for all of them")
            try:
                course.plan.optimizer.bind(**{**course.controls.knobs, **mine})
            except KnobError as error:
                raise RunError(str(error)) from None
            able.append((course, mine))
        missing = [name for name in knobs if not any(name in mine for _, mine in able)]
        if missing:
            raise RunError(f"{self.lanes[0].plan.optimizer.label} has no knob {missing[0]}")
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
        other = [name for name in ("data", "split", "scaling", "target_scaling", "one_hot", "dtype", "seed")
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

    @property
    def epochs(self) -> tuple[int, ...]:
        """The epochs of the shown branch that can be travelled to, of the lane in focus."""
        return self.past.of(self._place[self.focus][0], self.past.shown).epochs

    def moment(self, lane: int) -> Moment:
        """The shown moment of one lane."""
        number, place = self._place[lane]
        course = self.courses[number]
        snapshot = self.past.at(number)
        params, buffers = snapshot.params, snapshot.buffers
        if len(course.lanes) > 1:
            params, buffers = params[place], buffers[place]
        row = row_of(snapshot, len(course.lanes))
        if snapshot.batch and snapshot.failure is None:
            # within an epoch nothing is measured: what was measured after the last one still stands
            row = np.where(np.isnan(row), row_of(course.branch.moments.at(snapshot.epoch), len(course.lanes)), row)
        return Moment(self.lanes[lane].spec, snapshot.epoch, snapshot.step, params, buffers, row[place])

    def curve(self, lane: int, branch: int) -> tuple[NDArray[np.float64], int]:
        """The rows (n, 8) of one lane in one branch, and their generation."""
        number, place = self._place[lane]
        curve = self.past.of(number, branch).curve
        return curve.rows[:, place], curve.generation

    def inside(self, lane: int) -> Inside:
        """What was seen inside of a lane, and the warnings given."""
        return self._inside[lane]

    def look(self, lane: int) -> Look:
        """The insides at the shown moment."""
        last = self._inside[lane].watch.last
        if self.past.cursor is None and last is not None:
            return last
        moment = self.moment(lane)
        return look_at(moment.spec, moment.params, self.lanes[lane].probe, moment.buffers)

    # --- how far it is ---

    def status_of(self, lane: int) -> tuple[Status, str]:
        """Status and the sentence on why, of one lane."""
        failed = self._inside[lane].failed
        if failed:
            return "failed", failed
        latest = self.courses[self._place[lane][0]].latest
        return ("done", latest.stopped) if latest.stopped else (self.status, "")

    @property
    def sentence(self) -> str:
        """Why the run is where it is: what ended it, of the lane in focus; empty while it can go on."""
        return self.status_of(self.focus)[1] if self.status in ("done", "failed") else ""

    @property
    def newest(self) -> int:
        """The last whole epoch of the lane that is furthest."""
        return max(course.latest.epoch for course in self.courses)

    def epochs_of(self, lane: int) -> int:
        """The whole epochs that a lane has done."""
        return self.courses[self._place[lane][0]].latest.epoch

    def seconds_of(self, lane: int) -> float:
        """The time in the engine of one lane: its even part where several learned in one engine run."""
        course = self.courses[self._place[lane][0]]
        return course.seconds / len(course.lanes)

    def newest_row(self, lane: int) -> NDArray[np.float64]:
        """The curve's columns (8,) after the last whole epoch of a lane."""
        number, place = self._place[lane]
        course = self.courses[number]
        return row_of(course.branch.moments.at(course.latest.epoch), len(course.lanes))[place]

    @property
    def knobs(self) -> dict[str, Any]:
        """The optimizer's knobs of the lane in focus as they are now, turned or not."""
        number, place = self._place[self.focus]
        course = self.courses[number]
        found = {**course.plan.optimizer.settings, **course.controls.knobs}
        return {name: float(knob[place, 0]) if isinstance(knob, np.ndarray) else knob for name, knob in found.items()}

    @property
    def planned(self) -> int:
        """The epochs of the longest plan."""
        return max(course.plan.epochs for course in self.courses)

    def _progress(self) -> float:
        """Epochs done, parts of them included, over all courses."""
        return sum(course.progress for course in self.courses)

    @property
    def share_done(self) -> float:
        """From 0 to 1: how much of the plan is done, or of the stretch that was asked for."""
        total = sum(course.plan.epochs for course in self.courses)
        if all(course.finished for course in self.courses):
            return 1.0
        return min(1.0, self._progress() / total) if total else 1.0

    @property
    def rate(self) -> float | None:
        """Epochs per second of clock time lately, all lanes of a course counted once; None while unknown."""
        if len(self._rate) < 2:
            return None
        (since, before), (now, done) = self._rate[0], self._rate[-1]
        return (done - before) / (now - since) if now > since else None

    @property
    def left(self) -> float | None:
        """Seconds of clock time until the goal or the end of the plan; None while unknown."""
        rate = self.rate
        if self.status != "running" or not rate:
            return None
        ends = [course.plan.epochs if self.goal is None else self.goal for course in self.courses]
        missing = sum(max(0.0, end - c.progress) for end, c in zip(ends, self.courses, strict=True) if not c.finished)
        return missing / rate

    # --- behind the transport ---

    def _waits(self, course: Course) -> bool:
        return not course.finished and (self.goal is None or course.latest.epoch < self.goal)

    def _go_on(self, epochs: int | None) -> None:
        """Make the shown moment the one to learn on from."""
        if self.past.cursor is not None:
            epoch = self.past.fork()
            for inside in self._inside:
                inside.failed = ""
                inside.watch.cut(epoch)
        elif self.status == "failed":
            raise RunError("The numbers are not finite any more: go back on the timeline, or reset.")
        elif self.status == "done":
            for course in self.courses:
                course.extend(epochs)

    def _after(self) -> None:
        """What follows every stretch of learning: look inside, judge, and see whether it is over."""
        self._look()
        self._judge()
        if all(not self._waits(course) for course in self.courses):
            over = all(course.finished for course in self.courses)
            failed = all(inside.failed for inside in self._inside)
            self.status = "failed" if failed else "done" if over else "paused"
            self.goal = None
            self.share.leave(self.key)

    def _judge(self) -> None:
        """Bring the tapes of warnings up to date."""
        for lane, inside in enumerate(self._inside):
            number, place = self._place[lane]
            inside.failed = inside.failed or self.courses[number].failure_of(place)
            rows, _ = self.curve(lane, self.past.home)
            inside.tape.judge(Evidence(self.lanes[lane].spec, rows, inside.watch, inside.failed))

    def _look(self) -> None:
        """Look inside the lane in focus, and in turn inside another one."""
        for lane in dict.fromkeys((self.focus, self._turn % len(self.lanes)) if self._turn else range(len(self.lanes))):
            inside, now = self._inside[lane], self.clock()
            if now - inside.looked < PATIENCE * inside.took:
                continue
            number, place = self._place[lane]
            course = self.courses[number]
            params, buffers = course.params_of(place)
            look = look_at(self.lanes[lane].spec, params, self.lanes[lane].probe, buffers)
            inside.watch.take(look, course.progress)
            inside.looked, inside.took = now, self.clock() - now


def next_seed(seed: int) -> int:
    """The seed of the next weights."""
    return (seed + 1) % 2**32
