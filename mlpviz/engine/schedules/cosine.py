"""Schedules along half a cosine: once, with warm restarts, after a warm-up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mlpviz.engine.expressions import (
    PI,
    Expression,
    FormulaLine,
    Rewritten,
    Symbol,
    cases,
    cos,
    floor,
    ln,
    minimum,
    mod,
)
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.schedule import (
    BASE,
    LOWEST,
    RATE,
    START_FACTOR,
    TOTAL,
    Schedule,
    T,
    before,
    linear,
    linear_formula,
    symbol_of,
)

_LENGTH = Hyperparameter(
    "T_max", "steps T", 100, 1, kind="int", sentence="Steps from top to bottom.", symbol=r"T_{\max}"
)
_FIRST = Hyperparameter("T_0", "first fall T₀", 10, 1, kind="int", sentence="Steps of the first fall.", symbol="T_0")
_GROWTH = Hyperparameter(
    "T_mult",
    "growth",
    1,
    1,
    kind="int",
    sentence="Each fall lasts so many times as long.",
    symbol=r"T_{\text{mult}}",
)
_CLIMB = Hyperparameter("warm_up", "climb W", 5, 1, kind="int", sentence="Steps of the climb.", symbol="W")

_LOW, _STEPS, _F0 = symbol_of(LOWEST), symbol_of(TOTAL), symbol_of(START_FACTOR)
_T_MAX, _T0, _MULT, _W = (symbol_of(each) for each in (_LENGTH, _FIRST, _GROWTH, _CLIMB))
_FALL, _SINCE, _PERIOD = Symbol("i", "i"), Symbol("t_i", "t_i"), Symbol("T_i", "T_i")


def _cosine(base: Any, t: float, period: float, low: float) -> Any:
    return low + (base - low) * (1 + math.cos(math.pi * t / period)) / 2


def _half_wave(time: Expression, period: Expression) -> Expression:
    return _LOW + (BASE - _LOW) / 2 @ (1 + cos(PI @ time / period))


def _restarts(base: Any, t: int, *, T_0: int, T_mult: int, eta_min: float) -> Any:
    period = T_0
    if T_mult == 1:
        t %= period
    while t >= period:
        t, period = t - period, period * T_mult
    return _cosine(base, t, period, eta_min)


def _warm_up_cosine(base: Any, t: int, *, warm_up: int, total_iters: int, start_factor: float, eta_min: float) -> Any:
    if t < warm_up:
        return linear(base, t, start_factor, 1.0, warm_up)
    # past the end the rate stays low; PyTorch's cosine would rise again
    return _cosine(base, min(t, total_iters) - warm_up, total_iters - warm_up, eta_min)


def _restarts_formula(settings: Mapping[str, Any]) -> FormulaLine:
    if settings["T_mult"] == 1:
        return FormulaLine(RATE, _half_wave(_SINCE, _T0), (FormulaLine(_SINCE, mod(T, _T0)),))
    grown = 1 + (_MULT - 1) * T / _T0
    # at a restart the quotient is a whole number, which rounding may miss
    falls = Rewritten(floor(ln(grown) / ln(_MULT)), floor(ln(grown) / ln(_MULT) + 1e-9))
    begin = _T0 * (_MULT**_FALL - 1) / (_MULT - 1)
    return FormulaLine(
        RATE,
        _half_wave(_SINCE, _PERIOD),
        (FormulaLine(_SINCE, T - begin), FormulaLine(_PERIOD, _T0 * _MULT**_FALL), FormulaLine(_FALL, falls)),
    )


def _warm_up_cosine_in_torch(settings: Mapping[str, Any], _base: float) -> str:
    climb, whole = settings["warm_up"], settings["total_iters"]
    first = f"lr_scheduler.LinearLR(optimizer, start_factor={settings['start_factor']!r}, total_iters={climb})"
    last = f"lr_scheduler.CosineAnnealingLR(optimizer, T_max={whole - climb}, eta_min={settings['eta_min']!r})"
    return f"lr_scheduler.SequentialLR(optimizer, [{first}, {last}], milestones=[{climb}])"


COSINE = Schedule(
    key="cosine",
    aliases=("CosineAnnealingLR", "cosine_annealing"),
    label="cosine",
    sentence="The rate follows half a cosine down to its lowest value, and up again if training goes on.",
    formula=lambda _settings: FormulaLine(RATE, _half_wave(T, _T_MAX)),
    torch="CosineAnnealingLR",
    hyperparameters=(
        _LENGTH,
        LOWEST,
    ),
    learning_rate=lambda base, t, *, T_max, eta_min: _cosine(base, t, T_max, eta_min),
    source="Loshchilov and Hutter 2017",
)

COSINE_RESTARTS = Schedule(
    key="cosine_restarts",
    aliases=("CosineAnnealingWarmRestarts",),
    label="cosine with warm restarts",
    sentence="The rate falls along a cosine, jumps back up, and each fall may last longer than the last.",
    formula=_restarts_formula,
    torch="CosineAnnealingWarmRestarts",
    hyperparameters=(
        _FIRST,
        _GROWTH,
        LOWEST,
    ),
    learning_rate=_restarts,
    source="Loshchilov and Hutter 2017 (SGDR)",
)

WARM_UP_COSINE = Schedule(
    key="warm_up_cosine",
    label="warm-up, then cosine",
    sentence="The rate climbs in a straight line to η₀, then follows half a cosine down.",
    formula=lambda _settings: FormulaLine(
        RATE,
        cases(
            (linear_formula(_F0, 1, _W, ends=False), before(_W)),
            otherwise=_half_wave(minimum(T, _STEPS) - _W, _STEPS - _W),
        ),
    ),
    torch="SequentialLR",
    torch_call=_warm_up_cosine_in_torch,
    hyperparameters=(
        _CLIMB,
        replace(TOTAL, sentence="Steps of the climb and the fall together."),
        START_FACTOR,
        LOWEST,
    ),
    learning_rate=_warm_up_cosine,
    constraint=lambda values: (
        f"warm_up is {values['warm_up']}, expected less than total_iters, {values['total_iters']}"
        if values["warm_up"] >= values["total_iters"]
        else None
    ),
    source="LinearLR, then CosineAnnealingLR, in PyTorch's SequentialLR",
)
