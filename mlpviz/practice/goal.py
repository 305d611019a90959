"""A question backwards: one given number is asked for, and a number that comes out is known.

Whatever number is typed is put in and the network computed: it is right if the known number comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel

from mlpviz.network import Document
from mlpviz.network.edits import set_number
from mlpviz.practice.asked import AskedBlock, AskedCell
from mlpviz.practice.workings import Place, on_screen, worked_blocks
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.fields import STRICT, Count, Finite, HyperparameterName
from mlpviz.schema.json_io import whole_as_int
from mlpviz.sheet.blocks import Block, blocks_of, shape_of

LARGEST = 40
"""of the whole numbers of which one alone gives the known one"""
GIVEN = ("weight", "x", "target")
"""the tensors whose numbers can be asked for"""
KNOWN = ("z", "a", "grad_a", "grad_z", "grad_weight")
"""the tensors of which a number can be known"""
_NOISE = 1e-9


class Goal(BaseModel):
    """The known number and its cell, rows and columns from 1 as on the sheet."""

    model_config = STRICT

    tensor: HyperparameterName
    layer: Count
    cell: tuple[Count, Count]
    number: Finite

    @property
    def at(self) -> AskedCell:
        """Its cell."""
        return AskedCell(Place(self.tensor, self.layer), self.cell[0] - 1, self.cell[1] - 1)

    def to_json_value(self) -> dict[str, Any]:
        """The goal as plain values."""
        return {
            "tensor": self.tensor,
            "layer": self.layer,
            "cell": list(self.cell),
            "number": whole_as_int(self.number),
        }


def check_goal(document: Document, goal: Goal, asked: Sequence[AskedBlock]) -> None:
    """Raises DocumentError for a goal that is on no sheet, or that not exactly one hand-sized number gives."""
    block = worked_blocks(document).get(goal.at.place)
    if goal.tensor not in KNOWN or block is None or goal.at.row >= block.rows or goal.at.column >= block.columns:
        raise DocumentError.at(("goal",), f"is {goal.at}, expected a number of {', '.join(KNOWN)} on this sheet")
    given = given_block(document, asked[0].place)
    cells = asked[0].cells or ()
    if len(asked) != 1 or len(cells) != 1 or asked[0].tensor not in GIVEN or given is None:
        raise DocumentError.at(("asked",), f"expected one cell of {', '.join(GIVEN)}, since there is a goal")
    ((row, column),) = cells
    if row > given.rows or column > given.columns:
        raise DocumentError.at(("asked", 0, "cells"), f"has row {row}, column {column}, which is not on this sheet")
    if len(found := solutions(document, goal, AskedCell(asked[0].place, row - 1, column - 1))) != 1:
        raise DocumentError.at(
            ("goal",), f"comes out for {len(found)} whole numbers from {-LARGEST} to {LARGEST}, expected one"
        )


def given_block(document: Document, place: Place) -> Block | None:
    """A block that is given, such as W of a layer; None where there is none."""
    found = (
        block for block in blocks_of(document.spec, shape_of(document)).values() if block.quantity.phase == "given"
    )
    return next((block for block in found if Place(block.quantity.key, block.layer) == place), None)


def with_number(document: Document, cell: AskedCell, number: float) -> Document:
    """The document with another given number. Raises DocumentError for one that cannot stand there."""
    row, column = cell.row + 1, cell.column + 1
    if cell.place.tensor == "weight":
        return set_number(document, "weight", cell.place.layer, row, column, number).document
    # x and targets are columns of samples on the sheet, and rows in a document
    tensor = "x" if cell.place.tensor == "x" else "target"
    return set_number(document, tensor, None, column, row, number).document  # type: ignore[arg-type]


def number_at(document: Document, cell: AskedCell) -> float:
    """A computed number of a document, in one of the tensors that can be known."""
    block = worked_blocks(document)[cell.place]
    layer = document.trace().layers[cell.place.layer - 1]
    return float(on_screen(block, getattr(layer, cell.place.tensor))[cell.row, cell.column])


def comes_out(document: Document, goal: Goal, cell: AskedCell, number: float) -> tuple[bool, float]:
    """Whether the known number comes out if this one is put in, and what does."""
    found = number_at(with_number(document, cell, number), goal.at)
    return bool(np.isclose(found, goal.number, rtol=_NOISE, atol=_NOISE)), found


def solutions(document: Document, goal: Goal, cell: AskedCell) -> list[int]:
    """The whole numbers that give the known one."""
    return [n for n in range(-LARGEST, LARGEST + 1) if comes_out(document, goal, cell, float(n))[0]]
