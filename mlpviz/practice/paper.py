"""Which cells of a sheet of paper stay empty though nobody asks for them: those that are computed from asked ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mlpviz.practice.exercise import Exercise
from mlpviz.practice.workings import GivenNumbers, Place, on_screen

_DRAWS = 4
"""of other answers, besides a large number and its negative everywhere"""


def cells_to_leave_empty(exercise: Exercise) -> dict[Place, NDArray[np.bool_]]:
    """By block, as on the sheet, where numbers would say something of the answers; blocks between asked ones alone.

    What is computed from an asked cell changes with it: the sheet is worked out again from other answers. One such cell
    hides its whole block, unless cells of that block are asked for one by one. In a question backwards the known number
    stands in a block that is hidden otherwise.
    """
    if exercise.goal is not None:
        known = exercise.block(exercise.goal.at.place)
        return {exercise.goal.at.place: np.ones((known.rows, known.columns), dtype=bool)}
    if exercise.change is not None:
        return {}  # all numbers stand there, one of them a wrong one
    sheet, where = exercise.sheet, _asked(exercise)
    asked = [number for number, place in enumerate(sheet.order) if place in where]
    places = sheet.order[asked[0] : asked[-1] + 1]
    if len(where) == len(places) and all(cells.all() for cells in where.values()):
        return {place: on_screen(sheet.blocks[place], cells) for place, cells in where.items()}
    changed = {place: np.zeros(sheet.right.of(*place).shape, dtype=bool) for place in places}
    for numbers in _other_answers(exercise, where):
        other = sheet.between(sheet.right, places[0], places[-1], numbers)
        for place, moved in changed.items():
            moved |= other.of(*place) != sheet.right.of(*place)
    return {
        place: on_screen(sheet.blocks[place], moved if place in where else np.full_like(moved, moved.any()))
        for place, moved in changed.items()
    }


def _asked(exercise: Exercise) -> dict[Place, NDArray[np.bool_]]:
    found: dict[Place, NDArray[np.bool_]] = {}
    for place in dict.fromkeys(cell.place for cell in exercise.cells.values()):
        found[place] = np.zeros(exercise.sheet.right.of(*place).shape, dtype=bool)
    for cell in exercise.cells.values():
        on_screen(exercise.sheet.blocks[cell.place], found[cell.place])[cell.row, cell.column] = True  # a view
    return found


def _other_answers(exercise: Exercise, where: dict[Place, NDArray[np.bool_]]) -> Iterator[dict[Place, GivenNumbers]]:
    rng = np.random.default_rng(0)
    right = {place: exercise.sheet.right.of(*place) for place in where}
    for sign in (1.0, -1.0):
        yield {place: GivenNumbers(asked, np.full_like(right[place], sign * 1e3)) for place, asked in where.items()}
    for _ in range(_DRAWS):
        yield {
            place: GivenNumbers(asked, right[place] + rng.normal(0.0, 1e2, right[place].shape))
            for place, asked in where.items()
        }
