"""AdaBelief: Adam that divides by how far the gradient is from its mean, in place of by its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import becomes, sqrt
from mlpviz.engine.optimizers.adam import (
    BETA_1,
    BETA_2,
    BETAS,
    DECOUPLED,
    M_HAT,
    MEAN,
    V_HAT,
    M,
    V,
    corrected,
    no_moments,
    weight_decay_step,
)
from mlpviz.engine.optimizers.optimizer import (
    EPS,
    EPSILON,
    ETA,
    LEARNING_RATE,
    MAXIMIZE,
    THETA,
    WEIGHT_DECAY,
    G,
    Optimizer,
    OptimizerSlot,
    Slots,
    running_mean,
)
from mlpviz.engine.parameters import Array


def _step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: Any,
    eps: Any,
    weight_decay: Any,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    params, grads = weight_decay_step(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m = running_mean(slots["m"], grads, beta1)
    surprise = grads - m
    v = beta2 * slots["v"] + (1 - beta2) * (surprise * surprise) + eps
    size = np.sqrt(v / (1 - beta2**t)) + eps
    # the rate first, as in PyTorch: m / size can overflow where the step does not
    return params - learning_rate * (m / (1 - beta1**t)) / size, {"m": m, "v": v}


ADABELIEF = Optimizer(
    key="adabelief",
    label="AdaBelief",
    sentence="AdaBelief is Adam with the gradient's distance from its mean in place of its size: large steps where "
    "the gradient is as expected.",
    torch="AdaBelief",
    in_torch=False,
    hyperparameters=(
        LEARNING_RATE,
        BETAS[0],
        replace(BETAS[1], sentence="How long v remembers the squared distance of the gradient from its mean."),
        replace(EPS, default=1e-16, sentence="Joins v in every step, and its root: so it adds up in v."),
        WEIGHT_DECAY,
        DECOUPLED,
        MAXIMIZE,
    ),
    slots=(
        MEAN,
        OptimizerSlot(
            V,
            "mean squared distance of the gradient from its mean",
            becomes(V, BETA_2 * V + (1 - BETA_2) * (G - M) ** 2 + EPSILON),
            torch="exp_avg_var",
        ),
    ),
    init=no_moments,
    step=_step,
    formula=lambda _settings: becomes(
        THETA,
        THETA - ETA * (M_HAT / (sqrt(V_HAT) + EPSILON)),
        corrected(M_HAT, M, BETA_1),
        corrected(V_HAT, V, BETA_2),
    ),
    source="Zhuang et al. 2020, with the ε of their code and of Optax; torch.optim has none",
)
