"""From pasted text to a matrix: what spreadsheets, NumPy, PyTorch, JAX, MATLAB, R, Julia, LaTeX and people write.

Nothing is evaluated; only numbers are read. The time is linear in the length of the text, which is bounded. What can be
read in two ways is refused with both.
"""

from __future__ import annotations

import re

from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.matrix_brackets import rows_in_brackets
from mlpviz.schema.matrix_doubts import refuse_decimal_commas, refuse_vectors_of_decimals
from mlpviz.schema.matrix_headings import numbers_only
from mlpviz.schema.matrix_latex import is_latex, rows_in_latex
from mlpviz.schema.matrix_lines import is_printed_by_r, rows_in_lines
from mlpviz.schema.matrix_wording import unwrapped
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.typed_number import read_number

_R_CALL = re.compile(
    r"\s*(?:[\w.]{1,40}\s{0,9}(?:<-|=)\s{0,9})?(?:matrix|array)\(\s*(?:data\s*=\s*)?c\(([^()]*)\)([^()]*(?:c\([^()]*\))?[^()]*)\)\s*;?\s*"
)
_R_DUMP = re.compile(
    r"\s*structure\(c\(([^()]*)\),\s*\.?[dD]im\s*=\s*c\(\s*([0-9]{1,4})L?\s*,\s*([0-9]{1,4})L?\s*\)\)\s*"
)
_R_TRANSPOSE = re.compile(r"\s*(?:[\w.]{1,40}\s{0,9}(?:<-|=)\s{0,9})?t\((.*)\)[\s;]*", re.DOTALL)
_R_NAMES = re.compile(r",\s*\.?[dD]imnames\s*=\s*list\((?:[^()]|\([^()]{0,200}\)){0,300}\)")
_R_DIM = re.compile(r"(?:dim\s*=\s*)?c\(\s*([0-9]{1,4})L?\s*,\s*([0-9]{1,4})L?\s*\)")
_R_COLUMNS = re.compile(r"(?:[\w.]{1,40}\s{0,9}(?:<-|=)\s{0,9})?cbind(?=\()")


def parse_matrix(text: str) -> list[list[float]]:
    """The rows of numbers in a text; one line, or a flat list, is one row.

    Raises DocumentError: one sentence with the row and column, both from 1.
    """
    if len(text) > DOCUMENT_LIMITS.pasted:
        raise DocumentError(
            f"the pasted text has {len(text):,} characters, at most {DOCUMENT_LIMITS.pasted:,} are allowed"
        )
    if not text.strip("\ufeff \t\r\n"):
        raise DocumentError("the pasted text is empty, expected a matrix of numbers")
    turned = _R_TRANSPOSE.fullmatch(text)
    rows = _r_matrix(turned.group(1) if turned else text)
    if rows is None:
        rows = _read(text)
    elif turned:
        rows = [list(column) for column in zip(*rows, strict=True)]
    _check_shape(rows)
    return rows


def _read(text: str) -> list[list[float]]:
    refuse_vectors_of_decimals(text)
    by_columns = _R_COLUMNS.match(text.strip())
    found = unwrapped("rbind" + text.strip()[by_columns.end() :] if by_columns else text)
    refuse_decimal_commas(found.text)
    cells = _cells(found.text)
    if found.scale is not None:
        cells = [[f"({cell})*{found.scale}" if cell else cell for cell in row] for row in cells]
    rows = [[_number(cell, row, column) for column, cell in enumerate(line, 1)] for row, line in enumerate(cells, 1)]
    _check_shape(rows)
    if found.shape is not None:
        rows = _shaped(rows, *found.shape, is_by_columns=found.is_by_columns)
    if found.is_transposed != bool(by_columns):
        rows = [list(column) for column in zip(*rows, strict=True)]
    return rows


def _cells(text: str) -> list[list[str]]:
    if is_latex(text):
        rows = rows_in_latex(text)
        return numbers_only(rows) if "tabular" in text else rows
    if not any(sign in text for sign in "[({])}") or is_printed_by_r(text):
        return rows_in_lines(text)
    bracketed = rows_in_brackets(text)
    return rows_in_lines(text) if bracketed is None else bracketed


def _r_matrix(text: str) -> list[list[float]] | None:
    """R's matrix(c(1, 2, 3, 4), nrow = 2), which fills columns first; None if the text is no such call."""
    text = _R_NAMES.sub("", text)
    if dumped := _R_DUMP.fullmatch(text):
        given, height_text, width_text = dumped.groups()
        by_columns = [_number(each.strip().removesuffix("L"), 1, at) for at, each in enumerate(given.split(","), 1)]
        rows = _reshaped(by_columns, int(width_text), int(height_text))
        return [list(column) for column in zip(*rows, strict=True)]
    found = _R_CALL.fullmatch(text)
    if found is None:
        return None
    numbers = [_number(cell.strip(), 1, column) for column, cell in enumerate(found.group(1).split(","), 1)]
    by_row, height, width = False, -1, -1
    for setting in filter(None, (each.strip() for each in _R_DIM.sub(r"\1,\2", found.group(2)).split(","))):
        name, _, value = (each.strip() for each in setting.partition("="))
        if name in ("nrow", "nr", "ncol", "nc") and value.isdecimal():
            height, width = (int(value), width) if name.startswith("nr") else (height, int(value))
        elif name == "byrow" and value in ("TRUE", "T", "FALSE", "F"):
            by_row = value.startswith("T")
        elif setting.isdecimal():
            height, width = (int(setting), width) if height < 0 else (height, int(setting))
        else:
            raise DocumentError(f"the pasted matrix(…) has {echo(setting)}, expected nrow, ncol and byrow")
    if height < 0 and width < 0:
        width = 1
    if by_row:
        return _reshaped(numbers, height, width)
    return [list(column) for column in zip(*_reshaped(numbers, width, height), strict=True)]


def _shaped(rows: list[list[float]], height: int, width: int, *, is_by_columns: bool) -> list[list[float]]:
    if not is_by_columns:
        return _reshaped([value for row in rows for value in row], height, width)
    columns = _reshaped([value for column in zip(*rows, strict=True) for value in column], width, height)
    return [list(row) for row in zip(*columns, strict=True)]


def _reshaped(numbers: list[float], height: int, width: int) -> list[list[float]]:
    """The numbers row by row; a side of −1 is as long as the other leaves it."""
    if height < 0 < width and len(numbers) % width == 0:
        height = len(numbers) // width
    if width < 0 < height and len(numbers) % height == 0:
        width = len(numbers) // height
    if height < 1 or width < 1 or height * width != len(numbers):
        wanted = f"{height} x {width}" if height > 0 < width else counted(height, "row")
        if height < 1:
            wanted = counted(width, "column")
        raise DocumentError(
            f"the pasted matrix has {counted(len(numbers), 'number')}, which {'does' if len(numbers) == 1 else 'do'} "
            f"not fill {wanted}"
        )
    return [numbers[start : start + width] for start in range(0, len(numbers), width)]


def _number(cell: str, row: int, column: int) -> float:
    try:
        return read_number(cell)
    except NumberTextError as error:
        raise DocumentError(f"{_place(row, column)} {error}") from None


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
