"""Which blocks of an exercise are on the page, and which of their numbers: nothing that gives an answer away.

Given numbers are seen from the start. What is computed and not asked for is seen when every field before it is right;
what comes after the last field is not on the page at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.practice.exercise import AskedCell
from mlpviz.practice.wording import block_words, cell_words
from mlpviz.practice.workings import Place, on_screen, slot_tensor
from mlpviz.practice_page.session import PracticeSession
from mlpviz.sheet.blocks import Block, blocks_of, shape_of
from mlpviz.sheet.quantities import QUANTITIES
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
    document = exercise.document
    given = {
        Place(block.quantity.key, block.layer): block
        for block in blocks_of(document.spec, shape_of(document)).values()
        if block.quantity.phase == "given"
    }
    asked = {cell.place for cell in exercise.cells.values()}
    phases = {exercise.sheet.blocks[place].quantity.phase for place in asked}
    values = values_on_screen(document)
    found = [
        _shown(block, values[block.key], {})
        for block in given.values()
        if block.quantity.key != "target" or phases - {"forward"}
    ]
    if "update" in phases:
        found += _memory(session)
    fields: dict[Place, dict[tuple[int, int], str]] = {}
    for name, cell in exercise.cells.items():
        fields.setdefault(cell.place, {})[cell.row, cell.column] = name
    is_open = True
    left = set(asked)
    for place in exercise.sheet.order:
        block = exercise.sheet.blocks[place]
        numbers = on_screen(block, exercise.sheet.right.of(*place)) if is_open else None
        found.append(_shown(block, numbers, fields.get(place, {})))
        is_open = is_open and all(map(session.is_solved, fields.get(place, {}).values()))
        left.discard(place)
        if not left:
            break
    return found


def _shown(block: Block, numbers: Array | None, fields: dict[tuple[int, int], str]) -> ShownBlock:
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
            [None if numbers is None or at in fields else number_pair(float(numbers[at])) for at in row]
            for row in cells
        ],
        "fields": [[fields.get(at, "") for at in row] for row in cells],
        "told": [[cell_words(block, AskedCell(place, *at)) if at in fields else "" for at in row] for row in cells],
    }


def _memory(session: PracticeSession) -> Iterator[ShownBlock]:
    """What the optimizer remembers before the step: given, like the weights."""
    exercise = session.exercise
    document, blocks = exercise.document, exercise.sheet.blocks
    for slot in configured_optimizer(document.optimizer).slots_in_use:
        for name in LayerViews._fields:
            for number in range(1, len(document.layers) + 1):
                block = blocks.get(Place(slot_tensor(slot.name, name), number))
                if block is None:
                    continue
                numbers = getattr(document.spec.views(document.slots[slot.name])[number - 1], name)
                symbol = f"{slot.label} of {QUANTITIES[name].symbol}"
                shown = _shown(block, on_screen(block, numbers), {})
                words = f"{symbol} of layer {number}, before the step"
                yield {**shown, "key": f"old.{block.key}", "symbol": symbol, "words": capitalised(words),
                       "phase": "given"}  # fmt: skip
