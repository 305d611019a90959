"""Schedule-free AdamW: no schedule, since the mean of the path takes the place of a falling rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Number,
    Rewritten,
    Symbol,
    becomes,
    cases,
    choice,
    maximum,
    minimum,
    sqrt,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.optimizers.adam import BETA_1, BETA_2, BETAS, MEAN_SQUARE, V_HAT, V, corrected
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
    letter,
    on,
)
from mlpviz.engine.parameters import Array


def _init(params: Array, *, beta1: Any, **_: Any) -> Slots:
    zeros = np.zeros_like(params)
    slots = {"v": zeros, "lr_max": zeros.copy(), "weight_sum": zeros.copy(), "z": params.copy()}
    return slots | {"average": params.copy()} if on(beta1) else slots


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
    warmup_steps: int,
    r: float,
    weight_lr_power: float,
    maximize: bool,
) -> tuple[Array, Slots]:
    if maximize:
        grads = -grads
    rate = learning_rate * (t / warmup_steps) if t < warmup_steps else learning_rate
    v = beta2 * slots["v"] + (1 - beta2) * (grads * grads)
    direction = grads / (np.sqrt(v / (1 - beta2**t)) + eps)
    if on(weight_decay):
        direction = direction + weight_decay * params
    largest = np.maximum(slots["lr_max"], rate)
    weight = t**r * largest**weight_lr_power
    total = slots["weight_sum"] + weight
    # as long as all rates were 0 there is no mean
    share = np.divide(weight, total, out=np.zeros_like(params), where=total > 0)
    new = params + share * (slots["z"] - params) - rate * (1 - beta1 * (1 - share)) * direction
    z = slots["z"] - rate * direction
    after: Slots = {"v": v, "lr_max": largest, "weight_sum": total, "z": z}
    if on(beta1):
        after["average"] = z + (new - z) / beta1
    return new, after


_WARMUP = Hyperparameter(
    "warmup_steps",
    "warm-up steps",
    0,
    0,
    1e9,
    kind="int",
    sentence="Over these first steps the rate climbs in equal parts to η.",
    symbol=r"t_{\mathrm{w}}",
)
_R = Hyperparameter(
    "r", "power r of the step", 0.0, 0.0, sentence="Step t weighs tʳ times as much in the mean.", symbol="r"
)
_POWER = Hyperparameter(
    "weight_lr_power",
    "power p of the rate",
    2.0,
    0.0,
    sentence="A step weighs as much in the mean as the largest rate so far to this power.",
    symbol="p",
)

_Z, _AVERAGE, _LARGEST, _SUM = (
    Symbol("z", "z"),
    Symbol("x", "average"),
    Symbol(r"\eta_{\max}", "lr_max"),
    Symbol("s", "weight_sum"),
)
_D, _C, _H, _RATE = Symbol("d", "d"), Symbol("c", "c"), Symbol("h", "h"), Symbol(r"\eta_t", "eta_t")


def _rate(settings: Mapping[str, Any]) -> Symbol:
    return _RATE if settings["warmup_steps"] else ETA


def _largest(settings: Mapping[str, Any]) -> FormulaLine:
    rate = _rate(settings)
    larger = Rewritten(maximum(_LARGEST, rate), cases((rate, rate > _LARGEST), otherwise=_LARGEST))
    if rate is ETA:
        return becomes(_LARGEST, larger)
    warm = letter(_WARMUP)
    # torch.minimum takes no plain numbers
    climb = Rewritten(minimum(1, T / warm), choice(warm > T, T / warm, Number(1)))
    return becomes(_LARGEST, larger, FormulaLine(_RATE, ETA * climb))


def _weight(settings: Mapping[str, Any]) -> Expression:
    power = _LARGEST ** letter(_POWER)
    return T ** letter(_R) * power if on(settings["r"]) else power


def _formula(settings: Mapping[str, Any]) -> FormulaLine:
    rate, share = _rate(settings), _weight(settings) / _SUM
    direction: Expression = G / (sqrt(V_HAT) + EPSILON)
    if on(settings["weight_decay"]):
        direction = direction + letter(WEIGHT_DECAY) * THETA
    return becomes(
        THETA,
        THETA + _C * (_Z - THETA) - _H * _D,
        corrected(V_HAT, V, BETA_2),
        FormulaLine(_D, direction),
        FormulaLine(_H, rate * (1 - BETA_1 * (1 - _C))),
        FormulaLine(_C, Rewritten(share, cases((share, _SUM > 0), otherwise=0))),
    )


SCHEDULE_FREE_ADAMW = Optimizer(
    key="schedule_free_adamw",
    label="schedule-free AdamW",
    sentence="Schedule-free AdamW steps with z as Adam does and keeps x, the mean of all z: the network to use at the "
    "end. θ, where the gradient is taken, lies between both.",
    torch="AdamWScheduleFree",
    in_torch=False,
    hyperparameters=(
        replace(LEARNING_RATE, default=0.0025),
        replace(BETAS[0], sentence="How near θ is to the mean x: θ = β₁·x + (1 − β₁)·z."),
        BETAS[1],
        EPS,
        replace(WEIGHT_DECAY, sentence="Decoupled: λ·θ joins the gradient after the division."),
        _WARMUP,
        _R,
        _POWER,
        MAXIMIZE,
    ),
    slots=(
        MEAN_SQUARE,
        OptimizerSlot(_LARGEST, "largest rate so far", _largest, torch="lr_max"),
        OptimizerSlot(
            _SUM,
            "sum of the weights of all steps",
            lambda settings: becomes(_SUM, _SUM + _weight(settings)),
            torch="weight_sum",
        ),
        OptimizerSlot(
            _Z,
            "where Adam's steps lead",
            lambda settings: becomes(_Z, _Z - _rate(settings) * _D),
            after=True,
            start=THETA,
            torch="z",
        ),
        OptimizerSlot(
            _AVERAGE,
            "mean of all z",
            becomes(_AVERAGE, _Z + (THETA - _Z) / BETA_1),
            "beta1",
            after=True,
            start=THETA,
            torch="x",
        ),
    ),
    init=_init,
    step=_step,
    formula=_formula,
    decoupled=True,
    decays_by_itself=True,
    source="Defazio et al. 2024, as their package schedulefree in its training mode; torch.optim has none",
    aliases=("AdamWScheduleFree",),
)
