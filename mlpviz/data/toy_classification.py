"""Points in the plane of two or more classes, drawn from an explicit Generator.

Normal noise is added to both coordinates, which does not change the class. Classes have equal numbers of samples, give
or take one, in random order.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataSet, Table
from mlpviz.engine.hyperparameters import Hyperparameter

Points = Callable[[np.random.Generator, NDArray[np.int64]], NDArray[np.float64]]
"""From class numbers (N,) to points (N, 2), before the noise."""

PLAYGROUND = "after TensorFlow Playground, dataset.ts"
BOARD = "XOR on four times as many squares"
SCIKIT = "after scikit-learn, sklearn.datasets"

# centers of the blobs, far enough apart that a noise of 0.3 leaves them clear
_BLOBS = np.array([[0.0, 1.2], [-1.04, -0.6], [1.04, -0.6]])


def circles(rng: np.random.Generator, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """Class 0 on the unit circle, class 1 on one of half the radius."""
    angle = rng.uniform(0.0, 2.0 * np.pi, label.shape)
    return np.where(label == 0, 1.0, 0.5)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


def moons(rng: np.random.Generator, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """Two interleaving half circles."""
    angle = rng.uniform(0.0, np.pi, label.shape)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    return np.where(label[:, None] == 0, upper, [1.0, 0.5] - upper)


def spirals(rng: np.random.Generator, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """Two arms of 1¾ turns, 180° apart."""
    length = rng.uniform(0.05, 1.0, label.shape)
    angle = 3.5 * np.pi * length + np.pi * label
    return length[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])


def gaussian(_: np.random.Generator, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """The two centers (1, 1) and (−1, −1): all spread is the noise."""
    return np.where(label[:, None] == 0, [1.0, 1.0], [-1.0, -1.0])


def blobs(_: np.random.Generator, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """Three centers at the corners of a triangle: all spread is the noise."""
    return _BLOBS[label]


def squares(side: int) -> Points:
    """A checkerboard of side × side squares over −1 to 1 whose colours are the classes; a side of 2 is XOR."""

    def points(rng: np.random.Generator, label: NDArray[np.int64]) -> NDArray[np.float64]:
        column = rng.integers(0, side, label.shape)
        # one colour has every second row of a column, from 0 or 1 on
        row = 2 * rng.integers(0, side // 2, label.shape) + (column + label) % 2
        # a margin of 5 % keeps points without noise off the borders
        inside = rng.uniform(0.05, 0.95, (len(label), 2))
        return (np.column_stack([column, row]) + inside) * (2.0 / side) - 1.0

    return points


def _toy(key: str, label: str, points: Points, noise: float, sentence: str, source: str, classes: int = 2) -> DataSet:
    def make(rng: np.random.Generator, *, samples: int, noise: float) -> Table:
        target = rng.permutation(np.arange(samples) % classes)
        place = points(rng, target)
        x = place + noise * rng.standard_normal(place.shape)
        return Table(x, target, "classes", ("x₁", "x₂"), tuple(f"class {number}" for number in range(classes)))

    hyperparameters = (
        Hyperparameter("samples", "samples", 200, 10, 5000, "int", "How many points, all classes together."),
        Hyperparameter(
            "noise", "noise", noise, 0.0, 1.0, sentence="Standard deviation of the scatter of each coordinate."
        ),
    )
    return DataSet(
        key=key,
        label=label,
        task="classes",
        sentence=sentence,
        source=source,
        hyperparameters=hyperparameters,
        make=make,
    )


TOYS: tuple[DataSet, ...] = (
    _toy("xor", "XOR", squares(2), 0.0, "Opposite corners belong together: no single line divides them.", PLAYGROUND),
    _toy("circles", "circles", circles, 0.05, "A ring around a ring: the border has to close.", SCIKIT),
    _toy("moons", "moons", moons, 0.1, "Two half circles that reach into each other.", SCIKIT),
    _toy("spirals", "spirals", spirals, 0.02, "Two arms wound together: needs depth or patience.", PLAYGROUND),
    _toy("blobs", "three blobs", blobs, 0.3, "Three clouds, one class each: the smallest softmax.", SCIKIT, classes=3),
    _toy("gaussian", "two Gaussians", gaussian, 0.5, "Two clouds that a single line divides.", PLAYGROUND),
    _toy("checkerboard", "checkerboard", squares(4), 0.0, "Sixteen squares in two colours: many borders.", BOARD),
)
