"""Averaged SGD: plain gradient descent, and the mean of its later parameters as the result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import FormulaLine, Symbol, becomes, maximum
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.optimizer import (
    ETA,
    LEARNING_RATE,
    MAXIMIZE,
    THETA,
    WEIGHT_DECAY,
    G,
    Optimizer,
    OptimizerSlot,
    Slots,
    T,
    decayed,
    letter,
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
    # the rate of the next step: a new learning rate has its effect one step later, as in PyTorch
    return params, {"average": average, "eta": learning_rate / (1 + lambd * learning_rate * t) ** alpha}


_LAMBD = Hyperparameter(
    "lambd",
    "decay term λ",
    1e-4,
    0.0,
    sentence="Shrinks θ and sets how fast the rate falls.",
    vector=True,
    symbol=r"\lambda",
)
_ALPHA = Hyperparameter(
    "alpha", "power α", 0.75, 0.0, sentence="Power with which the rate falls.", vector=True, symbol=r"\alpha"
)
_T0 = Hyperparameter(
    "t0",
    "start t₀",
    1e6,
    0.0,
    sentence="The step from which on the average is a mean of several steps.",
    symbol="t_0",
)

_AVERAGE, _RATE = Symbol(r"\bar{\theta}", "average"), Symbol(r"\eta_t", "eta")
_NEXT_RATE = Symbol(r"\eta_{t+1}", _RATE.name)

ASGD = Optimizer(
    key="asgd",
    label="ASGD",
    sentence="Averaged SGD walks plainly with a falling rate and keeps, from step t₀ on, the mean of its path.",
    torch="ASGD",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.01),
        _LAMBD,
        _ALPHA,
        _T0,
        replace(WEIGHT_DECAY, label="weight decay", symbol=r"\lambda_w"),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _AVERAGE,
            "average of the path",
            becomes(_AVERAGE, _AVERAGE + (THETA - _AVERAGE) / maximum(1, T - 1 - letter(_T0))),
            after=True,
            torch="ax",
        ),
        OptimizerSlot(
            _RATE,
            "rate of the next step",
            FormulaLine(_NEXT_RATE, ETA / (1 + letter(_LAMBD) @ ETA @ T) ** letter(_ALPHA)),
            per_parameter=False,
            after=True,
            torch="eta",
        ),
    ),
    init=lambda params, learning_rate, **_: {"average": np.zeros_like(params), "eta": learning_rate},
    step=_step,
    formula=lambda settings: becomes(THETA, (1 - letter(_LAMBD) @ _RATE) * THETA - _RATE * G),
    source="Polyak and Juditsky 1992, with PyTorch's decay; the average is what to use at the end",
)
