"""How a lesson names numbers: "z.2" is a block, "z 2 1 3" its row 1, column 3, "after: z 2 1 3" elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlpviz.engine.parameters import Array
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.wording import block_words, cell_words
from mlpviz.practice.workings import Place, on_screen
from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.spelling import likely, question
from mlpviz.sheet.blocks import Block, blocks_of, shape_of
from mlpviz.sheet.values import values_on_screen


@dataclass(frozen=True)
class LessonPlace:
    """A block of a network of a lesson, or one of its cells; `numbers` are those of the block as on the sheet."""

    network: str
    place: Place
    block: Block
    numbers: Array
    cell: AskedCell | None = None

    @property
    def number(self) -> float:
        """The number of the cell. Raises DocumentError for a block."""
        if self.cell is None:
            raise DocumentError(
                f"{self.block.key} is a whole block, expected a cell such as {self.place.tensor} {self.place.layer} 1 1"
            )
        return float(self.numbers[self.cell.row, self.cell.column])

    @property
    def cells(self) -> list[AskedCell]:
        """The cell, or all cells of the block."""
        if self.cell is not None:
            return [self.cell]
        rows, columns = range(self.block.rows), range(self.block.columns)
        return [AskedCell(self.place, row, column) for row in rows for column in columns]

    @property
    def words(self) -> str:
        """What it is called."""
        return block_words(self.block) if self.cell is None else cell_words(self.block, self.cell)


def read_place(name: str, sheet: Callable[[str], WorkedSheet], here: str) -> LessonPlace:
    """The block or cell of a name. Raises DocumentError: what was given and what there is."""
    network, _, rest = name.rpartition(":")
    network = network.strip() or here
    tensor, dot, layer = rest.strip().rpartition(".")
    words = rest.split() if " " in rest.strip() or not dot else [tensor, layer]
    if len(words) not in (2, 4) or not all(map(str.isdigit, words[1:])):
        raise DocumentError(f"{echo(name)} is no block such as z.2, and no cell such as z 2 1 1: layer, row, column")
    found = sheet(network)
    place = Place(words[0], int(words[1]))
    block, numbers = _block(found, place)
    if len(words) == 2:
        return LessonPlace(network, place, block, numbers)
    row, column = int(words[2]), int(words[3])
    if not (1 <= row <= block.rows and 1 <= column <= block.columns):
        raise DocumentError(
            f"{echo(name)}: {place.tensor} of layer {place.layer} has {counted(block.rows, 'row')} and "
            f"{counted(block.columns, 'column')}"
        )
    return LessonPlace(network, place, block, numbers, AskedCell(place, row - 1, column - 1))


def _block(sheet: WorkedSheet, place: Place) -> tuple[Block, Array]:
    if place in sheet.blocks:
        block = sheet.blocks[place]
        return block, on_screen(block, sheet.right.of(*place))
    document = sheet.document
    given = blocks_of(document.spec, shape_of(document))
    key = f"{place.tensor}.{place.layer}"
    if key in given:
        return given[key], values_on_screen(document)[key]
    known = [*given, *(block.key for block in sheet.blocks.values())]
    meant = str(question(likely(key, known), "name")) or f", expected one of {', '.join(dict.fromkeys(known))}"
    raise DocumentError(f"the sheet has no block {echo(key)}{meant}")
