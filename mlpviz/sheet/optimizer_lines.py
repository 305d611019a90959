"""One step of an optimizer for one number, taken apart: every line of its formulas with the numbers in it.

Slots and the new number are the engine's; intermediate results (a bias correction, Adadelta's Δ) are computed by the
formula that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Penalty
from mlpviz.engine.expressions import Expression, FormulaLine, Number, Operation, Symbol
from mlpviz.engine.optimizers import Optimizer, OptimizerStep
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, T, letter

PENALTY_GRADIENT = Symbol(r"\frac{\partial R}{\partial \theta}", "grad_penalty")
PENALISED = Symbol(r"\frac{\partial (L + R)}{\partial \theta}", "grad_penalised")
"""What the step descends where the loss L has a penalty R."""


class StepLine(NamedTuple):
    r"""`symbol` (LaTeX) becomes `value`: `formula` in letters, `template` with `\text{ref0}` for the first number.

    `old` is what the symbol was before, None if it is new.
    """

    symbol: str
    formula: str
    template: str
    numbers: tuple[float, ...]
    value: float
    old: float | None


def step_lines(step: OptimizerStep, index: int) -> list[StepLine]:
    """Every line of the step for the parameter at this index, in the order of computation; none if it is frozen."""
    group = step.group_of(index)
    if group is None:
        return []
    optimizer = group.configured(step.optimizer)
    values: dict[Symbol, float] = {
        letter(each): optimizer.settings[each.name] for each in optimizer.hyperparameters if each.symbol
    }
    values |= {ETA: float(group.learning_rate), T: float(step.t)}
    values |= {GRADIENT: float(step.grad[index]), THETA: float(step.params[index])}
    found: list[StepLine] = []
    letters: dict[Symbol, Symbol] = {}
    if (strength := _strength(step.penalty, index)) != 0.0:
        found += _penalty_lines(step, index, strength)
        letters = {GRADIENT: PENALISED}
    results: dict[Symbol, float] = {}
    for slot in optimizer.slots_in_use:
        values[slot.symbol] = _at(step.slots[slot.name], index)
        # a line may give the next value a letter of its own, as η of the next step
        results[slot.line_with(optimizer.settings).symbol] = _at(step.new_slots[slot.name], index)
    theta = optimizer.formula(optimizer.settings)
    with np.errstate(all="ignore"):
        for whole in optimizer.lines:
            for line in _needed(whole, values):
                if whole == theta and line.symbol == THETA:
                    value = float(step.new_params[index])
                else:
                    value = results.get(line.symbol, float(line.formula.value(values)))
                found.append(_with_numbers(line, values, value, letters))
                values[line.symbol] = value
    return found


def _strength(penalty: Penalty | None, index: int) -> float:
    """The strength of the penalty for one parameter; 0 without one."""
    return 0.0 if penalty is None else _at(penalty.settings["strength"], index)


def _penalty_lines(step: OptimizerStep, index: int, strength: float) -> Iterator[StepLine]:
    """What the penalty adds to the gradient of the loss, and the sum that the step descends."""
    penalty, of_loss, of_penalty = step.penalty, step.loss_grad, step.penalty_grad
    if penalty is None or of_loss is None or of_penalty is None:
        return
    settings = {**penalty.settings, "strength": strength}
    values = {letter(each): settings[each.name] for each in penalty.hyperparameters}
    added, whole = float(of_penalty[index]), float(step.grad[index])
    values |= {THETA: float(step.params[index]), GRADIENT: float(of_loss[index]), PENALTY_GRADIENT: added}
    yield _with_numbers(FormulaLine(PENALTY_GRADIENT, penalty.derivative), values, added)
    yield _with_numbers(FormulaLine(PENALISED, GRADIENT + PENALTY_GRADIENT), values, whole)


def _needed(line: FormulaLine, values: Mapping[Symbol, Any]) -> Iterator[FormulaLine]:
    """The definitions of a line and then the line, without the branch not taken and what only that would use."""
    *definitions, main = line.in_order()
    if not (isinstance(main.formula, Operation) and main.formula.kind == "if"):
        yield from (*definitions, main)
        return
    known = dict(values)
    for definition in definitions:
        known[definition.symbol] = definition.formula.value(known)
    then, condition, other = main.formula.parts
    chosen: Expression = then if condition.value(known) else other
    wanted = chosen.symbols() | condition.symbols()
    for definition in reversed(definitions):
        if definition.symbol in wanted:
            wanted |= definition.formula.symbols()
    yield from (definition for definition in definitions if definition.symbol in wanted)
    yield FormulaLine(main.symbol, chosen, overwrites=main.overwrites)


def _with_numbers(
    line: FormulaLine, values: Mapping[Symbol, Any], value: float, letters: Mapping[Symbol, Symbol] | None = None
) -> StepLine:
    formula, template, symbols = _texts(line.formula)
    if letters and letters.keys() & line.formula.symbols():
        formula = line.formula.latex({old: new.letter for old, new in letters.items()})
    numbers = tuple(float(values[symbol]) for symbol in symbols)
    old = float(values[line.symbol]) if line.overwrites and line.symbol in values else None
    return StepLine(line.symbol.letter, formula, template, numbers, value, old)


@lru_cache(maxsize=1024)
def _texts(formula: Expression) -> tuple[str, str, tuple[Symbol, ...]]:
    return formula.latex(), *formula.template()


def _at(slot: Any, index: int) -> float:
    return float(slot[index]) if isinstance(slot, np.ndarray) and slot.ndim else float(slot)


def numpy_lines(optimizer: Optimizer, parameter: str = "weight", penalty: Penalty | None = None) -> str:
    """The whole step in NumPy, line by line, with the engine's names of hyperparameters, slots and results."""
    names = {THETA: parameter, GRADIENT: f"grad_{parameter}"}
    lines = [line for whole in optimizer.lines for line in whole.in_order()]
    if penalty is not None:
        lines.insert(0, FormulaLine(GRADIENT, GRADIENT + penalty.derivative))
    return "\n".join(f"{line.symbol.numpy(names)} = {line.formula.numpy(names)}" for line in lines)


