"""Which rows a seed draws: the rows of scikit-learn's train_test_split, KFold and StratifiedKFold, bit for bit.

In NumPy alone, because a browser has no scikit-learn. Its random numbers are those of NumPy's older generator.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def drawn_rows(samples: int, drawn: int, seed: int) -> tuple[Rows, Rows]:
    """The rows that are left and those that are drawn, both in random order."""
    order = _generator(seed).permutation(np.arange(samples, dtype=np.int64))
    return order[drawn:], order[:drawn]


def drawn_of_classes(classes: NDArray[np.int64], drawn: int, seed: int) -> tuple[Rows, Rows]:
    """The same so that both keep the shares of the classes (N,)."""
    rng = _generator(seed)
    _, numbers, counts = np.unique(classes, return_inverse=True, return_counts=True)
    kept = _shares(counts, len(classes) - drawn, rng)
    taken = _shares(counts - kept, drawn, rng)
    left, out = [], []
    for number, count in enumerate(counts):
        rows = np.flatnonzero(numbers == number)[rng.permutation(count)]
        left.append(rows[: kept[number]])
        out.append(rows[kept[number] : kept[number] + taken[number]])
    one, other = (rng.permutation(np.concatenate(part).astype(np.int64)) for part in (left, out))
    return one, other


def fold_numbers(samples: int, count: int, seed: int) -> Rows:
    """The fold of each row (N,), from 0; sizes differ by at most one, and the first folds are the larger ones."""
    order = np.arange(samples, dtype=np.int64)
    _generator(seed).shuffle(order)
    folds = np.empty(samples, np.int64)
    folds[order] = np.sort(np.arange(samples) % count)
    return folds


def fold_numbers_of_classes(classes: NDArray[np.int64], count: int, seed: int) -> Rows:
    """The same so that each fold keeps the shares of the classes (N,)."""
    rng = _generator(seed)
    _, first, numbers = np.unique(classes, return_index=True, return_inverse=True)
    numbers = np.argsort(np.argsort(first))[numbers]  # counted by their first rows
    # the sorted classes are dealt out like cards, which says how many of a class each fold gets
    dealt = np.sort(numbers)
    folds = np.empty(len(classes), np.int64)
    for number in range(len(first)):
        of_class = np.sort(np.flatnonzero(dealt == number) % count)
        rng.shuffle(of_class)
        folds[numbers == number] = of_class
    return folds


def _shares(counts: NDArray[np.int64], drawn: int, rng: np.random.RandomState) -> NDArray[np.int64]:
    """How many of each class are drawn: the shares rounded down, and what is missing by the largest remainders."""
    exact = counts / counts.sum() * drawn
    found = np.floor(exact)
    missing = int(drawn - found.sum())
    remainder = exact - found
    for value in np.unique(remainder)[::-1]:
        if missing == 0:
            break
        equal = np.flatnonzero(remainder == value)
        taken = min(len(equal), missing)
        found[rng.choice(equal, taken, replace=False)] += 1
        missing -= taken
    return found.astype(np.int64)


def _generator(seed: int) -> np.random.RandomState:
    return np.random.RandomState(seed)  # the one that scikit-learn draws with
