"""Optimizers that divide each gradient by the size of past ones: Adagrad, RMSprop, Adadelta."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Expression, FormulaLine, Symbol, becomes, sqrt
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.conventions import eps_in_root as eps_in_root_setting
from mlpviz.engine.optimizers.conventions import rate_in_velocity as rate_in_velocity_setting
from mlpviz.engine.optimizers.conventions import root_formula, root_with_eps
from mlpviz.engine.optimizers.optimizer import (
    EPS,
    EPSILON,
    ETA,
    LEARNING_RATE,
    MAXIMIZE,
    MOMENTUM,
    MU,
    THETA,
    WEIGHT_DECAY,
    G,
    Optimizer,
    OptimizerSlot,
    Slots,
    T,
    decayed,
    letter,
    on,
    running_mean,
)
from mlpviz.engine.parameters import Array


def _adagrad_step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    lr_decay: Any,
    eps: Any,
    weight_decay: Any,
    eps_in_root: bool,
    maximize: bool,
    **_: Any,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    total = slots["sum"] + grads * grads
    direction = grads / root_with_eps(total, eps, eps_in_root)
    return params - learning_rate / (1 + (t - 1) * lr_decay) * direction, {"sum": total}


_LR_DECAY = Hyperparameter(
    "lr_decay",
    "decay of the learning rate",
    0.0,
    0.0,
    sentence="η is divided by 1 + (t − 1)·decay.",
    vector=True,
    symbol=r"\mathrm{decay}",
)

_FIRST_SUM = Hyperparameter(
    "initial_accumulator_value", "first value of the sum", 0.0, 0.0, sentence="What the sum starts from: 0.1 in Keras."
)
_SUM = Symbol("s", "sum")


def _adagrad_formula(settings: Mapping[str, Any]) -> FormulaLine:
    rate = ETA / (1 + (T - 1) * letter(_LR_DECAY)) if on(settings["lr_decay"]) else ETA
    return becomes(THETA, THETA - rate * (G / root_formula(_SUM, settings["eps_in_root"])))


ADAGRAD = Optimizer(
    key="adagrad",
    label="Adagrad",
    sentence="Adagrad divides by the root of all squared gradients so far: often-moved parameters slow down.",
    torch="Adagrad",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.01),
        _LR_DECAY,
        replace(EPS, default=1e-10),
        WEIGHT_DECAY,
        _FIRST_SUM,
        eps_in_root_setting("s", "Keras and Optax"),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _SUM, "sum of the squared gradients", becomes(_SUM, _SUM + G**2), start=letter(_FIRST_SUM), torch="sum"
        ),
    ),
    init=lambda params, initial_accumulator_value, **_: {"sum": np.full_like(params, initial_accumulator_value)},
    step=_adagrad_step,
    formula=_adagrad_formula,
    source="Duchi et al. 2011, the diagonal form",
)


def _rmsprop_init(params: Array, *, centered: bool, momentum: Any, **_: Any) -> Slots:
    names = ["v"] + ["mean"] * centered + ["velocity"] * on(momentum)
    return {name: np.zeros_like(params) for name in names}


def _rmsprop_step(
    params: Array,
    grads: Array,
    slots: Slots,
    _t: int,
    *,
    learning_rate: Any,
    alpha: Any,
    eps: Any,
    weight_decay: Any,
    momentum: Any,
    centered: bool,
    eps_in_root: bool,
    rate_in_velocity: bool,
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    new: Slots = {"v": alpha * slots["v"] + (1 - alpha) * (grads * grads)}
    spread = new["v"]
    if centered:
        mean = new["mean"] = running_mean(slots["mean"], grads, alpha)
        # both overflow for a gradient above 1e154: then the step is 0, as without a mean
        spread = np.where(np.isinf(spread), spread, spread - mean * mean)
    direction = grads / root_with_eps(spread, eps, eps_in_root)
    if on(momentum) and rate_in_velocity:
        new["velocity"] = momentum * slots["velocity"] + learning_rate * direction
        return params - new["velocity"], new
    if on(momentum):
        direction = new["velocity"] = momentum * slots["velocity"] + direction
    return params - learning_rate * direction, new


_ALPHA_HYPERPARAMETER = Hyperparameter(
    "alpha",
    "α",
    0.99,
    0.0,
    1.0,
    sentence="How long v remembers the squared gradient.",
    vector=True,
    symbol=r"\alpha",
    aliases=("rho",),
)

_ALPHA = letter(_ALPHA_HYPERPARAMETER)
_V, _MEAN, _VELOCITY = Symbol("v", "v"), Symbol(r"\bar{g}", "mean"), Symbol("b", "velocity")


def _rmsprop_direction(settings: Mapping[str, Any]) -> Expression:
    spread = _V - _MEAN**2 if settings["centered"] else _V
    return G / root_formula(spread, settings["eps_in_root"])


def _rmsprop_push(settings: Mapping[str, Any]) -> Expression:
    direction = _rmsprop_direction(settings)
    return ETA * direction if settings["rate_in_velocity"] else direction


def _rmsprop_formula(settings: Mapping[str, Any]) -> FormulaLine:
    if not on(settings["momentum"]):
        return becomes(THETA, THETA - ETA * _rmsprop_direction(settings))
    return becomes(THETA, THETA - (_VELOCITY if settings["rate_in_velocity"] else ETA * _VELOCITY))


RMSPROP = Optimizer(
    key="rmsprop",
    label="RMSprop",
    sentence="RMSprop divides by the root of a running mean of squared gradients: Adagrad that forgets.",
    torch="RMSprop",
    hyperparameters=(
        replace(LEARNING_RATE, default=0.01),
        _ALPHA_HYPERPARAMETER,
        EPS,
        WEIGHT_DECAY,
        MOMENTUM,
        Hyperparameter(
            "centered", "centered", False, kind="bool", sentence="Divide by the spread around the mean gradient."
        ),
        eps_in_root_setting("v", "Keras and TensorFlow"),
        rate_in_velocity_setting(
            "As Keras and TensorFlow: b ← μ·b + η·g/√v, so a new η leaves old steps as long as they were."
        ),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _V,
            "mean of the squared gradient",
            becomes(_V, _ALPHA * _V + (1 - _ALPHA) * G**2),
            torch="square_avg",
        ),
        OptimizerSlot(
            _MEAN,
            "mean of the gradient",
            becomes(_MEAN, _ALPHA * _MEAN + (1 - _ALPHA) * G),
            "centered",
            torch="grad_avg",
        ),
        OptimizerSlot(
            _VELOCITY,
            "velocity",
            lambda settings: becomes(_VELOCITY, MU * _VELOCITY + _rmsprop_push(settings)),
            "momentum",
            torch="momentum_buffer",
        ),
    ),
    init=_rmsprop_init,
    step=_rmsprop_step,
    formula=_rmsprop_formula,
    source="Hinton's lecture 6e; centered: Graves 2013; ε outside the root as in PyTorch",
)


def _adadelta_step(
    params: Array,
    grads: Array,
    slots: Slots,
    _t: int,
    *,
    learning_rate: Any,
    rho: Any,
    eps: Any,
    weight_decay: Any,
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    v = rho * slots["v"] + (1 - rho) * (grads * grads)
    delta = np.sqrt(slots["u"] + eps) / np.sqrt(v + eps) * grads
    u = rho * slots["u"] + (1 - rho) * (delta * delta)
    return params - learning_rate * delta, {"v": v, "u": u}


_RHO_HYPERPARAMETER = Hyperparameter(
    "rho", "ρ", 0.9, 0.0, 1.0, sentence="How long both means remember.", vector=True, symbol=r"\rho"
)

_RHO, _U, _DELTA = letter(_RHO_HYPERPARAMETER), Symbol("u", "u"), Symbol(r"\Delta", "delta")

ADADELTA = Optimizer(
    key="adadelta",
    label="Adadelta",
    sentence="Adadelta scales the gradient by the usual size of its own steps over the usual size of the gradient.",
    torch="Adadelta",
    hyperparameters=(
        replace(LEARNING_RATE, default=1.0),
        _RHO_HYPERPARAMETER,
        replace(EPS, default=1e-6, sentence="Inside both roots: it also sets the size of the first step."),
        WEIGHT_DECAY,
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _V,
            "mean of the squared gradient",
            becomes(_V, _RHO * _V + (1 - _RHO) * G**2),
            torch="square_avg",
        ),
        OptimizerSlot(
            _U,
            "mean of the squared step",
            becomes(
                _U,
                _RHO * _U + (1 - _RHO) * _DELTA**2,
                FormulaLine(_DELTA, sqrt(_U + EPSILON) / sqrt(_V + EPSILON) * G),
            ),
            torch="acc_delta",
        ),
    ),
    init=lambda params, **_: {"v": np.zeros_like(params), "u": np.zeros_like(params)},
    step=_adadelta_step,
    formula=lambda settings: becomes(THETA, THETA - ETA * _DELTA),
    source="Zeiler 2012, with PyTorch's learning rate in front",
)

ADAPTIVE = (RMSPROP, ADAGRAD, ADADELTA)
