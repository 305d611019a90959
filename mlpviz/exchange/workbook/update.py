"""One step of the optimizer as blocks of formulas: its lines, one block each, for every tensor of a layer."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Expression, Number, Symbol
from mlpviz.engine.expressions.spreadsheet import spreadsheet
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, Optimizer, T, letter
from mlpviz.exchange.workbook.grid import Band, CellBlock, Value
from mlpviz.exchange.workbook.plan import WorkbookPlan
from mlpviz.network import DocumentError

_RATE, _GRADIENT = Symbol("", "eta"), Symbol("", "gradient")


def add_update(plan: WorkbookPlan, index: int, band: Band) -> None:
    """New numbers of every tensor of a layer, and before them what the optimizer remembers and computes.

    Raises DocumentError for an optimizer whose step of one number reads others.
    """
    document = plan.document
    if document.next_step.optimizer.combines:
        raise DocumentError(
            f"the workbook has no update by {document.next_step.optimizer.label}: "
            "its step of one number reads those of the whole matrix or network"
        )
    own = document.layers[index].learning_rate
    if own is not None:
        rate = document.rate_at(document.schedule_step, own)
        band.blocks["eta"] = CellBlock(f"η{index + 1}", 1, 1, lambda _, __: rate, True)
    for name in ("weight", "gamma", "beta", "alpha"):
        if name in band.blocks:
            _Update(plan, index, name, band).add()


class _Update:
    """The update of one tensor: letters get formulas of letters whose blocks are there, line by line."""

    def __init__(self, plan: WorkbookPlan, index: int, name: str, band: Band) -> None:
        self.plan, self.name, self.blocks = plan, name, band.blocks
        self.parameters = band.blocks[name]
        self.places = plan.indices(index, name)
        self.step = plan.document.next_step
        self.rate = (band if "eta" in band.blocks else plan.settings).blocks["eta"]
        self.stepped = stepped = [at for at in self.places.ravel() if plan.stepped[at]]
        # the numbers of a layer have the same rate and decay, but for those that are tied to another layer's
        group = self.step.group_of(int(stepped[0])) if stepped else None
        self.optimizer = self.step.optimizer if group is None else group.configured(self.step.optimizer)
        self.known: dict[Symbol, Expression] = _settings(self.optimizer, self.step.t)
        self.held: dict[Symbol, CellBlock] = {}

    def add(self) -> None:
        """Blocks of the slots before the step, then one for each line."""
        self._hold(THETA, self.parameters)
        if not self.stepped:
            self._finish(None)
            return
        for slot in self.optimizer.slots_in_use:
            old = self.step.slots[slot.name]
            if slot.per_parameter:
                numbers = np.asarray(old)[self.places]
                self._hold(
                    slot.symbol, self._block(slot.name, lambda j, i, numbers=numbers: float(numbers[j, i]), True)
                )
            else:
                self.known[slot.symbol] = Number(float(np.asarray(old)))
        lines = self.optimizer.lines
        last = max(at for at, line in enumerate(lines) if line.symbol == THETA)
        blockless = {slot.symbol for slot in self.optimizer.slots_in_use if not slot.per_parameter}
        for count, line in enumerate(lines):
            for each in line.in_order():
                formula = each.formula.replace(partial(_known, dict(self.known)))
                if each != line or each.symbol in blockless or formula == _GRADIENT:
                    self.known[each.symbol] = formula
                elif count == last:
                    self._finish(formula)
                else:
                    self._hold(each.symbol, self._block(f"new {each.symbol.name}", self._cells(formula)))

    def _finish(self, formula: Expression | None) -> None:
        """The new numbers: a frozen one stays, a tied one is that of the first place."""
        cells = None if formula is None else self._cells(formula)
        first = self.plan.first

        def cell(j: int, i: int) -> Value:
            at = int(self.places[j, i])
            if int(first[at]) != at:
                return f"={self.plan.new_address(int(first[at]))}"
            if cells is None or not self.plan.stepped[at]:
                return f"={self.parameters.at(j, i)}"
            return cells(j, i)

        block = self._block("new", cell)
        self._hold(THETA, block)
        self.plan.new_blocks[id(self.parameters)] = block

    def _block(self, title: str, cell: Any, given: bool = False) -> CellBlock:
        found = CellBlock(
            f"{title} {self.parameters.title}", self.parameters.rows, self.parameters.columns, cell, given
        )
        key = f"{self.name} {title}"
        self.blocks[key if key not in self.blocks else f"{key} {len(self.blocks)}"] = found
        return found

    def _hold(self, symbol: Symbol, block: CellBlock) -> None:
        held = Symbol("", f"block{len(self.held)}")
        self.known[symbol], self.held[held] = held, block

    def _cells(self, formula: Expression) -> Any:
        held = {symbol: block for symbol, block in self.held.items() if symbol in formula.symbols()}
        names = {symbol: f"{{{symbol.name}}}" for symbol in (*held, _RATE, _GRADIENT)}
        template = spreadsheet(formula, names)

        def cell(j: int, i: int) -> Value:
            places = {symbol.name: block.at(j, i) for symbol, block in held.items()}
            places["eta"] = self.rate.at(0, 0)
            places["gradient"] = self._gradient(j, i) if _GRADIENT in formula.symbols() else ""
            return "=" + template.format_map(places)

        return cell

    def _gradient(self, j: int, i: int) -> str:
        """∂L/∂θ: the sum over the uses of the number, and the slope of the penalty."""
        plan, at = self.plan, int(self.places[j, i])
        parts = plan.gradient_addresses(at)
        penalty = plan.document.penalty_record
        if penalty is not None and np.broadcast_to(np.asarray(penalty.settings["strength"]), plan.first.shape)[at]:
            settings: dict[Symbol, Expression] = {
                letter(each): Number(float(np.broadcast_to(penalty.settings[each.name], plan.first.shape)[at]))
                for each in penalty.hyperparameters
            }
            slope = penalty.derivative.replace(partial(_known, settings))
            parts.append(f"({spreadsheet(slope, {THETA: self.parameters.at(j, i)})})")
        return parts[0] if len(parts) == 1 else f"({'+'.join(parts)})"


def _settings(optimizer: Optimizer, t: int) -> dict[Symbol, Expression]:
    """Hyperparameters as numbers, the rate and the gradient as letters of their own."""
    found: dict[Symbol, Expression] = {
        letter(each): Number(float(optimizer.settings[each.name]))
        for each in optimizer.hyperparameters
        if isinstance(optimizer.settings[each.name], int | float)
    }
    return {**found, ETA: _RATE, T: Number(t), GRADIENT: _GRADIENT}


def _known(known: dict[Symbol, Expression], part: Expression) -> Expression | None:
    return known.get(part) if isinstance(part, Symbol) else None
