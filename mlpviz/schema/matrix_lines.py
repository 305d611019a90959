"""The rows of a matrix in lines: from spreadsheets, CSV, Markdown, MATLAB, R, Julia and pandas, as texts of cells.

R and MATLAB print wide matrices in blocks of columns, one below the other.
"""

from __future__ import annotations

import re
from itertools import pairwise

from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.matrix_cells import Rows, cells_of
from mlpviz.schema.matrix_doubts import refuse_accounting, refuse_numbered
from mlpviz.schema.matrix_headings import below_a_title, numbers_only

_R_HEADING = re.compile(r"\s*(?:\[,[0-9]+\]\s*)+")
_R_ROW = re.compile(r"\s*\[[0-9]+,\]\s")
_R_VECTOR = re.compile(r"\s*\[([0-9]+)\]\s+(?=[^\[\s])")
_COLUMNS = re.compile(r"\s*Columns?\s+[0-9]+(?:\s+(?:through|and|to)\s+[0-9]+)?\s*:?\s*")
_RULE = re.compile(r"[\s|:+=_─━┄╌┼├┤╞╪╡┌┐└┘┬┴╭╮╰╯═-]{3,}")
_UNDERLINE = re.compile(r"\s*-+\s*|\s*(?:={2,}|-{2,}|_+)(?:\s+(?:={2,}|-{2,}|_+))*\s*")
_NUMBERS = re.compile(r"[0-9]+")


def is_printed_by_r(text: str) -> bool:
    """Whether the brackets of a text are the numbers of rows and columns that R prints."""
    lines = text.split("\n")
    has_heading = len(lines) > 1 and any(_R_HEADING.fullmatch(line) for line in lines)
    return has_heading or any(_R_ROW.match(line) or _R_VECTOR.match(line) for line in lines)


def rows_in_lines(text: str) -> Rows:
    """The cells of each line. Raises DocumentError where a comma or a space can be read in two ways."""
    lines = [line.rstrip() for line in text.split("\n")]
    _refuse_gaps(lines)
    if any(_R_HEADING.fullmatch(line) for line in lines):
        return _beside([[line.split(maxsplit=1)[-1] for line in block] for block in _blocks(lines, _R_HEADING)])
    if len(lines) > 1 and not _R_ROW.match(lines[0]) and all(map(_R_ROW.match, filter(str.strip, lines[1:]))):
        lines = [line[line.index("]") + 1 :] for line in lines[1:] if line.strip()]  # below names of columns
    if _R_VECTOR.match(lines[0]):
        return _r_vector(lines)
    if any(_COLUMNS.fullmatch(line) for line in lines):
        return _beside(_blocks(lines, _COLUMNS))
    return _split_lines(lines)


def _refuse_gaps(lines: list[str]) -> None:
    """Raise DocumentError where the printed numbers of columns or rows do not go on from those before."""
    row = column = 0
    for line in filter(str.strip, lines):
        is_of_r = _R_HEADING.fullmatch(line)
        if is_of_r or _COLUMNS.fullmatch(line):
            numbers = [int(number) for number in _NUMBERS.findall(line)]
            if numbers[0] != column + 1 or (is_of_r and numbers != list(range(column + 1, column + len(numbers) + 1))):
                raise DocumentError(f"the pasted matrix has {echo(line.strip())}, expected column {column + 1} next")
            row, column = 0, numbers[-1]
        elif _R_ROW.match(line):
            row += 1
            number = int(_NUMBERS.findall(line)[0])
            if number != row:
                raise DocumentError(f"the pasted matrix has row [{number},], expected [{row},]")


def _blocks(lines: list[str], heading: re.Pattern[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if heading.fullmatch(line):
            blocks.append([])
        elif line.strip():
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _beside(blocks: list[list[str]]) -> Rows:
    """Blocks of columns, which a narrow window printed one below the other, side by side."""
    if not blocks:
        raise DocumentError("the pasted matrix has headings only, expected numbers")
    found = [_split_lines(block) for block in blocks]
    for number, (first, other) in enumerate(pairwise(found), start=2):
        if len(other) != len(first):
            raise DocumentError(
                f"block {number} of the pasted columns has {counted(len(other), 'row')}, block {number - 1} has "
                f"{len(first)}"
            )
    return [[cell for block in rows for cell in block] for rows in zip(*found, strict=True)]


def _r_vector(lines: list[str]) -> Rows:
    cells: list[str] = []
    for line in lines:
        found = _R_VECTOR.match(line)
        if found is None or int(found.group(1)) != len(cells) + 1:
            raise DocumentError(f"the pasted vector has {echo(line.strip())}, expected [{len(cells) + 1}] and numbers")
        cells += line[found.end() :].split()
    return [cells]


def _split_lines(lines: list[str]) -> Rows:
    is_table = sum("|" in line for line in lines) > 0
    kept = [line for line in lines if not (_RULE.fullmatch(line) and (is_table or _UNDERLINE.fullmatch(line)))]
    filled = [line for line in kept if line.strip()]
    if not filled:
        raise DocumentError("the pasted text is empty, expected a matrix of numbers")
    rows = cells_of(filled)
    if len(kept) > len(filled) and all(len(row) == 1 for row in rows):
        # one column of a spreadsheet, in which an empty line is an empty cell
        rows = [[line.strip()] for line in kept]
    rows = below_a_title(rows, is_indented=filled[0].startswith(" "))
    rows = numbers_only(rows)
    refuse_accounting(rows)
    refuse_numbered(rows)
    return rows
