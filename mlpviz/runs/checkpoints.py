"""The checkpoints of one branch: whole snapshots, thinned to a budget of bytes.

Every checkpoint can be shown and learned on from, to the same bits.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from mlpviz.engine.thinning import Thinning
from mlpviz.engine.training import Snapshot
from mlpviz.runs.curves import MemberCurve

OVERHEAD = 4_000
"""Bytes of a snapshot besides its arrays: two random states, measures, the record itself."""


class Checkpoints(Thinning):
    """The first, the last and every n-th snapshot; n doubles whenever the budget of bytes is full.

    A single snapshot larger than the budget is kept twice all the same: as the first and as the last.
    """

    def __init__(self, budget: int) -> None:
        super().__init__()
        self.budget, self.bytes = budget, 0
        self._kept: list[Snapshot] = []
        self._epochs: list[int] = []
        self._last: Snapshot | None = None

    def add(self, snapshot: Snapshot) -> None:
        """Keep the snapshot as the last one, and among the others if it is the n-th since the one before."""
        self._last = snapshot
        if self.due:
            self._kept.append(snapshot)
            self._epochs.append(snapshot.epoch)
            self.bytes += size_of(snapshot) + OVERHEAD
            self._thin()
        self.came += 1

    def shrink(self, budget: int) -> None:
        """Go on within another budget."""
        self.budget = budget
        self._thin()

    def _thin(self) -> None:
        while self.bytes > self.budget and len(self._kept) > 1:
            self._kept = self.halve(self._kept)
            self._epochs = [snapshot.epoch for snapshot in self._kept]
            self.bytes = sum(size_of(snapshot) + OVERHEAD for snapshot in self._kept)

    @property
    def epochs(self) -> tuple[int, ...]:
        """The epochs that are kept, in order."""
        last = () if self._last is None or self._last.epoch in self._epochs[-1:] else (self._last.epoch,)
        return (*self._epochs, *last)

    @property
    def first(self) -> Snapshot:
        """The first snapshot, which is never thinned out."""
        return self._kept[0]

    def at(self, epoch: int) -> Snapshot:
        """The kept snapshot of this epoch, or the last one before it; the first one if there is none.

        Raises LookupError when nothing is kept.
        """
        if self._last is None:
            raise LookupError("no checkpoint is kept")
        if epoch >= self._last.epoch:
            return self._last
        return self._kept[max(0, bisect_right(self._epochs, epoch) - 1)]


def size_of(snapshot: Snapshot) -> int:
    """Bytes of a snapshot's arrays."""
    held = [snapshot.params, *snapshot.slots.values(), snapshot.buffers, snapshot.average]
    if snapshot.best is not None:
        held += [snapshot.best.params, snapshot.best.buffers]
    return sum(array.nbytes for array in held if isinstance(array, np.ndarray))


@dataclass(frozen=True, eq=False)
class Branch:
    """Curves and checkpoints of one engine run, from `epoch` of the `parent` branch on."""

    number: int
    parent: Branch | None
    epoch: int
    curve: MemberCurve
    checkpoints: Checkpoints

    def at(self, epoch: int) -> Snapshot:
        """The kept snapshot of this epoch or the last one before it, of this branch or of an ancestor."""
        if self.parent is not None and epoch < self.epoch:
            return self.parent.at(epoch)
        return self.checkpoints.at(epoch)

    @property
    def epochs(self) -> tuple[int, ...]:
        """All epochs that `at` can give exactly, those of the ancestors before the branching included."""
        before = () if self.parent is None else tuple(e for e in self.parent.epochs if e < self.epoch)
        return (*before, *self.checkpoints.epochs)
