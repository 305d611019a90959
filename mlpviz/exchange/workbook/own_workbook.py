"""The document in a workbook of ours, with the numbers that its cells have now."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.whole_document import KEY, restored, tensors_of
from mlpviz.network import Document, DocumentError

_PREFIX = f"{KEY}."


def is_ours(book: Any) -> bool:
    """Whether the workbook has a sheet with a document."""
    return KEY in book.sheetnames


def document_in(book: Any) -> Document:
    """The document of a workbook that was opened for its values. Raises DocumentError."""
    rows = book[KEY].iter_rows(max_col=1, values_only=True)
    text = "".join(str(row[0]) for row in rows if row[0] is not None)
    document = Document.parse(text)
    own = tensors_of(document)
    arrays: dict[str, Array] = {}
    for name, place in book.defined_names.items():
        if not name.startswith(_PREFIX):
            continue
        target = name.removeprefix(_PREFIX)
        if target not in own:
            raise DocumentError(f"the workbook names cells {name}, which its document does not have")
        bias = target.replace(".weight", ".bias") if target.endswith(".weight") else ""
        arrays |= _split(target, bias if bias in own else "", _cells(book, place, name), own)
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


def _cells(book: Any, place: Any, name: str) -> list[list[Any]]:
    found = [(title, area) for title, area in place.destinations if title in book.sheetnames]
    if len(found) != 1:
        raise DocumentError(f"the workbook has lost the cells that it names {name}")
    title, area = found[0]
    cells = book[title][area.replace("$", "")]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return [[cell.value for cell in row] for row in rows]
