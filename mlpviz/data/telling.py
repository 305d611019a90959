"""Which two features of a table say most about its target: what a picture of the plane should show first.

Refuses to choose for the network; it learns from all of them.
"""

from __future__ import annotations

import numpy as np

from mlpviz.data.table import Table
from mlpviz.engine.thinning import every_nth

ROWS = 2_000
"""Samples that are looked at, evenly picked."""


def telling_features(table: Table) -> tuple[int, int]:
    """The numbers of two features, from 0, the smaller one first; of one feature (0, 0).

    For classes by the F value of a feature, for values by its squared correlation with the first of them; a feature
    that never changes says nothing.
    """
    features = table.x.shape[1]
    if features <= 2:
        return 0, features - 1
    some = every_nth(table.samples, ROWS)
    x, target = table.x[some], table.target[some]
    said = np.zeros(features)
    varied = np.flatnonzero(np.ptp(x, axis=0) > 0)
    groups = len(np.unique(target))
    # with one class nothing parts them, with as many classes as samples everything does
    if varied.size and groups > 1 and (table.task == "values" or groups < len(target)):
        # here and not above: the import takes a second
        from sklearn.feature_selection import f_classif, r_regression

        # f_classif subtracts sums of squares: that loses digits far from 0
        centred = x[:, varied] - x[:, varied].mean(axis=0)
        if table.task == "values":
            said[varied] = np.square(r_regression(centred, target[:, 0]))
        else:
            # of a feature that parts the classes without an exception F is infinite, or by rounding huge and negative
            with np.errstate(divide="ignore"):
                said[varied] = np.abs(f_classif(centred, target)[0])
    first, second = sorted(np.argsort(-said, kind="stable")[:2].tolist())
    return first, second
