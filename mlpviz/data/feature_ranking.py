"""The two features of a table that best predict its target: the axes that a map shows first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import Table
from mlpviz.engine.thinning import every_nth

ROWS = 2_000
"""Samples that are measured, evenly spaced."""


def best_two_features(table: Table) -> tuple[int, int]:
    """The numbers of two features, from 0, the smaller one first; for a single feature (0, 0).

    Ranked for classes by F value, for values by squared correlation with the first target; constant features come last.
    """
    features = table.x.shape[1]
    if features <= 2:
        return 0, features - 1
    some = every_nth(table.samples, ROWS)
    x, target = table.x[some], table.target[some]
    score = np.zeros(features)
    varied = np.flatnonzero(np.ptp(x, axis=0) > 0)
    groups = len(np.unique(target))
    # F is not defined for one class, nor for as many classes as samples
    if varied.size and groups > 1 and (table.task == "values" or groups < len(target)):
        centred = x[:, varied] - x[:, varied].mean(axis=0)  # sums of squares lose digits far from 0
        # a feature that is constant within each class is infinitely good
        with np.errstate(all="ignore"):
            score[varied] = (_correlation if table.task == "values" else _f_value)(centred, target)
    first, second = sorted(np.argsort(-score, kind="stable")[:2].tolist())
    return first, second


def _correlation(centred: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """The squared correlation of each feature (N, I) with the first target."""
    first = target[:, 0] - target[:, 0].mean()
    return np.square(first @ centred) / np.square(centred).sum(axis=0) / np.square(first).sum()


def _f_value(centred: NDArray[np.float64], classes: NDArray[np.int64]) -> NDArray[np.float64]:
    """The spread between the means of the classes over that within them; F but for a factor that all features share."""
    members = [centred[classes == number] for number in np.unique(classes)]
    between = sum(len(each) * np.square(each.mean(axis=0)) for each in members)
    within = sum(np.square(each - each.mean(axis=0)).sum(axis=0) for each in members)
    return np.asarray(between / within)
