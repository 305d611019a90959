"""The rows of a matrix in lines: from spreadsheets, CSV, Markdown, MATLAB, R, Julia and pandas.

Cells may be apart by tabs or semicolons (then 0,5 is a decimal comma), by bars, by commas, or by spaces. Headings and
names of rows are left out. Gives the cells as texts.
"""

from __future__ import annotations

import csv
import re
from itertools import pairwise

from mlpviz.schema.errors import DocumentError, counted, echo
from mlpviz.schema.matrix_brackets import two_readings
from mlpviz.schema.matrix_doubts import refuse_accounting, refuse_numbered, refuse_pairs, refuse_title_or_heading
from mlpviz.schema.typed_number import AMBIGUOUS_COMMA, NumberTextError, read_number

Rows = list[list[str]]

_R_HEADING = re.compile(r"\s*(?:\[,[0-9]+\]\s*)+")
_R_ROW = re.compile(r"\s*\[[0-9]+,\]\s")
_R_VECTOR = re.compile(r"\s*\[([0-9]+)\]\s+(?=[^\[\s])")
_COLUMNS = re.compile(r"\s*Columns?\s+[0-9]+(?:\s+(?:through|and|to)\s+[0-9]+)?\s*:?\s*")
_RULE = re.compile(r"[\s|:+=_─━┄╌┼├┤╞╪╡┌┐└┘┬┴╭╮╰╯═-]{3,}")
_UNDERLINE = re.compile(r"\s*-+\s*|\s*(?:={2,}|-{2,}|_+)(?:\s+(?:={2,}|-{2,}|_+))*\s*")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+−–-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_SPACE_THOUSANDS = re.compile(r"(?<![^\s,;|])[1-9][0-9]{0,2} 0[0-9]{2}(?:[.,][0-9]+)?(?![^\s,;|])")
_SPACED_DECIMAL = re.compile(r"[+\-−–]?[1-9][0-9]{0,2}(?: [0-9]{3})+,[0-9]+")
_EMPHASIS = re.compile(r"(\*\*|__|`|\*)(.*)\1")
_NUMBERS = re.compile(r"[0-9]+")
_WORD = re.compile(r"[^\W\d_]")
_MISSING = {
    "nan",
    "na",
    "n/a",
    "null",
    "none",
    "inf",
    "infinity",
    "-inf",
    "+inf",
    "missing",
    "undefined",
    "true",
    "false",
}


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
    rows = _cells(filled)
    if len(kept) > len(filled) and all(len(row) == 1 for row in rows):
        # one column of a spreadsheet, in which an empty line is an empty cell
        rows = [[line.strip()] for line in kept]
    rows = _below_a_title(rows, is_indented=filled[0].startswith(" "))
    rows = numbers_only(rows)
    refuse_accounting(rows)
    refuse_numbered(rows)
    return rows


def _cells(lines: list[str]) -> Rows:
    text = "\n".join(lines)
    if "|" in text:
        return _bars(lines)
    if "\t" in text:
        return _with_points(_delimited(lines, "\t"))
    if ";" in text:
        return _semicolons(lines)
    _refuse_space_thousands(lines)
    if "," in text:
        return _commas(lines)
    return [_words(line) for line in lines]


def _refuse_space_thousands(lines: list[str]) -> None:
    """Raise DocumentError for 1 000 and 1 000,5 where spaces are between numbers, and for lines like 12 345,67."""
    are_alone = all(_SPACED_DECIMAL.fullmatch(line.strip()) for line in lines)
    for line in lines:
        found = _SPACED_DECIMAL.search(line) if are_alone else _SPACE_THOUSANDS.search(line)
        if found and line.split().count("0") == 0:
            one, *others = (part.replace(",", ".") for part in found.group().split(" "))
            numbers = " and ".join([one, *(_without_zeros(other) for other in others)])
            raise DocumentError(
                f"the pasted matrix has {echo(found.group())}, which could be {''.join([one, *others])} or the numbers "
                f"{numbers}; write numbers without spaces"
            )


def _without_zeros(text: str) -> str:
    """000 as the number 0, 000.5 as 0.5."""
    short = text.lstrip("0")
    return short if short[:1].isdigit() else f"0{short}"


def _words(line: str) -> list[str]:
    return (line.split() or [""]) if '"' not in line else _quoted([line.strip()], " ")[0]


def _delimited(lines: list[str], separator: str) -> Rows:
    if any('"' in line for line in lines):
        return [[cell.strip() for cell in row] for row in _quoted(lines, separator)]
    return [[cell.strip() for cell in line.split(separator)] for line in lines]


def _quoted(lines: list[str], separator: str) -> Rows:
    try:
        return list(csv.reader(lines, delimiter=separator, skipinitialspace=True)) or [[""]]
    except csv.Error:
        raise DocumentError("the pasted matrix has quotes that do not close, expected numbers") from None


def _bars(lines: list[str]) -> Rows:
    rows = [line.strip().removeprefix("|").removesuffix("|").split("|") for line in lines]
    if all(len(row) == 1 for row in rows):  # |1 2| as around a determinant
        return _cells([row[0] for row in rows])
    return _with_points([[_without_emphasis(cell.strip().strip('"')) for cell in row] for row in rows])


