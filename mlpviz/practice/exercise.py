"""An exercise: a network and the cells of its sheet that somebody is asked to compute; fields, checks and JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, NamedTuple, Self

import numpy as np
from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, model_validator

from mlpviz.network import DOCUMENT_LIMITS, Document
from mlpviz.practice.asked import CELLS, AskedBlock, AskedCell, cells_in_order, check_cells
from mlpviz.practice.change import ChangedNumber, check_change
from mlpviz.practice.goal import Goal, check_goal, given_block, solutions, with_number
from mlpviz.practice.learner_controls import Hidden
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.typed import tolerances
from mlpviz.practice.workings import Place
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.fields import STRICT, Finite, FromZero, Name, Seed, Text, whole_number
from mlpviz.schema.json_io import parse_model, read_json, whole_as_int, write_json
from mlpviz.schema.link import packed, unpacked
from mlpviz.sheet.blocks import Block
from mlpviz.text.numbers import MINUS, all_digits

VERSION = 1
LONGEST = DOCUMENT_LIMITS.text + 200_000
"""characters of an exercise as JSON"""


def is_exercise(source: str | bytes) -> bool:
    """Whether this is the JSON text of an exercise, by its fields, rather than that of a network or anything else."""
    try:
        found = read_json(source, "the exercise", LONGEST)
    except DocumentError:
        return False
    return isinstance(found, dict) and "asked" in found


class WantedNumbers(NamedTuple):
    """The right numbers of a block as on the sheet, and their tolerances (`typed.Tolerances`), row by row."""

    numbers: list[list[float]]
    equal: list[list[float]]
    allowed: list[list[float]]


def _document(given: Any) -> Document:
    return given if isinstance(given, Document) else Document.parse(given if isinstance(given, Mapping) else "null")


class Exercise(BaseModel):
    """A document, the cells that are asked for, and the question; topic, level and seed if it was generated.

    `given` are computed cells that are seen from the start, `hidden` the controls that the learner does without.
    Made by `parse`, which raises DocumentError.
    """

    model_config = STRICT

    version: Annotated[int, whole_number(1, VERSION)] = VERSION
    question: Text = ""
    topic: Name = ""
    level: FromZero = 0
    seed: Seed = 0
    asked: Annotated[tuple[AskedBlock, ...], Field(min_length=1, max_length=CELLS)]
    given: Annotated[tuple[AskedBlock, ...], Field(max_length=CELLS)] = ()
    hidden: Hidden = ()
    goal: Goal | None = None
    """of a question backwards: the number that comes out if the one that is asked for is put in"""
    changed: Finite | None = None
    """what stands in the one cell that is asked for, where the question is which of the given ones was changed"""
    document: Annotated[Document, BeforeValidator(_document)]
    fingerprint: Name = ""
    answers: dict[Name, Text] = Field(default_factory=dict)
    """for whoever marks by hand; nothing reads them"""

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        if isinstance(info.context, WorkedSheet):
            self.__dict__["sheet"] = info.context
        if self.goal is not None:
            if self.changed is not None:
                raise DocumentError.at(("changed",), "stands beside a goal, expected one of them")
            check_goal(self.document, self.goal, self.asked)
            return self._is_unchanged()
        check_cells("asked", self.asked, self.sheet.blocks)
        check_cells("given", self.given, self.sheet.blocks)
        for number, asked in enumerate(self.asked):
            if not np.isfinite(self.sheet.right.of(*asked.place)).all():
                raise DocumentError.at(
                    ("asked", number), "has numbers that are infinite or not defined, which nobody can type"
                )
        if self.change is not None:
            check_change(self.change, self.cells.values(), self.given, self.given_cells)
        elif both := self.given_cells & set(self.cells.values()):
            raise DocumentError.at(("given",), f"has {min(map(str, both))}, which is asked for")
        return self._is_unchanged()

    def _is_unchanged(self) -> Self:
        if self.fingerprint not in ("", own := self._own_fingerprint):
            raise DocumentError(
                f"fingerprint is {echo(self.fingerprint)}, expected {own}: the exercise was changed after it was made"
            )
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any], sheet: WorkedSheet | None = None) -> Exercise:
        """The exercise in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        `sheet` is that of its document, if it was worked out already.
        Raises DocumentError: one sentence that names the place and what was expected.
        """
        found = parse_model(
            cls, source, whole="the exercise", version=VERSION, known=_KNOWN, tags={}, longest=LONGEST, context=sheet
        )
        return found.model_copy(update={"fingerprint": found._own_fingerprint})

    def to_json_value(self, *, with_answers: bool = False) -> dict[str, Any]:
        """The exercise as plain values; what a generator adds only where it did."""
        found: dict[str, Any] = {"version": self.version, "question": self.question}
        if self.topic:
            found |= {"topic": self.topic, "level": self.level, "seed": self.seed}
        asked = [each.to_json_value() for each in self.asked]
        found |= {"fingerprint": self.fingerprint, "asked": asked}
        if self.given:
            found["given"] = [each.to_json_value() for each in self.given]
        if self.hidden:
            found["hidden"] = list(self.hidden)
        if self.goal is not None:
            found["goal"] = self.goal.to_json_value()
        if self.changed is not None:
            found["changed"] = whole_as_int(self.changed)
        if with_answers:
            found["answers"] = self.answers_as_typed()
        return found | {"document": self.document.to_json_value()}

    def to_link(self) -> str:
        """The exercise as letters, digits, - and _ only. Raises DocumentError if it is too long for an address."""
        found = self.to_json_value()
        del found["fingerprint"]
        return packed(write_json(found, None, ()))

    @classmethod
    def from_link(cls, text: str) -> Exercise:
        """The exercise that `to_link` wrote. Raises DocumentError for a link that is damaged or holds no exercise."""
        return cls.parse(unpacked(text))

    def answers_as_typed(self) -> dict[str, str]:
        """The right numbers by the names of the cells, as somebody types them."""
        return {name: _as_typed(self.right_number(cell)) for name, cell in self.cells.items()}

    @cached_property
    def _own_fingerprint(self) -> str:
        """16 letters and digits that are others for another network or other cells; the question may change."""
        found: dict[str, Any] = {"asked": [str(cell) for cell in self.cells.values()]}
        if self.goal is not None:
            found["goal"] = self.goal.to_json_value()
        if self.changed is not None:
            found |= {"changed": self.changed, "given": sorted(map(str, self.given_cells))}
        text = write_json(found | {"document": self.document.to_json_value()}, None, ())
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def sheet(self) -> WorkedSheet:
        """The blocks with their rules and right numbers."""
        return WorkedSheet(self.document)

    @cached_property
    def cells(self) -> dict[str, AskedCell]:
        """The asked cells by their names, in the order of computation."""
        if self.goal is not None:
            (row, column) = (self.asked[0].cells or ((1, 1),))[0]
            cell = AskedCell(self.asked[0].place, row - 1, column - 1)
            return {str(cell): cell}
        return {str(cell): cell for cell in cells_in_order(self.asked, self.sheet.blocks)}

    @cached_property
    def change(self) -> ChangedNumber | None:
        """The changed cell, where it is asked for."""
        if self.changed is None:
            return None
        cell = next(iter(self.cells.values()))
        return ChangedNumber(cell, self.right_number(cell), self.changed)

    @cached_property
    def fields(self) -> Mapping[str, AskedCell]:
        """The cells that take a number: those that are asked for, or all among which a changed one is sought."""
        if self.changed is None:
            return self.cells
        return {str(cell): cell for cell in cells_in_order(self.given, self.sheet.blocks)}

    @property
    def is_inverse(self) -> bool:
        """Whether it asks what gives a number, or which number was changed, and not for what comes out."""
        return self.goal is not None or self.changed is not None

    def block(self, place: Place) -> Block:
        """A block in which something is asked for. Raises LookupError for one that is not on the sheet."""
        found = self.sheet.blocks.get(place) or given_block(self.document, place)
        if found is None:
            raise LookupError(f"{place} is not on the sheet")
        return found

    @cached_property
    def given_cells(self) -> frozenset[AskedCell]:
        """The computed cells whose numbers are seen from the start."""
        return frozenset(cells_in_order(self.given, self.sheet.blocks))

    def wanted(self, place: Place) -> WantedNumbers:
        """What belongs into the cells of a block, made once."""
        if place not in self._wanted:
            shown = self.sheet.on_screen(place)
            self._wanted[place] = WantedNumbers(*(each.tolist() for each in (shown, *tolerances(shown))))
        return self._wanted[place]

    @cached_property
    def solved_document(self) -> Document:
        """The document as it is when all is answered: for a question backwards with its number put in."""
        if self.goal is None:
            return self.document
        (cell,) = self.cells.values()
        return with_number(self.document, cell, self.right_number(cell))

    @cached_property
    def _solutions(self) -> list[int]:
        (cell,) = self.cells.values()
        return [] if self.goal is None else solutions(self.document, self.goal, cell)

    @cached_property
    def _wanted(self) -> dict[Place, WantedNumbers]:
        return {}

    def right_number(self, cell: AskedCell) -> float:
        """What belongs into a cell."""
        if self.goal is not None:
            return float(self._solutions[0])
        return self.wanted(cell.place).numbers[cell.row][cell.column]


def _as_typed(number: float) -> str:
    """A number as somebody types it, without what float arithmetic leaves behind: 0.2 for 0.19999999999999993."""
    short = float(f"{number:.12g}")
    return all_digits(short if abs(short - number) <= 1e-15 * max(1.0, abs(number)) else number).replace(MINUS, "-")


_KNOWN = {
    "": tuple(Exercise.model_fields),
    "asked": tuple(AskedBlock.model_fields),
    "given": tuple(AskedBlock.model_fields),
    "goal": tuple(Goal.model_fields),
}
