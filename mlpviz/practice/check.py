"""Answers to an exercise, whatever it asks: for what comes out, for what gives a number, or which one was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mlpviz.practice.change_checking import CheckedChange
from mlpviz.practice.checking import CellVerdict, check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.goal_checking import CheckedGoal
from mlpviz.practice.typed_answers import State
from mlpviz.text.sentences import Sentence


class Checked(Protocol):
    """The verdicts on all cells of an exercise, whatever it asks."""

    exercise: Exercise
    verdicts: dict[str, CellVerdict]

    def mistakes(self, name: str) -> tuple[str, ...]:
        """The keys of the mistakes of the catalogue that give what was typed into a cell."""
        ...

    def sentence(self, name: str) -> Sentence:
        """What is said of a cell."""
        ...

    def count(self, *states: State) -> int:
        """How many cells have one of these states."""
        ...

    @property
    def points(self) -> int:
        """The cells that count."""
        ...


def check(exercise: Exercise, texts: Mapping[str, str]) -> Checked:
    """The verdicts on what was typed."""
    if exercise.goal is not None:
        return CheckedGoal(exercise, exercise.goal, texts)
    if exercise.change is not None:
        return CheckedChange(exercise, exercise.change, texts)
    return check_answers(exercise, texts)
