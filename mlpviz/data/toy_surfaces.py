"""Values over the plane: two features, one value, points spread evenly, with scatter on the value only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataSet, Table
from mlpviz.engine.hyperparameters import Hyperparameter

Surface = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From points (N, 2) to values (N,)."""

PLAYGROUND = "after TensorFlow Playground, dataset.ts, on a square of −1 to 1"

# middles of the cones and which way they point; 2 by 3 of them, as wide as a third of the square
_TOPS = np.array([[-2 / 3, 5 / 12], [0, 5 / 12], [2 / 3, 5 / 12], [-2 / 3, -5 / 12], [0, -5 / 12], [2 / 3, -5 / 12]])
_SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
_REACH = 1 / 3


def slope(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """A plane that rises along the diagonal, from −1 to 1."""
    return np.asarray(x.mean(axis=1))


def cones(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of six cones, up and down in turn, the one that is nearest: 1 or −1 at its top and 0 from a third away on."""
    far = np.linalg.norm(x[:, None] - _TOPS, axis=2)
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
