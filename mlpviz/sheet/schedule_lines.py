"""The learning rate of a document's next step, taken apart: every line of its schedule with the numbers in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine.expressions import FormulaLine, Symbol
from mlpviz.engine.optimizers.optimizer import ETA
from mlpviz.engine.schedules.schedule import BASE, RATE
from mlpviz.engine.schedules.schedule import T as TIME
from mlpviz.network import Document
from mlpviz.sheet.optimizer_lines import StepLine

COUNTED = Symbol(r"t_{\eta}", "t")
"""What the schedule counts; t is the number of the optimizer's step."""


def schedule_lines(document: Document, base: float | None = None) -> list[StepLine]:
    """The lines that give the learning rate η of the next step, for a base other than the document's; none without one.

    Lists, such as milestones, stay letters.
    """
    if document.schedule is None:
        return []
    schedule, done = document.schedule.entry, document.schedule_step // document.schedule_every
    given = schedule.formula_values(schedule.settings)
    values: dict[Symbol, Any] = {BASE: document.learning_rate if base is None else base, TIME: done}
    found = []
    with np.errstate(all="ignore"):
        for line in schedule.line.in_order():
            for symbol in line.formula.symbols() - values.keys():
                values[symbol] = _value(given[symbol.name])
            value = float(line.formula.value(values))
            if line.symbol == RATE:
                value = document.rate_at(document.schedule_step, base)
            found.append(_with_numbers(line, values, value))
            values[line.symbol] = value
    return found


def _value(setting: Any) -> Any:
    return np.array(setting, float) if isinstance(setting, tuple) else setting


def _with_numbers(line: FormulaLine, values: Mapping[Symbol, Any], value: float) -> StepLine:
    shown = [symbol for symbol in line.formula.in_order() if np.ndim(values[symbol]) == 0]
    places = {symbol: rf"\text{{ref{number}}}" for number, symbol in enumerate(shown)}
    letters = {TIME: COUNTED.letter}
    symbol = ETA.letter if line.symbol == RATE else line.symbol.letter
    numbers = tuple(float(values[each]) for each in shown)
    return StepLine(symbol, line.formula.latex(letters), line.formula.latex(letters | places), numbers, value, None)
