"""The questions of lessons: every right answer is computed from the networks, none is written in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from mlpviz.engine.registry import Registry
from mlpviz.lessons.cell_names import LessonPlace
from mlpviz.lessons.step import LessonStep
from mlpviz.network import DocumentError
from mlpviz.practice.blanks import blanks
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.typed import closeness, read_cell, tolerances
from mlpviz.practice.typed_answers import State
from mlpviz.practice.wording import state_text
from mlpviz.practice.workings import Place
from mlpviz.schema.errors import echo
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.text.numbers import MINUS, all_digits
from mlpviz.text.sentences import Sentence, capitalised, sentence

Options = list[tuple[str, str]]
"""Keys and labels of what there is to choose from, in the order in which they stand."""

Places = Sequence[LessonPlace]


class AnswerVerdict(NamedTuple):
    """What is said of an answer."""

    state: State
    said: Sentence


@dataclass(frozen=True)
class QuestionKind:
    """A kind of question: its key is the field of the step that names the cells.

    `answer(places)` computes the right answer: the key of one of the `options(places)`, or the number to be typed
    where there are none. Raises DocumentError for places of which it cannot be asked. `on_sheet`: the fields are those
    of the sheet, and the answers are checked as an exercise. `hidden` is how many of the cells, from the first one on,
    are not seen before the answer; a question about the others is one about what is seen.
    """

    key: str
    label: str
    sentence: str
    answer: Callable[[Places], str | float] = lambda places: 0.0
    options: Callable[[Places], Options] = lambda places: []
    on_sheet: bool = False
    hidden: int = 0


def _sign(places: Places) -> str:
    return str(int(np.sign(places[0].number)))


def _compare(places: Places) -> str:
    first, second = (place.number for place in places)
    return "0" if np.isclose(first, second, rtol=1e-9, atol=0.0) else str(int(np.sign(first - second)))


def _largest(places: Places) -> str:
    sizes = [abs(place.number) for place in places]
    largest = max(sizes)
    if sum(size >= largest * (1.0 - 1e-9) for size in sizes) > 1:
        raise DocumentError("two of the cells are equally large, expected one largest")
    return str(sizes.index(largest))


def _zeros(places: Places) -> float:
    return float(np.sum(places[0].numbers == 0.0))


def _ratio(places: Places) -> float:
    first, second = (place.number for place in places)
    if not second:
        raise DocumentError("the second cell is 0, expected one to divide by")
    return first / second


QUESTIONS: Registry[QuestionKind] = Registry(
    "question of a lesson",
    (
        QuestionKind("cells", "numbers on the sheet", "Cells or parts of the sheet are empty fields.", on_sheet=True),
        QuestionKind(
            "sign", "positive, negative or 0", "Whether the number of a cell is positive, negative or 0.", _sign,
            lambda places: [("1", "positive"), ("-1", "negative"), ("0", "exactly 0")], hidden=1,
        ),
        QuestionKind(
            "compare", "larger or smaller", "Whether the first of two cells is larger or smaller than the second.",
            _compare, lambda places: [("1", "larger"), ("-1", "smaller"), ("0", "just the same")],
            hidden=1,
        ),
        QuestionKind(
            "largest", "which is largest", "Which of some cells has the largest number, whatever its sign.", _largest,
            lambda places: [(str(number), capitalised(place.words)) for number, place in enumerate(places)],
        ),
        QuestionKind("zeros", "how many are 0", "How many numbers of a block are 0.", _zeros, hidden=1),
        QuestionKind("ratio", "how many times as large", "The number of one cell divided by that of another.", _ratio),
    ),
)  # fmt: skip
"""The kinds of questions by the field of a step that asks them."""


class Asking:
    """The question of a step; made by `of`, which raises DocumentError."""

    def __init__(self, kind: QuestionKind, places: Places, exercise: Exercise | None) -> None:
        self.kind, self.places, self.exercise = kind, places, exercise
        self.options = kind.options(places)
        self.answer = kind.answer(places)

    @classmethod
    def of(cls, step: LessonStep, place: Callable[[str], LessonPlace], sheet: WorkedSheet) -> Self | None:
        """The question of a step; None if it has none."""
        given = {kind: getattr(step, kind.key) for kind in QUESTIONS.values() if getattr(step, kind.key)}
        if not given:
            return None
        if len(given) > 1:
            raise DocumentError(f"asks {' and '.join(kind.key for kind in given)}, expected one of them")
        ((kind, names),) = given.items()
        if kind.on_sheet:
            asked = [each for name in names for each in _asked(name, place, sheet)]
            exercise = Exercise.parse({"asked": asked, "document": sheet.document})
            return cls(kind, [place(name) for name in exercise.cells], exercise)
        return cls(kind, [place(name) for name in ([names] if isinstance(names, str) else names)], None)

    @property
    def hidden(self) -> Places:
        """The cells and blocks that are not seen before the answer."""
        return self.places if self.kind.on_sheet else self.places[: self.kind.hidden]

    def hides(self, network: str) -> set[Place]:
        """The blocks of a network that are not seen before the answer."""
        return {place.place for place in self.hidden if place.network == network}

    def right_texts(self) -> dict[str, str]:
        """What whoever knows the answers types into the fields of the sheet."""
        if self.exercise is None:
            return {}
        cells = self.exercise.cells
        return {name: _typed(self.exercise.right_number(cell)) for name, cell in cells.items()}

    def right_answer(self) -> str:
        """The right answer where none is on the sheet: the key of an option, or a number."""
        return self.answer if isinstance(self.answer, str) else _typed(self.answer)

    def check(self, text: str) -> AnswerVerdict:
        """The verdict on an answer that is not on the sheet. Raises DocumentError for an option that there is not."""
        if isinstance(self.answer, str):
            if text not in (key for key, _ in self.options):
                raise DocumentError(f"{echo(text)} is not there to choose")
            return _YES if text == self.answer else _NO
        try:
            typed = read_cell(text)
        except NumberTextError as error:
            return AnswerVerdict("unreadable", state_text("unreadable", self.answer, str(error)))
        equal, allowed = (float(each[0]) for each in tolerances(np.array([self.answer])))
        state: State = closeness(typed, self.answer, equal, allowed)
        return AnswerVerdict(state, _NO.said if state == "wrong" else state_text(state, self.answer, ""))


_YES, _NO = AnswerVerdict("right", sentence("Right.")), AnswerVerdict("wrong", sentence("Not right."))


def _typed(number: float) -> str:
    return all_digits(float(f"{number:.12g}")).replace(MINUS, "-")


def _asked(name: str, place: Callable[[str], LessonPlace], sheet: WorkedSheet) -> list[dict[str, Any]]:
    """A cell, or the blocks of a part of the sheet, as an exercise names them."""
    if " " not in name.strip():
        return blanks(sheet.document, [name])
    cell = place(name).cell
    if cell is None:
        raise DocumentError(f"{echo(name)} is no cell such as z 2 1 1, and no part of the sheet such as z.2")
    return [{"tensor": cell.place.tensor, "layer": cell.place.layer, "cells": [[cell.row + 1, cell.column + 1]]}]
