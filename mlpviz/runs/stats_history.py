"""What was seen of one lane's insides over time, in a fixed number of rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.runs.curves import CurveRows
from mlpviz.runs.layer_stats import QUANTILES, NetworkStats

LOOKS = 240
"""Columns of a picture of distributions over time."""

WIDTH = 3 * len(QUANTILES) + 3
"""Quantiles of weights, activations and gradients; then the gradient norm, the dead units, and the epoch."""


class StatsHistory(CurveRows):
    """One row per look: (L, WIDTH) for L layers. `last` is the newest look, also when it has no row."""

    def __init__(self, layers: int, capacity: int = LOOKS) -> None:
        super().__init__((layers, WIDTH), capacity)
        self.last: NetworkStats | None = None

    def take(self, look: NetworkStats, epoch: float) -> None:
        """Take in the look at this time."""
        self.last = look
        self.add(_row(look, epoch) if self.due else None)

    def cut(self, epoch: float) -> None:
        """Forget what was seen after this epoch: learning goes on from there."""
        self._used = int(np.searchsorted(self.epochs, epoch, side="right"))
        self.generation += 1
        self.last = None

    @property
    def epochs(self) -> NDArray[np.float64]:
        """When each row was seen (n,); a fraction within an epoch."""
        return self.rows[:, 0, -1]

    @property
    def norms(self) -> NDArray[np.float64]:
        """The gradient norm per row and layer (n, L)."""
        return self.rows[:, :, -3]

    @property
    def dead(self) -> NDArray[np.float64]:
        """Dead units per row and layer (n, L)."""
        return self.rows[:, :, -2]


def _row(look: NetworkStats, epoch: float) -> NDArray[np.float64]:
    return np.array(
        [
            (
                *layer.weights.quantiles,
                *layer.activations.quantiles,
                *layer.gradients.quantiles,
                layer.gradient_norm,
                len(layer.dead),
                epoch,
            )
            for layer in look.layers
        ]
    )
