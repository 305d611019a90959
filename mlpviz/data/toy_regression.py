"""Values to learn: curves over an interval (one feature) and surfaces over the plane (two), with noise on the value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError, DataSet, Table
from mlpviz.engine.hyperparameters import Hyperparameter, exact

ToyCurve = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From x (N, 1) to y (N, 1)."""

SAMPLES = Hyperparameter("samples", "samples", 100, 10, 5000, "int", "How many points, evenly along x.")
NOISE = Hyperparameter("noise", "noise", 0.0, 0.0, 1.0, sentence="Standard deviation of the scatter of y.")


def sampled(curve: ToyCurve, low: float, high: float, samples: int, noise: float, rng: np.random.Generator) -> Table:
    """Points of a curve, evenly from low to high, with normal noise added to y."""
    x = np.linspace(low, high, samples)[:, None]
    return Table(x, curve(x) + noise * rng.standard_normal(x.shape), "values", ("x",))


def through(points: Sequence[tuple[float, float]]) -> ToyCurve:
    """The curve of straight lines through drawn points (x, y), in the order of x; the y of equal x are averaged.

    Raises DataError for fewer than two different x.
    """
    x, y = np.asarray(points, np.float64).reshape(-1, 2).T
    places, which = np.unique(x, return_inverse=True)
    if len(places) < 2:
        raise DataError("the drawn curve has 1 place along x, expected at least 2")
    heights = np.bincount(which, y) / np.bincount(which)
    return lambda at: np.interp(at, places, heights)


def _end(place: float) -> str:
    return {np.pi: "π", -np.pi: "−π"}.get(place, exact(place))


def _curve(key: str, label: str, curve: ToyCurve, low: float, high: float, sentence: str, source: str) -> DataSet:
    def make(rng: np.random.Generator, *, samples: int, noise: float) -> Table:
        return sampled(curve, low, high, samples, noise, rng)

    hyperparameters = (replace(SAMPLES, sentence=f"How many points, evenly from {_end(low)} to {_end(high)}."), NOISE)
    return DataSet(
        key=key,
        label=label,
        task="values",
        sentence=sentence,
        source=source,
        hyperparameters=hyperparameters,
        make=make,
    )


CURVES: tuple[DataSet, ...] = (
    _curve("sine", "sine", np.sin, -np.pi, np.pi, "One wave: bends both ways.", "y = sin(x)"),
    _curve(
        "step", "step", lambda x: np.where(x < 0, 0.0, 1.0), -1.0, 1.0,
        "A jump: continuous units can only come close.", "y = 0 below 0, then 1",
    ),
    _curve("abs", "absolute value", np.abs, -1.0, 1.0, "One corner: two ReLU units are enough.", "y = |x|"),
    _curve(
        "polynomial", "polynomial", lambda x: x**3 - x, -1.5, 1.5,
        "A cubic: two turns, and steep at both ends.", "y = x³ − x",
    ),
    # NumPy's sinc has the π in it: sin(πx) / (πx)
    _curve("sinc", "sinc", np.sinc, -4.0, 4.0, "A peak with ripples that fade.", "y = sin(πx) / (πx)"),
    _curve(
        "sawtooth", "sawtooth", lambda x: 2.0 * (x - np.floor(x)) - 1.0, -1.5, 1.5,
        "Ramps with jumps between them.", "y = 2 (x − ⌊x⌋) − 1",
    ),
)  # fmt: skip


Surface = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From points (N, 2) to values (N,)."""

PLAYGROUND = "after TensorFlow Playground, dataset.ts, on a square of −1 to 1"

# centers of the cones and whether they point up or down; 2 by 3 of them, each a third of the square wide
_CENTERS = np.array([[-2 / 3, 5 / 12], [0, 5 / 12], [2 / 3, 5 / 12], [-2 / 3, -5 / 12], [0, -5 / 12], [2 / 3, -5 / 12]])
_SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
_REACH = 1 / 3


def slope(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """A plane that rises along the diagonal, from −1 to 1."""
    return np.asarray(x.mean(axis=1))


def cones(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nearest of six cones, up and down in turn: 1 or −1 at its center and 0 from a distance of 1/3 on."""
    far = np.linalg.norm(x[:, None] - _CENTERS, axis=2)
    nearest = far.argmin(axis=1)
    return np.asarray(_SIGNS[nearest] * np.clip(1.0 - far.min(axis=1) / _REACH, 0.0, 1.0))


def _surface(key: str, label: str, surface: Surface, samples: int, sentence: str) -> DataSet:
    def make(rng: np.random.Generator, *, samples: int, noise: float) -> Table:
        x = rng.uniform(-1.0, 1.0, (samples, 2))
        y = surface(x) + noise * rng.standard_normal(samples)
        return Table(x, y[:, None], "values", ("x₁", "x₂"))

    hyperparameters = (
        Hyperparameter(
            "samples", "samples", samples, 10, 5000, "int", "How many points, spread evenly over the square."
        ),
        Hyperparameter("noise", "noise", 0.0, 0.0, 1.0, sentence="Standard deviation of the scatter of y."),
    )
    return DataSet(
        key=key,
        label=label,
        task="values",
        sentence=sentence,
        source=PLAYGROUND,
        hyperparameters=hyperparameters,
        make=make,
    )


SURFACES: tuple[DataSet, ...] = (
    _surface(
        "slope", "slope (values over the plane)", slope, 200, "A tilted plane: one unit without a bend is enough."
    ),
    _surface(
        "cones", "cones (values over the plane)", cones, 400, "Six cones, up and down in turn: bumps to be built."
    ),
)
