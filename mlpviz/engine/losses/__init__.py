"""The loss functions: the terms of the sum and their gradient side by side, one record each.

Each module lists its own records; the menu begins with the best known ones. A loss is Σ terms / divisor; the divisor
makes it a mean.
"""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.losses.binary import BCE, BCE_WITH_LOGITS, FOCAL
from mlpviz.engine.losses.likelihood import CROSS_ENTROPY, CROSS_ENTROPY_PROBS, LIKELIHOOD
from mlpviz.engine.losses.loss import Loss, TargetKind
from mlpviz.engine.losses.regression import HALF_SSE, MSE, REGRESSION, SUM
from mlpviz.engine.losses.whole_row import WHOLE_ROW
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry

LOSSES: Registry[Loss] = Registry(
    "loss",
    (*REGRESSION, BCE_WITH_LOGITS, BCE, *LIKELIHOOD, FOCAL, *WHOLE_ROW),
    first=(MSE, HALF_SSE, SUM, CROSS_ENTROPY, BCE_WITH_LOGITS, CROSS_ENTROPY_PROBS, BCE),
)

__all__ = ["LOSSES", "Loss", "TargetKind", "one_hot"]


def one_hot(classes: NDArray[np.integer], outputs: int) -> Array:
    """Rows with a 1 at the class number: (N,) integers from 0 -> (N, O).

    Raises ValueError naming the sample (counted from 1) whose class is out of range.
    """
    classes = np.asarray(classes)
    outside = np.flatnonzero((classes < 0) | (classes >= outputs))
    if outside.size:
        sample = int(outside[0])
        raise ValueError(f"target {sample + 1} is class {classes[sample]}, expected a class from 0 to {outputs - 1}")
    return np.eye(outputs)[classes]
