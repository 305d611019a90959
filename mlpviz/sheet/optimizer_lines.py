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
from mlpviz.engine.expressions import Cases, Expression, FormulaLine, Length, Number, Operation, Rewritten, Sum, Symbol
from mlpviz.engine.optimizers import Optimizer, OptimizerStep
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, T, letter
from mlpviz.engine.parameters import Array

MATRIX = "weight"
"""The parameter that is a matrix; all others are vectors."""

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
    return _computed(step, index)[0]


def step_rounds(step: OptimizerStep, index: int) -> list[tuple[float, Array]]:
    """The matrix that a step changes in rounds, before them and after each, and its entry for this parameter.

    Empty for an optimizer without such.
    """
    optimizer, view = entry_of(step, index)
    if optimizer.rounds is None:
        return []
    values = _computed(step, index)[1]
    found = [values[symbol] for symbol in optimizer.rounds(optimizer.settings) if symbol in values]
    return [(view.entry(each), each) for each in found]


def _computed(step: OptimizerStep, index: int) -> tuple[list[StepLine], dict[Symbol, Any]]:
    """The lines of the step for one parameter, and the values of all letters after them."""
    group = step.group_of(index)
    if group is None:
        return [], {}
    optimizer, view = entry_of(step, index)
    values: dict[Symbol, Any] = {
        letter(each): optimizer.settings[each.name] for each in optimizer.hyperparameters if each.symbol
    }
    values |= {ETA: float(group.learning_rate), T: float(step.t)}
    values |= {GRADIENT: view.part(step.grad), THETA: view.part(step.params)}
    found: list[StepLine] = []
    letters: dict[Symbol, Symbol] = {}
    if (strength := _strength(step.penalty, index)) != 0.0:
        found += _penalty_lines(step, index, strength)
        letters = {GRADIENT: PENALISED}
    results: dict[Symbol, Any] = {}
    for slot in optimizer.slots_in_use:
        values[slot.symbol] = view.part(step.slots[slot.name])
        # a line may give the next value a letter of its own, as η of the next step
        results[slot.line_with(optimizer.settings).symbol] = view.part(step.new_slots[slot.name])
    theta = optimizer.formula(optimizer.settings)
    with np.errstate(all="ignore"):
        for whole in optimizer.lines:
            for line in _needed(whole, values):
                if whole == theta and line.symbol == THETA:
                    value = view.part(step.new_params)
                else:
                    value = results[line.symbol] if line.symbol in results else line.formula.value(values)
                if line.symbol == THETA or not (view.shape and _says_nothing(line, values, value)):
                    found.append(_with_numbers(line, values, value, view, letters))
                values[line.symbol] = value
    return found, values


def _says_nothing(line: FormulaLine, values: Mapping[Symbol, Any], value: Any) -> bool:
    """Whether a line is for code only: a product of matrices that the next line shows, or what has no effect yet."""
    match line.formula:
        case Operation("matmul"):
            return True
        case Cases():
            return line.symbol in values and bool(np.array_equal(value, values[line.symbol]))
        case Rewritten(_, Cases()):
            return bool(np.ndim(value) == 0 and value == 0.0)
        case Operation("+" | "-", (Symbol() as first, _)):
            return isinstance(value, np.ndarray) and bool(np.array_equal(value, values[first]))
    return False


class EntryView(NamedTuple):
    """One parameter and the numbers that its step reads: `part` of a flat vector, in which it is the entry `at`."""

    indices: Any
    shape: tuple[int, ...]
    at: tuple[int, ...]

    def part(self, value: Any) -> Any:
        """These numbers of a flat vector (P,); a number alone if its step reads no other one, or for a number."""
        if not (isinstance(value, np.ndarray) and value.ndim):
            return float(value)
        return value[self.indices].reshape(self.shape) if self.shape else float(value[self.indices])

    def entry(self, value: Any) -> float:
        """The number of this parameter."""
        if np.ndim(value) == 0:
            return float(value)
        return float(np.broadcast_to(value, self.shape)[self.at])


