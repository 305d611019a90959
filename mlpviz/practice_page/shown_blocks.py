"""Which blocks of an exercise are on the page, and which of their numbers: nothing that gives an answer away.

Given numbers are seen from the start. What is computed and not asked for is seen when every field before it is right;
what comes after the last field is not on the page at all, but for cells that the exercise gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

import numpy as np

from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.network import Document
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.goal import Goal
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.wording import block_words, cell_words
from mlpviz.practice.workings import Place, on_screen, slot_tensor
from mlpviz.practice_page.session import PracticeSession
from mlpviz.sheet.blocks import Block, blocks_of, shape_of
from mlpviz.sheet.quantities import QUANTITIES, Phase
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import number_pair
from mlpviz.text.sentences import capitalised

Number = tuple[str, str]
"""As shown, and with all digits."""


class ShownBlock(TypedDict):
    """One matrix. `numbers` has None for what is not seen, `fields` the names of the empty fields, "" for others.

    `told` are the accessible names of the fields.
    """

    key: str
    tensor: str
    symbol: str
    words: str
    layer: int
    phase: str
    numbers: list[list[Number | None]]
    fields: list[list[str]]
    told: list[list[str]]


def shown_blocks(session: PracticeSession) -> list[ShownBlock]:
    """The blocks in the order of computation, given ones first."""
    exercise = session.exercise
    if exercise.goal is not None:
        return _backwards(exercise, exercise.goal)
    sheet, order = exercise.sheet, exercise.sheet.order
    fields = _by_block(exercise.cells.values())
    given = _by_block(exercise.given_cells)
    phases = {sheet.blocks[place].quantity.phase for place in fields}
    if session.given is None or session.given[0] is not exercise:
        session.given = (exercise, _before(exercise.document, sheet, phases))  # no answer changes it
    found = list(session.given[1])
    is_open, last = True, max(map(order.index, fields))
    for number, place in enumerate(order):
        if number > last and place not in given:
            continue
        # behind the last field there is nothing but what is given
        seen = None if is_open and number <= last else set(given.get(place, ()))
        found.append(_shown(sheet.blocks[place], sheet.on_screen(place), fields.get(place, {}), seen))
        is_open = is_open and all(map(session.is_solved, fields.get(place, {}).values()))
    return found


def _backwards(exercise: Exercise, goal: Goal) -> list[ShownBlock]:
    """What is given with one empty field in it, and the known number alone."""
    (cell,) = exercise.cells.values()
    block = exercise.block(goal.at.place)
    known = np.full((block.rows, block.columns), goal.number)
    found = _given(exercise.document, with_targets=goal.tensor not in ("z", "a"), cell=cell)
    return [*found, _shown(block, known, {}, {(goal.at.row, goal.at.column)})]


def _before(document: Document, sheet: WorkedSheet, phases: set[Phase]) -> list[ShownBlock]:
    """What is given before anything is computed, as far as the asked phases need it."""
    found = _given(document, with_targets=bool(phases - {"forward"}))
    return [*found, *_memory(document, sheet)] if "update" in phases else found


def every_block(document: Document, sheet: WorkedSheet) -> list[ShownBlock]:
    """All blocks with all of their numbers, for whoever builds an exercise."""
    worked = [_shown(sheet.blocks[place], sheet.on_screen(place), {}) for place in sheet.order]
    return [*_given(document, with_targets=True), *_memory(document, sheet), *worked]


def _by_block(cells: Iterable[AskedCell]) -> dict[Place, dict[tuple[int, int], str]]:
    """The names of cells by block, row and column."""
    found: dict[Place, dict[tuple[int, int], str]] = {}
    for cell in cells:
        found.setdefault(cell.place, {})[cell.row, cell.column] = str(cell)
    return found


def _given(document: Document, *, with_targets: bool, cell: AskedCell | None = None) -> list[ShownBlock]:
    """What is given; `cell` is a field in it."""
    values, fields = values_on_screen(document), _by_block(() if cell is None else (cell,))
    return [
        _shown(block, values[block.key], fields.get(Place(block.quantity.key, block.layer), {}))
        for block in blocks_of(document.spec, shape_of(document)).values()
        if block.quantity.phase == "given" and (with_targets or block.quantity.key != "target")
    ]


def _shown(
    block: Block, numbers: Array, fields: dict[tuple[int, int], str], seen: set[tuple[int, int]] | None = None
) -> ShownBlock:
    """A block with fields; of its other cells those in `seen`, None for all."""
    place = Place(block.quantity.key, block.layer)
    cells = [[(row, column) for column in range(block.columns)] for row in range(block.rows)]
    return {
        "key": block.key,
        "tensor": block.quantity.key,
        "symbol": block.quantity.symbol,
        "words": capitalised(block_words(block)),
        "layer": block.layer,
        "phase": block.quantity.phase,
        "numbers": [
            [
                None if at in fields or (seen is not None and at not in seen) else number_pair(float(numbers[at]))
                for at in row
            ]
            for row in cells
        ],
        "fields": [[fields.get(at, "") for at in row] for row in cells],
        "told": [[cell_words(block, AskedCell(place, *at)) if at in fields else "" for at in row] for row in cells],
    }


def _memory(document: Document, sheet: WorkedSheet) -> Iterator[ShownBlock]:
    """What the optimizer remembers before the step: given, like the weights."""
    for slot in configured_optimizer(document.optimizer).slots_in_use:
        for name in LayerViews._fields:
            for number in range(1, len(document.layers) + 1):
                block = sheet.blocks.get(Place(slot_tensor(slot.name, name), number))
                if block is None:
                    continue
                numbers = getattr(document.spec.views(document.slots[slot.name])[number - 1], name)
                symbol = f"{slot.label} of {QUANTITIES[name].symbol}"
                shown = _shown(block, on_screen(block, numbers), {})
                words = f"{symbol} of layer {number}, before the step"
                yield {**shown, "key": f"old.{block.key}", "symbol": symbol, "words": capitalised(words),
                       "phase": "given"}  # fmt: skip
