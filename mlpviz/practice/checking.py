"""Answers to an exercise, checked cell by cell: right, rounded, rightly computed from wrong numbers, or a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.practice.asked import AskedCell
from mlpviz.practice.carrying import OwnSheet
from mlpviz.practice.diagnosis import Explanation, explanations
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.typed_answers import Answers, BlockAnswers, State
from mlpviz.practice.wording import carried_text, explained_text, state_text, trivial_text
from mlpviz.practice.workings import Place
from mlpviz.text.sentences import Sentence


class CellVerdict(NamedTuple):
    """How right one cell is: its state, what was typed and what belongs there."""

    cell: AskedCell
    state: State
    typed: float | None
    right: float


class CheckedAnswers:
    """All verdicts of one set of answers, by the names of the cells; made by `check_answers`."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.exercise = answers, answers.exercise
        self._wrong: dict[Place, NDArray[np.bool_]] = {}
        """where the numbers of a block are wrong and not carried"""
        self._explained: dict[Place, tuple[Explanation, ...]] = {}
        self._carried: dict[AskedCell, OwnSheet] = {}
        for block in answers.blocks.values():
            wrong = block.wrong.copy()
            if wrong.any():
                for own in self._own_sheets:
                    wrong &= ~self._carry(own, block)
                if wrong.any():
                    self._wrong[block.place] = wrong
        self.verdicts: dict[str, CellVerdict] = {
            name: self._verdict(cell) for name, cell in self.exercise.cells.items()
        }

    @cached_property
    def _own_sheets(self) -> tuple[OwnSheet, ...]:
        """The sheet from the learner's wrong numbers, and from all of theirs where some are rounded."""
        rounded = any(block.has_rounded for block in self.answers.blocks.values())
        own = OwnSheet(self.answers)
        return (own, OwnSheet(self.answers, rounded=True)) if rounded else (own,)

    def _carry(self, own: OwnSheet, block: BlockAnswers) -> NDArray[np.bool_]:
        carried = own.carried(block)
        if carried.any():
            self._carried |= {
                cell: own for cell in block.cells if carried[block.at(cell)] and cell not in self._carried
            }
        return carried

    def _explanations(self, place: Place) -> tuple[Explanation, ...]:
        """The mistakes that give a block, looked for when somebody asks for the first time."""
        if place not in self._explained:
            self._explained[place] = self._explain(self.answers.blocks[place], self._wrong[place])
        return self._explained[place]

    def _explain(self, block: BlockAnswers, wrong: NDArray[np.bool_]) -> tuple[Explanation, ...]:
        first = self._own_sheets[0]
        if first.is_trivial(block.place) and np.array_equal(block.agrees(first.expected(block.place), wrong), wrong):
            return ()  # rightly computed, from numbers that leave nothing to compute
        for own in self._own_sheets:
            if found := explanations(own, block, wrong):
                return found
        return ()

    def _verdict(self, cell: AskedCell) -> CellVerdict:
        right, block = self.exercise.right_number(cell), self.answers.blocks.get(cell.place)
        if cell in self.answers.unreadable:
            return CellVerdict(cell, "unreadable", None, right)
        if block is None or not block.typed[block.at(cell)]:
            return CellVerdict(cell, "empty", None, right)
        typed, state = float(block.numbers[block.at(cell)]), block.state(cell)
        if state != "wrong":
            return CellVerdict(cell, state, typed, right)
        if cell in self._carried:
            return CellVerdict(cell, "carried", typed, right)
        return CellVerdict(cell, "wrong", typed, right)

    def mistakes(self, name: str) -> tuple[str, ...]:
        """The keys of the mistakes that give what was typed into a cell; none where it is not wrong."""
        verdict = self.verdicts[name]
        if verdict.state != "wrong":
            return ()
        return tuple(each.mistake.key for each in self._explanations(verdict.cell.place))

    def sentence(self, name: str) -> Sentence:
        """What is said of a cell, in one or two sentences with its numbers."""
        verdict = self.verdicts[name]
        cell, block = verdict.cell, self.answers.blocks.get(verdict.cell.place)
        if block is None or verdict.state not in ("carried", "wrong"):
            return state_text(verdict.state, verdict.right, self.answers.unreadable.get(cell, ""))
        if verdict.state == "carried":
            source = self._carried[cell].source(cell)
            return carried_text(self.exercise, source, None if source is None else self.verdicts[str(source)].typed)
        own = self._own_sheets[0]
        found = self._explanations(cell.place)
        if own.is_trivial(cell.place) and not found:
            return trivial_text()
        said = [(each.mistake, each.said(own, block, block.at(cell))) for each in found]
        return explained_text(float(block.numbers[block.at(cell)]), verdict.right, said)

    def count(self, *states: State) -> int:
        """How many cells have one of these states."""
        return sum(verdict.state in states for verdict in self.verdicts.values())

    @property
    def points(self) -> int:
        """The cells that count: right ones, also rounded, and those with the right method."""
        return self.count("right", "rounded", "carried")


def check_answers(exercise: Exercise, texts: Mapping[str, str]) -> CheckedAnswers:
    """The verdict on each cell of an exercise; `texts` has what was typed, by the names of the cells: "z 2 1 1"."""
    return CheckedAnswers(Answers(exercise, texts))