def _without_emphasis(cell: str) -> str:
    """A cell of Markdown without the signs of bold, italic and code."""
    found = _EMPHASIS.fullmatch(cell)
    return cell if found is None else found.group(2)


def _semicolons(lines: list[str]) -> Rows:
    ends = [line.strip().endswith(";") for line in lines]
    inner = any(";" in line.strip().rstrip(";") for line in lines)
    if not inner and (all(ends[:-1]) or not any(ends[:-1])):
        return _cells([line.strip().rstrip(";") for line in lines])  # rows of MATLAB without their brackets
    if len(lines) == 1:
        parts = [part.strip() for part in lines[0].strip().rstrip(";").split(";")]
        if any(" " in part for part in parts):
            return _cells(parts)
        commas = {part.count(",") for part in parts}
        if commas == {1} and not any(part.startswith("0,") or part.startswith(",") for part in parts):
            other = " | ".join(part.replace(",", ".") for part in parts)
            raise DocumentError(
                f"the pasted matrix {echo(lines[0].strip())} could be {len(parts)} rows of 2 numbers or the one row "
                f"{other}; write spaces after commas between numbers, or decimal points"
            )
        if commas not in ({0}, {1}, {0, 1}):
            return _cells(parts)
    rows = _delimited(lines, ";")
    return _with_points(_without_last_empty(rows))


def _without_last_empty(rows: Rows) -> Rows:
    """Rows without the cell after a separator at the end of each line; the last line may have none."""
    if len(rows[0]) > 1 and all(row[-1] == "" and len(row) > 1 for row in rows[: max(1, len(rows) - 1)]):
        return [row[:-1] if row[-1] == "" else row for row in rows]
    return rows


def _commas(lines: list[str]) -> Rows:
    words = [line.split() for line in lines]
    are_decimal = all(_is_decimal(word) for row in words for word in row)
    leading = [word for row in words for word in row if word.startswith(",")]
    if leading and are_decimal:
        # 1 ,2 is two numbers, and 0,5 ,25 is nobody's way of writing
        if any("," in word[1:] or (_DECIMAL_COMMA.fullmatch(word) and word[0] != ",") for row in words for word in row):
            raise DocumentError(
                f"the pasted matrix has {echo(leading[0])}, which could be 0.{leading[0][1:]} or the number "
                f"{leading[0][1:]} after a comma; write decimal points"
            )
        are_decimal = False
    if are_decimal and any(len(row) > 1 for row in words):
        refuse_pairs([word for row in words for word in row])
        return _with_points(words)  # 0,5 1,5
    tight = all(_GROUPED.fullmatch(line.strip().rstrip(",")) for line in lines)
    if tight:
        raise DocumentError(two_readings(lines[0].strip().rstrip(",")))
    for line in lines:
        for cell in line.split(", "):
            if (number := cell.strip().rstrip(",")) and _GROUPED.fullmatch(number) and ", " in line:
                raise DocumentError(two_readings(number))
    rows = _without_last_empty(_delimited(lines, ","))
    for row in rows:
        for cell, other in pairwise(row):
            if re.fullmatch(r"0[0-9]{2}", other) and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}", cell):
                raise DocumentError(two_readings(f"{cell},{other}"))
    return rows


def _is_decimal(word: str) -> bool:
    return "," not in word or (_DECIMAL_COMMA.fullmatch(word) is not None)


def _with_points(rows: Rows) -> Rows:
    """Decimal commas as points. Where a comma may as well group thousands, or points stand in other cells: an error."""
    cells = [cell for row in rows for cell in row]
    if not any("," in cell for cell in cells):
        return rows
    are_pointed = any("." in cell and "," not in cell for cell in cells)
    has_groups = any("," in cell and "." in cell and _GROUPED.fullmatch(cell) for cell in cells)
    has_decimals = any(
        _DECIMAL_COMMA.fullmatch(cell) and not AMBIGUOUS_COMMA.fullmatch(cell.lstrip("+-−–")) for cell in cells
    )
    found: Rows = []
    for number, row in enumerate(rows, start=1):
        plain = []
        for column, cell in enumerate(row, start=1):
            if "," not in cell or not any(map(str.isdigit, cell)):
                plain.append(cell)
            elif has_groups and not has_decimals and _GROUPED.fullmatch(cell):
                plain.append(cell.replace(",", ""))
            elif are_pointed or (not has_decimals and AMBIGUOUS_COMMA.fullmatch(cell.lstrip("+-−–"))):
                raise DocumentError(_comma_problem(cell, number, column))
            else:
                plain.append(cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell)
        found.append(plain)
    return found


def _comma_problem(cell: str, row: int, column: int) -> str:
    place = f"row {row} column {column} of the pasted matrix is {echo(cell)}"
    if AMBIGUOUS_COMMA.fullmatch(cell.lstrip("+-−–")):
        return (
            f"{place}, which could be {cell.replace(',', '')} or {cell.replace(',', '.')}; write it without the comma"
        )
    return f"{place}, expected a number with a decimal comma, or no comma beside decimal points"


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


def _below_a_title(rows: Rows, *, is_indented: bool) -> Rows:
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
