"""What somebody typed into the cells of an exercise, read once, and how near each number is to the right one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.typed import TypedNumber, closeness, may_be_near, read_cell, tolerances
from mlpviz.practice.workings import GivenNumbers, Place, as_in_trace
from mlpviz.schema.number_errors import NumberTextError

State = Literal["empty", "unreadable", "right", "rounded", "coarse", "carried", "wrong"]
"""Of one cell. Nothing typed; no number; equal; equal in the digits that are asked for; equal in too few digits;
wrong, but rightly computed from earlier numbers that were wrong; none of these."""

_STATES: tuple[State, ...] = ("empty", "right", "rounded", "coarse", "wrong")
_CODES = {state: code for code, state in enumerate(_STATES)}


class BlockAnswers:
    """The numbers that were typed into one block, as arrays of a trace: 0 where none was, and how near they are."""

    def __init__(self, exercise: Exercise, place: Place, typed: Mapping[AskedCell, TypedNumber]) -> None:
        sheet = exercise.sheet
        self.place, self.block, self.right = place, sheet.blocks[place], sheet.right.of(*place)
        self.cells = tuple(typed)
        shape = (self.block.rows, self.block.columns)
        numbers, codes, wanted = np.zeros(shape), np.zeros(shape, dtype=int), exercise.wanted(place)
        for (_, row, column), number in typed.items():
            near = closeness(
                number, wanted.numbers[row][column], wanted.equal[row][column], wanted.allowed[row][column]
            )
            numbers[row, column], codes[row, column] = number.value, _CODES[near]
        self.numbers = as_in_trace(self.block, numbers, self.right)
        self._codes = as_in_trace(self.block, codes, self.right)

    def at(self, cell: AskedCell) -> tuple[int, ...]:
        """Where a cell is in the arrays."""
        if not self.right.ndim:
            return ()
        is_matrix = self.right.ndim == 2
        if is_matrix and self.block.quantity.columns != "from unit":
            return (cell.column, cell.row)
        return (cell.row, cell.column) if is_matrix else (cell.row,)

    @property
    def typed(self) -> NDArray[np.bool_]:
        """Where a number was typed."""
        return self._codes > 0

    def state(self, cell: AskedCell) -> State:
        """How near the number of a cell is to the right one."""
        return _STATES[self._codes[self.at(cell)]]

    def own(self, *, rounded: bool) -> GivenNumbers | None:
        """What somebody goes on with who goes on with their own numbers; None where these are the right ones.

        After a number that is right but rounded the sheet goes on with the exact one, unless it is asked for `rounded`.
        """
        where = self._codes >= (2 if rounded else 3)
        return GivenNumbers(where, self.numbers) if where.any() else None

    @property
    def has_rounded(self) -> bool:
        """Whether a number is right but rounded."""
        return bool((self._codes == 2).any())

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Where a number is neither right nor rounded."""
        return np.asarray(self._codes == 4)

    def agrees(self, numbers: Array, where: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where what was typed is one of these numbers, as near as it would have to be if they were right.

        `numbers` may have leading axes.
        """
        near = may_be_near(self.numbers, numbers) & where
        if not near.any() or np.array_equal(near, (self.numbers == numbers) & where):
            return near
        return np.asarray((np.abs(self.numbers - numbers) <= tolerances(numbers).allowed) & near)


class Answers:
    """All answers to an exercise; what is no number is kept with what is wrong about it."""

    def __init__(self, exercise: Exercise, texts: Mapping[str, str]) -> None:
        self.exercise = exercise
        self.unreadable: dict[AskedCell, str] = {}
        numbers: dict[Place, dict[AskedCell, TypedNumber]] = {}
        for name, cell in exercise.cells.items():
            text = texts.get(name, "")
            if not text.strip():
                continue
            try:
                numbers.setdefault(cell.place, {})[cell] = read_cell(text)
            except NumberTextError as error:
                self.unreadable[cell] = str(error)
        self.blocks = {place: BlockAnswers(exercise, place, typed) for place, typed in numbers.items() if typed}
