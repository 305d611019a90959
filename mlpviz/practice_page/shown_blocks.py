"""Which blocks of an exercise are on the page, and which of their numbers: nothing that gives an answer away.

Given numbers are seen from the start. What is computed and not asked for is seen when every field before it is right;
what comes after the last field is not on the page at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from typing import TypedDict

from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.practice.exercise import AskedCell
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
    """The blocks of an exercise in the order of computation, given ones first."""
    exercise = session.exercise
    asked = {cell.place for cell in exercise.cells.values()}
    order = exercise.sheet.order
    end = max(map(order.index, asked))
    return blocks_seen(
        exercise.sheet, order[: end + 1], exercise.cells, session.is_solved, phases_of(exercise.sheet, asked)
    )


def blocks_seen(
    sheet: WorkedSheet,
    places: Collection[Place],
    cells: Mapping[str, AskedCell],
    is_solved: Callable[[str], bool],
    phases: Container[Phase],
    closed: Collection[Place] = (),
    unseen: Collection[AskedCell] = (),
) -> list[ShownBlock]:
    """These blocks of a sheet with fields for the cells: what is given, and what is computed as far as it may be seen.

    Numbers are not seen after a cell that is not solved, from a `closed` block on, and in the `unseen` cells. Targets
    are given where there are other `phases` than the forward one, and the memory of the optimizer for an update.
    """
    document = sheet.document
    given = [
        block
        for block in blocks_of(document.spec, shape_of(document)).values()
        if block.quantity.phase == "given"
        and (block.quantity.key != "target" or any(phase in phases for phase in _WITH_TARGETS))
    ]
    values = values_on_screen(document)
    found = [_shown(block, values[block.key], {}) for block in given]
    if "update" in phases:
        found += _memory(sheet)
    fields: dict[Place, dict[tuple[int, int], str]] = {}
    for name, cell in cells.items():
        fields.setdefault(cell.place, {})[cell.row, cell.column] = name
    is_open = True
    for place in sheet.order:
        is_open = is_open and place not in closed
        if place in places:
            block = sheet.blocks[place]
            numbers = on_screen(block, sheet.right.of(*place)) if is_open else None
            found.append(_shown(block, numbers, fields.get(place, {}), unseen))
        is_open = is_open and all(map(is_solved, fields.get(place, {}).values()))
    return found


_WITH_TARGETS: tuple[Phase, ...] = ("loss", "backward", "update")


def phases_of(sheet: WorkedSheet, places: Iterable[Place]) -> set[Phase]:
    """The phases of some blocks."""
    return {sheet.blocks[place].quantity.phase for place in places}


def _shown(
    block: Block, numbers: Array | None, fields: dict[tuple[int, int], str], unseen: Collection[AskedCell] = ()
) -> ShownBlock:
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
                None
                if numbers is None or at in fields or AskedCell(place, *at) in unseen
                else number_pair(float(numbers[at]))
                for at in row
            ]
            for row in cells
        ],
        "fields": [[fields.get(at, "") for at in row] for row in cells],
        "told": [[cell_words(block, AskedCell(place, *at)) if at in fields else "" for at in row] for row in cells],
    }


def _memory(sheet: WorkedSheet) -> Iterator[ShownBlock]:
    """What the optimizer remembers before the step: given, like the weights."""
    document, blocks = sheet.document, sheet.blocks
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
