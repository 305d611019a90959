"""One engine run driven in slices of time: of one network, or of several of the same shape side by side.

No threads: nothing happens between two calls of `advance`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Optimizer
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Evaluation, LiveHyperparameters, Plan, Snapshot, train
from mlpviz.engine.training.evaluate import evaluate_samples, group_penalties
from mlpviz.engine.training.loop import ALL_DONE
from mlpviz.engine.training.nonfinite import nonfinite_parameter
from mlpviz.runs.checkpoints import Branch, Checkpoints
from mlpviz.runs.curves import MemberCurve
from mlpviz.runs.grouping import plan_of
from mlpviz.runs.member import Member
from mlpviz.runs.thread_time import THREAD_TIME

SHORT, LONG = 0.006, 0.015
"""Seconds of an epoch: a shorter one is done at once, a longer one in single steps, so that a slice can end in it. They
are those of a processor: on a full machine an epoch that only waited would begin in single steps, and capture its pass
anew."""

Clock = Callable[[], float]

NOTHING: Mapping[str, Any] = {}


class EngineRun:
    """The networks of R `members` as they learn together; `latest` is the newest snapshot.

    Snapshots hold parameters (P,) for one member and (R, P) for several. `seconds` is the time spent in the engine,
    `live` the hyperparameters that were changed since the start. `work` is the processor time of the thread.
    """

    def __init__(
        self,
        members: tuple[Member, ...],
        budget: int,
        clock: Clock = time.perf_counter,
        work: Clock = THREAD_TIME,
    ) -> None:
        self.members, self.clock, self.work = members, clock, work
        first = members[0]
        self.spec, self.sets, self.redraw = first.spec, first.sets, first.redraw
        self.plan = plan_of(members)
        self.live = LiveHyperparameters(self.plan.optimizer)
        self.seconds = self._epoch_seconds = 0.0
        self._last_epoch_seconds = math.inf
        self._unit: Literal["epoch", "step"] = "step"
        self._penalties = group_penalties(self.plan, self.spec)
        start = first.params if len(members) == 1 else np.stack([member.params for member in members])
        self._source = self._begin(start)
        self.latest = self._measured(next(self._source))
        self.branch = self._branch(0, None, self.latest, budget)

    @property
    def finished(self) -> bool:
        """Whether there is no next step under the plan."""
        return bool(self.latest.stopped)

    @property
    def progress(self) -> float:
        """Epochs done, a part of one included."""
        size = self.plan.batch_size or len(self.sets.train.x)
        return self.latest.epoch + self.latest.batch / -(-len(self.sets.train.x) // size)

    @property
    def newest_checkpoint(self) -> Snapshot:
        """The snapshot after the last whole epoch."""
        return self.branch.checkpoints.at(self.latest.epoch)

    def params_of(self, place: int) -> tuple[Array, Array]:
        """The newest parameters (P,) and running statistics (B,) of the member at this place."""
        latest = self.latest
        return (
            (latest.params, latest.buffers) if len(self.members) == 1 else (latest.params[place], latest.buffers[place])
        )

    def parameters_at(self, place: int, epoch: int) -> tuple[Array, Array]:
        """Parameters (P,) and running statistics (B,) of the member at this place, kept of this epoch or one before."""
        kept = self.branch.at(epoch)
        return (kept.params, kept.buffers) if len(self.members) == 1 else (kept.params[place], kept.buffers[place])

    def failure_of(self, place: int) -> str:
        """Why the member at this place learns no more; empty while its numbers are finite."""
        if self.latest.failure is not None:
            return self.latest.failure.sentence
        if len(self.members) == 1:
            return ""
        broken = nonfinite_parameter(self.spec, self.params_of(place)[0])
        return f"{broken.name.capitalize()} is not finite since epoch {self.latest.epoch}." if broken else ""

    def advance(self, seconds: float, until: int | None = None, *, steps: int | None = None) -> None:
        """Learn for about so long, up to this epoch, so many steps; at least one snapshot unless finished."""
        now, worked = self.clock(), self.work()
        end = now + seconds
        if steps is not None:
            self._switch("step")
        while not self.finished and (until is None or self.latest.epoch < until):
            snapshot = next(self._source)
            now, before = self.clock(), now
            worked, worked_before = self.work(), worked
            self._add(snapshot, now - before, worked - worked_before)
            if steps is not None:
                steps -= 1
            elif not snapshot.batch:
                self._settle()
            if now >= end or steps == 0:
                break

    def _add(self, snapshot: Snapshot, seconds: float, work: float) -> None:
        self.latest = self._measured(snapshot)
        snapshot = self.latest
        self.seconds += seconds
        self._epoch_seconds += work
        # a failure leaves the last good numbers: they belong to the curves as the end of the epoch that it broke
        if not snapshot.batch or snapshot.failure is not None:
            self.branch.curve.take(snapshot)
            self.branch.checkpoints.add(snapshot)
            self._last_epoch_seconds, self._epoch_seconds = self._epoch_seconds, 0.0

    def _measured(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with a measure of some training samples, where the engine leaves out a whole set of them."""
        if self.plan.measure_train or snapshot.batch:
            return snapshot
        return replace(snapshot, train=self._evaluate_some(snapshot))

    def _evaluate_some(self, snapshot: Snapshot) -> Evaluation | None:
        """The measure of some training samples; a loss that is a sum, as the sum of all of them would be."""
        some = self.members[0].some
        found = evaluate_samples(
            self.spec, snapshot.params, snapshot.buffers, some, self._penalties, self.plan.metric
        )  # fmt: skip
        if found is None or not self.spec.loss.adds_samples:
            return found
        times = len(self.sets.train.x) / len(some.x)
        return found._replace(loss=(found.loss - found.penalty) * times + found.penalty)

    def _settle(self) -> None:
        """Choose between whole epochs and single steps by how long the last epoch took."""
        if self._unit == "step" and self._last_epoch_seconds < SHORT:
            self._switch("epoch")
        elif self._unit == "epoch" and self._last_epoch_seconds > LONG:
            self._switch("step")

    def _switch(self, unit: Literal["epoch", "step"]) -> None:
        if unit != self._unit and not self.finished:
            self._unit = unit
            self._source = self._begin(self.latest)

    def _begin(self, start: Any) -> Iterator[Snapshot]:
        member = self.members[0]
        return train(
            self.spec, start, self.sets, self.plan, member.rng(), live=self.live, every=self._unit,
            redraw=self.redraw,
        )  # fmt: skip

    def go_on(self, snapshot: Snapshot, plan: Plan | None = None) -> None:
        """Learn on from a snapshot of this engine run, by another plan if one is given, also if the snapshot had ended.

        Raises PlanError or SpecError when they don't fit together; then all stays as it was.
        """
        before = self.plan
        self.plan = plan or before
        self._penalties = group_penalties(self.plan, self.spec)
        if self.plan.batch_size != before.batch_size:
            # its count of batches means nothing under another size: the epoch under way begins anew
            snapshot = replace(snapshot, batch=0)
        try:
            source = self._begin(snapshot)
        except ValueError:
            self.plan, self._penalties = before, group_penalties(before, self.spec)
            raise
        if plan is not None and not _same(plan.optimizer, before.optimizer):
            # live hyperparameters belong to the optimizer before
            self.live = LiveHyperparameters(plan.optimizer)
            snapshot = replace(snapshot, hyperparameters={})
            source = self._begin(snapshot)
        self._source, self.latest = source, replace(snapshot, stopped="", failure=None)
        self._epoch_seconds = 0.0

    def extend(self, epochs: int | None) -> None:
        """Go on beyond the plan: so many epochs more, or as many as were planned. Early stopping is over."""
        planned = self.latest.epoch + (epochs or max(1, self.members[0].plan.epochs))
        self.go_on(self.latest, replace(self.plan, epochs=planned, stopping=None))

    def change(self, member: Member) -> None:
        """Learn on by the plan of this member, which has the same shapes and samples. Engine runs of one member only.

        Raises PlanError or SpecError when it can't; then all stays as it was.
        """
        before = self.members, self.spec
        self.members, self.spec = (member,), member.spec
        try:
            self.go_on(self.latest, member.plan)
        except ValueError:
            self.members, self.spec = before
            raise
        if self.latest.epoch >= self.plan.epochs:  # the new plan ends before what was learned already
            self.latest = replace(self.latest, stopped=ALL_DONE)

    def restore(
        self,
        snapshot: Snapshot,
        rows: NDArray[np.float64],
        hyperparameters: Mapping[str, Any] = NOTHING,
        seconds: float = 0.0,
    ) -> None:
        """Continue from a snapshot of another run of the same members, with its curves (n, R, 11).

        `hyperparameters` are those that were changed live. The present curves and checkpoints are dropped. The caller
        sets a plan that was extended, or no longer stops early, before.
        """
        self.go_on(snapshot)
        self.seconds = seconds
        self.latest = snapshot
        if hyperparameters:
            self.live.set_hyperparameters(**hyperparameters)
        checkpoints, curve = Checkpoints(self.branch.checkpoints.budget), MemberCurve(len(self.members))
        checkpoints.add(snapshot)
        for row in rows:
            curve.add(row)
        self.branch = Branch(0, None, snapshot.epoch, curve, checkpoints)

    @property
    def began(self) -> int:
        """The step at which the newest branch began."""
        return self.branch.checkpoints.first.step

    def measured(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with loss and metric of its parameters, as after a whole epoch."""
        params, buffers = snapshot.params, snapshot.buffers
        train, validation = (
            evaluate_samples(self.spec, params, buffers, part, self._penalties, self.plan.metric)
            for part in (self.sets.train if self.plan.measure_train else None, self.sets.validation)
        )
        train = train or self._evaluate_some(snapshot)
        average = snapshot.average_measure
        if snapshot.average is not None:
            samples = self.sets.validation or (self.sets.train if self.plan.measure_train else None)
            average = evaluate_samples(self.spec, snapshot.average, buffers, samples, self._penalties, self.plan.metric)
        return replace(snapshot, train=train, validation=validation, average_measure=average)

    def fork(self, number: int, origin: Branch | None, snapshot: Snapshot, budget: int) -> None:
        """Begin a branch at this snapshot of the origin."""
        self.go_on(snapshot)
        self.branch = self._branch(number, origin, self.latest, budget)

    def _branch(self, number: int, parent: Branch | None, start: Snapshot, budget: int) -> Branch:
        branch = Branch(number, parent, start.epoch, MemberCurve(len(self.members)), Checkpoints(budget))
        branch.curve.take(start)
        branch.checkpoints.add(start)
        return branch


def _same(one: Optimizer, other: Optimizer) -> bool:
    # configured anew for every config, so that identity says too little
    return one.key == other.key and all(
        one.settings[name] is value or np.array_equal(one.settings[name], value)
        for name, value in other.settings.items()
    )
