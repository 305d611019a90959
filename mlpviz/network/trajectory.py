"""The steps of the optimizer that were taken: what can be looked at and gone back to. Immutable, bounded in size.

It can be lost: it holds nothing that the document does not have, but its past. An address holds as much of it as fits,
a saved document more.
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
from mlpviz.network.saved_trajectory import SavedPoint, check_saved, thinned
from mlpviz.network.writing import trajectory_json
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.json_io import read_json
from mlpviz.schema.limits import LIMITS
from mlpviz.schema.link import packed, unpacked


class TrajectoryPoint(NamedTuple):
    """Where the parameters (P,) stood after `t` steps: the loss and gradient there, the slots, running statistics.

    `is_start`: something else than a step led here, such as an edit by hand.
    """

    t: int
    loss: float
    params: Array
    grad: Array
    slots: Slots
    buffers: Array
    is_start: bool = False
    at: int | None = None
    """its number in a walk of which some points were left out"""

    @classmethod
    def of(cls, document: Document, is_start: bool = False) -> TrajectoryPoint:
        """Where a document stands."""
        trace = document.trace()
        return cls(
            document.steps_taken, float(trace.loss), trace.params, trace.grad, document.slots, trace.buffers, is_start
        )

    @property
    def numbers(self) -> int:
        """How many numbers it keeps."""
        return self.params.size + self.grad.size + sum(np.size(slot) for slot in self.slots.values())

    @property
    def room(self) -> int:
        """How many such points a walk holds."""
        return max(2, min(LIMITS.walk, LIMITS.walk_numbers // self.numbers))

    def is_same(self, other: TrajectoryPoint) -> bool:
        """Whether nothing but the data could tell them apart."""
        return (
            self.t == other.t
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
    def of_past(cls, past: tuple[SavedPoint, ...], document: Document) -> Trajectory:
        """The walk that `past` tells of; the gradients are those for the document's data. Raises DocumentError."""
        check_saved(past, document.optimizer, document.spec)
        points = tuple(_point(step, document) for step in past)
        return cls(points, document.spec, str(document.optimizer.to_json_value())) if points else cls()

    @cached_property
    def past(self) -> tuple[SavedPoint, ...]:
        """All points, as a document holds them."""
        return tuple(
            SavedPoint(
                at=number,
                t=point.t,
                loss=point.loss if math.isfinite(point.loss) else None,
                params=tuple(point.params.tolist()),
                slots={name: _plain(slot) for name, slot in point.slots.items()},
                buffers=tuple(point.buffers.tolist()),
                start=point.is_start,
            )
            for number, point in zip(self.numbers, self.points, strict=True)
        )

    @cached_property
    def kept(self) -> tuple[SavedPoint, ...]:
        """What of it goes into an address."""
        return thinned(self.past, LIMITS.walk_link, _IN_LINK)

    @cached_property
    def saved(self) -> tuple[SavedPoint, ...]:
        """What of it goes into a file."""
        return thinned(self.past, LIMITS.walk_file, _IN_FILE)

    @cached_property
    def link(self) -> str:
        """As much of it as an address holds; "" where that is nothing."""
        if len(self.kept) < 2:
            return ""
        try:
            return packed(json.dumps(trajectory_json(self.kept), separators=(",", ":")))
        except DocumentError:
            return ""

    @property
    def numbers(self) -> list[int]:
        """How many steps led to each point."""
        found: list[int] = []
        for point in self.points:
            found.append(point.at if point.at is not None else found[-1] + 1 if found else 0)
        return found

    def fits(self, document: Document) -> bool:
        """Whether the points are those of this network and this optimizer."""
        return self.spec == document.spec and self.optimizer == str(document.optimizer.to_json_value())

    def here(self, document: Document) -> int | None:
        """The point (from 0) at which the document stands, the last one of equals; None if it is at none."""
        if not self.fits(document):
            return None
        now = TrajectoryPoint.of(document)
        return next((at for at in reversed(range(len(self.points))) if self.points[at].is_same(now)), None)

    def after(self, walked: Iterable[TrajectoryPoint], document: Document) -> Trajectory:
        """The walk that went on over these points to the document; what came after the first of them is left."""
        started, *rest = walked
        points = self.points if self.fits(document) else ()
        at = next((at for at in reversed(range(len(points))) if points[at].is_same(started)), None)
        kept = (*points, started._replace(is_start=True)) if at is None else points[: at + 1]
        return Trajectory(
            _bounded((*kept, *rest, TrajectoryPoint.of(document))),
            document.spec,
            str(document.optimizer.to_json_value()),
        )


def from_trajectory_link(text: str, document: Document) -> Trajectory:
    """The walk that `Walk.link` wrote, if it is one of this document. Raises DocumentError."""
    steps = read_json(unpacked(text), "the list of steps")
    return Trajectory.of_past(document.replace(walk=steps).walk, document)


_IN_LINK, _IN_FILE = 12, 24
"""characters that a number takes at most, packed and as JSON"""


def _plain(slot: Array | float) -> tuple[float, ...] | float:
    return tuple(slot.tolist()) if isinstance(slot, np.ndarray) and slot.ndim else float(slot)


def _point(step: SavedPoint, document: Document) -> TrajectoryPoint:
    trace = rerun(document.trace(), params=np.array(step.params), buffers=np.array(step.buffers))
    slots = OptimizerState(t=max(1, step.t), slots=step.slots).arrays()
    loss = math.nan if step.loss is None else step.loss
    return TrajectoryPoint(step.t, loss, trace.params, trace.grad, slots, trace.buffers, step.start, step.at)


def _bounded(points: tuple[TrajectoryPoint, ...]) -> tuple[TrajectoryPoint, ...]:
    return points[-points[-1].room :]
