"""What no answer changes of the sheet of an exercise: its blocks, its rules, the numbers of both, and how it is drawn.

The program of the Step through page draws it, from the structure of that page with what an exercise has besides: its
fields, and the memory of the optimizer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from mlpviz.engine.parameters import Array
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import LaidBlock, laid_out
from mlpviz.practice.wording import cell_words
from mlpviz.sheet.blocks import Block, Shape, blocks_of, shape_of
from mlpviz.sheet.rules import Rule, rule_of
from mlpviz.sheet.steps import Granularity, steps_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.structure import block_data, steps_data, structure_of


@dataclass(frozen=True, eq=False)
class SheetOfExercise:
    """What no answer changes: the blocks that take part, and every other number of the sheet by the name of its block.

    `rules` are those of the blocks, `factors` the numbers that rules refer to and no block shows.
    """

    exercise: Exercise
    laid: list[LaidBlock]
    blocks: dict[str, Block]
    rules: dict[str, Rule]
    factors: dict[str, Array]

    @cached_property
    def structure(self) -> dict[str, Any]:
        """What the browser gets of it, once."""
        return structure_of_exercise(self)


def sheet_of(exercise: Exercise) -> SheetOfExercise:
    """The sheet of an exercise."""
    document = exercise.solved_document
    spec, shape = document.spec, shape_of(document)
    blocks = dict(blocks_of(spec, shape))
    rules = {key: rule_of(block, spec, shape) for key, block in blocks.items()}
    factors = {key: array for key, array in values_on_screen(document).items() if key not in blocks}
    return SheetOfExercise(exercise, laid_out(exercise), blocks, rules, factors)


GRANULARITIES: tuple[Granularity, ...] = ("layer", "unit")
"""single products have sums that grow, which nobody is to read off"""

NO_PRODUCTS = "single products are stepped through on the Step through page"

_UNUSED = ("activations", "norms", "modes", "losses", "optimizers", "schedules", "penalties")
"""choices for who edits a network"""


def structure_of_exercise(sheet: SheetOfExercise) -> dict[str, Any]:
    """What the sheet looks like apart from its numbers.

    `fields` has for each block with fields [row, column, name, words]: rows and columns from 0, and the accessible name
    of the field. `words` are the names of blocks.
    """
    exercise = sheet.exercise
    document = exercise.document
    shape = shape_of(document)
    base = structure_of(document.spec, shape)
    asked = {one.key for one in sheet.laid if one.asked}
    more = [_more_data(one, number, shape) for number, one in enumerate(_more(sheet))]
    blocks = [
        {**each, "editable": False, "heat": each["heat"] and each["key"] not in asked}
        for each in (*base.data["blocks"], *more)
    ]
    index = {each["key"]: number for number, each in enumerate(blocks)}
    ordered = {block.key: block for block in exercise.sheet.blocks.values() if block.key in index}
    rules = {key: sheet.rules.get(key, Rule("")) for key in ordered}
    return {
        **{name: value for name, value in base.data.items() if name not in _UNUSED},
        "id": f"{base.id} {exercise.fingerprint}",
        "blocks": blocks,
        "steps": {each: steps_data(steps_of(ordered, rules, each), index) for each in GRANULARITIES},
        "noProducts": NO_PRODUCTS,
        "words": {one.key: one.words for one in sheet.laid},
        "fields": {one.key: _fields(one) for one in sheet.laid if one.asked},
    }


def _more(sheet: SheetOfExercise) -> list[LaidBlock]:
    """What the Step through page tells in words beside the update: what the optimizer remembers, before and after."""
    return [one for one in sheet.laid if one.key not in sheet.blocks]


def _more_data(one: LaidBlock, number: int, shape: Shape) -> dict[str, Any]:
    """A block above those of the update."""
    quantity = replace(one.block.quantity, symbol=one.symbol, phase="given" if one.is_given else "update")
    block: Block = replace(one.block, quantity=quantity, line=number - _ABOVE)
    tensor = one.key.rpartition(".")[0]
    return block_data(block, Rule(""), shape) | {"key": one.key, "tensor": tensor, "title": one.words}


_ABOVE = 1_000
"""lines that there is room for above the others of a column"""


def _fields(one: LaidBlock) -> list[list[Any]]:
    return [
        [row, column, name, cell_words(one.block, AskedCell(one.place, row, column))]
        for (row, column), name in sorted(one.asked.items())
    ]
