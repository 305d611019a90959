"""What a learning platform is told of an asked cell: its number, how far off that may be, and what mistakes give."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.practice.asked import AskedCell
from mlpviz.practice.check import check
from mlpviz.practice.diagnosis import mistakes_about
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.mistakes import Mistake, WrongCell
from mlpviz.practice.typed import closeness, read_cell, tolerances
from mlpviz.practice.typed_answers import BlockAnswers
from mlpviz.practice.wording import cell_words, explained_text
from mlpviz.practice.workings import Place
from mlpviz.schema.number_characters import plain_characters
from mlpviz.text.numbers import all_digits
from mlpviz.text.sentences import Sentence

MOST_MISTAKES = 12
"""of one cell: platforms keep every answer that they know"""


class WrongAnswer(NamedTuple):
    """A number that mistakes of the catalogue give in a cell, and the sentence about it."""

    number: str
    tolerance: str
    sentence: str


class PlatformCell(NamedTuple):
    """One asked cell: its right number and tolerance as texts with a decimal point, and wrong numbers."""

    name: str
    words: str
    number: str
    tolerance: str
    wrong: tuple[WrongAnswer, ...]


def platform_cells(exercise: Exercise) -> dict[str, PlatformCell]:
    """The asked cells of an exercise by their names."""
    if exercise.goal is not None:
        return {name: _sought(exercise, name) for name in exercise.cells}
    answers = exercise.answers_as_typed()
    found: dict[str, PlatformCell] = {}
    for place in dict.fromkeys(cell.place for cell in exercise.cells.values()):
        block, wanted, made = exercise.sheet.blocks[place], exercise.wanted(place), _Mistakes(exercise, place)
        for name, cell in exercise.cells.items():
            if cell.place != place:
                continue
            right = wanted.numbers[cell.row][cell.column]
            wrong = made.at(cell)
            found[name] = PlatformCell(name, cell_words(block, cell), answers[name], tolerance_of(right), wrong)
    return {name: found[name] for name in exercise.cells}


def decimal(number: float) -> str:
    """A number as platforms read it: a hyphen for a minus, a decimal point, and twelve digits at most."""
    return plain_characters(all_digits(float(f"{number:.12g}") + 0.0))


def tolerance_of(number: float) -> str:
    """How far off a typed number may be: 0 where the sheet shows all digits, else half a unit of the last one."""
    allowed, equal = tolerances(np.array([number])).allowed[0], tolerances(np.array([number])).equal[0]
    # platforms allow for the last bit of a float by themselves
    return "0" if allowed == equal else decimal(float(f"{allowed:.6g}"))


def _sought(exercise: Exercise, name: str) -> PlatformCell:
    """The number that a question backwards asks for, and what comes out with others: a platform cannot put them in."""
    cell, right = exercise.cells[name], exercise.answers_as_typed()[name]
    near = [int(right) + step for size in range(1, MOST_MISTAKES // 2) for step in (-size, size)]
    wrong = (decimal(number) for number in dict.fromkeys([-int(right), 0, *near]) if number != int(right))
    said = (WrongAnswer(text, "0", str(check(exercise, {name: text}).sentence(name))) for text in wrong)
    return PlatformCell(name, cell_words(exercise.block(cell.place), cell), right, "0", tuple(said))


class _Mistakes:
    """What the mistakes of the catalogue make of a block, from the right numbers before it."""

    def __init__(self, exercise: Exercise, place: Place) -> None:
        self.exercise, self.place = exercise, place
        workings, right = exercise.sheet.right, exercise.sheet.right.of(*place)
        with np.errstate(all="ignore"):
            self.ways = [
                (mistake, way)
                for mistake in mistakes_about(place.tensor)
                for way in mistake.wrong(workings, place, right)
            ]
        self.block = BlockAnswers(exercise, place, {})

    def at(self, cell: AskedCell) -> tuple[WrongAnswer, ...]:
        """The wrong numbers of a cell, each with all mistakes that give it."""
        at, wanted = self.block.at(cell), self.exercise.wanted(self.place)
        right, equal, allowed = (each[cell.row][cell.column] for each in wanted)
        said: dict[str, dict[str, tuple[Mistake, Sentence]]] = {}
        for mistake, way in self.ways:
            number = float(way.numbers[at])
            text = decimal(number) if np.isfinite(number) else ""
            # what is right but for its digits is no mistake of the catalogue
            if not text or closeness(read_cell(text), right, equal, allowed) != "wrong":
                continue
            if text not in said and len(said) == MOST_MISTAKES:
                continue
            seen = WrongCell(self.exercise.sheet.right, self.place, at, way.which)
            said.setdefault(text, {}).setdefault(mistake.key, (mistake, mistake.said(seen)))
        return tuple(
            WrongAnswer(text, tolerance_of(float(text)), str(explained_text(float(text), right, list(each.values()))))
            for text, each in said.items()
        )
