"""Where a step leaves the range of numbers: the line of the optimizer, and the operation in it with its operands."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.expressions import Expression, Symbol
from mlpviz.engine.hyperparameters import exact
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, T, letter
from mlpviz.engine.optimizers.step import OptimizerStep


class BrokenOperation(NamedTuple):
    """An operation whose operands are within bounds and whose result is not: `text` has it with its numbers.

    `symbol` is the letter that the line of the optimizer computes, as code has it.
    """

    symbol: str
    text: str
    value: float


def broken_operation(step: OptimizerStep, index: int, most: float) -> BrokenOperation | None:
    """The first operation of the step for one parameter (its index) whose result is not a number of at most `most`.

    None where the lines of the optimizer stay within, the parameter is frozen, or the lines are of whole tensors.
    """
    group = step.group_of(index)
    if group is None or step.optimizer.combines:
        return None
    optimizer = group.configured(step.optimizer)
    values: dict[Symbol, Any] = {
        letter(each): optimizer.settings[each.name] for each in optimizer.hyperparameters if each.symbol
    }
    values |= {ETA: float(group.learning_rate), T: float(step.t), THETA: float(step.params[index])}
    values[GRADIENT] = float(step.grad[index])
    if not _is_within(values[GRADIENT], most):
        return None  # the pass itself has it: its own card says where it began
    for slot in optimizer.slots_in_use:
        numbers = step.slots[slot.name]
        values[slot.symbol] = float(numbers[index]) if slot.per_parameter else float(numbers)
    with np.errstate(all="ignore"):
        for whole in optimizer.lines:
            for line in whole.in_order():
                if (found := _inside(line.formula, values, most)) is not None:
                    names = {symbol: exact(float(value)) for symbol, value in values.items() if _is_number(value)}
                    text = found.numpy(names).replace("np.", "").replace("**", "^").replace("*", "·")
                    return BrokenOperation(line.symbol.name, text, float(found.value(values)))
                values[line.symbol] = float(line.formula.value(values))
    return None


def _inside(formula: Expression, values: dict[Symbol, Any], most: float) -> Expression | None:
    """The innermost part of a formula whose own parts are all within bounds, and which is not; None if all are."""
    if _is_within(formula.value(values), most):
        return None
    inner = (_inside(part, values, most) for part in formula.inner())
    return next((found for found in inner if found is not None), formula)


def _is_within(value: Any, most: float) -> bool:
    return bool(np.all(np.abs(np.asarray(value, dtype=float)) <= most))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
