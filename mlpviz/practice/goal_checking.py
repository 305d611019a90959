"""The answer to a question backwards, checked by putting it in: any number counts that gives the known one."""

from __future__ import annotations

from collections.abc import Mapping

from mlpviz.network import DocumentError
from mlpviz.practice.checking import CellVerdict
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.goal import Goal, comes_out
from mlpviz.practice.mistakes.mistake import say
from mlpviz.practice.typed import read_cell
from mlpviz.practice.typed_answers import State
from mlpviz.practice.wording import cell_words, state_text
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.text.sentences import Sentence


class CheckedGoal:
    """The verdict on the one number that is asked for."""

    def __init__(self, exercise: Exercise, goal: Goal, texts: Mapping[str, str]) -> None:
        self.exercise = exercise
        ((name, cell),) = exercise.cells.items()
        right, text = exercise.right_number(cell), texts.get(name, "")
        self._said: Sentence = state_text("empty", right, "")
        state, typed = self._state(goal, name, text) if text.strip() else ("empty", None)
        self.verdicts = {name: CellVerdict(cell, state, typed, right)}

    def _state(self, goal: Goal, name: str, text: str) -> tuple[State, float | None]:
        cell = self.exercise.cells[name]
        try:
            typed = read_cell(text).value
            is_right, found = comes_out(self.exercise.document, goal, cell, typed)
        except (NumberTextError, DocumentError) as error:
            self._said = state_text("unreadable", 0.0, str(error))
            return "unreadable", None
        words = cell_words(self.exercise.block(goal.at.place), goal.at)
        if is_right:
            self._said = say("Right: {words} comes out as {number}.", words=words, number=goal.number)
            return "right", typed
        self._said = say(
            "With {typed}, {words} comes out as {found}, not {number}.",
            typed=typed, words=words, found=found, number=goal.number,
        )  # fmt: skip
        return "wrong", typed

    def mistakes(self, _: str) -> tuple[str, ...]:
        """None: the catalogue is about what comes out."""
        return ()

    def sentence(self, _: str) -> Sentence:
        """What comes out with the number."""
        return self._said

    def count(self, *states: State) -> int:
        """How many cells have one of these states: of one cell."""
        return sum(verdict.state in states for verdict in self.verdicts.values())

    @property
    def points(self) -> int:
        """1 if it is right."""
        return self.count("right")
