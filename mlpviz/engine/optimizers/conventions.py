"""Conventions of other libraries that are settings here: where ε stands, and where the learning rate does."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.expressions import Expression, sqrt
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.optimizer import EPSILON
from mlpviz.engine.parameters import Array


def eps_in_root(letter: str, libraries: str) -> Hyperparameter:
    """The setting that moves ε into the root of `letter`, as these libraries have it."""
    return Hyperparameter(
        "eps_in_root",
        "ε inside the root",
        False,
        kind="bool",
        sentence=f"As {libraries}: divide by √({letter} + ε), where PyTorch divides by √{letter} + ε.",
        in_torch=False,
    )


EPS_BEFORE_CORRECTION = Hyperparameter(
    "eps_before_correction",
    "ε before the correction",
    False,
    kind="bool",
    sentence="As Keras and TensorFlow: ε joins √v, not √v̂. So it weighs more in the first steps, by 1/√(1 − β₂ᵗ).",
    in_torch=False,
)

EPS_AFTER_MAXIMUM = Hyperparameter(
    "eps_after_maximum",
    "ε after the maximum",
    False,
    kind="bool",
    sentence="As Keras: divide by u + ε, where PyTorch adds ε to |g| inside the maximum.",
    in_torch=False,
)


def rate_in_velocity(sentence: str) -> Hyperparameter:
    """The setting that multiplies the velocity's newest part by the learning rate, in place of the velocity."""
    return Hyperparameter(
        "rate_in_velocity", "learning rate inside the velocity", False, kind="bool", sentence=sentence, in_torch=False
    )


def root_with_eps(squares: Array, eps: Any, inside: bool) -> Array:
    """√(squares + ε) or √squares + ε."""
    return np.sqrt(squares + eps) if inside else np.sqrt(squares) + eps


def root_formula(squares: Expression, inside: bool) -> Expression:
    """The same as a formula."""
    return sqrt(squares + EPSILON) if inside else sqrt(squares) + EPSILON
