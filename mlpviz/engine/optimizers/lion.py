"""Lion: every parameter moves by η, against the sign of a mean of the gradient."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import FormulaLine, Symbol, becomes, sign
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
    betas,
    letter,
    on,
)
from mlpviz.engine.parameters import Array


def _step(
    params: Array,
    grads: Array,
    slots: Slots,
    _t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    weight_decay: Any,
    maximize: bool,
) -> tuple[Array, Slots]:
    if maximize:
        grads = -grads
    if on(weight_decay):
        params = params * (1 - learning_rate * weight_decay)
    # written as in every twin: a sum near 0 that is rounded in another way could have another sign
    direction = beta1 * slots["m"] + (1 - beta1) * grads
    new = params - learning_rate * np.sign(direction)
    return new, {"m": beta2 * slots["m"] + (1 - beta2) * grads}


_FIRST, _SECOND = betas("How much of the mean is in the direction of this step.", "How long m remembers the gradient.")
_BETAS = (_FIRST, replace(_SECOND, default=0.99))
_BETA_1, _BETA_2 = map(letter, _BETAS)
_M, _C = Symbol("m", "m"), Symbol("c", "direction")

LION = Optimizer(
    key="lion",
    label="Lion",
    sentence="Lion steps by η against the sign of a mean gradient: every parameter moves equally far.",
    torch="Lion",
    in_torch=False,
    hyperparameters=(
        replace(LEARNING_RATE, default=0.0001),
        *_BETAS,
        replace(WEIGHT_DECAY, sentence="Decoupled: θ shrinks by the factor 1 − η·λ before the step."),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _M,
            "mean of the gradient",
            becomes(_M, _BETA_2 * _M + (1 - _BETA_2) * G),
            after=True,  # θ is stepped with the mean before this gradient
            torch="exp_avg",
        ),
    ),
    init=lambda params, **_: {"m": np.zeros_like(params)},
    step=_step,
    formula=lambda _settings: becomes(THETA, THETA - ETA * sign(_C), FormulaLine(_C, _BETA_1 * _M + (1 - _BETA_1) * G)),
    decoupled=True,
    source="Chen et al. 2023, with the learning rate of their code; torch.optim has none, Keras and Optax do",
)
