"""An exercise: a network and the cells of its sheet that somebody is asked to compute; fields, checks and JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, NamedTuple, Self

import numpy as np
from pydantic import BaseModel, BeforeValidator, Field, model_validator

from mlpviz.network import DOCUMENT_LIMITS, Document
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.typed import tolerances
from mlpviz.practice.workings import Place, on_screen
from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.fields import STRICT, Count, FromZero, HyperparameterName, Name, Seed, Text, whole_number
from mlpviz.schema.json_io import parse_model, write_json
from mlpviz.schema.spelling import likely, question
from mlpviz.text.numbers import MINUS, all_digits

VERSION = 1
CELLS = 5_000
"""that one exercise may ask for"""
LONGEST = DOCUMENT_LIMITS.text + 200_000
"""characters of an exercise as JSON"""


class AskedCell(NamedTuple):
    """One number: its block, row and column from 0 as on the sheet. Written "grad_a 5 1 2", from 1."""

    place: Place
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.place.tensor} {self.place.layer} {self.row + 1} {self.column + 1}"


class WantedNumbers(NamedTuple):
    """The right numbers of a block as on the sheet, and their tolerances (`typed.Tolerances`), row by row."""

    numbers: list[list[float]]
    equal: list[list[float]]
    allowed: list[list[float]]


def _document(given: Any) -> Document:
    return given if isinstance(given, Document) else Document.parse(given if isinstance(given, Mapping) else "null")


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


class Exercise(BaseModel):
    """A document, the cells that are asked for, and the question; topic, level and seed if it was generated.

    Made by `parse`, which raises DocumentError.
    """

    model_config = STRICT

    version: Annotated[int, whole_number(1, VERSION)] = VERSION
    question: Text = ""
    topic: Name = ""
    level: FromZero = 0
    seed: Seed = 0
    asked: Annotated[tuple[AskedBlock, ...], Field(min_length=1, max_length=CELLS)]
    document: Annotated[Document, BeforeValidator(_document)]
    fingerprint: Name = ""
    answers: dict[Name, Text] = Field(default_factory=dict)
    """for whoever marks by hand; nothing reads them"""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        blocks = self.sheet.blocks
        for number, asked in enumerate(self.asked):
            block = blocks.get(asked.place)
            if block is None:
                raise _unknown(number, asked, blocks)
            for row, column in asked.cells or ():
                if row > block.rows or column > block.columns:
                    raise DocumentError.at(
                        ("asked", number, "cells"),
                        f"has row {row}, column {column}; {asked.tensor} of layer {asked.layer} has "
                        f"{counted(block.rows, 'row')} and {counted(block.columns, 'column')}",
                    )
            if not np.isfinite(self.sheet.right.of(*asked.place)).all():
                raise DocumentError.at(
                    ("asked", number), "has numbers that are infinite or not defined, which nobody can type"
                )
        cells = sum(
            len(asked.cells or ()) or blocks[asked.place].rows * blocks[asked.place].columns for asked in self.asked
        )
        if cells > CELLS:
            raise DocumentError.at(("asked",), f"has {cells:,} cells, at most {CELLS:,} are allowed")
        if len(self.cells) < cells:
            raise DocumentError.at(("asked",), "has a cell twice, expected each cell once")
        if self.fingerprint not in ("", own := self._own_fingerprint):
            raise DocumentError(
                f"fingerprint is {echo(self.fingerprint)}, expected {own}: the exercise was changed after it was made"
            )
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> Exercise:
        """The exercise in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        Raises DocumentError: one sentence that names the place and what was expected.
        """
        found = parse_model(cls, source, whole="the exercise", version=VERSION, known=_KNOWN, tags={}, longest=LONGEST)
        return found.model_copy(update={"fingerprint": found._own_fingerprint})

    def to_json_value(self, *, with_answers: bool = False) -> dict[str, Any]:
        """The exercise as plain values; what a generator adds only where it did."""
        found: dict[str, Any] = {"version": self.version, "question": self.question}
        if self.topic:
            found |= {"topic": self.topic, "level": self.level, "seed": self.seed}
        asked = [each.to_json_value() for each in self.asked]
        found |= {"fingerprint": self.fingerprint, "asked": asked}
        if with_answers:
            found["answers"] = self.answers_as_typed()
        return found | {"document": self.document.to_json_value()}

    def answers_as_typed(self) -> dict[str, str]:
        """The right numbers by the names of the cells, as somebody types them."""
        return {name: _as_typed(self.right_number(cell)) for name, cell in self.cells.items()}

    @cached_property
    def _own_fingerprint(self) -> str:
        """16 letters and digits that are others for another network or other cells; the question may change."""
        asked = [str(cell) for cell in self.cells.values()]
        text = write_json({"asked": asked, "document": self.document.to_json_value()}, None, ())
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def sheet(self) -> WorkedSheet:
        """The blocks with their rules and right numbers."""
        return WorkedSheet(self.document)

    @cached_property
    def cells(self) -> dict[str, AskedCell]:
        """The asked cells by their names, in the order of computation."""
        asked: dict[Place, list[tuple[int, int]]] = {}
        for each in self.asked:
            block = self.sheet.blocks[each.place]
            every = [(row, column) for row in range(1, block.rows + 1) for column in range(1, block.columns + 1)]
            asked.setdefault(each.place, []).extend(every if each.cells is None else each.cells)
        cells = [
            AskedCell(place, row - 1, column - 1)
            for place in self.sheet.order
            for row, column in sorted(set(asked.get(place, ())))
        ]
        return {str(cell): cell for cell in cells}

    def wanted(self, place: Place) -> WantedNumbers:
        """What belongs into the cells of a block, made once."""
        if place not in self._wanted:
            shown = on_screen(self.sheet.blocks[place], self.sheet.right.of(*place))
            self._wanted[place] = WantedNumbers(*(each.tolist() for each in (shown, *tolerances(shown))))
        return self._wanted[place]

    @cached_property
    def _wanted(self) -> dict[Place, WantedNumbers]:
        return {}

    def right_number(self, cell: AskedCell) -> float:
        """What belongs into a cell."""
        return self.wanted(cell.place).numbers[cell.row][cell.column]


def _as_typed(number: float) -> str:
    """A number as somebody types it, without what float arithmetic leaves behind: 0.2 for 0.19999999999999993."""
    short = float(f"{number:.12g}")
    return all_digits(short if abs(short - number) <= 1e-15 * max(1.0, abs(number)) else number).replace(MINUS, "-")


def _unknown(number: int, asked: AskedBlock, blocks: Mapping[Place, Any]) -> DocumentError:
    names = dict.fromkeys(place.tensor for place in blocks)
    layers = [place.layer for place in blocks if place.tensor == asked.tensor]
    if layers:
        return DocumentError.at(
            ("asked", number, "layer"),
            f"is {asked.layer}, but {asked.tensor} is computed in layer {', '.join(map(str, sorted(layers)))}",
        )
    meant = str(question(likely(asked.tensor, names), "name")) or f"; computed are {', '.join(names)}"
    return DocumentError.at(("asked", number, "tensor"), f"is {echo(asked.tensor)}, which is not computed here{meant}")


_KNOWN = {
    "": tuple(Exercise.model_fields),
    "asked": tuple(AskedBlock.model_fields),
}
