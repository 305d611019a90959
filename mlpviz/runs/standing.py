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

from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Measure, Snapshot
from mlpviz.runs.course import Course
from mlpviz.runs.curve import row_of
from mlpviz.runs.lane import Lane
from mlpviz.runs.looking import Look, look_at
from mlpviz.runs.past import Past
from mlpviz.runs.side_by_side import grouped
from mlpviz.runs.tape import Evidence, Tape
from mlpviz.runs.watch import Watch
from mlpviz.setup import Setup
from mlpviz.setup.changes import with_value

Status = Literal["ready", "running", "paused", "done", "failed"]


class Moment(NamedTuple):
    """One lane at one time: enough to ask the network anything. `row` holds the COLUMNS of the curves (9,)."""

    spec: NetworkSpec
    epoch: int
    step: int
    params: Array
    buffers: Array
    row: NDArray[np.float64]


class Measures(NamedTuple):
    """How well one lane does on what it learns from, and on what it does not."""

    train: Measure | None
    validation: Measure | None


@dataclass
class Inside:
    """What a run knows of one lane besides its course: what was seen inside, and the warnings."""

    watch: Watch
    tape: Tape
    failed: str = ""
    took: float = 0.0
    looked: float = -np.inf


PATIENCE = 8.0
"""An inside that took s seconds to look at is looked at again after so many times s."""


class Standing:
    """The lanes of a run, the courses in which they learn, and their past. `focus` is the lane shown in full."""

    def __init__(self, lanes: tuple[Lane, ...], budget: int, clock: Callable[[], float]) -> None:
        groups = grouped(lanes)
        # all are made before any is kept: a setup that can't run leaves a run as it was
        courses = tuple(Course(tuple(lanes[n] for n in group), budget // len(groups), clock) for group in groups)
        self.lanes, self.courses, self.clock = lanes, courses, clock
        self.key = secrets.token_hex(4)
        self.past = Past(courses, budget)
        self.status: Status = "ready"
        self.goal: int | None = None
        self.focus = 0
        self.turn_of = 0
        self.progress_log: deque[tuple[float, float]] = deque(maxlen=120)
        """(clock, epochs done) of the last stretches of learning"""
        self._place = {number: (c, i) for c, group in enumerate(groups) for i, number in enumerate(group)}
        self._inside = [Inside(Watch(len(lane.spec.layers)), Tape()) for lane in lanes]
        self.see()

    def see(self) -> None:
        """Look inside and judge, after every stretch of learning."""
        self._look()
        self._judge()

    # --- each lane ---

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

    def place_of(self, lane: int) -> tuple[int, int]:
        """In which course a lane learns, and at which place there."""
        return self._place[lane]

    def setup_of(self, lane: int) -> Setup:
        """The setup of a lane with the knobs as they were turned by hand: what a form and a link show."""
        setup = self.lanes[lane].setup
        for name, value in self.course_of(lane).controls.knobs.items():
            setup = with_value(setup, ("optimizer", name), value)
        return setup

    def course_of(self, lane: int) -> Course:
        """The course in which a lane learns."""
        return self.courses[self._place[lane][0]]

    def lanes_in(self, course: int) -> tuple[int, ...]:
        """The numbers of the lanes that learn together in a course, in the order of its networks."""
        return tuple(lane for lane, (number, _) in self._place.items() if number == course)

    def snapshot(self, lane: int) -> Snapshot:
        """The shown snapshot of the course in which a lane learns: of all its lanes together."""
        return self.past.at(self._place[lane][0])

    def curve(self, lane: int, branch: int) -> tuple[NDArray[np.float64], int]:
        """The rows (n, 9) of one lane in one branch, and their generation."""
        number, place = self._place[lane]
        curve = self.past.of(number, branch).curve
        return curve.rows[:, place], curve.generation

    def inside(self, lane: int) -> Inside:
        """What was seen inside of a lane, and the warnings given."""
        return self._inside[lane]

    def look(self, lane: int) -> Look:
        """The insides at the shown moment; while it learns, those seen last."""
        last = self._inside[lane].watch.last
        if self.status == "running" and last is not None:
            return last
        moment = self.moment(lane)
        return look_at(moment.spec, moment.params, self.lanes[lane].probe, moment.buffers)

    # --- all of them ---

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
        """The curve's columns (9,) after the last whole epoch of a lane."""
        number, place = self._place[lane]
        course = self.courses[number]
        return row_of(course.branch.moments.at(course.latest.epoch), len(course.lanes))[place]

    def measured(self, lane: int) -> Measures:
        """What was measured of a lane after its last whole epoch; None for what the plan leaves out."""
        number, place = self._place[lane]
        course = self.courses[number]
        snapshot = course.branch.moments.at(course.latest.epoch)
        found = (snapshot.train, snapshot.validation)
        if len(course.lanes) > 1:
            train, validation = (each and _of_lane(each, place) for each in found)
            return Measures(train, validation)
        return Measures(*found)

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

    @property
    def progress(self) -> float:
        """Epochs done, parts of them included, over all courses."""
        return sum(course.progress for course in self.courses)

    @property
    def share_done(self) -> float:
        """From 0 to 1: how much of the plan is done, or of the stretch that was asked for."""
        total = sum(course.plan.epochs for course in self.courses)
        if all(course.finished for course in self.courses):
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
        ends = [course.plan.epochs if self.goal is None else self.goal for course in self.courses]
        missing = sum(max(0.0, end - c.progress) for end, c in zip(ends, self.courses, strict=True) if not c.finished)
        return missing / rate

    # --- seeing ---

    def _judge(self) -> None:
        """Bring the tapes of warnings up to date."""
        for lane, inside in enumerate(self._inside):
            number, place = self._place[lane]
            inside.failed = inside.failed or self.courses[number].failure_of(place)
            rows, _ = self.curve(lane, self.past.home)
            inside.tape.judge(Evidence(self.lanes[lane].spec, rows, inside.watch, inside.failed))

    def _look(self) -> None:
        """Look inside the lane in focus, and in turn inside another one."""
        looked_at = (self.focus, self.turn_of % len(self.lanes)) if self.turn_of else range(len(self.lanes))
        for lane in dict.fromkeys(looked_at):
            inside, now = self._inside[lane], self.clock()
            if now - inside.looked < PATIENCE * inside.took:
                continue
            number, place = self._place[lane]
            course = self.courses[number]
            params, buffers = course.params_of(place)
            look = look_at(self.lanes[lane].spec, params, self.lanes[lane].probe, buffers)
            inside.watch.take(look, course.progress)
            inside.looked, inside.took = now, self.clock() - now


def _of_lane(measure: Measure, place: int) -> Measure:
    # a penalty that there is not is one 0 for all lanes
    loss, penalty, metric = measure
    return Measure(loss[place], penalty[place] if penalty.ndim else penalty, None if metric is None else metric[place])
