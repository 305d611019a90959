"""A schedule as lines of NumPy, which are its formula, and as the call of PyTorch's scheduler."""

from __future__ import annotations

from typing import Any

from mlpviz.engine.expressions import FormulaLine, assigned
from mlpviz.engine.hyperparameters import torch_arguments
from mlpviz.engine.schedules.schedule import BASE, RATE, Schedule


def formula_lines(schedule: Schedule) -> tuple[FormulaLine, ...]:
    """The lines of a step of the schedule, in the order of computation."""
    settings, momentum = schedule.settings, schedule.momentum_line
    found = (*schedule.memory(settings), schedule.line, *schedule.after(settings))
    return found if momentum is None else (*found, momentum)


def numpy_lines(schedule: Schedule, base: float) -> tuple[str, ...]:
    """Lines that give `learning_rate`, and `momentum` where it is moved, for the time `t`; the first has the settings.

    A schedule that watches a metric computes them from `learning_rate`, `best`, `bad` and `waiting` of before.
    """
    lines = formula_lines(schedule)
    needed = {symbol.name for line in lines for each in line.in_order() for symbol in each.formula.symbols()}
    settings = {BASE.name: base, **schedule.formula_values(schedule.settings)}
    used = {name: value for name, value in settings.items() if name in needed and not isinstance(value, str)}
    code = dict.fromkeys(text for line in lines for text in line.code("numpy"))
    return (assigned(used), *code) if used else tuple(code)


def torch_lines(schedule: Schedule, base: float) -> tuple[str, ...]:
    """Lines that make PyTorch's scheduler for `optimizer`, whose learning rate is the base.

    Where PyTorch has none, its LambdaLR takes the rate from the lines of NumPy.
    """
    call = scheduler_call(schedule, base)
    if call != formula_twin(base):
        return (f"scheduler = {call}",)
    lines = (*numpy_lines(schedule, base), f"return float({RATE.name})")
    return ("def rate(t):", *(f"    {line}" for line in lines), f"scheduler = {call}")


def formula_twin(base: float) -> str:
    """The scheduler of PyTorch that takes the rate from a function `rate` of t."""
    return f"lr_scheduler.LambdaLR(optimizer, lambda t: rate(t) / {base!r})"


def scheduler_call(schedule: Schedule, base: float) -> str:
    """The scheduler of PyTorch as an expression."""
    if schedule.torch_call is not None:
        return schedule.torch_call(schedule.settings, base)
    arguments: dict[str, Any] = torch_arguments(schedule.hyperparameters, schedule.settings)
    if schedule.own_base:
        arguments = {schedule.own_base: base, **arguments}
    given = "".join(
        f", {name}={list(value) if isinstance(value, tuple) else value!r}" for name, value in arguments.items()
    )
    return f"lr_scheduler.{schedule.torch}(optimizer{given})"
