"""Targets as arrays: from what a caller gives to what the loss reads."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.losses import one_hot
from mlpviz.engine.losses.loss import ClassTargets
from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, SpecError


def form_of(target: Any) -> ClassTargets:
    """Whether a target for a loss on classes has class numbers (N,) or rows of probabilities (N, O)."""
    return "rows" if np.ndim(target) > 1 else "numbers"


def as_target(spec: NetworkSpec, target: Any, samples: int) -> Array | None:
    """The target as the loss reads it: (N, O) floats, class numbers as one-hot rows; None for a loss without target.

    Raises SpecError naming what was given and what the loss expects.
    """
    weights = spec.loss.sample_weight
    if weights and len(weights) != samples:
        raise SpecError(f"loss {spec.loss.key} has {len(weights)} weights of samples, x has {samples} samples")
    if spec.loss.target == "none":
        return None
    if target is None:
        raise SpecError(f"loss {spec.loss.key} needs a target")
    array = np.asarray(target)
    if array.ndim == 1 and spec.loss.target == "classes" and np.issubdtype(array.dtype, np.integer):
        try:
            array = one_hot(array, spec.outputs)
        except ValueError as error:
            raise SpecError(str(error)) from None
    if array.shape != (samples, spec.outputs):
        shape = " x ".join(map(str, array.shape))
        raise SpecError(f"target has shape {shape}, expected {samples} x {spec.outputs}")
    return np.array(array, dtype=float)
