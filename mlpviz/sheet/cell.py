"""One cell of the sheet: which one a selection names, and the number and gradient that a trace has there."""

from __future__ import annotations

from typing import NamedTuple

from mlpviz.engine import NetworkSpec, Trace
from mlpviz.engine.parameters import LayerViews
from mlpviz.network import Document
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.quantities import QUANTITIES

EDITABLE = (*LayerViews._fields, "x")
"""The tensors whose numbers a loss curve may vary."""


class Cell(NamedTuple):
    """One number on the sheet: a tensor, its layer from 1 (x: 0), row and column from 0 as on screen."""

    tensor: str
    layer: int
    row: int
    column: int


def selected_cell(document: Document, selection: str | None) -> Cell | None:
    """The cell of a selection such as "grad_a 5 1 2", all counted from 1 as on screen (layer 0: x).

    None if the network has no such cell.
    """
    if not selection:
        return None
    tensor, *numbers = selection.split(" ")
    layer, row, column = (*(int(number) for number in numbers), *(1, 1, 1)[len(numbers) :])
    if (layer == 0) != (tensor in ("x", "grad_x")):
        return None
    block = blocks_of(document.spec, shape_of(document)).get(f"{tensor}.{layer}")
    if block is None or not (1 <= row <= block.rows and 1 <= column <= block.columns):
        return None
    return Cell(tensor, layer, row - 1, column - 1)


def parameter_index(trace: Trace, cell: Cell) -> int:
    """Where a weight, a bias, γ, β or α is in the flat vector. Raises KeyError for another tensor."""
    slot = trace.spec.slots[cell.layer - 1]
    if cell.tensor == "weight":
        return slot.weight.start + cell.row * slot.shape[1] + cell.column
    if cell.tensor in LayerViews._fields:
        found = getattr(slot, cell.tensor)
        if found.stop > found.start:
            return int(found.start) + cell.row
    raise KeyError(cell.tensor)


def value_of(trace: Trace, cell: Cell) -> float:
    """The number in a cell of a parameter or of x. Raises KeyError for another tensor."""
    if cell.tensor == "x":
        return float(trace.x[cell.column, cell.row])
    return float(trace.params[parameter_index(trace, cell)])


def gradient_of(trace: Trace, cell: Cell) -> float:
    """The derivative of the loss with respect to it, if tied in all its places. Raises KeyError for another tensor."""
    if cell.tensor == "x":
        return float(trace.grad_x[cell.column, cell.row])
    return float(trace.summed_grad[parameter_index(trace, cell)])


def places_of(trace: Trace, cell: Cell) -> list[int]:
    """Where the number is in the flat vector: in more than one place if it is tied. KeyError for another tensor."""
    index, sharing = parameter_index(trace, cell), trace.spec.sharing
    return [index] if sharing is None else sharing.uses(index).tolist()


def cell_at(spec: NetworkSpec, index: int) -> Cell:
    """The cell of a parameter, by its index in the flat vector."""
    for number, slot in enumerate(spec.slots, start=1):
        if slot.weight.start <= index < slot.weight.stop:
            return Cell("weight", number, *divmod(index - slot.weight.start, slot.shape[1]))
        for name in slot.names:
            part = getattr(slot, name)
            if part.start <= index < part.stop:
                return Cell(name, number, index - part.start, 0)
    raise KeyError(index)


def cell_words(cell: Cell) -> str:
    """A parameter or an input in words: W 1,2 of layer 3."""
    if cell.tensor == "x":
        return f"x {cell.row + 1} of sample {cell.column + 1}"
    column = f",{cell.column + 1}" if cell.tensor == "weight" else ""
    return f"{QUANTITIES[cell.tensor].symbol} {cell.row + 1}{column} of layer {cell.layer}"
