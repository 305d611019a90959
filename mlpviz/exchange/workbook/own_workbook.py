"""The document in a workbook of ours, with the numbers that its cells have now."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.whole_document import KEY, restored, tensors_of
from mlpviz.network import Document, DocumentError
from mlpviz.schema.errors import echo

MOST_CELLS = 200_000
"""of one sheet"""
_PREFIX = f"{KEY}."


def is_ours(book: Any) -> bool:
    """Whether the workbook has a sheet with a document."""
    return KEY in book.sheetnames


def document_in(book: Any) -> Document:
    """The document of a workbook that was opened for its values. Raises DocumentError."""
    text = "".join(str(row[0]) for row in rows_of(book[KEY]) if row and row[0] is not None)
    document = Document.parse(text)
    own = tensors_of(document)
    arrays: dict[str, Array] = {}
    sheets: dict[str, list[tuple[Any, ...]]] = {}
    for name, place in book.defined_names.items():
        if not name.startswith(_PREFIX):
            continue
        target = name.removeprefix(_PREFIX)
        if target not in own:
            raise DocumentError(f"the workbook names cells {name}, which its document does not have")
        bias = target.replace(".weight", ".bias") if target.endswith(".weight") else ""
        arrays |= _split(target, bias if bias in own else "", _cells(book, sheets, place, name), own)
    return restored(text, arrays)


def _split(name: str, bias: str, cells: list[list[Any]], own: dict[str, Array]) -> dict[str, Array]:
    """Cells in by-hand layout as arrays of the document; a cell without a value has the number of the document."""
    known = own[name]
    if bias:
        known = np.column_stack([known, own[bias]])
    if name in ("x", "target"):
        known = known.T
    known = np.atleast_2d(known) if name == "target" else known.reshape(len(known), -1)
    if (len(cells), len(cells[0])) != known.shape:
        raise DocumentError(
            f"the workbook has {len(cells)} × {len(cells[0])} cells for {name}, its document says "
            f"{known.shape[0]} × {known.shape[1]}"
        )
    array = known.copy()
    for place, value in np.ndenumerate(np.array(cells, dtype=object)):
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise DocumentError(f"{name} has {value!r:.40} in a cell of the workbook, expected a number")
        if array.dtype.kind == "i" and value != int(value):
            raise DocumentError(f"{name} has {value} in a cell of the workbook, expected a class number")
        # spreadsheets save 15 digits, and nobody types more: such a number is the one that was there
        if not math.isclose(value, known[place], rel_tol=1e-14):
            array[place] = value
    if name in ("x", "target"):
        return {name: array.T.reshape(own[name].shape)}
    if bias:
        return {name: array[:, :-1], bias: array[:, -1]}
    return {name: array.reshape(own[name].shape)}


def _cells(book: Any, sheets: dict[str, list[tuple[Any, ...]]], place: Any, name: str) -> list[list[Any]]:
    found = [(title, area) for title, area in place.destinations if title in book.sheetnames]
    if len(found) != 1:
        raise DocumentError(f"the workbook has lost the cells that it names {name}")
    from openpyxl.utils import range_boundaries

    title, area = found[0]
    if title not in sheets:
        sheets[title] = rows_of(book[title])
    left, top, right, bottom = range_boundaries(area)
    if None in (left, top, right, bottom) or (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
        raise DocumentError(f"the workbook names {area} {name}, expected the cells of one tensor")
    rows = sheets[title][top - 1 : bottom]
    rows = [*rows, *[()] * (bottom - top + 1 - len(rows))]
    return [[*row[left - 1 : right], *[None] * (right - max(left - 1, len(row)))] for row in rows]


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    """The values of a sheet opened with read_only, from its first cell on; rows have different lengths."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found: list[tuple[Any, ...]] = []
    count = 0
    for row in sheet.iter_rows(values_only=True):
        count += max(1, len(row))
        if count > MOST_CELLS:
            raise DocumentError(f"the sheet {echo(sheet.title)} has more than {MOST_CELLS:,} cells")
        found.append(row)
    return found
