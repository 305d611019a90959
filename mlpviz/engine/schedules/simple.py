"""Schedules without a wave: constant, falls by a factor, straight lines, powers and tables."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from mlpviz.engine.expressions import Expression, FormulaLine, Symbol, cases, floor, minimum, total
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.schedule import (
    BASE,
    GAMMA,
    RATE,
    START_FACTOR,
    TOTAL,
    Formula,
    Schedule,
    T,
    before,
    linear,
    linear_formula,
    symbol_of,
)

_FACTOR = Hyperparameter(
    "factor", "factor f", 1.0, 0.0, 1.0, sentence="Share of η₀ in the first steps.", open_low=True, symbol="f"
)
_EVERY = Hyperparameter(
    "step_size", "every s steps", 30, 1, kind="int", sentence="Steps between two falls.", symbol="s"
)
_MILESTONES = Hyperparameter(
    "milestones", "milestones", (30, 80), 0, kind="ints", sentence="Steps of the falls.", symbol="m_k"
)
_END_FACTOR = Hyperparameter(
    "end_factor", "last factor", 0.1, 0.0, 1.0, sentence="Share of η₀ at the end.", symbol="f_1"
)
_POWER = Hyperparameter(
    "power", "power p", 1.0, 0.0, sentence="1 is a straight line, 2 falls faster first.", symbol="p"
)

_F, _S, _M, _F1, _P = (symbol_of(each) for each in (_FACTOR, _EVERY, _MILESTONES, _END_FACTOR, _POWER))
_G, _STEPS, _F0 = symbol_of(GAMMA), symbol_of(TOTAL), symbol_of(START_FACTOR)
_FALLS = Symbol("n", "n")


def _rate(formula: Expression, *definitions: FormulaLine) -> Formula:
    line = FormulaLine(RATE, formula, definitions)
    return lambda _settings: line


CONSTANT = Schedule(
    key="constant",
    aliases=("ConstantLR",),
    label="constant",
    sentence="The learning rate stays what it is, unless a factor is set for the first steps.",
    formula=_rate(BASE * cases((_F, before(_STEPS)), otherwise=1)),
    torch="ConstantLR",
    hyperparameters=(
        _FACTOR,
        replace(TOTAL, label="steps T", default=5, sentence="How many steps the factor holds."),
    ),
    learning_rate=lambda base, t, *, factor, total_iters: base * (factor if t < total_iters else 1.0),
)

STEP = Schedule(
    key="step",
    aliases=("StepLR",),
    label="steps",
    sentence="The rate falls by a factor every so many steps.",
    formula=_rate(BASE * _G ** floor(T / _S)),
    torch="StepLR",
    hyperparameters=(_EVERY, GAMMA),
    learning_rate=lambda base, t, *, step_size, gamma: base * gamma ** (t // step_size),
)

MULTI_STEP = Schedule(
    key="multi_step",
    aliases=("MultiStepLR",),
    label="milestones",
    sentence="The rate falls by a factor at each milestone.",
    formula=_rate(BASE * _G**_FALLS, FormulaLine(_FALLS, total(_M <= T))),
    torch="MultiStepLR",
    hyperparameters=(_MILESTONES, GAMMA),
    learning_rate=lambda base, t, *, milestones, gamma: base * gamma ** bisect_right(sorted(milestones), t),
)

EXPONENTIAL = Schedule(
    key="exponential",
    aliases=("ExponentialLR",),
    label="exponential",
    sentence="The rate is multiplied by the same factor after every step.",
    formula=_rate(BASE * _G**T),
    torch="ExponentialLR",
    hyperparameters=(replace(GAMMA, default=0.95),),
    learning_rate=lambda base, t, *, gamma: base * gamma**t,
)

LINEAR = Schedule(
    key="linear",
    aliases=("LinearLR",),
    label="linear",
    sentence="The rate goes in a straight line from one share of η₀ to another, then stays.",
    formula=_rate(linear_formula(_F0, _F1, _STEPS, ends=True)),
    torch="LinearLR",
    hyperparameters=(replace(START_FACTOR, default=1.0), _END_FACTOR, TOTAL),
    learning_rate=linear,
)

POLYNOMIAL = Schedule(
    key="polynomial",
    aliases=("PolynomialLR",),
    label="polynomial",
    sentence="The rate falls to 0 along a power of the time that is left.",
    formula=_rate(BASE * (1 - minimum(T, _STEPS) / _STEPS) ** _P),
    torch="PolynomialLR",
    hyperparameters=(TOTAL, _POWER),
    learning_rate=lambda base, t, *, total_iters, power: base * (1.0 - min(t, total_iters) / total_iters) ** power,
)

WARM_UP = Schedule(
    key="warm_up",
    label="warm-up",
    sentence="The rate climbs in a straight line to η₀ and stays there.",
    formula=_rate(linear_formula(_F0, 1, _STEPS, ends=True)),
    torch="LinearLR",
    hyperparameters=(START_FACTOR, replace(TOTAL, default=5, sentence="Steps of the climb.")),
    learning_rate=lambda base, t, *, start_factor, total_iters: linear(base, t, start_factor, 1.0, total_iters),
)
