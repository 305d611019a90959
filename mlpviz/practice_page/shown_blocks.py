"""Blocks of a sheet as matrices one beside the other: for a step of a lesson, and for whoever builds an exercise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from typing import TypedDict

from mlpviz.practice.asked import AskedCell
from mlpviz.practice.laid_out import LaidBlock, laid_blocks, names_of
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.wording import cell_words
from mlpviz.practice.workings import Place
from mlpviz.sheet.quantities import COLUMNS, PHASES, Phase
from mlpviz.text.numbers import number_pair

Number = tuple[str, str]
"""As shown, and with all digits."""


class ShownBlock(TypedDict):
    """One matrix. `numbers` has None for what is not seen, `fields` the names of the empty fields, "" for others.

    A field that has a number is filled with it: one of them was changed. `told` are the accessible names of the
    fields. `column` is that of the Step through page, from 1.
    """

    key: str
    tensor: str
    symbol: str
    words: str
    layer: int
    column: int
    phase: str
    numbers: list[list[Number | None]]
    fields: list[list[str]]
    told: list[list[str]]


_COLUMNS = [key for key, _ in COLUMNS]


def every_block(sheet: WorkedSheet) -> list[ShownBlock]:
    """All blocks with all of their numbers, for whoever builds an exercise."""
    return [_shown(one, is_seen=True) for one in laid_blocks(sheet, sheet.order, {}, PHASES)]


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
    laid = laid_blocks(sheet, places, cells, phases)
    found = [_shown(one, is_seen=True) for one in laid if one.is_given]
    computed = {one.place: one for one in laid if not one.is_given}
    asked = names_of(cells)
    is_open = True
    for place in sheet.order:
        is_open = is_open and place not in closed
        if place in computed:
            found.append(_shown(computed[place], is_seen=is_open, unseen=unseen))
        is_open = is_open and all(map(is_solved, asked.get(place, {}).values()))
    return found


def _shown(laid: LaidBlock, *, is_seen: bool, unseen: Collection[AskedCell] = ()) -> ShownBlock:
    block, fields = laid.block, laid.asked
    cells = [[AskedCell(laid.place, row, column) for column in range(block.columns)] for row in range(block.rows)]
    return {
        "key": laid.key,
        "tensor": block.quantity.key,
        "symbol": laid.symbol,
        "words": laid.words,
        "layer": block.layer,
        "column": _COLUMNS.index(block.quantity.column) + 1,
        "phase": laid.phase,
        "numbers": [
            [
                number_pair(float(laid.numbers[cell.row, cell.column]))
                if (cell.row, cell.column) in laid.seen
                or ((cell.row, cell.column) not in fields and is_seen and cell not in unseen)
                else None
                for cell in row
            ]
            for row in cells
        ],
        "fields": [[fields.get((cell.row, cell.column), "") for cell in row] for row in cells],
        "told": [
            [cell_words(block, cell) if (cell.row, cell.column) in fields else "" for cell in row] for row in cells
        ],
    }
