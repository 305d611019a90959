"""Which numbers of the sheet of an exercise may be seen, and what else of it: nothing that gives an answer away.

Given numbers are seen from the start, and an asked one when it was found. What is computed and not asked for is seen
when every field before it is right; what comes after the last field stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import LaidBlock
from mlpviz.practice_page.exercise_sheet import SheetOfExercise
from mlpviz.practice_page.session import PracticeSession
from mlpviz.sheet.rules import Ref, Rule

Seen = NDArray[np.bool_]


@dataclass(frozen=True)
class SeenNumbers:
    """The numbers of a sheet by the names of blocks, row by column as on screen, and which of them may be seen.

    `explained` are the computed blocks of which every number is seen and every one before it.
    """

    numbers: dict[str, Array]
    seen: dict[str, Seen]
    explained: frozenset[str]
    withheld: frozenset[str]
    """the computed blocks of which nothing is told but their names: somebody is at work on them"""

    def masked(self, keys: Iterable[str]) -> tuple[Array, Seen]:
        """All numbers of these blocks, one after the other, 0 for those that are not seen; and which are."""
        keys = list(keys)
        seen = np.concatenate([self.seen[key].ravel() for key in keys])
        numbers = np.concatenate([self.numbers[key].ravel() for key in keys])
        return np.where(seen, numbers, 0.0), seen


def seen_numbers(session: PracticeSession, sheet: SheetOfExercise) -> SeenNumbers:
    """What may be seen now."""
    exercise, solved = sheet.exercise, session.solved
    found = {
        key: (np.zeros((block.rows, block.columns)), np.zeros((block.rows, block.columns), dtype=bool))
        for key, block in sheet.blocks.items()
    }
    is_found = exercise.changed is not None and session.is_done
    for one, one_seen in _laid(sheet, solved):
        found[one.key] = (_numbers_of(one, exercise) if is_found else one.numbers, one_seen)
    seen = {key: each for key, (_, each) in found.items()}
    explained = frozenset(_explained(session, sheet, seen))
    for key, array in sheet.factors.items():
        found[key] = (array, np.full(array.shape, False))
        seen[key] = found[key][1]
    _show_factors(sheet, seen, explained)
    if exercise.changed is None or is_found:
        _show_closed(sheet, seen)
    numbers = {key: np.asarray(array, dtype=float) for key, (array, _) in found.items()}
    return SeenNumbers(numbers, seen, explained, frozenset(_withheld(session, sheet, solved)))


def _numbers_of(one: LaidBlock, exercise: Exercise) -> Array:
    """The right numbers of a block among which a changed one was sought, once it is found."""
    return one.numbers if one.is_given else exercise.sheet.on_screen(one.place)


def _laid(sheet: SheetOfExercise, solved: frozenset[str]) -> Iterator[tuple[LaidBlock, Seen]]:
    last = max(number for number, one in enumerate(sheet.laid) if one.asked)
    is_open = True
    for number, one in enumerate(sheet.laid):
        seen = np.full((one.block.rows, one.block.columns), one.is_given or (is_open and number <= last))
        for cell, name in one.asked.items():
            seen[cell] = name in solved
        for cell in one.seen:
            seen[cell] = True
        yield one, seen
        is_open = is_open and solved.issuperset(one.asked.values())


def _explained(session: PracticeSession, sheet: SheetOfExercise, seen: Mapping[str, Seen]) -> Iterator[str]:
    """The computed blocks before the first number that is not seen."""
    if session.exercise.is_inverse and not session.is_done:
        return
    if not all(seen[one.key].all() for one in sheet.laid if one.is_given):
        return
    laid = {one.place: one.key for one in sheet.laid}
    for place, block in sheet.exercise.sheet.blocks.items():
        key = laid.get(place)
        if key is None and block.key not in sheet.blocks:
            continue  # the memory of an optimizer is on the sheet only where the update is asked for
        if key is None or not seen[key].all():
            return
        yield key


def _show_factors(sheet: SheetOfExercise, seen: dict[str, Seen], explained: frozenset[str]) -> None:
    """What rules refer to and no block shows is seen with the blocks whose rules do."""
    for key in explained:
        rule = sheet.rules.get(key)
        for name in () if rule is None else _factors_in(rule):
            if name in sheet.factors:
                seen[name][...] = True


def _show_closed(sheet: SheetOfExercise, seen: dict[str, Seen]) -> None:
    """A slope that is 0 is seen with the a that it closes: on the sheet that is struck through."""
    for key, array in sheet.factors.items():
        tensor, _, layer = key.partition(".")
        if tensor == "slope" and seen[f"a.{layer}"].all():
            seen[key] |= array == 0.0


def _factors_in(rule: Rule) -> Iterator[str]:
    refs: list[Ref] = [*rule.factors, *rule.plus, *rule.refs]
    refs += [] if rule.divisor is None else [rule.divisor]
    for detail in rule.details:
        refs += [*detail.refs, *detail.sources, detail.value, *([] if detail.pin is None else [detail.pin])]
    yield from (name for name, _, _ in refs)


def _withheld(session: PracticeSession, sheet: SheetOfExercise, solved: frozenset[str]) -> Iterator[str]:
    """Where there is no help, no formula is told before the end; else none of a block with open fields."""
    if session.is_done:
        return
    is_helped = "help" not in session.exercise.hidden
    asked = {one.place: one.asked for one in sheet.laid}
    for place, block in session.exercise.sheet.blocks.items():
        names = asked.get(place, {}).values()
        if not is_helped or not solved.issuperset(names):
            yield block.key
