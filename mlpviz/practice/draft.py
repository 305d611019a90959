"""An exercise while somebody builds it: cells of a sheet are made empty fields, or given, one or a block at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from mlpviz.network import Document
from mlpviz.practice.asked import CELLS, AskedCell
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.workings import Place
from mlpviz.schema.errors import DocumentError

Mark = Literal["asked", "given", "later"]
"""What a computed cell is: an empty field; seen from the start; seen when every field before it is right."""


@dataclass(frozen=True)
class Draft:
    """What was chosen so far. Cells without a mark come later; `hidden` are the controls that the learner lacks."""

    document: Document
    sheet: WorkedSheet
    marks: Mapping[AskedCell, Mark]
    question: str = ""
    hidden: tuple[str, ...] = ()

    @classmethod
    def of(cls, exercise: Exercise) -> Draft:
        """A draft that is this exercise so far. Raises DocumentError for a sheet that is too large to click through."""
        if exercise.is_inverse:
            raise DocumentError("a question backwards asks for one number: choose another exercise to build on")
        numbers = sum(block.rows * block.columns for block in exercise.sheet.blocks.values())
        if numbers > CELLS:
            raise DocumentError(
                f"this sheet has {numbers:,} computed numbers; an exercise is built by clicking on one of "
                f"at most {CELLS:,}"
            )
        marks: dict[AskedCell, Mark] = dict.fromkeys(exercise.cells.values(), "asked")
        marks |= dict.fromkeys(exercise.given_cells, "given")
        return cls(exercise.document, exercise.sheet, marks, exercise.question, exercise.hidden)

    def marked(self, place: Place, row: int, column: int, mark: Mark) -> Draft:
        """With another mark for a cell, counted from 0; for the whole block with row and column −1.

        Raises DocumentError for a cell that the sheet does not have.
        """
        block = self.sheet.blocks.get(place)
        if block is None:
            raise DocumentError("numbers that are given stay so: click those that are computed")
        if (row, column) == (-1, -1):
            cells = [AskedCell(place, r, c) for r in range(block.rows) for c in range(block.columns)]
        elif 0 <= row < block.rows and 0 <= column < block.columns:
            cells = [AskedCell(place, row, column)]
        else:
            raise DocumentError("this cell is not on the sheet")
        marks = {cell: each for cell, each in self.marks.items() if cell not in set(cells)}
        return replace(self, marks=marks if mark == "later" else marks | dict.fromkeys(cells, mark))

    def exercise(self) -> Exercise:
        """The exercise. Raises DocumentError where nothing is asked, or a number that nobody can type."""
        asked, given = self._parts("asked"), self._parts("given")
        if not asked:
            raise DocumentError("nothing is asked for yet: click a number, or the heading of a block")
        return Exercise.parse(
            {
                "question": self.question, "asked": asked, "given": given, "hidden": self.hidden,
                "document": self.document,
            },
            self.sheet,
        )  # fmt: skip

    def _parts(self, mark: Mark) -> list[dict[str, Any]]:
        """The cells with this mark as an exercise has them in its JSON: block by block, whole ones without cells."""
        found = []
        for place, block in self.sheet.blocks.items():
            cells = sorted(self._cells_of(place, mark))
            if cells:
                part: dict[str, Any] = {"tensor": place.tensor, "layer": place.layer}
                found.append(part if len(cells) == block.rows * block.columns else part | {"cells": cells})
        return found

    def _cells_of(self, place: Place, mark: Mark) -> Iterable[tuple[int, int]]:
        return (
            (cell.row + 1, cell.column + 1) for cell, each in self.marks.items() if (cell.place, each) == (place, mark)
        )


def link_of(exercise: Exercise) -> str:
    """The exercise for an address. Raises DocumentError, in one sentence, if it is too long for one."""
    try:
        return exercise.to_link()
    except DocumentError:
        raise DocumentError(
            "this exercise is too long for a link: ask for whole blocks rather than many single cells, or take a "
            "smaller network"
        ) from None
