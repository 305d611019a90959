"""One step of an optimizer with everything around it, for those who show it or prove it right."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine.optimizers.optimizer import Optimizer, Slots
from mlpviz.engine.parameters import Array


class OptimizerStep(NamedTuple):
    """One step: from `params` (P,) with gradient `grad` (P,) and `slots` to `new_params` and `new_slots`; t from 1.

    The learning rate is the one that the step was taken with, whatever the settings of the optimizer say.
    """

    optimizer: Optimizer
    learning_rate: float
    t: int
    params: Array
    grad: Array
    slots: Slots
    new_params: Array
    new_slots: Slots


def take_step(
    optimizer: Optimizer, learning_rate: float, params: Array, grad: Array, slots: Slots, t: int
) -> OptimizerStep:
    """The step number t."""
    with np.errstate(all="ignore"):
        new_params, new_slots = optimizer.step(params, grad, slots, t, learning_rate=learning_rate)
    return OptimizerStep(optimizer, learning_rate, t, params, grad, slots, new_params, new_slots)
