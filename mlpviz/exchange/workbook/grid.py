"""Blocks of cells on a sheet, in bands one below the other: where they are, and the addresses of their cells.

Units are rows and samples columns, as in exercises by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

Value = float | str
"""A number, or a formula with its equals sign."""

TOP = 6
"""the first row of the first band"""
LEFT = 2
"""the first column of blocks; headings of bands stand in the one before"""


@cache
def letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


@dataclass(eq=False)
class CellBlock:
    """A rectangle of cells with a title above it; `cell(row, column)`, both from 0, gives what stands in a cell.

    `given` cells are typed by people and not computed: all of them, or those for which it is true. `name` is that in
    `tensors_of` where the numbers are some of the document. With `ones` the last row is no unit: it meets the biases.
    """

    title: str
    rows: int
    columns: int
    cell: Callable[[int, int], Value]
    given: Callable[[int, int], bool] | bool = False
    name: str = ""
    ones: bool = False
    top: int = 0
    left: int = 0

    def is_given(self, row: int, column: int) -> bool:
        """Whether the number of a cell is typed."""
        return self.given(row, column) if callable(self.given) else self.given

    @property
    def is_computed(self) -> bool:
        """Whether all of its cells are formulas."""
        return self.given is False

    @property
    def units(self) -> int:
        """The rows without that of ones."""
        return self.rows - self.ones

    def at(self, row: int, column: int) -> str:
        """The address of a cell."""
        return f"{letters(self.left + column)}{self.top + row}"

    def area(self, rows: tuple[int, int], columns: tuple[int, int]) -> str:
        """The address of cells from the first to before the last."""
        first, last = self.at(rows[0], columns[0]), self.at(rows[1] - 1, columns[1] - 1)
        return first if first == last else f"{first}:{last}"

    def row(self, row: int, columns: int | None = None) -> str:
        """The address of a row, or of its first cells."""
        return self.area((row, row + 1), (0, self.columns if columns is None else columns))

    def column(self, column: int, rows: int | None = None) -> str:
        """The address of the units of a column, or of its first cells."""
        return self.area((0, self.units if rows is None else rows), (column, column + 1))

    @property
    def whole(self) -> str:
        """The address of all units."""
        return self.area((0, self.units), (0, self.columns))


def column_of(title: str, numbers: Sequence[float], name: str = "") -> CellBlock:
    """Given numbers, one per unit."""
    return CellBlock(title, len(numbers), 1, lambda j, _: numbers[j], True, name)


def row_of(title: str, numbers: Sequence[float], name: str = "") -> CellBlock:
    """Given numbers, one per sample."""
    return CellBlock(title, 1, len(numbers), lambda _, n: numbers[n], True, name)


@dataclass(eq=False)
class Band:
    """A row of blocks, such as those of a layer, by their keys.

    Equal keys stand below each other, except in a `packed` band, whose blocks stand one after another.
    """

    heading: str
    blocks: dict[str, CellBlock] = field(default_factory=dict)
    packed: bool = False

    @property
    def height(self) -> int:
        """The rows of its highest block."""
        return max((block.rows for block in self.blocks.values()), default=0)


def place(bands: Sequence[Band], width_of: Callable[[CellBlock], int]) -> dict[CellBlock, tuple[int, int]]:
    """The top left cell of each block, from 1: a row of titles, the blocks, an empty row; a column between blocks."""
    aligned = [band for band in bands if not band.packed]
    left, column = {}, LEFT
    for key in _in_order(aligned):
        left[key] = column
        column += 1 + max(width_of(band.blocks[key]) for band in aligned if key in band.blocks)
    found, row = {}, TOP
    for band in bands:
        column = LEFT
        for key, block in band.blocks.items():
            found[block] = (row + 1, column if band.packed else left[key])
            column += 1 + width_of(block)
        row += band.height + 2
    return found


def _in_order(bands: Sequence[Band]) -> list[str]:
    """All keys, each after those that stand before it in its bands."""
    after: dict[str, set[str]] = {key: set() for band in bands for key in band.blocks}
    for band in bands:
        for before, key in pairwise(band.blocks):
            after[key].add(before)
    ordered: list[str] = []
    while len(ordered) < len(after):
        ordered.append(next(key for key in after if key not in ordered and after[key] <= {*ordered}))
    return ordered
