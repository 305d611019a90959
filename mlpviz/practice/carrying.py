"""What comes out for somebody who goes on with their own earlier numbers, and which of these a cell was made from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.typed_answers import Answers, BlockAnswers
from mlpviz.practice.workings import GivenNumbers, Place, Workings


class OwnSheet:
    """The whole sheet from somebody's own numbers: what the rules give after each number that was typed."""

    def __init__(self, answers: Answers, *, rounded: bool = False) -> None:
        self.answers, self.sheet = answers, answers.exercise.sheet
        self.given: dict[Place, GivenNumbers] = {}
        for place, block in answers.blocks.items():
            if (own := block.own(rounded=rounded)) is not None:
                self.given[place] = own
        self.workings: Workings = self.sheet.right.copy()
        self.workings.given = self.given
        self.computed: dict[Place, Array] = {}
        """what the rule of each block gives, before typed numbers take their places"""
        self._without: dict[tuple[Place, Place], Array] = {}
        """blocks as they would be with the right numbers in an earlier one: the same for all cells of both"""
        first = next((number for number, place in enumerate(self.sheet.order) if place in self.given), 0)
        with np.errstate(all="ignore"):
            for place in self.sheet.order[first:]:
                found = self.sheet.rules[place.tensor](self.workings, place.layer)
                self.computed[place] = found
                self.workings.put(place, found)

    def expected(self, place: Place) -> Array:
        """What belongs into a block after the numbers before it."""
        return self.computed.get(place, self.sheet.right.of(*place))

    def is_trivial(self, place: Place) -> bool:
        """Whether the numbers before leave nothing to compute: all is 0 that should not be."""
        return bool(self.sheet.right.of(*place).any()) and not self.expected(place).any()

    def carried(self, block: BlockAnswers) -> NDArray[np.bool_]:
        """Where a wrong number of a block is what comes out after the numbers before it."""
        if block.place not in self.computed or self.is_trivial(block.place):
            return np.zeros_like(block.wrong)
        return block.agrees(self.computed[block.place], block.wrong)

    def source(self, cell: AskedCell) -> AskedCell | None:
        """The last of the earlier wrong numbers that this cell was made from; None if it is made of right ones."""
        block = self.answers.blocks[cell.place]
        at, expected = block.at(cell), self.expected(cell.place)
        end = self.sheet.order.index(cell.place)
        for place in reversed([each for each in self.sheet.order[:end] if each in self.given]):
            before, right = self.answers.blocks[place], self.sheet.right.of(*place)
            others = {each: own for each, own in self.given.items() if each != cell.place}
            others[place] = GivenNumbers(np.ones(right.shape, dtype=bool), right)
            if (place, cell.place) not in self._without:
                self._without[place, cell.place] = self.sheet.between(self.workings, place, cell.place, others).of(
                    *cell.place
                )
            without = self._without[place, cell.place]
            if without[at] != expected[at]:
                cells = [each for each in before.cells if self.given[place].where[before.at(each)]]
                same_sample = [each for each in cells if each.column == cell.column]
                by_sample = before.block.quantity.columns == block.block.quantity.columns == "sample"
                return (same_sample or cells)[0] if by_sample else cells[0]
        return None
