"""Which numbers of the blocks of an exercise are on the page: nothing that gives an answer away.

Given numbers are seen from the start. What is computed and not asked for is seen when every field before it is right;
what comes after the last field is not on the page at all.
"""

from __future__ import annotations

from typing import TypedDict

from mlpviz.practice.exercise import AskedCell
from mlpviz.practice.laid_out import LaidBlock, laid_out
from mlpviz.practice.wording import cell_words
from mlpviz.practice_page.session import PracticeSession
from mlpviz.text.numbers import number_pair

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
    found, is_open = [], True
    for laid in laid_out(session.exercise):
        found.append(_shown(laid, is_seen=is_open or laid.is_given))
        is_open = is_open and all(map(session.is_solved, laid.asked.values()))
    return found


def _shown(laid: LaidBlock, *, is_seen: bool) -> ShownBlock:
    block, fields = laid.block, laid.asked
    cells = [[(row, column) for column in range(block.columns)] for row in range(block.rows)]
    return {
        "key": laid.key,
        "tensor": block.quantity.key,
        "symbol": laid.symbol,
        "words": laid.words,
        "layer": block.layer,
        "phase": laid.phase,
        "numbers": [
            [number_pair(float(laid.numbers[at])) if is_seen and at not in fields else None for at in row]
            for row in cells
        ],
        "fields": [[fields.get(at, "") for at in row] for row in cells],
        "told": [
            [cell_words(block, AskedCell(laid.place, *at)) if at in fields else "" for at in row] for row in cells
        ],
    }
