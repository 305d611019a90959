"""Variants of Adam: NAdam with Nesterov momentum, RAdam with a rectified step, Adamax with a maximum in place of v."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Expression, FormulaLine, Number, Symbol, absolute, becomes, choice, maximum, sqrt
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.adam import (
    BETA_1,
    BETA_2,
    BETAS,
    DECOUPLED,
    M_HAT,
    MEAN,
    MEAN_SQUARE,
    V_HAT,
    M,
    V,
    corrected,
    moments,
    no_moments,
    weight_decay_step,
)
from mlpviz.engine.optimizers.conventions import EPS_AFTER_MAXIMUM
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
    T,
    betas,
    decayed,
    letter,
    running_mean,
)
from mlpviz.engine.parameters import Array


def _nadam_step(
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
    momentum_decay: Any,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    params, grads = weight_decay_step(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m, v = moments(grads, slots, beta1, beta2)
    mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))
    mu_product = slots["mu_product"] * mu
    size = np.sqrt(v / (1 - beta2**t)) + eps
    direction = (1 - mu) / (1 - mu_product) * grads + mu_next / (1 - mu_product * mu_next) * m
    # gradients of 1e308 may add up to infinity, but then v is infinite too, and PyTorch, which divides both, steps by 0
    direction = np.where(np.isinf(size), 0.0, direction / size).astype(params.dtype, copy=False)
    return params - learning_rate * direction, {"m": m, "v": v, "mu_product": mu_product}


_MOMENTUM_DECAY = Hyperparameter(
    "momentum_decay",
    "momentum decay ψ",
    0.004,
    0.0,
    sentence="How fast μ rises to β₁: 1 in Keras, 0.004 in PyTorch.",
    vector=True,
    symbol=r"\psi",
)

_MU, _MU_NEXT, _PRODUCT = Symbol(r"\mu_t", "mu_t"), Symbol(r"\mu_{t+1}", "mu_next"), Symbol(r"\Pi", "mu_product")


def _momentum(symbol: Symbol, step: Expression) -> FormulaLine:
    """The line of μ at this step."""
    return FormulaLine(symbol, BETA_1 * (1 - Number(1) / 2 * 0.96 ** (step @ letter(_MOMENTUM_DECAY))))


NADAM = Optimizer(
    key="nadam",
    label="NAdam",
    sentence="NAdam is Adam with Nesterov's look ahead: it mixes the gradient of now with the mean of the next step.",
    torch="NAdam",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.002),
        *BETAS,
        EPS,
        WEIGHT_DECAY,
        _MOMENTUM_DECAY,
        DECOUPLED,
        MAXIMIZE,
    ),
    slots=(
        MEAN,
        MEAN_SQUARE,
        OptimizerSlot(
            _PRODUCT,
            "product of all μ so far",
            becomes(_PRODUCT, _PRODUCT * _MU, _momentum(_MU, T)),
            per_parameter=False,
            torch="mu_product",
        ),
    ),
    # a plain number, so that float32 parameters stay float32
    init=lambda params, **_: no_moments(params) | {"mu_product": 1.0},
    step=_nadam_step,
    formula=lambda settings: becomes(
        THETA,
        THETA - ETA * (M_HAT / (sqrt(V_HAT) + EPSILON)),
        FormulaLine(M_HAT, (1 - _MU) / (1 - _PRODUCT) * G + _MU_NEXT / (1 - _PRODUCT @ _MU_NEXT) * M),
        corrected(V_HAT, V, BETA_2),
        _momentum(_MU_NEXT, T + 1),
    ),
    source="Dozat 2016, with the momentum schedule of Keras and PyTorch",
)


def rectification(t: int, beta2: float) -> float | None:
    """RAdam's factor r_t of the adaptive step t (from 1), 0 to 1; None while v averages too few gradients."""
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2**t / (1 - beta2**t)
    if length <= 5:
        return None
    return ((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) ** 0.5


def _radam_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    beta1: Any,
    beta2: float,
    eps: Any,
    weight_decay: Any,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    params, grads = weight_decay_step(params, grads, learning_rate, weight_decay, decoupled_weight_decay, maximize)
    m, v = moments(grads, slots, beta1, beta2)
    size, direction, factor = learning_rate / (1 - beta1**t), m, rectification(t, beta2)
    if factor is not None:
        size, direction = size * (factor * (1 - beta2**t) ** 0.5), m / (np.sqrt(v) + eps)
    return params - size * direction, {"m": m, "v": v}


_RHO, _LONGEST, _RECTIFICATION = Symbol(r"\rho_t", "rho_t"), Symbol(r"\rho_\infty", "rho_inf"), Symbol("r_t", "r_t")

RADAM = Optimizer(
    key="radam",
    label="RAdam",
    sentence="RAdam is Adam that walks along the plain mean until v has seen enough gradients to be trusted.",
    torch="RAdam",
    hyperparameters=(
        LEARNING_RATE,
        *betas("How long m remembers.", "How long v remembers; it sets when v is trusted.", vector=False),
        EPS,
        WEIGHT_DECAY,
        DECOUPLED,
        MAXIMIZE,
    ),
    slots=(MEAN, MEAN_SQUARE),
    init=no_moments,
    step=_radam_step,
    formula=lambda settings: becomes(
        THETA,
        choice(
            _RHO > 5,
            THETA - ETA * M_HAT * _RECTIFICATION * (sqrt(1 - BETA_2**T) / (sqrt(V) + EPSILON)),
            THETA - ETA * M_HAT,
        ),
        corrected(M_HAT, M, BETA_1),
        FormulaLine(_RHO, _LONGEST - 2 @ T @ BETA_2**T / (1 - BETA_2**T)),
        FormulaLine(_LONGEST, 2 / (1 - BETA_2) - 1),
        FormulaLine(
            _RECTIFICATION, sqrt((_RHO - 4) @ (_RHO - 2) @ _LONGEST / ((_LONGEST - 4) @ (_LONGEST - 2) @ _RHO))
        ),
    ),
    source="Liu et al. 2020; ε beside the uncorrected √v as in PyTorch",
)


def _adamax_step(
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
    eps_after_maximum: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    m = running_mean(slots["m"], grads, beta1)
    u = np.maximum(beta2 * slots["u"], np.abs(grads) if eps_after_maximum else np.abs(grads) + eps)
    size = u + eps if eps_after_maximum else u
    return params - learning_rate / (1 - beta1**t) * (m / size), {"m": m, "u": u}


_U = Symbol("u", "u")

ADAMAX = Optimizer(
    key="adamax",
    label="Adamax",
    sentence="Adamax is Adam with a fading maximum of the gradient's size in place of the mean of its square.",
    torch="Adamax",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.002),
        *betas("How long m remembers the gradient.", "How slowly the maximum fades."),
        EPS,
        WEIGHT_DECAY,
        EPS_AFTER_MAXIMUM,
        MAXIMIZE,
    ),
    slots=(
        MEAN,
        OptimizerSlot(
            _U,
            "fading maximum of the gradient",
            lambda settings: becomes(
                _U,
                maximum(BETA_2 * _U, absolute(G) if settings["eps_after_maximum"] else absolute(G) + EPSILON),
            ),
            torch="exp_inf",
        ),
    ),
    init=lambda params, **_: {"m": np.zeros_like(params), "u": np.zeros_like(params)},
    step=_adamax_step,
    formula=lambda settings: becomes(
        THETA, THETA - ETA / (1 - BETA_1**T) * (M / (_U + EPSILON if settings["eps_after_maximum"] else _U))
    ),
    source="Kingma and Ba 2015, section 7.1; ε inside the maximum as in PyTorch",
)

ADAM_VARIANTS = (NADAM, RADAM, ADAMAX)