def entry_of(step: OptimizerStep, index: int) -> tuple[Optimizer, EntryView]:
    """The optimizer as it steps the tensor of the parameter at this index, and the view of that parameter.

    A tied number is stepped in its first place.
    """
    index = index if step.sharing is None else int(step.sharing.first[index])
    group = step.group_of(index)
    optimizer = step.optimizer if group is None else group.configured(step.optimizer)
    if group is None or not optimizer.combines:
        return optimizer, EntryView(index, (), ())
    place = int(np.flatnonzero(group.indices == index)[0])
    for tensor in group.own(optimizer).layout or ():
        own = np.arange(group.indices.size)[tensor.where]
        if place in own:
            at = tuple(int(i) for i in np.unravel_index(int(np.flatnonzero(own == place)[0]), tensor.shape))
            return optimizer.of_tensor(tensor.is_matrix), EntryView(group.indices[own], tensor.shape, at)
    return optimizer.of_tensor(is_matrix=False), EntryView(group.indices, (group.indices.size,), (place,))


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
    alone = EntryView(index, (), ())
    yield _with_numbers(FormulaLine(PENALTY_GRADIENT, penalty.derivative), values, added, alone)
    yield _with_numbers(FormulaLine(PENALISED, GRADIENT + PENALTY_GRADIENT), values, whole, alone)


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
    line: FormulaLine,
    values: Mapping[Symbol, Any],
    value: Any,
    view: EntryView,
    letters: Mapping[Symbol, Symbol] | None = None,
) -> StepLine:
    formula, template, symbols = _texts(line.formula)
    if letters and letters.keys() & line.formula.symbols():
        formula = line.formula.latex({old: new.letter for old, new in letters.items()})
    numbers = tuple(view.entry(values[symbol]) for symbol in symbols) if symbols is not None else (view.entry(value),)
    old = view.entry(values[line.symbol]) if line.overwrites and line.symbol in values else None
    return StepLine(line.symbol.letter, formula, template, numbers, view.entry(value), old)


@lru_cache(maxsize=1024)
def _texts(formula: Expression) -> tuple[str, str, tuple[Symbol, ...] | None]:
    """The formula in letters and with places for numbers; one place for its value where it reads many numbers."""
    if any(isinstance(node, Sum | Length) or _reads_many(node) for node in formula.nodes()):
        return formula.latex(), r"\text{ref0}", None
    # letters side by side are a product, numbers side by side are another number
    return formula.latex(), *formula.replace(_dotted).template()


def _dotted(part: Expression) -> Expression | None:
    if not (isinstance(part, Operation) and part.kind == "@"):
        return None
    return Operation("*", tuple(each.replace(_dotted) for each in part.parts))


def _reads_many(node: Expression) -> bool:
    return isinstance(node, Operation) and node.kind in ("matmul", "row mean", "column mean")


def _at(slot: Any, index: int) -> float:
    return float(slot[index]) if isinstance(slot, np.ndarray) and slot.ndim else float(slot)


def numpy_lines(optimizer: Optimizer, parameter: str = "weight", penalty: Penalty | None = None) -> str:
    """The whole step in NumPy, line by line, with the engine's names of hyperparameters, slots and results."""
    names = {THETA: parameter, GRADIENT: f"grad_{parameter}"}
    optimizer = optimizer.of_tensor(parameter == MATRIX)
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
    theirs |= {each.torch or each.name: each.torch_default for each in optimizer.hyperparameters if each.torch_default}
    changed = {name: value for name, value in ours.items() if value != theirs[name] and name != "lr"}
    given = "".join(f", {name}={value!r}" for name, value in (changed | dict(optimizer.torch_fixed)).items())
    return f"optimizer = optim.{optimizer.torch}(params, lr=learning_rate{given})\n{optimizer.torch_step}"


def _beginning(optimizer: Optimizer, names: Mapping[Symbol, str]) -> str:
    """What the memory is before the first step."""
    first: dict[str, list[str]] = {}
    for slot in optimizer.slots_in_use:
        if slot.start != Number(0):
            text = f"a copy of {names[THETA]}" if slot.start == THETA else slot.start.torch(names)
            first.setdefault(text, []).append(slot.symbol.name)
    others = ", ".join(f"{' and '.join(of)} with {text}" for text, of in first.items())
    return f"the memory begins {others}, else at 0" if others else "the memory begins at 0"


def _by_hand(optimizer: Optimizer, parameter: str) -> str:
    names = {THETA: parameter, GRADIENT: f"{parameter}.grad"}
    optimizer = optimizer.of_tensor(parameter == MATRIX)
    reason = optimizer.torch_note or f"torch.optim has no {optimizer.label} as it is set"
    lines = [f"# {reason}: these lines; {_beginning(optimizer, names)}"]
    lines.append("with torch.no_grad():")
    for whole in optimizer.lines:
        for line in whole.in_order():
            new = line.formula.torch(names)
            # in place: the network holds this tensor
            put = f"{parameter}.copy_({new})" if line.symbol == THETA else f"{line.symbol.torch(names)} = {new}"
            lines.append(f"    {put}")
    return "\n".join(lines)
