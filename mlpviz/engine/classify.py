"""Outputs read as classes: the largest of several outputs, or a threshold on a single one.

`metrics.py` compares these classes with the targets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec


class Decision(NamedTuple):
    """The rule that reads outputs y (..., N, O) and targets t (N, O) as class numbers from 0 to `classes` - 1.

    With one output, class 1 is above the threshold and class 0 at or below it, as scikit-learn decides.
    """

    classes: int
    output: float = 0.0
    """the threshold of y"""
    target: float = 0.0
    """the threshold of t"""

    def predicted(self, y: Array) -> NDArray[np.intp]:
        """The predicted classes (..., N) of outputs y (..., N, O)."""
        return _read(y, self.output)

    def true(self, t: Array) -> NDArray[np.intp]:
        """The classes (..., N) of targets t (..., N, O); of a row of probabilities the likeliest class."""
        return _read(t, self.target)


def class_decision(spec: NetworkSpec) -> Decision | None:
    """How this network's outputs are read as classes; None if they are values, not classes.

    Several outputs are one class each, also with a loss that treats each output separately (bce, hinge). With a loss on
    values the outputs are classes if the last activation is bounded on both sides or gives probabilities, as in a
    classifier trained with mse.
    """
    loss, last = spec.loss, spec.layers[-1].activation
    has_several, threshold = spec.outputs > 1, last.threshold
    match loss.target:
        case "classes":
            return Decision(spec.outputs)
        case "probabilities" | "signs" if has_several:
            return Decision(spec.outputs)
        case "probabilities":
            # logits are cut where their probability is one half
            return Decision(2, 0.0 if loss.probabilities else 0.5, 0.5)
        case "signs":
            return Decision(2)
        case "values" if (not last.elementwise and last.gives != "values") or (has_several and threshold is not None):
            return Decision(spec.outputs)
        case "values" if threshold is not None:
            return Decision(2, threshold, threshold)
    return None


def _read(array: Array, threshold: float) -> NDArray[np.intp]:
    if array.shape[-1] > 1:
        return array.argmax(axis=-1)
    return (array[..., 0] > threshold).astype(np.intp)
