"""How features are brought to a common size: measured on the training rows, then applied to all rows alike.

Refuses to know which rows are for training; the test rows must not have a say in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.record import DataError, frozen
from mlpviz.engine.registry import Registry


@dataclass(frozen=True, eq=False)
class Scaling:
    """What was measured: x becomes (x − offset) / scale, both (I,), read-only, scale never 0.

    `constant` are the numbers, from 0, of the features with one value only; they keep their scale of 1.
    """

    offset: NDArray[np.float64]
    scale: NDArray[np.float64]
    constant: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "offset", frozen(self.offset, np.float64))
        object.__setattr__(self, "scale", frozen(self.scale, np.float64))
        if self.offset.ndim != 1 or self.offset.shape != self.scale.shape:
            raise DataError(f"offset {self.offset.shape} and scale {self.scale.shape}, expected one number per feature")
        if not (np.isfinite(self.offset).all() and np.isfinite(self.scale).all() and self.scale.all()):
            raise DataError("offset and scale hold a number that is not finite, or a scale of 0")

    def apply(self, x: Any) -> NDArray[np.float64]:
        """Scaled features of (N, I) or one sample (I,). Raises DataError for another number of features."""
        return (self._fitting(x) - self.offset) / self.scale

    def invert(self, x: Any) -> NDArray[np.float64]:
        """The features as they were, from scaled ones. Raises DataError as `apply` does."""
        return self._fitting(x) * self.scale + self.offset

    def _fitting(self, x: Any) -> NDArray[np.float64]:
        x = np.asarray(x, np.float64)
        if x.shape[-1:] != self.offset.shape:
            raise DataError(f"x has shape {x.shape}, expected {len(self.offset)} features as in the fit")
        return x

    def note(self, feature_names: tuple[str, ...]) -> str:
        """One sentence that names the constant features; empty when there are none."""
        names = ", ".join(feature_names[feature] for feature in self.constant)
        if not names:
            return ""
        verb = "has" if len(self.constant) == 1 else "have"
        return f"{names} {verb} the same value in every training row, so the scale is left at 1."


Measured = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Scaler:
    """A way of scaling: `measure(x)` gives offset and scale, (I,) each, of the training rows (N, I)."""

    key: str
    label: str
    latex: str
    sentence: str
    sklearn: str
    measure: Callable[[NDArray[np.float64]], Measured]

    def fit(self, x: Any) -> Scaling:
        """The Scaling of these training rows (N, I). Raises DataError without rows or with a number not finite."""
        x = np.asarray(x, np.float64)
        if x.ndim != 2 or not x.size or not np.isfinite(x).all():
            raise DataError(f"training rows of shape {x.shape}, expected samples × features, all finite")
        constant = np.ptp(x, axis=0) == 0
        offset, scale = self.measure(x)
        numbers = tuple(int(feature) for feature in np.flatnonzero(constant))
        return Scaling(offset, np.where(constant, 1.0, scale), numbers)


def _none(x: NDArray[np.float64]) -> Measured:
    return np.zeros(x.shape[1]), np.ones(x.shape[1])


def _standard(x: NDArray[np.float64]) -> Measured:
    from sklearn.preprocessing import StandardScaler

    found = StandardScaler().fit(x)
    # the mean of equal numbers can miss them by one rounding: the number itself gives an exact 0
    return np.where(np.ptp(x, axis=0) == 0, x[0], found.mean_), found.scale_


def _min_max(x: NDArray[np.float64]) -> Measured:
    from sklearn.preprocessing import MinMaxScaler

    found = MinMaxScaler().fit(x)
    return found.data_min_, found.data_max_ - found.data_min_


SCALERS: Registry[Scaler] = Registry(
    "scaler",
    (
        Scaler("none", "none", "x", "Features as they are.", "", _none),
        Scaler(
            "standard", "standard", r"\frac{x - \mu}{\sigma}",
            "Mean 0 and standard deviation 1, with 1 / N under the root.", "StandardScaler", _standard,
        ),
        Scaler(
            "min_max", "min–max", r"\frac{x - \min}{\max - \min}",
            "From 0 to 1; later rows may lie outside.", "MinMaxScaler", _min_max,
        ),
    ),
)  # fmt: skip
