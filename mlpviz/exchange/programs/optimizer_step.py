"""The lines of an optimizer for one array of a program, with the numbers of this step in place of its letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Penalty
from mlpviz.engine.expressions import Expression, FormulaLine, Number, Operation, Symbol
from mlpviz.engine.optimizers import Optimizer
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, T, letter
from mlpviz.exchange.programs.arrays import call, listed
from mlpviz.exchange.programs.jax_text import in_jax
from mlpviz.exchange.programs.program_line import ProgramLine, plain
from mlpviz.exchange.programs.python_text import fitted
from mlpviz.exchange.programs.statements import MODULES, Language


class WrittenStep(NamedTuple):
    """Step number t in one language."""

    language: Language
    t: int

    def lines(
        self,
        optimizer: Optimizer,
        rate: float,
        penalty: Penalty | None,
        name: str,
        gradient: str,
        slots: Mapping[Symbol, np.ndarray | float],
        block: str,
    ) -> list[ProgramLine]:
        """The lines of an optimizer for the array `name`, after those of what it remembers."""
        numbers: dict[Symbol, Expression] = {
            letter(each): Number(float(optimizer.settings[each.name]))
            for each in optimizer.hyperparameters
            if each.symbol and not isinstance(optimizer.settings[each.name], str | bool)
        }
        numbers |= {ETA: Number(rate), T: Number(self.t)}
        numbers |= {symbol: Number(slot) for symbol, slot in slots.items() if isinstance(slot, float)}
        lines = [line for whole in optimizer.lines for line in whole.in_order()]
        if penalty is not None:
            settings = {letter(each): Number(float(penalty.settings[each.name])) for each in penalty.hyperparameters}
            derivative = penalty.derivative.replace(lambda part: _put(part, settings))
            lines.insert(0, FormulaLine(GRADIENT, GRADIENT + derivative))
        kept = _kept(_with_numbers(lines, numbers))
        names = {THETA: name, GRADIENT: gradient} | {symbol: f"{symbol.name}_{name}" for symbol in slots}
        found: list[ProgramLine] = []
        for symbol, slot in slots.items():
            if isinstance(slot, np.ndarray) and any(symbol in line.formula.symbols() for line in kept):
                found += self._array(names[symbol], name, slot, block)
        for line in kept:
            if isinstance(line.formula, Symbol):
                names[line.symbol] = names[line.formula]
                continue
            text = line.formula.torch(names) if self.language == "torch" else line.formula.numpy(names)
            prefix = {THETA: "new", GRADIENT: "whole_grad"}.get(line.symbol, line.symbol.name)
            names[line.symbol] = f"{prefix}_{name}"
            if self.language == "torch":
                # the zero of a branch must be a tensor as the other branch is
                text = re.sub(" else 0$", " else torch.tensor(0.0)", text)
            statement = f"{names[line.symbol]} = {text}"
            statement = in_jax(statement) if self.language == "jax" else statement
            found += [each for part in fitted(statement) for each in plain(part, block)]
        if names[THETA] == name:
            copied = ".clone()" if self.language == "torch" else ".copy()"
            found += plain(f"new_{name} = {name}{copied}", block)
        return found

    def _array(self, name: str, like: str, slot: np.ndarray, block: str) -> list[ProgramLine]:
        module = MODULES[self.language]
        make = "tensor" if self.language == "torch" else "array"
        if not slot.any():
            return plain(f"{name} = {module}.zeros_like({like})", block)
        return call(f"{name} = {module}.{make}(", [listed(slot)], block)


def _with_numbers(lines: list[FormulaLine], numbers: Mapping[Symbol, Expression]) -> list[FormulaLine]:
    """The lines with the numbers of this step in place of their letters; what is a number alone has no line."""
    known, found = dict(numbers), []
    for line in lines:
        formula = line.formula.replace(lambda part: _put(part, known))
        if not formula.symbols():
            with np.errstate(all="ignore"):
                known[line.symbol] = Number(float(formula.value({})))
            continue
        known.pop(line.symbol, None)
        found.append(FormulaLine(line.symbol, formula))
    return found


def _put(part: Expression, known: Mapping[Symbol, Expression]) -> Expression | None:
    if isinstance(part, Symbol):
        return known.get(part)
    if not isinstance(part, Operation):
        return None
    inner = part.with_inner(tuple(each.replace(lambda other: _put(other, known)) for each in part.inner()))
    if part.kind == "if" and isinstance(inner, Operation) and not inner.parts[1].symbols():
        with np.errstate(all="ignore"):
            return inner.parts[0 if inner.parts[1].value({}) else 2]
    if part.kind in ("maximum", "minimum") and not inner.symbols():
        return Number(float(inner.value({})))
    return inner


def _kept(lines: list[FormulaLine]) -> list[FormulaLine]:
    """The lines that θ needs."""
    needed, found = {THETA}, []
    for line in reversed(lines):
        if line.symbol in needed:
            needed = (needed - {line.symbol}) | line.formula.symbols()
            found.append(line)
    return found[::-1]
