"""The past of a training run within a budget of bytes: snapshots and curves, thinned evenly.

Refuses to know what the snapshots are drawn as.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.training.snapshot import Measure, Snapshot

T = TypeVar("T")

BUDGET = 16_000_000
"""Bytes of arrays and numbers that a history may hold unless told otherwise."""


class Moment(NamedTuple):
    """A network of the past: enough to draw it, not to train on from it."""

    step: int
    epoch: int
    params: Array
    buffers: Array
    """running statistics, as in Snapshot"""


class Point(NamedTuple):
    """One place on the curves; None for what was not measured."""

    step: int
    epoch: int
    learning_rate: Any
    loss: Any
    train: Measure | None
    validation: Measure | None
    test: Measure | None


class Thinned(Generic[T]):
    """The first, the last and every n-th of all that was added; n doubles whenever the budget is full."""

    def __init__(self, budget: int) -> None:
        self.budget, self.stride, self.added = budget, 1, 0
        self._kept: list[tuple[T, int]] = []
        self._last: tuple[T, int] | None = None

    def add(self, item: T, size: int) -> None:
        """Keep the item of so many bytes as the last, and for good if its turn has come."""
        self._last = (item, size)
        if self.added % self.stride == 0:
            self._kept.append((item, size))
        self.added += 1
        while self.bytes > self.budget and len(self._kept) > 1:
            self.stride *= 2
            self._kept = self._kept[::2]

    @property
    def items(self) -> tuple[T, ...]:
        """What is kept, in order."""
        kept = tuple(item for item, _ in self._kept)
        if self._last is None or (kept and kept[-1] is self._last[0]):
            return kept
        return (*kept, self._last[0])

    @property
    def bytes(self) -> int:
        """The sum of the sizes of what is kept."""
        last = 0 if self._last is None or (self._kept and self._kept[-1][0] is self._last[0]) else self._last[1]
        return sum(size for _, size in self._kept) + last


class History:
    """Snapshots of one run as they come, in at most `budget` bytes: networks, curves, and the last snapshot whole.

    `params_dtype` is how parameters of the past are kept: float32 halves them and is enough to draw.
    A single network that is larger than the budget is kept twice all the same: as the first and as the last.
    """

    def __init__(self, budget: int = BUDGET, params_dtype: Any = np.float32) -> None:
        self.budget, self.params_dtype = budget, np.dtype(params_dtype)
        self._moments: Thinned[Moment] = Thinned(budget)
        self._points: Thinned[Point] = Thinned(budget // 8)
        self.last: Snapshot | None = None

    def add(self, snapshot: Snapshot) -> None:
        """Take in the next snapshot."""
        # of the past only the last can be trained on from, and it has its slots
        self.last = snapshot
        point = Point(
            snapshot.step, snapshot.epoch, snapshot.learning_rate, snapshot.loss, snapshot.train, snapshot.validation,
            snapshot.test,
        )  # fmt: skip
        self._points.add(point, _size_of_point(point))
        params, buffers = (_kept(array, self.params_dtype) for array in (snapshot.params, snapshot.buffers))
        moment = Moment(snapshot.step, snapshot.epoch, params, buffers)
        self._moments.budget = self.budget - self._points.bytes - size_of(snapshot)
        self._moments.add(moment, params.nbytes + buffers.nbytes)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The networks that are kept, from the first to the last."""
        return self._moments.items

    @property
    def points(self) -> tuple[Point, ...]:
        """The curves, from the first to the last."""
        return self._points.items

    @property
    def bytes(self) -> int:
        """What the history holds now."""
        return self._moments.bytes + self._points.bytes + (0 if self.last is None else size_of(self.last))

    def at(self, step: int) -> Moment:
        """The kept network at this step, or the last one before it. Raises LookupError in an empty history."""
        moments = self.moments
        if not moments:
            raise LookupError("the history is empty")
        return moments[max(0, bisect_right([moment.step for moment in moments], step) - 1)]


def size_of(snapshot: Snapshot) -> int:
    """Bytes of a snapshot's arrays."""
    held = [snapshot.params, *snapshot.slots.values(), snapshot.buffers]
    if snapshot.best is not None:
        held += [snapshot.best.params, snapshot.best.buffers]
    return sum(array.nbytes for array in held if isinstance(array, np.ndarray))


def _kept(params: Array, dtype: np.dtype[Any]) -> Array:
    kept = params.astype(dtype, copy=False)
    kept.flags.writeable = False
    return kept


_NUMBER = 32
"""Bytes of one number as a Python or NumPy object."""


def _size_of_point(point: Point) -> int:
    measures = [measure for measure in point[4:] if measure is not None]
    numbers = [*point[:4], *(number for measure in measures for number in measure)]
    return sum(_NUMBER + getattr(number, "nbytes", 0) for number in numbers if number is not None)