def torch_lines(optimizer: Optimizer, parameter: str = "weight", penalty: Penalty | None = None) -> str:
    """The optimizer in PyTorch: the call with everything that is not at its default, and the step.

    Where `torch.optim` lacks it, the lines of the step. A penalty is added to the loss before, for each tensor that it
    is on.
    """
    step = _torchs(optimizer) if optimizer.is_torchs else _by_hand(optimizer, parameter)
    if penalty is None:
        return step
    return f"loss = loss + {penalty.formula.torch({THETA: parameter})}\nloss.backward()\n{step}"


def _torchs(optimizer: Optimizer) -> str:
    defaults = optimizer.configure(**{each.name: each.default for each in optimizer.hyperparameters})
    ours, theirs = optimizer.torch_arguments, defaults.torch_arguments
    changed = {name: value for name, value in ours.items() if value != theirs[name] and name != "lr"}
    given = "".join(f", {name}={value!r}" for name, value in changed.items())
    return f"optimizer = optim.{optimizer.torch}(params, lr=learning_rate{given})\noptimizer.step()"


def _beginning(optimizer: Optimizer, names: Mapping[Symbol, str]) -> str:
    """What the memory is before the first step."""
    own = {slot.symbol.name: slot.start for slot in optimizer.slots_in_use if slot.start != Number(0)}
    if not own:
        return "the memory begins at 0"
    first = ", ".join(
        f"{name} as a copy of {names[THETA]}" if start == THETA else f"{name} at {start.torch(names)}"
        for name, start in own.items()
    )
    return f"{first} begins, the rest of the memory at 0"


def _by_hand(optimizer: Optimizer, parameter: str) -> str:
    names = {THETA: parameter, GRADIENT: f"{parameter}.grad"}
    lines = [f"# torch.optim has no {optimizer.label} as it is set: its lines; {_beginning(optimizer, names)}"]
    lines.append("with torch.no_grad():")
    for whole in optimizer.lines:
        for line in whole.in_order():
            new = line.formula.torch(names)
            # in place: the network holds this tensor
            put = f"{parameter}.copy_({new})" if line.symbol == THETA else f"{line.symbol.torch(names)} = {new}"
            lines.append(f"    {put}")
    return "\n".join(lines)
