"""Gradient descent, plain and with momentum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Expression, FormulaLine, Symbol, becomes, choice
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.conventions import rate_in_velocity as rate_in_velocity_setting
from mlpviz.engine.optimizers.optimizer import (
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
)
from mlpviz.engine.parameters import Array


def gradient_descent(params: Array, grad: Array, learning_rate: Any) -> Array:
    """Plain gradient descent, one step: params - learning_rate · grad. Any shape; returns a new array."""
    return params - learning_rate * grad


def is_plain(optimizer: Optimizer) -> bool:
    """Whether this is plain gradient descent, with any learning rate and every other hyperparameter at its default."""
    return optimizer.key == SGD.key and all(
        each.name == LEARNING_RATE.name or optimizer.settings[each.name] == each.default for each in SGD.hyperparameters
    )


def _init(params: Array, *, momentum: Any, **_: Any) -> Slots:
    return {"velocity": np.zeros_like(params)} if on(momentum) else {}


def _step(
    params: Array,
    grads: Array,
    slots: Slots,
    t: int,
    *,
    learning_rate: Any,
    momentum: Any,
    dampening: Any,
    nesterov: bool,
    rate_in_velocity: bool,
    weight_decay: Any,
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    if not on(momentum):
        return gradient_descent(params, grads, learning_rate), slots
    if rate_in_velocity:
        push = learning_rate * grads
        velocity = momentum * slots["velocity"] - push
        return params + (momentum * velocity - push if nesterov else velocity), {"velocity": velocity}
    if t == 1:  # PyTorch's first velocity is the whole gradient, without dampening
        velocity = grads.copy()  # a training loop overwrites its gradient in place
    else:
        if isinstance(momentum, np.ndarray):  # without momentum PyTorch does not dampen the gradient
            dampening = np.where(momentum == 0, 0, dampening)
        velocity = momentum * slots["velocity"] + (1 - dampening) * grads
    direction = grads + momentum * velocity if nesterov else velocity
    return gradient_descent(params, direction, learning_rate), {"velocity": velocity}


def _constraint(settings: Mapping[str, Any]) -> str | None:
    if settings["nesterov"] and (np.any(settings["momentum"] == 0) or np.any(settings["dampening"] != 0)):
        return "nesterov needs a momentum above 0 and a dampening of 0"
    if settings["rate_in_velocity"] and np.any(settings["dampening"] != 0):
        return "rate_in_velocity needs a dampening of 0"
    return None


_DAMPENING = Hyperparameter(
    "dampening",
    "dampening τ",
    0.0,
    high=1.0,
    sentence="How much of the gradient is kept out of the velocity.",
    vector=True,
    symbol=r"\tau",
)

_V = Symbol("v", "velocity")


def _velocity(settings: Mapping[str, Any]) -> FormulaLine:
    if settings["rate_in_velocity"]:
        return becomes(_V, MU * _V - ETA * G)
    return becomes(_V, choice(T > 1, MU * _V + (1 - letter(_DAMPENING)) * G, G))


def _formula(settings: Mapping[str, Any]) -> FormulaLine:
    if settings["rate_in_velocity"] and on(settings["momentum"]):
        return becomes(THETA, THETA + (MU * _V - ETA * G) if settings["nesterov"] else THETA + _V)
    direction: Expression = G
    if on(settings["momentum"]):
        direction = G + MU * _V if settings["nesterov"] else _V
    return becomes(THETA, THETA - ETA * direction)


SGD = Optimizer(
    key="sgd",
    aliases=("gradient_descent", "GD"),
    label="SGD",
    sentence="Gradient descent walks against the gradient; momentum keeps a part of the last step's direction.",
    torch="SGD",
    hyperparameters=(
        LEARNING_RATE,
        MOMENTUM,
        _DAMPENING,
        Hyperparameter("nesterov", "Nesterov", False, kind="bool", sentence="Look ahead: add the velocity once more."),
        rate_in_velocity_setting(
            "As Keras, TensorFlow and Sutskever: v ← μ·v − η·g, so a new η leaves old steps as long as they "
            "were; with Nesterov θ is Sutskever's look-ahead point."
        ),
        WEIGHT_DECAY,
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            _V,
            "velocity",
            _velocity,
            "momentum",
            torch="momentum_buffer",
        ),
    ),
    init=_init,
    step=_step,
    formula=_formula,
    constraint=_constraint,
    source="PyTorch's momentum: the learning rate multiplies the velocity (Sutskever et al. 2013 put it inside); "
    "v starts as g",
)
