"""Which class a network's outputs stand for: the largest output, or which side of a threshold a single one is on.

Refuses to judge whether the class is right; `metrics.py` does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec


class Decision(NamedTuple):
    """How outputs y (..., N, O) and targets t (N, O) are read as class numbers from 0 to `classes` - 1.

    With one output, class 1 is above the threshold and class 0 at or below it, as scikit-learn decides.
    """

    classes: int
    output: float = 0.0
    """the threshold of y"""
    target: float = 0.0
    """the threshold of t"""

    def predicted(self, y: Array) -> NDArray[np.intp]:
        """The classes (..., N) that outputs y (..., N, O) stand for."""
        return _read(y, self.output)

    def true(self, t: Array) -> NDArray[np.intp]:
        """The classes (..., N) of targets t (..., N, O); of probabilities the likeliest."""
        return _read(t, self.target)


def class_decision(spec: NetworkSpec) -> Decision | None:
    """How this network decides between classes; None if its outputs are values, not classes.

    Several outputs are one class each, also under a loss that judges each by itself (bce, hinge). A loss on values
    decides where the last activation has two ends or makes probabilities, as in a classifier trained with mse.
    """
    loss, last = spec.loss, spec.layers[-1].activation
    several, threshold = spec.outputs > 1, last.threshold
    match loss.target:
        case "classes":
            return Decision(spec.outputs)
        case "probabilities" | "signs" if several:
            return Decision(spec.outputs)
        case "probabilities":
            # logits are cut where their probability is one half
            return Decision(2, 0.0 if loss.probabilities else 0.5, 0.5)
        case "signs":
            return Decision(2)
        case "values" if (not last.elementwise and last.gives != "values") or (several and threshold is not None):
            return Decision(spec.outputs)
        case "values" if threshold is not None:
            return Decision(2, threshold, threshold)
    return None


def _read(array: Array, threshold: float) -> NDArray[np.intp]:
    if array.shape[-1] > 1:
        return array.argmax(axis=-1)
    return (array[..., 0] > threshold).astype(np.intp)
