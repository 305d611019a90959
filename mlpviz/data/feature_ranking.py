"""The two features of a table that best predict its target: the axes that a map shows first."""

from __future__ import annotations

import numpy as np

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
        # here and not above: the import takes a second
        from sklearn.feature_selection import f_classif, r_regression

        # f_classif subtracts sums of squares, which loses digits far from 0
        centred = x[:, varied] - x[:, varied].mean(axis=0)
        if table.task == "values":
            score[varied] = np.square(r_regression(centred, target[:, 0]))
        else:
            # F of a feature that is constant within each class is infinite, or by rounding huge and negative
            with np.errstate(divide="ignore"):
                score[varied] = np.abs(f_classif(centred, target)[0])
    first, second = sorted(np.argsort(-score, kind="stable")[:2].tolist())
    return first, second
