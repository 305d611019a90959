"""The optimizer steps that were taken on the sheet, each of which can be restored. Immutable, bounded in size.

An address holds as many of its points as fit, a saved document more; the document itself needs none of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mlpviz.engine import NetworkSpec, rerun
from mlpviz.engine.optimizers import Slots
from mlpviz.engine.parameters import Array
from mlpviz.network.document import Document
from mlpviz.network.optimizer_state import OptimizerState
from mlpviz.network.saved_trajectory import SavedPoint, thinned, trajectory_json, validate_trajectory
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.json_io import read_json
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.link import packed, unpacked


class TrajectoryPoint(NamedTuple):
    """Parameters (P,) after `t` steps with their loss, gradient (P,) of the step, slots, running statistics (B,).

    `is_start`: not reached by a step, such as after an edit by hand.
    """

    t: int
    loss: float
    params: Array
    grad: Array
    slots: Slots
    buffers: Array
    is_start: bool = False
    at: int | None = None
    """its number in the whole trajectory, if points before it were left out"""
    scheduled: int = 0
    """the steps that the schedule of the learning rate has counted"""

    @classmethod
    def of(cls, document: Document, is_start: bool = False) -> TrajectoryPoint:
        """The point of a document as it is now."""
        trace = document.trace()
        return cls(
            document.steps_taken,
            float(trace.loss),
            trace.params,
            trace.summed_grad,
            document.slots,
            trace.buffers,
            is_start,
            scheduled=document.schedule_step,
        )

    @property
    def numbers(self) -> int:
        """How many numbers it keeps."""
        return self.params.size + self.grad.size + sum(np.size(slot) for slot in self.slots.values())

    @property
    def room(self) -> int:
        """How many such points a trajectory holds."""
        return max(2, min(DOCUMENT_LIMITS.trajectory, DOCUMENT_LIMITS.trajectory_numbers // self.numbers))

    def is_same(self, other: TrajectoryPoint) -> bool:
        """Whether step counts, parameters and slots are equal."""
        return (
            (self.t, self.scheduled) == (other.t, other.scheduled)
            and np.array_equal(self.params, other.params)
            and self.slots.keys() == other.slots.keys()
            and all(np.array_equal(slot, other.slots[name]) for name, slot in self.slots.items())
        )


@dataclass(frozen=True)
class Trajectory:
    """The points of one architecture under one optimizer, oldest first."""

    points: tuple[TrajectoryPoint, ...] = ()
    spec: NetworkSpec | None = None
    optimizer: str = ""

    @classmethod
    def of_saved(cls, saved: tuple[SavedPoint, ...], document: Document) -> Trajectory:
        """The trajectory of saved points, with the gradients for the document's data. Raises DocumentError."""
        validate_trajectory(saved, document.optimizer, document.spec)
        points = tuple(_point(point, document) for point in saved)
        return cls(points, document.spec, str(document.optimizer.to_json_value())) if points else cls()

    @classmethod
    def from_link(cls, text: str, document: Document) -> Trajectory:
        """The trajectory of a `link`, if it is one of this document. Raises DocumentError."""
        steps = read_json(unpacked(text), "the list of steps")
        return cls.of_saved(document.replace(walk=steps).walk, document)

    @cached_property
    def saved_points(self) -> tuple[SavedPoint, ...]:
        """All points in the form of a document."""
        return tuple(
            SavedPoint(
                at=number,
                t=point.t,
                loss=point.loss if math.isfinite(point.loss) else None,
                params=tuple(point.params.tolist()),
                slots={name: _slot_json(slot) for name, slot in point.slots.items()},
                buffers=tuple(point.buffers.tolist()),
                start=point.is_start,
                scheduled=point.scheduled,
            )
            for number, point in zip(self.numbers, self.points, strict=True)
        )

    @cached_property
    def kept(self) -> tuple[SavedPoint, ...]:
        """The points that go into an address."""
        return thinned(self.saved_points, DOCUMENT_LIMITS.trajectory_link, _IN_LINK)

    @cached_property
    def saved(self) -> tuple[SavedPoint, ...]:
        """The points that go into a file."""
        return thinned(self.saved_points, DOCUMENT_LIMITS.trajectory_file, _IN_FILE)

    @cached_property
    def link(self) -> str:
        """As many points as an address holds, packed; "" for fewer than two."""
        if len(self.kept) < 2:
            return ""
        try:
            return packed(json.dumps(trajectory_json(self.kept), separators=(",", ":")))
        except DocumentError:
            return ""

    @property
    def numbers(self) -> list[int]:
        """The number of each point, counted from 0 over all that there were."""
        found: list[int] = []
        for point in self.points:
            found.append(point.at if point.at is not None else found[-1] + 1 if found else 0)
        return found

    def fits(self, document: Document) -> bool:
        """Whether the points are those of this network and this optimizer."""
        return self.spec == document.spec and self.optimizer == str(document.optimizer.to_json_value())

    def here(self, document: Document) -> int | None:
        """The index of the point that equals the document, the last one of several; None without one."""
        if not self.fits(document):
            return None
        now = TrajectoryPoint.of(document)
        return next((at for at in reversed(range(len(self.points))) if self.points[at].is_same(now)), None)

    def after(self, taken: Iterable[TrajectoryPoint], document: Document) -> Trajectory:
        """The trajectory continued by these points to the document; points after the first of them are dropped."""
        started, *rest = taken
        points = self.points if self.fits(document) else ()
        at = next((at for at in reversed(range(len(points))) if points[at].is_same(started)), None)
        kept = (*points, started._replace(is_start=True)) if at is None else points[: at + 1]
        return Trajectory(
            _bounded((*kept, *rest, TrajectoryPoint.of(document))),
            document.spec,
            str(document.optimizer.to_json_value()),
        )


_IN_LINK, _IN_FILE = 12, 24
"""characters that a number takes at most, packed and as JSON"""


def _slot_json(slot: Array | float) -> tuple[float, ...] | float:
    return tuple(slot.tolist()) if isinstance(slot, np.ndarray) and slot.ndim else float(slot)


def _point(saved: SavedPoint, document: Document) -> TrajectoryPoint:
    trace = rerun(document.trace(), params=np.array(saved.params), buffers=np.array(saved.buffers))
    slots = OptimizerState(t=max(1, saved.t), slots=saved.slots).arrays()
    loss = math.nan if saved.loss is None else saved.loss
    return TrajectoryPoint(
        saved.t, loss, trace.params, trace.summed_grad, slots, trace.buffers, saved.start, saved.at, saved.scheduled
    )


def _bounded(points: tuple[TrajectoryPoint, ...]) -> tuple[TrajectoryPoint, ...]:
    return points[-points[-1].room :]
