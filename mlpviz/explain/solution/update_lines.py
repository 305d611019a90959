"""The lines of the optimizer in a worked solution: how the rate is made, and how each number is stepped."""

from __future__ import annotations

from collections.abc import Iterator

from mlpviz.engine.optimizers.optimizer import THETA
from mlpviz.engine.parameters import LayerViews
from mlpviz.explain.solution.contents import Equation, FormulaPiece, SolutionPart
from mlpviz.explain.solution.equations import number_piece
from mlpviz.explain.solution.symbols import cell_symbol
from mlpviz.explain.update_breakdown import use_lines
from mlpviz.network import Document
from mlpviz.sheet.blocks import Block
from mlpviz.sheet.cell import Cell, parameter_index
from mlpviz.sheet.optimizer_lines import StepLine, step_lines
from mlpviz.sheet.rules import Rule
from mlpviz.sheet.schedule_lines import schedule_lines
from mlpviz.text.numbers import NumberStyle, equality_sign

_PREFIX = "new_"


def rate_parts(document: Document, style: NumberStyle) -> Iterator[SolutionPart]:
    """How the schedule makes the learning rate of the next step, and those of layers with a rate of their own."""
    bases = {"": None} | {
        f" of layer {number}": layer.learning_rate
        for number, layer in enumerate(document.layers, start=1)
        if layer.learning_rate is not None
    }
    for of, base in bases.items():
        lines = [_with_numbers(line, style) for line in schedule_lines(document, base)]
        if lines:
            yield SolutionPart("", f"The learning rate{of}", worked=tuple(lines))


def update_lines(document: Document, block: Block, rule: Rule, style: NumberStyle, most: int) -> Iterator[Equation]:
    """The lines of the step for the first so many numbers of a block of new numbers, each after its name."""
    step, trace, tensor = document.next_step, document.trace(), block.quantity.key.removeprefix(_PREFIX)
    if tensor not in LayerViews._fields or (step.is_plain and step.sharing is None):
        return
    places = [(row, column) for row in range(block.rows) for column in range(block.columns)]
    for row, column in places[:most]:
        index = parameter_index(trace, Cell(tensor, block.layer, row, column))
        lines = [*use_lines(step, trace, index), *step_lines(step, index)]
        if lines:
            name = cell_symbol(block, rule, row, column).removeprefix(r"\text{new }")
            yield (FormulaPiece(rf"\theta = {name}:"),)
            yield from (_with_numbers(line, style, formula=most == 1) for line in lines)


def _with_numbers(line: StepLine, style: NumberStyle, formula: bool = True) -> Equation:
    sign = r"\leftarrow" if line.symbol == THETA.letter else "="
    result = number_piece(line.value)
    filled = FormulaPiece(line.template, line.numbers)
    parts = [FormulaPiece(f"{line.symbol} {sign}")]
    if formula or line.numbers == (line.value,):
        parts.append(FormulaPiece(line.formula))
    if line.numbers == (line.value,):
        return (*parts, FormulaPiece("="), result)
    if formula:
        parts.append(FormulaPiece("="))
    is_equal = equality_sign((*line.numbers, line.value), style) == "="
    return (*parts, filled, FormulaPiece("=" if is_equal else r"\approx"), result)
