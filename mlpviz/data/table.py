"""A table of samples, and an entry of the registry of data sets: one frozen record each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.hyperparameters import Configurable

Task = Literal["classes", "values"]


class DataError(ValueError):
    """Data that cannot be used; one sentence names the place, what was found and what was expected."""


@dataclass(frozen=True, eq=False)
class Table:
    """Samples to learn from: features x (N, I) beside the target, all read-only copies.

    Features are float64; bytes stay bytes, so that pictures take an eighth of the memory.
    The target is class numbers (N,) int64 that count from 0 along `class_names`, or values (N, O) float64.
    `image_shape` is (height, width), whose product is I, when a row is a picture. The last `own_test` rows are what the
    source itself calls its test set. Rows and columns count from 1 in messages.
    Raises DataError when shapes, names or numbers do not fit, or a number is NaN or infinite.
    """

    x: NDArray[Any]
    target: NDArray[Any]
    task: Task
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    own_test: int = 0
    headings: tuple[str, ...] = ()
    """of all columns of the file that the table was read from; empty without a file"""

    def __post_init__(self) -> None:
        if self.task not in ("classes", "values"):
            raise DataError(f"task is {self.task!r}, expected 'classes' or 'values'")
        object.__setattr__(self, "feature_names", tuple(self.feature_names))
        object.__setattr__(self, "class_names", tuple(self.class_names))
        x = frozen(self.x, np.uint8 if getattr(self.x, "dtype", None) == np.uint8 else np.float64)
        if x.ndim != 2 or not x.size:
            raise DataError(f"x has shape {x.shape}, expected samples × features, at least one of each")
        if len(self.feature_names) != x.shape[1]:
            raise DataError(f"{len(self.feature_names)} feature names for {x.shape[1]} features")
        _check_finite(x, self.feature_names)
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "target", self._classes() if self.task == "classes" else self._values())
        if not 0 <= self.own_test < len(x):
            raise DataError(f"own_test is {self.own_test}, expected 0 to {len(x) - 1} of {len(x)} rows")
        if self.image_shape is not None and self.image_shape[0] * self.image_shape[1] != x.shape[1]:
            height, width = self.image_shape
            raise DataError(f"pictures of {height} × {width} have {height * width} pixels, but x has {x.shape[1]}")

    def _classes(self) -> NDArray[np.int64]:
        given = np.asarray(self.target)
        if given.shape != (len(self.x),):
            raise DataError(f"the target has shape {given.shape}, expected one class number for each of {len(self.x)}")
        if not np.issubdtype(given.dtype, np.integer):
            raise DataError(f"the target holds {given.dtype}, expected class numbers")
        classes = len(self.class_names)
        wrong = np.flatnonzero((given < 0) | (given >= classes))
        if wrong.size:
            raise DataError(
                f"row {wrong[0] + 1} is of class {given[wrong[0]]}, expected a whole number from 0 below {classes}"
            )
        return frozen(given, np.int64)

    def _values(self) -> NDArray[np.float64]:
        target = frozen(self.target, np.float64)
        if target.ndim != 2 or len(target) != len(self.x) or not target.size:
            raise DataError(f"the target has shape {target.shape}, expected {len(self.x)} samples × outputs")
        _check_finite(target, tuple(f"target {output + 1}" for output in range(target.shape[1])))
        if self.class_names:
            raise DataError("a table of values has class names, expected none")
        return target

    @property
    def samples(self) -> int:
        """N."""
        return len(self.x)

    @property
    def outputs(self) -> int:
        """O: the number of classes, or of values per sample."""
        return len(self.class_names) if self.task == "classes" else int(self.target.shape[1])


def frozen(values: Any, dtype: type) -> NDArray[Any]:
    """A read-only copy, so that the caller's own array stays writable; a read-only array is taken without a copy.

    Raises DataError for what is no array.
    """
    if isinstance(values, np.ndarray) and values.dtype == dtype and values.base is None and not values.flags.writeable:
        return values
    try:
        array: NDArray[Any] = np.array(values, dtype)
    except (TypeError, ValueError):
        raise DataError(f"expected numbers in rows of equal length, got {type(values).__name__}") from None
    array.flags.writeable = False
    return array


def _check_finite(values: NDArray[np.float64], names: Sequence[str]) -> None:
    # minimum and maximum need no mask as large as the data
    if values.size and not (np.isfinite(values.min()) and np.isfinite(values.max())):
        row, column = np.argwhere(~np.isfinite(values))[0]
        raise DataError(f"row {row + 1}, {names[column]} is {values[row, column]}, expected a finite number")


@dataclass(frozen=True, eq=False, kw_only=True)
class DataSet(Configurable):
    """A data set of the registry: name, what it teaches, source, and how it is made.

    `make(rng)` gives the Table; measured data do not use the Generator.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("make",)

    key: str
    label: str
    task: Task
    sentence: str
    source: str
    make: Callable[..., Table]
