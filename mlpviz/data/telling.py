"""Which two features of a table say most about its target: what a picture of the plane should show first.

Refuses to choose for the network; it learns from all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.record import Table

ROWS = 2_000
"""Samples that are looked at, evenly picked."""


def telling_features(table: Table) -> tuple[int, int]:
    """The numbers of two features, from 0, the smaller one first; of one feature (0, 0).

    For classes the share of a feature's variance that lies between the classes, for values its squared correlation
    with the first of them.
    """
    features = table.x.shape[1]
    if features <= 2:
        return 0, features - 1
    step = -(-table.samples // ROWS)
    x, target = table.x[::step], table.target[::step]
    said = _between(x, target) if table.task == "classes" else _correlation(x, target[:, 0])
    first, second = sorted(np.argsort(-said, kind="stable")[:2].tolist())
    return first, second


def _between(x: NDArray[np.float64], classes: NDArray[np.int64]) -> NDArray[np.float64]:
    middle = x.mean(axis=0)
    between = sum(
        (classes == number).sum() * np.square(x[classes == number].mean(axis=0) - middle)
        for number in np.unique(classes)
    )
    whole = np.square(x - middle).sum(axis=0)
    return np.where(whole > 0, between / np.where(whole > 0, whole, 1.0), 0.0)


def _correlation(x: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    x, values = x - x.mean(axis=0), values - values.mean()
    whole = np.square(x).sum(axis=0) * np.square(values).sum()
    return np.where(whole > 0, np.square(values @ x) / np.where(whole > 0, whole, 1.0), 0.0)
