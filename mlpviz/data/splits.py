"""Which rows are for training, validation and test: index arrays into a Table, reproducible by a seed.

Stratified splits take the class numbers of the rows; nothing else of them is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.row_draws import Rows, drawn_of_classes, drawn_rows, fold_numbers, fold_numbers_of_classes
from mlpviz.data.table import DataError
from mlpviz.engine.hyperparameters import exact


@dataclass(frozen=True, eq=False)
class RowSplit:
    """Row numbers from 0 of the three parts, read-only; validation and test are empty for a share of 0."""

    train: Rows
    validation: Rows
    test: Rows

    def __post_init__(self) -> None:
        for part in (self.train, self.validation, self.test):
            part.flags.writeable = False


def split(
    samples: int, *, test: float, validation: float, seed: int, classes: NDArray[np.int64] | None = None
) -> RowSplit:
    """The test share of all samples is drawn first, then the validation share of the rest.

    The same as scikit-learn's train_test_split twice with random_state = seed, so test 0.2 and validation 0.25 give
    60 : 20 : 20. A share of 0 leaves that part empty. With `classes` (N,) every part keeps the shares of the classes.
    Raises DataError for a share outside 0 to 1, a part left empty, or a class too small to be in every part.
    """
    for name, share in (("test", test), ("validation", validation)):
        if not 0.0 <= share < 1.0:
            raise DataError(f"the {name} share is {exact(share)}, expected from 0 to below 1")
    if classes is not None:
        _check_length(samples, classes)
        if test or validation:
            _check_members(classes, 1 + (test > 0) + (validation > 0), "stratified parts")
    rest, test_rows = _drawn(np.arange(samples, dtype=np.int64), "test", test, seed, classes)
    train, validation_rows = _drawn(rest, "validation", validation, seed, classes)
    if not train.size:
        raise DataError(f"no sample is left for training of {samples}")
    return RowSplit(train, validation_rows, test_rows)


def _drawn(rows: Rows, name: str, share: float, seed: int, classes: NDArray[np.int64] | None) -> tuple[Rows, Rows]:
    if share == 0.0:
        return rows.copy(), np.empty(0, np.int64)
    drawn = int(np.ceil(share * len(rows)))
    if len(rows) - drawn < 1:
        raise DataError(f"a {name} share of {exact(share)} of {_counted(len(rows))} leaves none for training")
    if classes is None:
        left, out = drawn_rows(len(rows), drawn, seed)
    else:
        kept = classes[rows]
        number = len(np.unique(kept))
        if min(drawn, len(rows) - drawn) < number:
            raise DataError(
                f"a {name} share of {exact(share)} of {_counted(len(rows))} cannot keep the shares of {number} "
                f"classes: it gives {len(rows) - drawn} and {drawn}, expected at least {number} in each part"
            )
        _check_members(kept, 2, f"the {name} part and the rest")
        left, out = drawn_of_classes(kept, drawn, seed)
    return rows[left], rows[out]


def folds(
    samples: int, count: int, seed: int, classes: NDArray[np.int64] | None = None
) -> tuple[tuple[Rows, Rows], ...]:
    """For k-fold cross-validation: (training rows, validation rows) of each fold, every row validated once.

    The same as scikit-learn's shuffled KFold, or StratifiedKFold when `classes` (N,) are given.
    Raises DataError for fewer than two folds, more folds than samples, or than the smallest class has members.
    """
    if count < 2:
        raise DataError(f"{count} folds, expected at least 2")
    if count > samples:
        raise DataError(f"{count} folds of {_counted(samples)}, expected at most as many folds as samples")
    if classes is None:
        number = fold_numbers(samples, count, seed)
    else:
        _check_length(samples, classes)
        _check_members(classes, count, f"{count} stratified folds")
        number = fold_numbers_of_classes(classes, count, seed)
    parts = ((np.flatnonzero(number != fold), np.flatnonzero(number == fold)) for fold in range(count))
    return tuple((train.astype(np.int64), validation.astype(np.int64)) for train, validation in parts)


def _counted(samples: int) -> str:
    return f"{samples} sample{'' if samples == 1 else 's'}"


def _check_length(samples: int, classes: NDArray[np.int64]) -> None:
    if classes.shape != (samples,):
        raise DataError(f"class numbers of shape {classes.shape}, expected one for each of {_counted(samples)}")


def _check_members(classes: NDArray[np.int64], needed: int, what: str) -> None:
    numbers, members = np.unique(classes, return_counts=True)
    if members.size and members.min() < needed:
        smallest = members.argmin()
        raise DataError(
            f"class {numbers[smallest]} has {_counted(int(members[smallest]))}, expected at least {needed} for {what}"
        )
