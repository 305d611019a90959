"""What stands around the numbers of a pasted matrix: a title, headings of columns, names and numbers of rows."""

from __future__ import annotations

import re

from mlpviz.schema.matrix_cells import Rows
from mlpviz.schema.matrix_doubts import refuse_title_or_heading
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.typed_number import read_number

_WORD = re.compile(r"[^\W\d_]")
_MISSING = frozenset(
    ("nan", "na", "n/a", "null", "none", "inf", "infinity", "-inf", "+inf", "missing", "undefined", "true", "false")
)


def numbers_only(rows: Rows) -> Rows:
    """Rows without headings above and names before them."""
    first = 0
    while first + 1 < len(rows) and all(_is_word(cell) for cell in rows[first]) and any(map(_is_name, rows[first])):
        first += 1
    if first and rows[first - 1][0] == "" and len(rows[first - 1]) > 1 and all(len(row) > 1 for row in rows[first:]):
        return [row[1:] for row in rows[first:]]  # the column without a heading has the names of the rows
    if first and all(len(row) == len(rows[first - 1]) + 1 for row in rows[first:]):
        return [row[1:] for row in rows[first:]]  # names of columns, and of rows: a table of R or pandas
    if not first and _is_running(rows):
        return [row[1:] for row in rows[1:]]
    rows = rows[first:]
    if all(len(row) > 1 and _is_name(row[0]) for row in rows) and (len(rows) > 1 or _is_label(rows[0][0])):
        rows = [row[1:] for row in rows]
    return rows


def below_a_title(rows: Rows, *, is_indented: bool) -> Rows:
    """Rows without a first line that is the name of the matrix; pandas and R indent the name of an only column."""
    below = rows[1:]
    if is_indented or not below or len(rows[0]) != 1 or any(len(row) != 2 for row in below) or not _is_name(rows[0][0]):
        return rows
    if any(map(_is_name, (row[0] for row in below))):
        return rows
    refuse_title_or_heading(rows[0][0], [row[0] for row in below])
    return below


def _is_running(rows: Rows) -> bool:
    """Whether the numbers of the first line and of the first column count from 0: a table of pandas."""
    return (
        len(rows) > 1
        and all(len(row) == len(rows[0]) + 1 for row in rows[1:])
        and rows[0] == [str(number) for number in range(len(rows[0]))]
        and [row[0] for row in rows[1:]] == [str(number) for number in range(len(rows) - 1)]
    )


def _is_word(cell: str) -> bool:
    return cell == "" or set(cell) <= set("-:#") or _is_name(cell)


def _is_name(cell: str) -> bool:
    if not _WORD.search(cell) or cell.lower() in _MISSING or cell[:1] == "<" or re.match(r"\([^A-Za-z]", cell):
        return False
    try:
        read_number(cell)
    except NumberTextError as error:
        return "expected a number" in str(error) and not re.match(r"[+\-−.]?[0-9]", cell)
    return False


def _is_label(cell: str) -> bool:
    return cell.endswith(":")
