"""The steps of the optimizer that were taken: what can be looked at and gone back to. Immutable, bounded in size.

It can be lost: it holds nothing that the document does not have, but its past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlpviz.document.limits import LIMITS
from mlpviz.document.model import Document
from mlpviz.engine import NetworkSpec
from mlpviz.engine.optimizers import Slots
from mlpviz.engine.parameters import Array


class Point(NamedTuple):
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

    @classmethod
    def of(cls, document: Document, is_start: bool = False) -> Point:
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

    def is_same(self, other: Point) -> bool:
        """Whether nothing but the data could tell them apart."""
        return (
            self.t == other.t
            and np.array_equal(self.params, other.params)
            and self.slots.keys() == other.slots.keys()
            and all(np.array_equal(slot, other.slots[name]) for name, slot in self.slots.items())
        )


@dataclass(frozen=True)
class Walk:
    """The points of one architecture under one optimizer, oldest first."""

    points: tuple[Point, ...] = ()
    spec: NetworkSpec | None = None
    optimizer: str = ""

    def fits(self, document: Document) -> bool:
        """Whether the points are those of this network and this optimizer."""
        return self.spec == document.spec and self.optimizer == str(document.optimizer.plain())

    def here(self, document: Document) -> int | None:
        """The point (from 0) at which the document stands, the last one of equals; None if it is at none."""
        if not self.fits(document):
            return None
        now = Point.of(document)
        return next((at for at in reversed(range(len(self.points))) if self.points[at].is_same(now)), None)

    def after(self, walked: Iterable[Point], document: Document) -> Walk:
        """The walk that went on over these points to the document; what came after the first of them is left."""
        started, *rest = walked
        points = self.points if self.fits(document) else ()
        at = next((at for at in reversed(range(len(points))) if points[at].is_same(started)), None)
        kept = (*points, started._replace(is_start=True)) if at is None else points[: at + 1]
        return Walk(_bounded((*kept, *rest, Point.of(document))), document.spec, str(document.optimizer.plain()))


def _bounded(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return points[-points[-1].room :]
