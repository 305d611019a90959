"""Schedules without a wave: constant, falls by a factor, straight lines, powers and tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mlpviz.engine.expressions import Expression, FormulaLine, Symbol, cases, floor, minimum, table, total
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.code import formula_twin
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
    multiplies=True,
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
    multiplies=True,
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
    multiplies=True,
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
    multiplies=True,
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
    multiplies=True,
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
    multiplies=True,
    hyperparameters=(TOTAL, _POWER),
    learning_rate=lambda base, t, *, total_iters, power: base * (1.0 - min(t, total_iters) / total_iters) ** power,
)

WARM_UP = Schedule(
    key="warm_up",
    label="warm-up",
    sentence="The rate climbs in a straight line to η₀ and stays there.",
    formula=_rate(linear_formula(_F0, 1, _STEPS, ends=True)),
    torch="LinearLR",
    multiplies=True,
    hyperparameters=(START_FACTOR, replace(TOTAL, default=5, sentence="Steps of the climb.")),
    learning_rate=lambda base, t, *, start_factor, total_iters: linear(base, t, start_factor, 1.0, total_iters),
)


def _piecewise(
    base: Any, t: int, *, steps: tuple[int, ...], rates: tuple[float, ...], between: str, relative: bool
) -> Any:
    """The rate at t of a table; before its first step the first rate, after its last step the last one."""
    place = bisect_right(steps, t) - 1
    rate = rates[max(place, 0)]
    if between == "linear" and 0 <= place < len(steps) - 1:
        done = (t - steps[place]) / (steps[place + 1] - steps[place])
        rate = rate + (rates[place + 1] - rate) * done
    return base * rate if relative else base * 0 + rate


def _table_constraint(settings: Mapping[str, Any]) -> str | None:
    steps, rates = settings["steps"], settings["rates"]
    if not steps or len(steps) > MOST_PAIRS:
        return f"steps has {len(steps)} numbers, expected 1 to {MOST_PAIRS}"
    if list(steps) != sorted(set(steps)):
        return f"steps is {', '.join(map(str, steps))}, expected each above the one before"
    if len(rates) != len(steps):
        return f"rates has {len(rates)} numbers, expected {len(steps)}: one for each of steps"
    return None


MOST_PAIRS = 64
"""How many pairs of step and rate a table may have."""

_TABLE_STEPS, _TABLE_RATES = Symbol("s_k", "steps"), Symbol("r_k", "rates")


def _piecewise_formula(settings: Mapping[str, Any]) -> FormulaLine:
    found = table(T, _TABLE_STEPS, _TABLE_RATES, linear=settings["between"] == "linear")
    return FormulaLine(RATE, BASE * found if settings["relative"] else found)


PIECEWISE = Schedule(
    key="piecewise",
    aliases=("PiecewiseConstantDecay", "piecewise_constant", "piecewise_linear"),
    label="table of steps and rates",
    sentence="The rate is looked up in a table of steps and rates: constant or in straight lines between them.",
    formula=_piecewise_formula,
    torch="LambdaLR",
    torch_call=lambda _settings, base: formula_twin(base),
    hyperparameters=(
        Hyperparameter(
            "steps", "steps", (0, 30, 60), 0, kind="ints", sentence="When each rate is reached.", symbol="s_k"
        ),
        Hyperparameter(
            "rates", "rates", (1.0, 0.1, 0.01), 0.0, kind="floats", sentence="The rate at each step.", symbol="r_k"
        ),
        Hyperparameter(
            "between",
            "between them",
            "constant",
            kind="choice",
            choices=("constant", "linear"),
            sentence="A rate holds until the next step, or goes to the next rate in a straight line.",
        ),
        Hyperparameter(
            "relative", "as shares of η₀", True, kind="bool", sentence="Off: the rates are learning rates themselves."
        ),
    ),
    constraint=_table_constraint,
    learning_rate=_piecewise,
    source="Optax's piecewise_constant_schedule and piecewise_interpolate_schedule, with values in place of factors",
)
