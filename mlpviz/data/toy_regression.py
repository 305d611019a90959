"""Curves to learn: one feature, one value, evenly spaced over an interval, with scatter on the value only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError, DataSet, Table
from mlpviz.engine.hyperparameters import Hyperparameter

ToyCurve = Callable[[NDArray[np.float64]], NDArray[np.float64]]


SAMPLES = Hyperparameter("samples", "samples", 100, 10, 5000, "int", "How many points, evenly along x.")
NOISE = Hyperparameter("noise", "noise", 0.0, 0.0, 1.0, sentence="Standard deviation of the scatter of y.")


def sampled(curve: ToyCurve, low: float, high: float, samples: int, noise: float, rng: np.random.Generator) -> Table:
    """Points of a curve, evenly from low to high, with a normal scatter of y."""
    x = np.linspace(low, high, samples)[:, None]
    return Table(x, curve(x) + noise * rng.standard_normal(x.shape), "values", ("x",))


def through(points: Sequence[tuple[float, float]]) -> ToyCurve:
    """The curve of straight lines through drawn points (x, y), in the order of x; equal x take their mean y.

    Raises DataError for fewer than two places.
    """
    x, y = np.asarray(points, np.float64).reshape(-1, 2).T
    places, which = np.unique(x, return_inverse=True)
    if len(places) < 2:
        raise DataError("the drawn curve has 1 place along x, expected at least 2")
    heights = np.bincount(which, y) / np.bincount(which)
    return lambda at: np.interp(at, places, heights)


def _function(key: str, label: str, curve: ToyCurve, low: float, high: float, sentence: str, source: str) -> DataSet:
    def make(rng: np.random.Generator, *, samples: int, noise: float) -> Table:
        return sampled(curve, low, high, samples, noise, rng)

    hyperparameters = (replace(SAMPLES, sentence=f"How many points, evenly from {low:g} to {high:g}."), NOISE)
    return DataSet(
        key=key,
        label=label,
        task="values",
        sentence=sentence,
        source=source,
        hyperparameters=hyperparameters,
        make=make,
    )


FUNCTIONS: tuple[DataSet, ...] = (
    _function("sine", "sine", np.sin, -np.pi, np.pi, "One wave: bends both ways.", "y = sin(x)"),
    _function(
        "step", "step", lambda x: np.where(x < 0, 0.0, 1.0), -1.0, 1.0,
        "A jump: continuous units can only come close.", "y = 0 below 0, then 1",
    ),
    _function("abs", "absolute value", np.abs, -1.0, 1.0, "One corner: two ReLU units are enough.", "y = |x|"),
    _function(
        "polynomial", "polynomial", lambda x: x**3 - x, -1.5, 1.5,
        "A cubic: two turns, and steep at both ends.", "y = x³ − x",
    ),
    # NumPy's sinc has the π in it: sin(πx) / (πx)
    _function("sinc", "sinc", np.sinc, -4.0, 4.0, "A peak with ripples that fade.", "y = sin(πx) / (πx)"),
    _function(
        "sawtooth", "sawtooth", lambda x: 2.0 * (x - np.floor(x)) - 1.0, -1.5, 1.5,
        "Ramps with jumps between them.", "y = 2 (x − ⌊x⌋) − 1",
    ),
)  # fmt: skip
