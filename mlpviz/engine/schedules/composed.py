"""Schedules made of others: one after another with milestones, or all at once.

The parts are any of the plain schedules: none that watches a metric, and none that is composed itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from mlpviz.engine.expressions import Expression, FormulaLine, Operation, Rewritten, Symbol, cases, maximum
from mlpviz.engine.hyperparameters import Hyperparameter, Part
from mlpviz.engine.registry import Registry
from mlpviz.engine.schedules.code import formula_twin, scheduler_call
from mlpviz.engine.schedules.schedule import BASE, RATE, Schedule, T

MOST = 8
"""How many parts there may be."""


def composed_of(plain: Registry[Schedule]) -> tuple[Schedule, ...]:
    """The composed schedules whose parts come from this registry."""

    @lru_cache(maxsize=256)
    def parts_of(parts: tuple[Part, ...]) -> tuple[Schedule, ...]:
        return tuple(plain[part.key].configure(**dict(part.settings)) for part in parts)

    return _sequential(plain, parts_of), _chained(plain, parts_of)


PartsOf = Callable[[tuple[Part, ...]], tuple[Schedule, ...]]


def _still(parts: Iterable[Schedule]) -> str | None:
    """What is wrong with parts that move the momentum: the next one would not know where it was left."""
    if any(part.momentum is not None and part.momentum(0) is not None for part in parts):
        return "schedules has a part with cycle_momentum true, expected false in all of them"
    return None


def _parts(plain: Registry[Schedule], default: Sequence[str], sentence: str) -> Hyperparameter:
    return Hyperparameter(
        "schedules", "schedules", tuple(map(Part, default)), 1, MOST, kind="parts", sentence=sentence, parts_from=plain
    )


def _sequential(plain: Registry[Schedule], parts_of: PartsOf) -> Schedule:
    def learning_rate(base: Any, t: int, *, schedules: tuple[Part, ...], milestones: tuple[int, ...]) -> Any:
        place = bisect_right(milestones, t)
        begin = milestones[place - 1] if place else 0
        return parts_of(schedules)[place].learning_rate(base, t - begin)

    def formula(settings: Mapping[str, Any]) -> FormulaLine:
        parts, definitions = parts_of(settings["schedules"]), []
        rates: list[Expression] = []
        for number, part in enumerate(parts, start=1):
            time: Expression = T
            if number > 1:
                time = Symbol(f"t^{{({number})}}", f"t_in_{number}")
                passed = T - _milestone(number - 1)
                definitions.append(FormulaLine(time, Rewritten(passed, maximum(passed, 0))))
            rate = Symbol(rf"\eta^{{({number})}}", f"rate_{number}")
            definitions += _lines(part, number, rate, BASE, time)
            rates.append(rate)
        holds = [Operation("<", (T, _milestone(number))) for number in range(1, len(parts))]
        whole = cases(*zip(rates[:-1], holds, strict=True), otherwise=rates[-1]) if holds else rates[0]
        return FormulaLine(RATE, whole, tuple(definitions))

    def constraint(settings: Mapping[str, Any]) -> str | None:
        milestones, needed = settings["milestones"], len(settings["schedules"]) - 1
        if len(milestones) != needed:
            return f"milestones has {len(milestones)} numbers, expected {needed}: one fewer than schedules"
        if list(milestones) != sorted(set(milestones)):
            return f"milestones is {', '.join(map(str, milestones))}, expected each above the one before"
        return _still(parts_of(settings["schedules"]))

    def torch_call(settings: Mapping[str, Any], base: float) -> str:
        parts = parts_of(settings["schedules"])
        # PyTorch's SequentialLR gives its parts no base of their own, and cannot hold another one
        if any(part.own_base or part.torch == "SequentialLR" for part in parts):
            return formula_twin(base)
        calls = ", ".join(scheduler_call(part, base) for part in parts)
        return f"lr_scheduler.SequentialLR(optimizer, [{calls}], milestones={list(settings['milestones'])})"

    return Schedule(
        key="sequential",
        aliases=("SequentialLR",),
        label="one after another",
        sentence="Each schedule begins at its milestone, from η₀ and with its own time from 0.",
        formula=formula,
        formula_values=lambda settings: (
            _values(parts_of(settings["schedules"]))
            | {f"milestone_{number}": value for number, value in enumerate(settings["milestones"], start=1)}
        ),
        torch="SequentialLR",
        torch_call=torch_call,
        hyperparameters=(
            _parts(plain, ("warm_up", "cosine"), "The schedules, in their order."),
            Hyperparameter(
                "milestones", "milestones", (5,), 1, kind="ints", sentence="When each schedule but the first begins."
            ),
        ),
        constraint=constraint,
        learning_rate=learning_rate,
        source="PyTorch's SequentialLR; with a part that has a base of its own, each part by its formula",
    )


def _chained(plain: Registry[Schedule], parts_of: PartsOf) -> Schedule:
    def learning_rate(base: Any, t: int, *, schedules: tuple[Part, ...]) -> Any:
        for part in parts_of(schedules):
            base = part.learning_rate(base, t)
        return base

    def formula(settings: Mapping[str, Any]) -> FormulaLine:
        parts, definitions = parts_of(settings["schedules"]), []
        base = BASE
        for number, part in enumerate(parts[:-1], start=1):
            rate = Symbol(rf"\eta^{{({number})}}", f"rate_{number}")
            definitions += _lines(part, number, rate, base, T)
            base = rate
        *more, last = _lines(parts[-1], len(parts), RATE, base, T)
        return FormulaLine(RATE, last.formula, (*definitions, *more))

    def torch_call(settings: Mapping[str, Any], base: float) -> str:
        parts = parts_of(settings["schedules"])
        if not all(part.multiplies for part in parts):
            return formula_twin(base)
        return f"lr_scheduler.ChainedScheduler([{', '.join(scheduler_call(part, base) for part in parts)}])"

    return Schedule(
        key="chained",
        aliases=("ChainedScheduler",),
        label="all at once",
        sentence="Each schedule takes the rate of the one before as its η₀, so that their factors multiply.",
        formula=formula,
        formula_values=lambda settings: _values(parts_of(settings["schedules"])),
        torch="ChainedScheduler",
        torch_call=torch_call,
        hyperparameters=(_parts(plain, ("warm_up", "exponential"), "The schedules whose factors multiply."),),
        constraint=lambda settings: _still(parts_of(settings["schedules"])),
        learning_rate=learning_rate,
        source="PyTorch's ChainedScheduler for factors; its cosine goes from step to step, and is another product",
    )


def _milestone(number: int) -> Symbol:
    return Symbol(f"m_{number}", f"milestone_{number}")


def _lines(part: Schedule, number: int, rate: Symbol, base: Expression, time: Expression) -> list[FormulaLine]:
    """The lines of a part with letters of their own, the last one gives `rate`."""
    taken = {RATE: rate, BASE: base, T: time}

    def own(expression: Expression) -> Expression | None:
        if not isinstance(expression, Symbol):
            return None
        known = taken.get(expression)
        return (
            known
            if known is not None
            else Symbol(f"{{{expression.letter}^{{({number})}}}}", f"{expression.name}_{number}")
        )

    return [FormulaLine(line.symbol.replace(own), line.formula.replace(own)) for line in part.line.in_order()]  # type: ignore[arg-type]


def _values(parts: Iterable[Schedule]) -> dict[str, Any]:
    """The settings of all parts by their names in code."""
    return {
        f"{name}_{number}": value for number, part in enumerate(parts, start=1) for name, value in part.settings.items()
    }
