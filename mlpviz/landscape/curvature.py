"""The second derivatives at a point: how steep, which way, what kind of place it is, and which rates are stable."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.landscape.objective import MOST_CURVED, Objective

Place = Literal["minimum", "maximum", "saddle", "plateau", "slope", "flat valley"]

FLAT = 1e-6
"""A curvature below this share of the largest counts as 0."""

STILL = 1e-4
"""A gradient below this, or below this share of the largest curvature, counts as 0."""


class Curvature(NamedTuple):
    """What the second derivatives say at a point.

    `values` (P,) are the eigenvalues from the largest down, `directions[:, k]` the direction of the k-th. `gradient`
    is (P,), `newton` (P,) the step −H⁺·g to where the second-order expansion is level; directions without curvature
    are left out. `stable_rate` is 2/λ of the largest eigenvalue, infinity where none is above 0.
    """

    values: Array
    directions: Array
    gradient: Array
    newton: Array
    stable_rate: float
    place: Place

    @property
    def sharpest(self) -> Array:
        """The direction (P,) of the largest eigenvalue."""
        return self.directions[:, 0]

    @property
    def condition(self) -> float:
        """The largest curvature over the smallest that is not 0, by size."""
        sizes = np.abs(self.values)
        kept = sizes[sizes > FLAT * sizes.max(initial=0.0)]
        return float(kept.max() / kept.min()) if kept.size else 1.0


def curvature_at(objective: Objective, point: Array) -> Curvature | None:
    """The curvature at a point (P,); None for a network too large for it, or where it is not finite."""
    if objective.size > MOST_CURVED:
        return None
    matrix, gradient = objective.hessian(point), objective.gradient(point)
    if not (np.isfinite(matrix).all() and np.isfinite(gradient).all()):
        return None
    values, directions = np.linalg.eigh(matrix)
    values, directions = values[::-1], directions[:, ::-1]
    largest = float(np.abs(values).max())
    counts = np.abs(values) > FLAT * largest if largest else np.zeros(len(values), bool)
    along = directions.T @ gradient
    newton = directions @ np.where(counts, -along / np.where(counts, values, 1.0), 0.0)
    rate = 2.0 / float(values[0]) if values[0] > 0 else float("inf")
    return Curvature(values, directions, gradient, newton, rate, _place(values, counts, gradient, largest))


def _place(values: Array, counts: Array, gradient: Array, largest: float) -> Place:
    if float(np.linalg.norm(gradient)) > STILL * max(1.0, largest):
        return "slope"
    if largest < STILL:
        return "plateau"
    if (values[counts] > 0).all():
        return "minimum" if counts.all() else "flat valley"
    return "maximum" if counts.all() and (values < 0).all() else "saddle"
