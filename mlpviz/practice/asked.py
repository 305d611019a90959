"""Cells of a sheet that an exercise is about: single ones and those of a block, as an exercise has them in its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, Field

from mlpviz.practice.workings import Place
from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.fields import STRICT, Count, FromZero, HyperparameterName
from mlpviz.schema.spelling import likely, question
from mlpviz.sheet.blocks import Block

CELLS = 5_000
"""that one exercise may ask for"""


class AskedCell(NamedTuple):
    """One number: its block, row and column from 0 as on the sheet. Written "grad_a 5 1 2", from 1."""

    place: Place
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.place.tensor} {self.place.layer} {self.row + 1} {self.column + 1}"


class AskedBlock(BaseModel):
    """Cells of one block: rows and columns from 1 as on the sheet; without `cells` the whole block is asked for."""

    model_config = STRICT

    tensor: HyperparameterName
    layer: FromZero
    cells: Annotated[tuple[tuple[Count, Count], ...], Field(min_length=1, max_length=CELLS)] | None = None

    @property
    def place(self) -> Place:
        """The block."""
        return Place(self.tensor, self.layer)

    def to_json_value(self) -> dict[str, Any]:
        """The block as plain values."""
        found: dict[str, Any] = {"tensor": self.tensor, "layer": self.layer}
        return found if self.cells is None else found | {"cells": [list(cell) for cell in self.cells]}


def check_cells(name: str, parts: Sequence[AskedBlock], blocks: Mapping[Place, Block]) -> None:
    """Raises DocumentError, at the field of this name, for parts that a sheet with these blocks does not have."""
    for number, part in enumerate(parts):
        block = blocks.get(part.place)
        if block is None:
            raise _unknown(name, number, part, blocks)
        for row, column in part.cells or ():
            if row > block.rows or column > block.columns:
                raise DocumentError.at(
                    (name, number, "cells"),
                    f"has row {row}, column {column}; {part.tensor} of layer {part.layer} has "
                    f"{counted(block.rows, 'row')} and {counted(block.columns, 'column')}",
                )
    count = sum(len(part.cells or ()) or blocks[part.place].rows * blocks[part.place].columns for part in parts)
    if count > CELLS:
        raise DocumentError.at((name,), f"has {count:,} cells, at most {CELLS:,} are allowed")
    if len(cells_in_order(parts, blocks)) < count:
        raise DocumentError.at((name,), "has a cell twice, expected each cell once")


def cells_in_order(parts: Iterable[AskedBlock], blocks: Mapping[Place, Block]) -> list[AskedCell]:
    """The cells of parts of a sheet, in the order of its blocks."""
    found: dict[Place, list[tuple[int, int]]] = {}
    for each in parts:
        block = blocks[each.place]
        every = [(row, column) for row in range(1, block.rows + 1) for column in range(1, block.columns + 1)]
        found.setdefault(each.place, []).extend(every if each.cells is None else each.cells)
    return [
        AskedCell(place, row - 1, column - 1) for place in blocks for row, column in sorted(set(found.get(place, ())))
    ]


def _unknown(name: str, number: int, asked: AskedBlock, blocks: Mapping[Place, Any]) -> DocumentError:
    names = dict.fromkeys(place.tensor for place in blocks)
    layers = [place.layer for place in blocks if place.tensor == asked.tensor]
    if layers:
        return DocumentError.at(
            (name, number, "layer"),
            f"is {asked.layer}, but {asked.tensor} is computed in layer {', '.join(map(str, sorted(layers)))}",
        )
    meant = str(question(likely(asked.tensor, names), "name")) or f"; computed are {', '.join(names)}"
    return DocumentError.at((name, number, "tensor"), f"is {echo(asked.tensor)}, which is not computed here{meant}")
