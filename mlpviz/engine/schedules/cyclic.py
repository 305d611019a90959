"""Schedules that rise and fall: one cycle, and cyclic triangles. Both can move the momentum the opposite way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from mlpviz.engine.expressions import PI, Expression, FormulaLine, Number, Rewritten, Symbol, cases, cos, floor, maximum
from mlpviz.engine.expressions import minimum as smaller
from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.schedules.schedule import BASE, RATE, Schedule, T, before, symbol_of

MOMENTUM = Symbol(r"\mu_t", "momentum")
"""The momentum of the next step; β₁ in optimizers that have it instead."""

_CYCLE_MOMENTUM = Hyperparameter(
    "cycle_momentum",
    "momentum too",
    False,
    kind="bool",
    sentence="The momentum, or β₁, falls while the rate climbs, and climbs while it falls.",
)
_BASE_MOMENTUM = Hyperparameter(
    "base_momentum",
    "lowest momentum",
    0.85,
    0.0,
    1.0,
    sentence="At the peak of the rate, if the momentum is moved.",
    open_high=True,
    symbol=r"\mu_{\min}",
)
_MAX_MOMENTUM = Hyperparameter(
    "max_momentum",
    "highest momentum",
    0.95,
    0.0,
    1.0,
    sentence="At the lowest rate, if the momentum is moved.",
    open_low=True,
    open_high=True,
    symbol=r"\mu_{\max}",
)
_LEAST, _MOST = symbol_of(_BASE_MOMENTUM), symbol_of(_MAX_MOMENTUM)

_TOTAL = Hyperparameter(
    "total_steps", "steps", 100, 2, kind="int", sentence="Steps of the whole cycle; after them the rate stays.",
    symbol="T",
)  # fmt: skip
_SHARE = Hyperparameter(
    "pct_start", "share of the climb", 0.3, 0.0, 1.0, sentence="Share of the steps until the peak.", symbol="p"
)
_DIVISOR = Hyperparameter(
    "div_factor", "first divisor d", 25.0, 0.0, sentence="The cycle begins at η₀ / d.", open_low=True, symbol="d"
)
_LAST_DIVISOR = Hyperparameter(
    "final_div_factor", "last divisor", 1e4, 0.0, sentence="It ends at the first rate over this.", open_low=True,
    symbol=r"d_{\text{end}}",
)  # fmt: skip
_ONE_CYCLE_HYPERPARAMETERS = (
    _TOTAL,
    _SHARE,
    Hyperparameter(
        "anneal_strategy",
        "shape",
        "cos",
        kind="choice",
        choices=("cos", "linear"),
        sentence="Between the corners: half a cosine, or a straight line.",
    ),
    _DIVISOR,
    _LAST_DIVISOR,
    Hyperparameter(
        "three_phase", "three phases", False, kind="bool", sentence="Fall back to the first rate, then to the last."
    ),
    _CYCLE_MOMENTUM,
    _BASE_MOMENTUM,
    _MAX_MOMENTUM,
)


def _momentum_constraint(values: Mapping[str, Any]) -> str | None:
    least, most = values["base_momentum"], values["max_momentum"]
    if values["cycle_momentum"] and least > most:
        return f"base_momentum is {exact(least)}, expected at most max_momentum, {exact(most)}"
    return None


def _one_cycle_constraint(values: Mapping[str, Any]) -> str | None:
    """With three phases the climb takes the share pct_start of the steps, and the fall back takes as many."""
    if values["three_phase"] and values["pct_start"] > 0.5:
        return f"pct_start is {exact(values['pct_start'])}, expected at most 0.5 with three phases"
    return _momentum_constraint(values)


def _corners(total_steps: int, pct_start: float, three_phase: bool) -> list[float]:
    """When each phase ends."""
    climb, last = pct_start * total_steps - 1.0, total_steps - 1.0
    return [climb, 2 * pct_start * total_steps - 2.0, last] if three_phase else [climb, last]


def _along(t: int, ends: Sequence[float], targets: Sequence[Any], shape: str) -> Any:
    """The value at t of a curve through the targets: the first at time 0, each other at the end of a phase."""
    begin, t = 0.0, min(t, int(ends[-1]))
    for end, (start, target) in zip(ends, pairwise(targets), strict=True):
        if t <= end:
            done = (t - begin) / (end - begin) if end > begin else 1.0
            if shape == "linear":
                return (target - start) * done + start
            return target + (start - target) / 2.0 * (math.cos(math.pi * done) + 1)
        begin = end
    return targets[-1]


def _one_cycle(
    base: Any,
    t: int,
    *,
    total_steps: int,
    pct_start: float,
    anneal_strategy: str,
    div_factor: float,
    final_div_factor: float,
    three_phase: bool,
    **_momentum: Any,
) -> Any:
    """The rate after t steps; base is the peak. After `total_steps` it stays, where PyTorch raises."""
    first = base / div_factor
    targets = [first, base, *([first] if three_phase else []), first / final_div_factor]
    return _along(t, _corners(total_steps, pct_start, three_phase), targets, anneal_strategy)


def _one_cycle_momentum(
    t: int,
    *,
    total_steps: int,
    pct_start: float,
    anneal_strategy: str,
    three_phase: bool,
    cycle_momentum: bool,
    base_momentum: float,
    max_momentum: float,
    **_rates: Any,
) -> float | None:
    """The momentum after t steps; None if it is left alone."""
    if not cycle_momentum:
        return None
    targets = [max_momentum, base_momentum, *([max_momentum] if three_phase else []), max_momentum]
    return float(_along(t, _corners(total_steps, pct_start, three_phase), targets, anneal_strategy))


_TAU, _FIRST_END, _SECOND_END = Symbol(r"\tau", "tau"), Symbol("t_1", "t_1"), Symbol("t_2", "t_2")
_STEPS, _P, _D, _D_END = (symbol_of(each) for each in (_TOTAL, _SHARE, _DIVISOR, _LAST_DIVISOR))


def _done(begin: Expression | None, end: Expression) -> Expression:
    """The share of a phase that is over."""
    length = end if begin is None else end - begin
    time = T if begin is None else smaller(T, _STEPS - 1) - begin
    # a phase may have no length; then the next one begins at once
    return Rewritten(time / length, time / maximum(length, 1e-9))


def _one_cycle_line(symbol: Symbol, targets: Sequence[Expression], settings: Mapping[str, Any]) -> FormulaLine:
    last, ends = _STEPS - 1, [_FIRST_END, _SECOND_END] if settings["three_phase"] else [_FIRST_END]
    begins: list[Expression | None] = [None, *ends]
    done = [_done(begin, end) for begin, end in zip(begins, [*ends, last], strict=True)]
    curves = [
        start + (target - start) @ _TAU
        if settings["anneal_strategy"] == "linear"
        else target + (start - target) / 2 @ (1 + cos(PI @ _TAU))
        for start, target in pairwise(targets)
    ]
    holds = [before(end) for end in ends]
    definitions = [
        FormulaLine(_TAU, cases(*zip(done[:-1], holds, strict=True), otherwise=done[-1])),
        FormulaLine(_FIRST_END, _P * _STEPS - 1),
    ]
    if settings["three_phase"]:
        definitions.append(FormulaLine(_SECOND_END, 2 @ _P * _STEPS - 2))
    formula = cases(*zip(curves[:-1], holds, strict=True), otherwise=curves[-1])
    return FormulaLine(symbol, formula, tuple(definitions))


def _one_cycle_formula(settings: Mapping[str, Any]) -> FormulaLine:
    first = BASE / _D
    back = [first] if settings["three_phase"] else []
    return _one_cycle_line(RATE, [first, BASE, *back, BASE / (_D * _D_END)], settings)


def _one_cycle_momentum_formula(settings: Mapping[str, Any]) -> FormulaLine:
    back = [_MOST] if settings["three_phase"] else []
    return _one_cycle_line(MOMENTUM, [_MOST, _LEAST, *back, _MOST], settings)


ONE_CYCLE = Schedule(
    key="one_cycle",
    aliases=("OneCycleLR",),
    label="one cycle",
    sentence="The rate climbs to η₀ and falls far below where it began; η₀ is the peak.",
    formula=_one_cycle_formula,
    momentum_formula=_one_cycle_momentum_formula,
    torch="OneCycleLR",
    own_base="max_lr",
    hyperparameters=_ONE_CYCLE_HYPERPARAMETERS,
    learning_rate=_one_cycle,
    momentum=_one_cycle_momentum,
    constraint=_one_cycle_constraint,
    source="Smith and Topin 2018; PyTorch's default of two phases, and of a momentum that is moved, is off here",
)


_MAX_RATE = Hyperparameter(
    "max_lr", "peak η_max", 0.1, 0.0, sentence="The rate at the top of the first triangle.", symbol=r"\eta_{\max}"
)
_UP = Hyperparameter(
    "step_size_up", "climb", 20, 1, kind="int", sentence="Steps from the bottom to the top.", symbol="u"
)
_DOWN = Hyperparameter(
    "step_size_down", "fall", 20, 1, kind="int", sentence="Steps from the top to the bottom.", symbol="v"
)
_SHRINK = Hyperparameter(
    "gamma", "γ", 1.0, 0.0, 1.0, sentence="Factor per step for exp_range.", open_low=True, symbol=r"\gamma"
)
_CYCLIC_HYPERPARAMETERS = (
    _MAX_RATE,
    _UP,
    _DOWN,
    Hyperparameter(
        "mode",
        "peaks",
        "triangular",
        kind="choice",
        choices=("triangular", "triangular2", "exp_range"),
        sentence="All alike, halved each cycle, or shrunk by γ each step.",
    ),
    _SHRINK,
    _CYCLE_MOMENTUM,
    replace(_BASE_MOMENTUM, default=0.8),
    replace(_MAX_MOMENTUM, default=0.9),
)


def _height(t: int, step_size_up: int, step_size_down: int, mode: str, gamma: float) -> tuple[float, float]:
    """How high the triangle is at t, from 0 to 1, and how much its peaks have shrunk."""
    period = step_size_up + step_size_down
    cycle, position = divmod(t, period)
    height = position / step_size_up if position <= step_size_up else (period - position) / step_size_down
    return height, {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": gamma**t}[mode]


def _cyclic(
    base: Any,
    t: int,
    *,
    max_lr: Any,
    step_size_up: int,
    step_size_down: int,
    mode: str,
    gamma: float,
    **_momentum: Any,
) -> Any:
    """The rate after t steps; base is the bottom."""
    height, scale = _height(t, step_size_up, step_size_down, mode, gamma)
    return base + (max_lr - base) * height * scale


def _cyclic_momentum(
    t: int,
    *,
    step_size_up: int,
    step_size_down: int,
    mode: str,
    gamma: float,
    cycle_momentum: bool,
    base_momentum: float,
    max_momentum: float,
    **_rates: Any,
) -> float | None:
    """The momentum after t steps; None if it is left alone."""
    if not cycle_momentum:
        return None
    height, scale = _height(t, step_size_up, step_size_down, mode, gamma)
    return max_momentum - (max_momentum - base_momentum) * height * scale


_CYCLE, _POSITION, _HEIGHT = Symbol("c", "c"), Symbol("r", "r"), Symbol(r"\Lambda_t", "height")
_PEAK, _U, _V, _G = (symbol_of(each) for each in (_MAX_RATE, _UP, _DOWN, _SHRINK))


def _cyclic_line(symbol: Symbol, start: Expression, change: Expression, settings: Mapping[str, Any]) -> FormulaLine:
    scaled = change * _HEIGHT
    if settings["mode"] == "triangular2":
        scaled = scaled * (Number(1) / 2) ** _CYCLE
    if settings["mode"] == "exp_range":
        scaled = scaled * _G**T
    return FormulaLine(
        symbol,
        start + scaled,
        (
            FormulaLine(_HEIGHT, cases((_POSITION / _U, _POSITION <= _U), otherwise=(_U + _V - _POSITION) / _V)),
            FormulaLine(_POSITION, T - _CYCLE * (_U + _V)),
            FormulaLine(_CYCLE, floor(T / (_U + _V))),
        ),
    )


CYCLIC = Schedule(
    key="cyclic",
    aliases=("CyclicLR",),
    label="cyclic",
    sentence="The rate climbs from η₀ to a peak and falls back, again and again; the peaks may shrink.",
    formula=lambda settings: _cyclic_line(RATE, BASE, _PEAK - BASE, settings),
    momentum_formula=lambda settings: _cyclic_line(MOMENTUM, _MOST, _LEAST - _MOST, settings),
    torch="CyclicLR",
    own_base="base_lr",
    hyperparameters=_CYCLIC_HYPERPARAMETERS,
    learning_rate=_cyclic,
    momentum=_cyclic_momentum,
    constraint=_momentum_constraint,
    source="Smith 2017; triangular2 halves the height each cycle, exp_range shrinks it by γ each step",
)
