"""Averaged gradient descent: the path is plain, the mean of its last part is the better answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.knobs import Knob
from mlpviz.engine.optimizers.record import (
    LEARNING_RATE,
    MAXIMIZE,
    WEIGHT_DECAY,
    Optimizer,
    OptimizerSlot,
    Slots,
    decayed,
)
from mlpviz.engine.optimizers.sgd import gradient_descent
from mlpviz.engine.parameters import Array


def _step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    lambd: Any,
    alpha: Any,
    t0: float,
    weight_decay: Any,
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    eta = slots["eta"]
    params = gradient_descent(params * (1 - lambd * eta), grads, eta)
    average = slots["average"]
    average = average + (params - average) / max(1.0, t - 1 - t0)
    # the rate of the next step: a learning rate that changes is felt one step later, as in PyTorch
    return params, {"average": average, "eta": learning_rate / (1 + lambd * learning_rate * t) ** alpha}


ASGD = Optimizer(
    key="asgd",
    label="ASGD",
    sentence="Averaged SGD walks plainly with a falling rate and keeps, from step t₀ on, the mean of its path.",
    torch="ASGD",
    knobs=(
        replace(LEARNING_RATE, default=0.01),
        Knob(
            "lambd",
            "decay term λ",
            1e-4,
            0.0,
            sentence="Shrinks θ and sets how fast the rate falls.",
            vector=True,
            symbol=r"\lambda",
        ),
        Knob("alpha", "power α", 0.75, 0.0, sentence="Power with which the rate falls.", vector=True, symbol=r"\alpha"),
        Knob(
            "t0",
            "start t₀",
            1e6,
            0.0,
            sentence="The step from which on the average is a mean of several steps.",
            symbol="t_0",
        ),
        replace(WEIGHT_DECAY, label="weight decay", symbol=r"\lambda_w"),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            "average",
            "average of the path",
            r"\bar{\theta}",
            r"\bar{\theta} \leftarrow \bar{\theta} + \frac{\theta - \bar{\theta}}{\max(1, t - 1 - t_0)}",
            after=True,
            torch="ax",
        ),
        OptimizerSlot(
            "eta",
            "rate of the next step",
            r"\eta_t",
            r"\eta_{t+1} = \frac{\eta}{(1 + \lambda \eta t)^\alpha}",
            per_parameter=False,
            after=True,
            torch="eta",
        ),
    ),
    init=lambda params, learning_rate, **knobs: {"average": np.zeros_like(params), "eta": learning_rate},
    step=_step,
    formula=lambda settings: r"\theta \leftarrow (1 - \lambda \eta_t) \cdot \theta - \eta_t \cdot g",
    source="Polyak and Juditsky 1992, with PyTorch's decay; the average is what to use at the end",
)
