"""Optimizers that scale each parameter by its past gradients: Adagrad, RMSprop, Adadelta."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.knobs import Knob
from mlpviz.engine.optimizers.record import (
    EPS,
    LEARNING_RATE,
    MAXIMIZE,
    MOMENTUM,
    WEIGHT_DECAY,
    Optimizer,
    OptimizerSlot,
    Slots,
    decayed,
    on,
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
    maximize: bool,
    **_: Any,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    total = slots["sum"] + grads * grads
    return params - learning_rate / (1 + (t - 1) * lr_decay) * (grads / (np.sqrt(total) + eps)), {"sum": total}


ADAGRAD = Optimizer(
    key="adagrad",
    label="Adagrad",
    sentence="Adagrad divides by the root of all squared gradients so far: often-moved parameters slow down.",
    torch="Adagrad",
    knobs=(
        replace(LEARNING_RATE, default=0.01),
        Knob(
            "lr_decay",
            "decay of the learning rate",
            0.0,
            0.0,
            sentence="η is divided by 1 + (t − 1)·decay.",
            vector=True,
            symbol=r"\mathrm{decay}",
        ),
        replace(EPS, default=1e-10),
        WEIGHT_DECAY,
        Knob("initial_accumulator_value", "first value of the sum", 0.0, 0.0, sentence="What the sum starts from."),
        MAXIMIZE,
    ),
    slots=(OptimizerSlot("sum", "sum of the squared gradients", "s", r"s \leftarrow s + g^2", torch="sum"),),
    init=lambda params, initial_accumulator_value, **knobs: {"sum": np.full_like(params, initial_accumulator_value)},
    step=_adagrad_step,
    formula=lambda settings: (
        r"\theta \leftarrow \theta - \frac{\eta}{1 + (t - 1) \cdot \mathrm{decay}} \cdot \frac{g}{\sqrt{s} + \epsilon}"
        if on(settings["lr_decay"])
        else r"\theta \leftarrow \theta - \eta \cdot \frac{g}{\sqrt{s} + \epsilon}"
    ),
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
    maximize: bool,
) -> tuple[Array, Slots]:
    grads = decayed(params, grads, weight_decay, maximize)
    new: Slots = {"v": alpha * slots["v"] + (1 - alpha) * (grads * grads)}
    spread = new["v"]
    if centered:
        mean = slots["mean"]
        mean = new["mean"] = mean + (1 - alpha) * (grads - mean)
        spread = spread - mean * mean
    direction = grads / (np.sqrt(spread) + eps)
    if on(momentum):
        direction = new["velocity"] = momentum * slots["velocity"] + direction
    return params - learning_rate * direction, new


def _rmsprop_direction(settings: Mapping[str, Any]) -> str:
    return r"\frac{g}{\sqrt{v - \bar{g}^2} + \epsilon}" if settings["centered"] else r"\frac{g}{\sqrt{v} + \epsilon}"


RMSPROP = Optimizer(
    key="rmsprop",
    label="RMSprop",
    sentence="RMSprop divides by the root of a running mean of squared gradients: Adagrad that forgets.",
    torch="RMSprop",
    knobs=(
        replace(LEARNING_RATE, default=0.01),
        Knob(
            "alpha",
            "α",
            0.99,
            0.0,
            1.0,
            sentence="How long v remembers the squared gradient.",
            vector=True,
            symbol=r"\alpha",
        ),
        EPS,
        WEIGHT_DECAY,
        MOMENTUM,
        Knob("centered", "centered", False, kind="bool", sentence="Divide by the spread around the mean gradient."),
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            "v",
            "mean of the squared gradient",
            "v",
            r"v \leftarrow \alpha \cdot v + (1 - \alpha) \cdot g^2",
            torch="square_avg",
        ),
        OptimizerSlot(
            "mean",
            "mean of the gradient",
            r"\bar{g}",
            r"\bar{g} \leftarrow \alpha \cdot \bar{g} + (1 - \alpha) \cdot g",
            "centered",
            torch="grad_avg",
        ),
        OptimizerSlot(
            "velocity",
            "velocity",
            "b",
            lambda settings: rf"b \leftarrow \mu \cdot b + {_rmsprop_direction(settings)}",
            "momentum",
            torch="momentum_buffer",
        ),
    ),
    init=_rmsprop_init,
    step=_rmsprop_step,
    formula=lambda settings: (
        r"\theta \leftarrow \theta - \eta \cdot b"
        if on(settings["momentum"])
        else rf"\theta \leftarrow \theta - \eta \cdot {_rmsprop_direction(settings)}"
    ),
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


ADADELTA = Optimizer(
    key="adadelta",
    label="Adadelta",
    sentence="Adadelta scales the gradient by the usual size of its own steps over the usual size of the gradient.",
    torch="Adadelta",
    knobs=(
        replace(LEARNING_RATE, default=1.0),
        Knob("rho", "ρ", 0.9, 0.0, 1.0, sentence="How long both means remember.", vector=True, symbol=r"\rho"),
        replace(EPS, default=1e-6, sentence="Inside both roots: it also sets the size of the first step."),
        WEIGHT_DECAY,
        MAXIMIZE,
    ),
    slots=(
        OptimizerSlot(
            "v",
            "mean of the squared gradient",
            "v",
            r"v \leftarrow \rho \cdot v + (1 - \rho) \cdot g^2",
            torch="square_avg",
        ),
        OptimizerSlot(
            "u",
            "mean of the squared step",
            "u",
            r"u \leftarrow \rho \cdot u + (1 - \rho) \cdot \Delta^2, \quad "
            r"\Delta = \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}} \cdot g",
            torch="acc_delta",
        ),
    ),
    init=lambda params, **knobs: {"v": np.zeros_like(params), "u": np.zeros_like(params)},
    step=_adadelta_step,
    formula=lambda settings: r"\theta \leftarrow \theta - \eta \cdot \Delta",
    source="Zeiler 2012, with PyTorch's learning rate in front",
)
