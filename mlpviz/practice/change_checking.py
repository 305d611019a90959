"""Which cell somebody takes for the changed one, and what they type there: checked with the catalogue of mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from mlpviz.practice.change import ChangedNumber, claimed, is_same
from mlpviz.practice.checking import CellVerdict, CheckedAnswers, check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.mistakes.mistake import say
from mlpviz.practice.typed import read_cell
from mlpviz.practice.typed_answers import State
from mlpviz.practice.wording import cell_words, state_text
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.text.numbers import all_digits
from mlpviz.text.sentences import Sentence, capitalised


class CheckedChange:
    """The verdict on the cell that was named, and on the changed one, which alone counts."""

    def __init__(self, exercise: Exercise, change: ChangedNumber, texts: Mapping[str, str]) -> None:
        self.exercise, self.change = exercise, change
        self._said: dict[str, Sentence] = {}
        self.verdicts: dict[str, CellVerdict] = {}
        named = claimed(texts)
        for name, text in named.items():
            self._put(name, *self._verdict_on(name, text, is_alone=len(named) == 1))
        wanted = str(change.cell)
        if wanted not in self.verdicts:
            empty = state_text("empty", 0.0, "")
            self._put(wanted, *(("wrong", None, say("Another cell was named.")) if named else ("empty", None, empty)))

    def _verdict_on(self, name: str, text: str, *, is_alone: bool) -> tuple[State, float | None, Sentence]:
        """The state of a cell in which something was typed, the number, and what is said."""
        cell = self.exercise.fields[name]
        try:
            typed = read_cell(text).value
        except NumberTextError as error:
            return "unreadable", None, state_text("unreadable", 0.0, str(error))
        words = capitalised(cell_words(self.exercise.block(cell.place), cell))
        if not is_alone:
            return "wrong", typed, say("One number was changed: name one cell.")
        if cell != self.change.cell:
            return "wrong", typed, self._elsewhere(name, text, words)
        if is_same(self.change.right, typed):
            return "right", typed, say("Right. {found}", found=self.found())
        if typed == self.change.shown:
            return "wrong", typed, say("That is the number that stands here.")
        checked = self._checked({name: text})
        return "wrong", typed, say("This one was changed. {said}", said=checked.sentence(name))

    def found(self) -> Sentence:
        """Which one was changed, and the mistake that gives what stood there, if one does."""
        cell = self.change.cell
        words = capitalised(cell_words(self.exercise.block(cell.place), cell))
        checked = self._checked({str(self.change.cell): all_digits(self.change.shown)})
        found = say("{words} was changed.", words=words)
        if not checked.mistakes(str(self.change.cell)):
            return found
        return say("{found} {how}", found=found, how=checked.sentence(str(self.change.cell)))

    def _elsewhere(self, name: str, text: str, words: str) -> Sentence:
        """What is said of a cell that was not changed; it may be rightly computed from the one that was."""
        checked = self._checked({str(self.change.cell): all_digits(self.change.shown), name: text})
        if checked.verdicts[name].state == "carried":
            return say("{words} was not changed. Yours follows from a number that was: look before it.", words=words)
        return say("{words} was not changed: it follows from the right numbers before it.", words=words)

    def _checked(self, texts: Mapping[str, str]) -> CheckedAnswers:
        """These cells as if they were asked for."""
        places = [self.exercise.fields[name] for name in texts]
        asked = [
            {"tensor": cell.place.tensor, "layer": cell.place.layer, "cells": [[cell.row + 1, cell.column + 1]]}
            for cell in places
        ]
        return check_answers(Exercise.parse({"asked": asked, "document": self.exercise.document}), texts)

    def _put(self, name: str, state: State, typed: float | None, said: Sentence) -> None:
        cell = self.exercise.fields[name]
        self.verdicts[name] = CellVerdict(cell, state, typed, self.exercise.right_number(cell))
        self._said[name] = said

    def mistakes(self, _: str) -> tuple[str, ...]:
        """None: the catalogue is about what comes out."""
        return ()

    def sentence(self, name: str) -> Sentence:
        """What is said of a cell."""
        return self._said[name]

    def count(self, *states: State) -> int:
        """How many cells have one of these states: of one cell."""
        return int(self.verdicts[str(self.change.cell)].state in states)

    @property
    def points(self) -> int:
        """1 if it is found and right."""
        return self.count("right")
