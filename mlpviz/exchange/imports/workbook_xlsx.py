"""Spreadsheets of the by-hand kind: [W | b] with a row per unit, X with a column per sample and a last row of ones."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.exchange.imports.archives import Archive, is_zip
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Activate, Dense, Operation
from mlpviz.exchange.workbook.own_workbook import document_in, is_ours, rows_of
from mlpviz.network import DocumentError
from mlpviz.schema.library import library


class _Block(NamedTuple):
    top: int
    left: int
    cells: list[list[Any]]

    @property
    def place(self) -> str:
        return f"row {self.top}, column {self.left}"

    def numbers(self) -> Any:
        return np.array(self.cells, dtype=float)


def recognises(file: ForeignFile) -> bool:
    """A zip that has a workbook."""
    return is_zip(file.head()) and (file.ends(".xlsx", ".xlsm") or b"xl/workbook.xml" in file.content)


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers, and X as samples. Raises DocumentError."""
    book = _opened(file, values=False)
    if is_ours(book):
        reading.take(document_in(_opened(file, values=True)))
        return ()
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    first = next((title for title, sheet in sheets.items() if _numeric(_blocks(_cells(sheet)))), next(iter(sheets)))
    if len(sheets) > 1:
        first = reading.guess("sheet", "Which sheet has the network?", {title: title for title in sheets}, first)
    blocks = _blocks(_cells(sheets[first]))
    numeric = _numeric(blocks)
    inputs = next((block for block in numeric if _is_x(block)), None)
    weights = [block for block in numeric if block is not inputs and len(block.cells[0]) > 1]
    weights.sort(key=lambda block: (block.top, block.left))
    if not weights:
        raise DocumentError(f"{file.name} has no block of numbers that could be weights with a column of biases")
    width = len(weights[0].cells[0]) - 1
    if inputs is not None:
        if len(inputs.cells) != width + 1:
            raise DocumentError(
                f"X at {inputs.place} has {len(inputs.cells) - 1} inputs, and the first weights at {weights[0].place} "
                f"take {width}"
            )
        reading.samples = inputs.numbers()[:-1].T.tolist()
        reading.understand(f"X is at {inputs.place}: a column per sample, the last row of ones is for the biases.")
    else:
        reading.leave_out("No block with a last row of ones was found: x is not in the sheet.")
    formulas = [text for block in blocks for text in _formulas(block)]
    seen = _seen(blocks)
    operations: list[Operation] = []
    before = width
    for place, block in enumerate(weights, start=1):
        matrix = block.numbers()
        if matrix.shape[1] != before + 1:
            raise DocumentError(
                f"the block at {block.place} has {matrix.shape[1]} columns, expected {before + 1}: the weights and a "
                "column of biases"
            )
        before = len(matrix)
        last = place == len(weights)
        reading.understand(f"Weights of layer {place} are at {block.place}; their last column is the biases.")
        likely = seen[place - 1] if place <= len(seen) else "identity"
        choices = {key: entry.label for key, entry in ACTIVATIONS.items() if last or entry.elementwise}
        if formulas and place <= len(seen):
            reading.understand(f"The formulas after layer {place} are {ACTIVATIONS[likely].label}.")
            key = likely
        else:
            key = reading.guess(
                f"activation of layer {place}",
                f"Which activation has layer {place}? No formula says it.",
                choices,
                "identity" if last else "relu",
            )
        operations += [Dense(matrix[:, :-1], matrix[:, -1]), Activate(key)]
    return operations


def _numeric(blocks: Sequence[_Block]) -> list[_Block]:
    return [block for block in blocks if all(isinstance(cell, int | float) for row in block.cells for cell in row)]


def _is_x(block: _Block) -> bool:
    return len(block.cells) > 1 and all(cell == 1 for cell in block.cells[-1])


def _opened(file: ForeignFile, values: bool) -> Any:
    """The workbook, with formulas or with their values. Raises DocumentError."""
    Archive(file)  # refuses what is damaged, has too many entries or unpacks to too much
    openpyxl = library("openpyxl", "xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts of other programs that openpyxl does not know
            # read_only: else every cell of a merged area is made, and an area may be the whole sheet
            return openpyxl.load_workbook(io.BytesIO(file.content), read_only=True, data_only=values, keep_links=False)
    except Exception:  # the reader of a foreign workbook raises whatever its parts raise
        raise NotThisFormatError("is an archive without a workbook in it, or a damaged workbook") from None


def _cells(sheet: Any) -> dict[tuple[int, int], Any]:
    return {
        (row, column): getattr(value, "text", value)
        for row, values in enumerate(rows_of(sheet), start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }


def _blocks(cells: dict[tuple[int, int], Any]) -> list[_Block]:
    """Rectangles of filled cells that touch each other; texts that are no formulas are headings and no part of them."""
    open_cells = {place for place, value in cells.items() if not (isinstance(value, str) and not value.startswith("="))}
    found = []
    while open_cells:
        group, edge = set(), [min(open_cells)]
        while edge:
            place = edge.pop()
            if place in open_cells:
                open_cells.discard(place)
                group.add(place)
                row, column = place
                edge += [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
        rows, columns = ([place[axis] for place in group] for axis in (0, 1))
        table = [
            [
                cells.get((row, column)) if (row, column) in group else None
                for column in range(min(columns), max(columns) + 1)
            ]
            for row in range(min(rows), max(rows) + 1)
        ]
        found.append(_Block(min(rows), min(columns), table))
    return found


def _formulas(block: _Block) -> Iterator[str]:
    for row in block.cells:
        for cell in row:
            if isinstance(cell, str):
                yield cell.upper().replace(" ", "")


def _seen(blocks: Sequence[_Block]) -> list[str]:
    """The activation after each layer, as the formulas of the computed blocks say, from top to bottom."""
    found: list[str] = []
    for block in sorted(blocks, key=lambda block: (block.top, block.left)):
        texts = list(_formulas(block))
        if not texts:
            continue
        kind = _activation(texts[0])
        if kind == "product":
            found.append("identity")
        elif kind and found:
            found[-1] = kind
    return found


def _activation(formula: str) -> str | None:
    if "MMULT(" in formula or "SUMPRODUCT(" in formula:
        return "relu" if formula.startswith("=MAX(0,") else "product"
    if re.match(r"=MAX\(0[,;]", formula) or re.match(r"=MAX\(.*[,;]0\)$", formula):
        return "relu"
    if "TANH(" in formula:
        return "tanh"
    if "EXP(-" in formula and "/(1+" in formula:
        return "sigmoid"
    if "EXP(" in formula and "SUM(" in formula:
        return "softmax"
    return None


IMPORT = Import(
    "workbook_xlsx",
    "Spreadsheet by hand",
    "A sheet of an .xlsx with blocks [W | b], a row per unit, and X with a last row of ones; activations are "
    "read off the formulas or asked.",
    (".xlsx",),
    recognises,
    read,
)
