"""The type of a schedule: a pure function from the base learning rate and the time to the learning rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from mlpviz.engine.expressions import Expression, FormulaLine, Operation, Symbol, minimum
from mlpviz.engine.hyperparameters import Configurable, Hyperparameter


class PlateauState(NamedTuple):
    """The memory of a schedule that watches a metric, between two values of the metric."""

    learning_rate: float
    best: float
    """the best metric so far"""
    bad: int
    """values in a row that were no better"""
    cooldown: int
    """values that will not be counted, after a reduction"""


RATE = Symbol(r"\eta_t", "learning_rate")
"""The learning rate of the next step."""
BASE = Symbol(r"\eta_0", "base")
"""The learning rate that the optimizer is set to."""
T = Symbol("t", "t")
"""How many steps or epochs are done, from 0."""

Formula = Callable[[Mapping[str, Any]], FormulaLine]
"""From settings to a line."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Schedule(Configurable):
    """One schedule: `learning_rate(base, t) -> η`, where t is the number of steps or epochs done.

    t counts from 0, as `last_epoch` does in PyTorch; the caller decides whether it counts steps or epochs. `base` may
    be an array: one rate per parameter or per network. A schedule that watches a metric has `start(base) -> state` and
    `observe(state, metric) -> state`, and its `learning_rate` takes that `state`.
    `momentum(t)` is the optimizer's momentum, or β₁, of the next step; None where the schedule leaves it alone.
    `formula(settings)` is the line of η_t, of BASE, T and the letters of the hyperparameters; `memory(settings)` and
    `after(settings)` are lines around it where the schedule watches a metric, `momentum_formula(settings)` is the line
    of the momentum. `torch` names the class in `torch.optim.lr_scheduler`, `own_base` its argument for the base rate if
    it does not take the optimizer's; `torch_call(settings, base)` is its call where it has other arguments.
    `multiplies`: the rate is η₀ times a factor of its own. `formula_values(settings)` are the numbers of the letters in
    the formula, by their names.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("learning_rate", "momentum", "start", "observe")

    key: str
    label: str
    sentence: str
    formula: Formula
    torch: str
    learning_rate: Callable[..., Any]
    momentum: Callable[..., float | None] | None = None
    momentum_formula: Formula | None = None
    start: Callable[..., PlateauState] | None = None
    observe: Callable[..., PlateauState] | None = None
    formula_values: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    multiplies: bool = False
    own_base: str = ""
    torch_call: Callable[[Mapping[str, Any], float], str] | None = None
    memory: Callable[[Mapping[str, Any]], tuple[FormulaLine, ...]] = lambda _settings: ()
    after: Callable[[Mapping[str, Any]], tuple[FormulaLine, ...]] = lambda _settings: ()
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    @property
    def line(self) -> FormulaLine:
        """The line of η_t with these settings."""
        return self.formula(self.settings)

    @property
    def momentum_line(self) -> FormulaLine | None:
        """The line of the momentum; None where the schedule leaves it alone."""
        if self.momentum is None or self.momentum_formula is None or self.momentum(0) is None:
            return None
        return self.momentum_formula(self.settings)


GAMMA = Hyperparameter(
    "gamma", "factor γ", 0.1, 0.0, 1.0, sentence="What the rate is multiplied by.", open_low=True, symbol=r"\gamma"
)
LOWEST = Hyperparameter(
    "eta_min", "lowest rate", 0.0, 0.0, sentence="The rate at the bottom of the wave.", symbol=r"\eta_{\min}"
)
TOTAL = Hyperparameter(
    "total_iters", "steps", 100, 1, kind="int", sentence="After that many steps the rate stays.", symbol="T"
)
START_FACTOR = Hyperparameter(
    "start_factor",
    "first factor",
    1 / 3,
    0.0,
    1.0,
    sentence="Share of η₀ to begin with.",
    open_low=True,
    symbol="f_0",
)


def before(time: Expression) -> Expression:
    """[t < time]."""
    return Operation("<", (T, time))


def symbol_of(hyperparameter: Hyperparameter) -> Symbol:
    """The letter of a hyperparameter in formulas."""
    return Symbol(hyperparameter.symbol, hyperparameter.name)


def linear(base: Any, t: int, start_factor: float, end_factor: float, total_iters: int) -> Any:
    """The rate after t steps: base times a factor that goes linearly from the first to the last, then stays."""
    return base * (start_factor + (end_factor - start_factor) * min(t, total_iters) / total_iters)


def linear_formula(first: Expression | float, last: Expression | float, steps: Expression, *, ends: bool) -> Expression:
    """The formula of `linear`; with `ends` false it is for times before the last one only."""
    time = minimum(T, steps) if ends else T
    return BASE * (first + (last - first) * (time / steps))
