"""Scaling of features: fitted to the training rows, then applied to all rows.

The caller passes the training rows only: test rows must not influence the scaling.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError, frozen
from mlpviz.engine.expressions import Expression, FormulaLine, Rewritten, Symbol, cases, equal, over_samples, sqrt
from mlpviz.engine.registry import Registry

_CHUNK = 4096
"""rows that are computed at once"""
_NAMED = 5
"""features that a note names"""


@dataclass(frozen=True, eq=False)
class Scaling:
    """A fitted scaling: x becomes (x − offset) / scale, both (I,), read-only, scale never 0.

    `constant` are the numbers, from 0, of the features with one value only; their scale is 1.
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

    def apply(self, x: Any, dtype: Any = np.float64) -> NDArray[Any]:
        """Scaled features of (N, I) or one sample (I,), computed in float64 and kept as `dtype`.

        Raises DataError for another number of features.
        """
        x = self._fitting(x)
        if x.ndim == 1:
            return ((x - self.offset) / self.scale).astype(dtype)
        scaled = np.empty(x.shape, dtype)
        for start in range(0, len(x), _CHUNK):  # so that the whole table never exists in float64
            piece = slice(start, start + _CHUNK)
            scaled[piece] = (x[piece] - self.offset) / self.scale
        return scaled

    def invert(self, x: Any) -> NDArray[np.float64]:
        """The unscaled features from scaled ones. Raises DataError as `apply` does."""
        return np.asarray(self._fitting(x) * self.scale + self.offset, np.float64)

    def _fitting(self, x: Any) -> NDArray[Any]:
        x = np.asarray(x)
        if x.shape[-1:] != self.offset.shape:
            raise DataError(f"x has shape {x.shape}, expected {len(self.offset)} features as in the fit")
        return x

    def note(self, feature_names: tuple[str, ...]) -> str:
        """One sentence that names the constant features; empty when there are none."""
        names = ", ".join(feature_names[feature] for feature in self.constant[:_NAMED])
        if not names:
            return ""
        if len(self.constant) > _NAMED:
            names += f" and {len(self.constant) - _NAMED} more"
        verb = "has" if len(self.constant) == 1 else "have"
        return f"{names} {verb} the same value in every training row, so the scale is left at 1."


Measured = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Scaler:
    """A way of scaling: `measure(x)` gives offset and scale, (I,) each, of the training rows (N, I).

    `formula` is its line, of x and of the training rows x_n.
    """

    key: str
    label: str
    formula: FormulaLine
    sentence: str
    sklearn: str
    measure: Callable[[NDArray[Any]], Measured]
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    @property
    def numpy_lines(self) -> tuple[str, ...]:
        """Lines in NumPy that make `scaled` from `x` and the training rows `x_train`."""
        return self.formula.code("numpy")

    @property
    def sklearn_code(self) -> str:
        """The line in scikit-learn, of the same names; empty if there is none."""
        return self.sklearn and f"scaled = sklearn.preprocessing.{self.sklearn}().fit(x_train).transform(x)"

    def fit(self, x: Any) -> Scaling:
        """The Scaling of these training rows (N, I). Raises DataError without rows or with a number not finite."""
        x = np.asarray(x)
        if x.ndim != 2 or not x.size or not np.isfinite(x).all():
            raise DataError(f"training rows of shape {x.shape}, expected samples × features, all finite")
        constant = np.ptp(x, axis=0) == 0
        offset, scale = self.measure(x)
        numbers = tuple(int(feature) for feature in np.flatnonzero(constant))
        return Scaling(offset, np.where(constant, 1.0, scale), numbers)


def _none(x: NDArray[Any]) -> Measured:
    return np.zeros(x.shape[1]), np.ones(x.shape[1])


def _standard(x: NDArray[Any]) -> Measured:
    """As scikit-learn's StandardScaler, bit for bit: variances by Chan, Golub and LeVeque, joined piece by piece."""
    # a float64 copy of a whole table of bytes would be eight times as large
    length = len(x) if x.dtype == np.float64 else _CHUNK
    count, mean, variance = 0.0, np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for start in range(0, len(x), length):
        piece = x[start : start + length].astype(np.float64, copy=False)
        added, before, total = float(len(piece)), mean * count, piece.sum(axis=0)
        away = piece - total / added
        correction = away.sum(axis=0)
        squares = np.square(away).sum(axis=0) - correction**2 / added
        both = count + added
        if count:
            share = count / added
            squares = variance * count + squares + share / both * (before / share - total) ** 2
        count, mean, variance = both, (before + total) / both, squares / both
    # a variance within its own rounding is none
    rounding = np.finfo(np.float64).eps
    nothing = variance <= count * rounding * variance + (count * mean * rounding) ** 2
    # the mean of equal numbers can differ from them by rounding: the number itself gives an exact 0
    return np.where(np.ptp(x, axis=0) == 0, x[0], mean), np.where(nothing, 1.0, np.sqrt(variance))


def _min_max(x: NDArray[Any]) -> Measured:
    low, high = x.min(axis=0).astype(np.float64), x.max(axis=0).astype(np.float64)
    return low, high - low


X, ROWS, SCALED = Symbol("x", "x"), Symbol("x_n", "x_train"), Symbol(r"\tilde{x}", "scaled")
"""Any row, the training rows, and the scaled row."""
_MU, _SIGMA = Symbol(r"\mu", "mu"), Symbol(r"\sigma", "sigma")
_LOW, _HIGH = Symbol(r"x_{\min}", "low"), Symbol(r"x_{\max}", "high")


def _or_one(scale: Expression) -> Expression:
    """The scale of a feature; 1 for one that has the same value everywhere."""
    constant = equal(over_samples("max", ROWS), over_samples("min", ROWS))
    return Rewritten(scale, cases((1, constant), otherwise=scale))


SCALERS: Registry[Scaler] = Registry(
    "scaler",
    (
        Scaler("none", "none", FormulaLine(SCALED, X), "Features as they are.", "", _none),
        Scaler(
            "standard",
            "standard",
            FormulaLine(
                SCALED,
                (X - _MU) / _SIGMA,
                (
                    FormulaLine(_MU, over_samples("mean", ROWS)),
                    FormulaLine(_SIGMA, _or_one(sqrt(over_samples("mean", (ROWS - _MU) ** 2)))),
                ),
            ),
            "Mean 0 and standard deviation 1, with 1 / N under the root.",
            "StandardScaler",
            _standard,
            aliases=("StandardScaler", "z-score"),
        ),
        Scaler(
            "min_max",
            "min–max",
            FormulaLine(
                SCALED,
                (X - _LOW) / _or_one(_HIGH - _LOW),
                (FormulaLine(_LOW, over_samples("min", ROWS)), FormulaLine(_HIGH, over_samples("max", ROWS))),
            ),
            "From 0 to 1; later rows may lie outside.",
            "MinMaxScaler",
            _min_max,
            aliases=("MinMaxScaler",),
        ),
    ),
)
