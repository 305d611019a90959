"""Which mistakes of the catalogue give exactly what was typed into a block, made on the learner's own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.practice.carrying import OwnSheet
from mlpviz.practice.mistakes import MISTAKES, Mistake, WrongCell, WrongNumbers
from mlpviz.practice.typed import is_near
from mlpviz.practice.typed_answers import BlockAnswers
from mlpviz.text.sentences import Sentence


class Explanation(NamedTuple):
    """A mistake that gives what was typed, in the way or ways in which it does."""

    mistake: Mistake
    ways: tuple[WrongNumbers, ...]

    def said(self, own: OwnSheet, block: BlockAnswers, at: tuple[int, ...]) -> Sentence:
        """The mistake with the numbers of one cell."""
        typed = block.numbers[at]
        way = min(self.ways, key=lambda each: abs(np.nan_to_num(each.numbers[at], nan=np.inf) - typed))
        return self.mistake.said(WrongCell(own.workings, block.place, at, way.which))


@lru_cache(maxsize=512)
def mistakes_about(tensor: str) -> tuple[Mistake, ...]:
    """The mistakes that can be made in blocks of a tensor: wrong methods first, then slips."""
    found = [mistake for mistake in MISTAKES.values() if mistake.is_about(tensor)]
    return tuple(sorted(found, key=lambda mistake: mistake.kind))


def explanations(own: OwnSheet, block: BlockAnswers, wrong: NDArray[np.bool_]) -> tuple[Explanation, ...]:
    """The mistakes that give all that was typed into a block, of which some is `wrong`.

    A wrong method has to give every number of the block that was typed, in one way; a slip the wrong ones alone.
    """
    at = tuple(int(each[0]) for each in np.nonzero(wrong)) if wrong.ndim else ()
    first, right = float(block.numbers[at]), own.expected(block.place)
    found = []
    with np.errstate(all="ignore"):
        for mistake in mistakes_about(block.place.tensor):
            ways = tuple(mistake.wrong(own.workings, block.place, right))
            near = [way for way in ways if is_near(first, float(way.numbers[at]))]
            if near and (agreeing := _methods(near, block) if mistake.kind == "rule" else _slips(ways, block, wrong)):
                found.append(Explanation(mistake, agreeing))
    return tuple(found)


def _methods(near: Iterable[WrongNumbers], block: BlockAnswers) -> tuple[WrongNumbers, ...]:
    """The ways that give everything that was typed."""
    typed = block.typed
    return tuple(way for way in near if np.array_equal(block.agrees(way.numbers, typed), typed))


def _slips(ways: Sequence[WrongNumbers], block: BlockAnswers, wrong: NDArray[np.bool_]) -> tuple[WrongNumbers, ...]:
    """The ways that give some of the wrong numbers, if together they give all of them."""
    agrees = block.agrees(np.stack([way.numbers for way in ways]), wrong)
    if not np.array_equal(agrees.any(axis=0), wrong):
        return ()
    return tuple(way for way, each in zip(ways, agrees, strict=True) if each.any())
