"""Curves of functions with kinks: where to compute them, and where their lines are broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mlpviz.engine.parameters import Array

POINTS = 241
_BESIDE = 1e-9
"""how near to a kink its two sides are taken, in parts of the range"""


def grid(low: float, high: float, kinks: Sequence[float] = (), points: int = POINTS) -> Array:
    """Places from low to high (n,), in order, with both sides of each kink and the kink between them."""
    beside = _BESIDE * (high - low)
    inside = [kink for kink in kinks if low < kink < high]
    sides = [place for kink in inside for place in (kink - beside, kink, kink + beside)]
    return np.unique(np.concatenate([np.linspace(low, high, points), sides]))


def broken(z: Array, values: Array, kinks: Sequence[float]) -> Array:
    """The values with a gap at each kink across which they jump: a curve has no upright lines."""
    found = np.array(values, dtype=float)
    for kink in kinks:
        at = int(np.searchsorted(z, kink))
        if 0 < at < len(z) - 1 and z[at] == kink and abs(found[at + 1] - found[at - 1]) > 1e-6:
            found[at] = np.nan
    return found


def beside(function: Callable[[Array], Array], place: float) -> tuple[float, float]:
    """A function just left and just right of a place."""
    step = _BESIDE * max(1.0, abs(place))
    left, right = function(np.array([place - step, place + step]))
    return float(left), float(right)


def stretches(z: Array, holds: Array) -> list[tuple[float, float]]:
    """The stretches of z on which a condition holds, each as its two ends."""
    found: list[tuple[float, float]] = []
    start: float | None = None
    for place, is_so in zip(z.tolist(), holds.tolist(), strict=True):
        if is_so and start is None:
            start = place
        if not is_so and start is not None:
            found.append((start, place))
            start = None
    if start is not None:
        found.append((start, float(z[-1])))
    return found
