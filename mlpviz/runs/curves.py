"""What a run keeps over time in a fixed number of rows: curves per epoch, and per-layer statistics per measurement.

Whenever the rows are full every second one is dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.thinning import Thinning
from mlpviz.engine.training import Evaluation, Snapshot
from mlpviz.engine.training.snapshot import EpochLoss
from mlpviz.runs.layer_stats import QUANTILES, NetworkStats

ROWS = 1000
"""More points than a screen has columns cannot be seen."""

COLUMNS = (
    "epoch", "step", "loss", "train_loss", "validation_loss", "train_metric", "validation_metric", "learning_rate",
    "penalty", "average_loss", "average_metric",
)  # fmt: skip


class CurveRows(Thinning):
    """Rows (n, *shape) that are added one at a time; when `capacity` is reached every second one is dropped.

    The first stays, then every `stride`-th of all that were added. `generation` counts how often rows were dropped:
    within one generation rows are only appended.
    """

    def __init__(self, shape: tuple[int, ...], capacity: int = ROWS) -> None:
        super().__init__()
        self._rows = np.empty((capacity, *shape), dtype=np.float64)
        self._used = self.generation = 0

    def add(self, row: Any) -> None:
        """Add the next row; None where it is not `due`, so that rows that are not kept need not be computed."""
        if self.due:
            if self._used == len(self._rows):
                kept = self.halve(self._rows[: self._used]).copy()
                self._used = len(kept)
                self._rows[: self._used] = kept
                self.generation += 1
            # with the doubled stride this row may not be due any more
            if self.due:
                self._rows[self._used] = row
                self._used += 1
        self.came += 1

    @property
    def rows(self) -> NDArray[np.float64]:
        """The kept rows, (n, *shape); NaN where nothing was measured."""
        return self._rows[: self._used]


class MemberCurve(CurveRows):
    """One row per epoch for R members: (R, 11), in the order of COLUMNS."""

    def __init__(self, members: int, capacity: int = ROWS) -> None:
        super().__init__((members, len(COLUMNS)), capacity)
        self.members = members

    def take(self, snapshot: Snapshot) -> None:
        """Add the row of the next whole epoch."""
        self.add(row_of(snapshot, self.members) if self.due else None)


def row_of(snapshot: Snapshot, members: int) -> NDArray[np.float64]:
    """One row (R, 11) of the curves; NaN for what was not measured."""
    measures: tuple[Evaluation | None, ...] = (snapshot.train, snapshot.validation)
    found = (
        snapshot.epoch,
        snapshot.step,
        snapshot.loss,
        *(measure.loss if measure else None for measure in measures),
        *(measure.metric if measure else None for measure in measures),
        snapshot.learning_rate,
        snapshot.penalty,
        snapshot.average_measure and snapshot.average_measure.loss,
        snapshot.average_measure and snapshot.average_measure.metric,
    )
    if members == 1:  # each is one number: all at once take a tenth of the time
        row = np.array([[np.nan if value is None else value for value in found]], dtype=float)
    else:
        row = np.full((members, len(COLUMNS)), np.nan)
        for column, value in enumerate(found):
            if value is not None:
                # a learning rate per member is (R, 1)
                row[:, column] = np.reshape(value, -1)
    penalty = COLUMNS.index("penalty")
    row[row[:, penalty] == 0.0, penalty] = np.nan  # nothing is penalised
    return row


def snapshot_at(start: Snapshot, params: Any, buffers: Any, row: NDArray[np.float64], stopped: str) -> Snapshot:
    """The snapshot with these parameters and the measurements of a row (11,); all else is that of `start`."""
    epoch, step, loss, train, validation, train_metric, validation_metric, learning_rate, penalty, *average = row
    return replace(
        start,
        params=params,
        buffers=buffers,
        epoch=int(epoch),
        step=int(step),
        # one sample of the mean loss: the next epoch begins its own sum
        seen=EpochLoss() if np.isnan(loss) else EpochLoss(loss, 1),
        learning_rate=None if np.isnan(learning_rate) else learning_rate,
        train=_measure(train, penalty, train_metric),
        validation=_measure(validation, penalty, validation_metric),
        average_measure=_measure(average[0], penalty, average[1]),
        stopped=stopped,
    )


def measured_by(snapshot: Snapshot, rows: NDArray[np.float64]) -> Snapshot:
    """The snapshot of R members with the measurements of the rows (R, 11) of its curves."""
    columns = dict(zip(COLUMNS, rows[0] if len(rows) == 1 else rows.T, strict=True))
    train, validation, average = (
        _measure(columns[f"{part}_loss"], columns["penalty"], columns[f"{part}_metric"])
        for part in ("train", "validation", "average")
    )
    return replace(snapshot, train=train, validation=validation, average_measure=average)


def _measure(loss: Any, penalty: Any, metric: Any) -> Evaluation | None:
    """The evaluation that a row holds; None where nothing was measured."""
    if np.isnan(loss).all():
        return None
    return Evaluation(
        np.asarray(loss), np.asarray(np.nan_to_num(penalty)), None if np.isnan(metric).all() else np.asarray(metric)
    )


MEASUREMENTS = 240
"""Columns of a picture of distributions over time."""

STATS_WIDTH = 3 * len(QUANTILES) + 4
"""Quantiles of weights, activations and gradients; then ∂L/∂z, the gradient norm, the dead units, and the epoch."""


class StatsHistory(CurveRows):
    """One row (L, STATS_WIDTH) per measurement of L layers. `last` is the newest one, also when it has no row."""

    def __init__(self, layers: int, capacity: int = MEASUREMENTS) -> None:
        super().__init__((layers, STATS_WIDTH), capacity)
        self.last: NetworkStats | None = None

    def take(self, stats: NetworkStats, epoch: float) -> None:
        """Add the measurement at this epoch, which may be a fraction."""
        self.last = stats
        self.add(_stats_row(stats, epoch) if self.due else None)

    def cut(self, epoch: float) -> None:
        """Drop what was measured after this epoch: learning goes on from there."""
        self._used = int(np.searchsorted(self.epochs, epoch, side="right"))
        self.generation += 1
        self.last = None

    @property
    def epochs(self) -> NDArray[np.float64]:
        """The epoch of each row (n,); a fraction within an epoch."""
        return self.rows[:, 0, -1]

    @property
    def deltas(self) -> NDArray[np.float64]:
        """The root mean square of ∂L/∂z per row and layer (n, L)."""
        return self.rows[:, :, -4]

    @property
    def norms(self) -> NDArray[np.float64]:
        """The gradient norm per row and layer (n, L)."""
        return self.rows[:, :, -3]

    @property
    def dead(self) -> NDArray[np.float64]:
        """Dead units per row and layer (n, L)."""
        return self.rows[:, :, -2]


def _stats_row(stats: NetworkStats, epoch: float) -> NDArray[np.float64]:
    return np.array(
        [
            (
                *layer.weights.quantiles,
                *layer.activations.quantiles,
                *layer.gradients.quantiles,
                layer.delta,
                layer.gradient_norm,
                len(layer.dead),
                epoch,
            )
            for layer in stats.layers
        ]
    )
