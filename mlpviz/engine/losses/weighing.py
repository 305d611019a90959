"""What weighs a loss: class weights, ignored classes, and the settings that weigh samples, outputs and the whole."""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine.expressions import Symbol, Vector
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.losses.symbols import CLASS_WEIGHT, LossWeights
from mlpviz.engine.parameters import Array


def weighted(target: Array, weight: tuple[float, ...]) -> Array:
    """The target (N, O) with each column times its class weight."""
    return target * np.array(weight, dtype=target.dtype) if weight else target


def counts(target: Array, ignored: int | None) -> Array:
    """1 for each sample that counts, 0 where its one-hot row is of the ignored class: (N, O) -> (N, 1)."""
    if ignored is None or not 0 <= ignored < target.shape[-1]:
        return np.ones_like(target[..., :1])
    return 1.0 - target[..., ignored : ignored + 1]


def counted(wanted: Array, target: Array, ignored: int | None) -> Array:
    """What is wanted (N, O), and 0 for each sample that the target (N, O) leaves out."""
    return wanted if ignored is None else wanted * counts(target, ignored)


def weight_sum(weight: tuple[float, ...], target: Array) -> float | Array:
    """The sum (...,) of the weights of the samples' classes, for class numbers as one-hot rows (..., N, O).

    Networks side by side with other samples each have a sum of their own; a sum of one target is a float.
    """
    total = (target @ np.array(weight) if weight else target.sum(axis=-1)).sum(axis=-1)
    # PyTorch's mean over a weight sum of 0 is NaN, also with label smoothing
    return np.where(total == 0.0, math.nan, total) if total.ndim else float(total) or math.nan


def minus_times_log(t: Array, log_p: Array) -> Array:
    """-t · log p, and 0 where t is 0: a class that counts nothing adds nothing, also if its log p is -∞."""
    return np.where(t == 0.0, 0.0, -t * log_p)


SAMPLE_WEIGHTS = Hyperparameter(
    "sample_weight",
    "weights of samples",
    (),
    0.0,
    kind="floats",
    sentence="How much each sample counts, one number per sample; empty: all alike.",
)
TERM_WEIGHTS = Hyperparameter(
    "term_weight",
    "weights of outputs",
    (),
    0.0,
    kind="floats",
    sentence="How much the term of each output counts, one number per output; empty: all alike.",
)
FACTOR = Hyperparameter("factor", "factor", 1.0, sentence="The whole loss is multiplied by it.", neutral=1.0)
ADDED = (SAMPLE_WEIGHTS.name, TERM_WEIGHTS.name, FACTOR.name)
"""Hyperparameters that PyTorch's functions do not have."""

CLASS_WEIGHTS = Hyperparameter(
    "weight",
    "class weights w",
    (),
    0.0,
    kind="floats",
    sentence="How much each class counts, one number per output; empty: all alike.",
)


def class_weights(weight: tuple[float, ...], symbol: Symbol = CLASS_WEIGHT) -> tuple[tuple[LossWeights, ...], str]:
    """The numbers behind the letter w, and the argument of PyTorch."""
    if not weight:
        return (), ""
    return (LossWeights(symbol, weight, "output"),), f", weight={Vector(weight, 'w').torch()}"
