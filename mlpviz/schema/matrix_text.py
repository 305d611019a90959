"""From pasted text to a matrix: spreadsheets, comma or space separated text, printed NumPy and PyTorch arrays.

Nothing is evaluated; only numbers are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.limits import DOCUMENT_LIMITS, MAGNITUDE

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_PREFIX = re.compile(
    r"(?:[A-Za-z_]\w{0,40}\s{0,9}=\s{0,9})?(?:\w{1,20}\.){0,2}(?:array|asarray|matrix|tensor|Tensor)?\(?\s*"
)
_SUFFIX = re.compile(r"\s*(?:,\s*\w{1,20}\s{0,9}=\s{0,9}[\w.:'\"<>()-]{1,60}\s*){0,5},?\s*\)?\s*;?\s*")
_TOKEN = re.compile(r"[\[\](){},;]|[^\s\[\](){},;]+")
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-", "\u00a0": " ", "\u202f": " ", "\ufeff": None})


def parse_matrix(text: str) -> list[list[float]]:
    """The rows of numbers in a text; one line, or a flat list, is one row.

    Cells may be separated by tabs or semicolons (then 0,5 is a decimal comma), by commas, or by spaces.
    Raises DocumentError: one sentence with the row and column, both from 1.
    """
    if len(text) > DOCUMENT_LIMITS.pasted:
        raise DocumentError(
            f"the pasted text has {len(text):,} characters, at most {DOCUMENT_LIMITS.pasted:,} are allowed"
        )
    text = text.translate(_MINUS).strip("\r\n ")
    if not text.strip():
        raise DocumentError("the pasted text is empty, expected a matrix of numbers")
    if "..." in text or "…" in text:
        raise DocumentError(
            "the pasted matrix is shortened with '...'; print all of it with np.set_printoptions(threshold=np.inf)"
        )
    cells = _bracketed(text) if "[" in text else _lines(text)
    rows = [[_number(cell, row, column) for column, cell in enumerate(line, 1)] for row, line in enumerate(cells, 1)]
    _check_shape(rows)
    return rows


def _lines(text: str) -> list[list[str]]:
    lines = text.splitlines()
    for separator in ("\t", ";"):
        if separator in text:
            return _with_points([[cell.strip() for cell in line.split(separator)] for line in lines])
    if "," in text:
        return [[cell.strip() for cell in line.split(",")] for line in lines]
    return [line.split() or [""] for line in lines]


def _with_points(rows: list[list[str]]) -> list[list[str]]:
    """Decimal commas as points. With points in other cells 1,234 could mean two numbers: that is an error."""
    if not any("," in cell for row in rows for cell in row):
        return rows
    pointed = any("." in cell for row in rows for cell in row)
    found = []
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if "," in cell and (pointed or not _DECIMAL_COMMA.fullmatch(cell)):
                raise DocumentError(
                    f"{_place(number, column)} is {echo(cell)}, "
                    "expected a number with a decimal comma, or no comma beside decimal points"
                )
        found.append([cell.replace(",", ".") for cell in row])
    return found


def _bracketed(text: str) -> list[list[str]]:
    """The rows of a list of lists, or of one list; [1 2; 3 4] separates rows by semicolons."""
    start, stop = text.index("["), text.rfind("]") + 1
    before, after = text[:start], text[stop:]
    if stop <= start or not _PREFIX.fullmatch(before) or not _SUFFIX.fullmatch(after):
        extra = before.strip() if stop > start and not _PREFIX.fullmatch(before) else after.strip()
        raise DocumentError(f"the pasted matrix has {echo(extra or '[')} outside its brackets, expected numbers only")
    return _Reader().read(_TOKEN.finditer(text, start, stop))


class _Reader:
    """Collects the rows of a bracketed matrix, part by part."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.row: list[str] | None = None
        self.depth = 0
        self.nested = False
        self.closed = False
        self.comma = False  # a comma was read and its cell is still to come

    def read(self, parts: Iterator[re.Match[str]]) -> list[list[str]]:
        for match in parts:
            part = match.group()
            if self.closed:
                raise DocumentError("the pasted text has more than one matrix, expected one")
            if part in "[({":
                self._open()
            elif part in "])}":
                self._close()
            elif part == ",":
                self._comma()
            elif part == ";":
                self._next_row()
            else:
                self._cell(part)
        if not self.closed:
            raise DocumentError("the pasted matrix has brackets that are not closed")
        return self.rows

    def _open(self) -> None:
        self.depth += 1
        if self.depth > 2:
            raise DocumentError("the pasted array has more than two dimensions, expected rows and columns")
        if self.depth == 2:
            if self.row:
                raise DocumentError("the pasted matrix has a row in brackets beside single numbers")
            self.row, self.nested, self.comma = [], True, False
        else:
            self.row = []

    def _close(self) -> None:
        self.depth -= 1
        if self.depth == 1 or not self.nested:
            self._end_row()
        self.closed = self.depth == 0
        self.comma = False

    def _end_row(self) -> None:
        # a comma may follow the last cell, as in Python
        self.rows.append(self.row or [""])
        self.row = None

    def _next_row(self) -> None:
        if self.nested:
            raise DocumentError("the pasted matrix has a semicolon inside brackets, expected commas or spaces")
        self._end_row()
        self.row, self.comma = [], False

    def _comma(self) -> None:
        if self.row is not None and not (self.nested and self.depth == 1):
            if self.comma or not self.row:
                self.row.append("")
            self.comma = True

    def _cell(self, token: str) -> None:
        if self.row is None or (self.nested and self.depth == 1):
            raise DocumentError(
                f"the pasted matrix has {echo(token)} between its rows, expected brackets around each row"
            )
        self.row.append(token)
        self.comma = False


def _number(cell: str, row: int, column: int) -> float:
    if _NUMBER.fullmatch(cell):
        value = float(cell)
        if abs(value) <= MAGNITUDE:
            return value
        raise DocumentError(f"{_place(row, column)} is {echo(cell)}, expected at most {MAGNITUDE:g}")
    if not cell:
        raise DocumentError(f"{_place(row, column)} is empty, expected a number")
    raise DocumentError(f"{_place(row, column)} is {echo(cell)}, expected a number")


def _place(row: int, column: int) -> str:
    # the rows of the text, which may become columns where the matrix goes
    return f"row {row} column {column} of the pasted matrix"


def _check_shape(rows: list[list[float]]) -> None:
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise DocumentError(
                f"row {number} of the pasted matrix has {counted(len(row), 'number')}, row 1 has {width}"
            )
    if max(len(rows), width) > DOCUMENT_LIMITS.width:
        raise DocumentError(
            f"the pasted matrix is {len(rows)} x {width}, at most {DOCUMENT_LIMITS.width} rows and columns are allowed"
        )
