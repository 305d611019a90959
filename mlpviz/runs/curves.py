"""The curves of a run in a fixed number of rows: one row per epoch, every second one dropped whenever they are full.

Refuses to know how they are drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.thinning import Thinning
from mlpviz.engine.training import Evaluation, Snapshot

ROWS = 1000
"""More points than a screen has columns are not seen."""

COLUMNS = (
    "epoch", "step", "loss", "train_loss", "validation_loss", "train_metric", "validation_metric", "learning_rate",
    "penalty",
)  # fmt: skip


class CurveRows(Thinning):
    """Rows (n, *shape) that come one at a time; when `capacity` is reached every second one is dropped.

    The first stays, then every `stride`-th of all that came. `generation` counts the droppings: within one generation
    rows are only added.
    """

    def __init__(self, shape: tuple[int, ...], capacity: int = ROWS) -> None:
        super().__init__()
        self._rows = np.empty((capacity, *shape), dtype=np.float64)
        self._used = self.generation = 0

    def add(self, row: Any) -> None:
        """Take in the next row; None where it is not due: what is not kept need not be made."""
        if self.due:
            if self._used == len(self._rows):
                kept = self.halve(self._rows[: self._used]).copy()
                self._used = len(kept)
                self._rows[: self._used] = kept
                self.generation += 1
            # after a dropping the turn of this row may be over
            if self.due:
                self._rows[self._used] = row
                self._used += 1
        self.came += 1

    @property
    def rows(self) -> NDArray[np.float64]:
        """What is kept, (n, *shape); NaN where nothing was measured."""
        return self._rows[: self._used]


class MemberCurve(CurveRows):
    """One row per epoch for R lanes: (R, 9), in the order of COLUMNS."""

    def __init__(self, members: int, capacity: int = ROWS) -> None:
        super().__init__((members, len(COLUMNS)), capacity)
        self.members = members

    def take(self, snapshot: Snapshot) -> None:
        """Take in the next whole epoch."""
        self.add(row_of(snapshot, self.members) if self.due else None)


def row_of(snapshot: Snapshot, members: int) -> NDArray[np.float64]:
    """One row (R, 9) of the curves; NaN for what was not measured."""
    row = np.full((members, len(COLUMNS)), np.nan)
    row[:, 0], row[:, 1] = snapshot.epoch, snapshot.step
    measures: tuple[Evaluation | None, ...] = (snapshot.train, snapshot.validation)
    found = (
        snapshot.loss,
        *(measure.loss if measure else None for measure in measures),
        *(measure.metric if measure else None for measure in measures),
        snapshot.learning_rate,
        snapshot.penalty,
    )
    for column, value in enumerate(found, start=2):
        if value is not None:
            # a learning rate per lane is (R, 1)
            row[:, column] = np.reshape(value, -1)
    row[row[:, -1] == 0.0, -1] = np.nan  # nothing is penalised
    return row


def snapshot_at(start: Snapshot, params: Any, buffers: Any, row: NDArray[np.float64], stopped: str) -> Snapshot:
    """What a row (9,) and the network of then say of a snapshot; all else, such as its chance, is that of `start`."""
    epoch, step, loss, train, validation, train_metric, validation_metric, learning_rate, penalty = row
    return replace(
        start,
        params=params,
        buffers=buffers,
        epoch=int(epoch),
        step=int(step),
        # one sample of the mean loss: the next epoch begins its own sum
        seen=(0.0, 0) if np.isnan(loss) else (loss, 1),
        learning_rate=None if np.isnan(learning_rate) else learning_rate,
        train=_measure(train, penalty, train_metric),
        validation=_measure(validation, penalty, validation_metric),
        stopped=stopped,
    )


def measured_by(snapshot: Snapshot, rows: NDArray[np.float64]) -> Snapshot:
    """The snapshot of R lanes with what the rows (R, 9) of its curves say was measured."""
    columns = dict(zip(COLUMNS, rows[0] if len(rows) == 1 else rows.T, strict=True))
    train, validation = (
        _measure(columns[f"{part}_loss"], columns["penalty"], columns[f"{part}_metric"])
        for part in ("train", "validation")
    )
    return replace(snapshot, train=train, validation=validation)


def _measure(loss: Any, penalty: Any, metric: Any) -> Evaluation | None:
    """The measure that a row holds; None for what was not measured."""
    if np.isnan(loss).all():
        return None
    return Evaluation(
        np.asarray(loss), np.asarray(np.nan_to_num(penalty)), None if np.isnan(metric).all() else np.asarray(metric)
    )
