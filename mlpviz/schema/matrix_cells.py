"""The cells of lines of a pasted matrix: apart by bars, tabs, semicolons, commas or spaces, some of them in quotes."""

from __future__ import annotations

import csv
import re
from itertools import pairwise

from mlpviz.schema.decimal_marks import AMBIGUOUS_COMMA
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.matrix_brackets import two_readings
from mlpviz.schema.matrix_doubts import refuse_pairs, refuse_points_between_thousands
from mlpviz.schema.reader_sign import is_comma

Rows = list[list[str]]

_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+−–-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_SPACE_THOUSANDS = re.compile(r"(?<![^\s,;|])[1-9][0-9]{0,2} 0[0-9]{2}(?:[.,][0-9]+)?(?![^\s,;|])")
_SPACED_DECIMAL = re.compile(r"[+\-−–]?[1-9][0-9]{0,2}(?: [0-9]{3})+,[0-9]+")
_EMPHASIS = re.compile(r"(\*\*|__|`|\*)(.*)\1")


def cells_of(lines: list[str]) -> Rows:
    """The cells of each line. Raises DocumentError where a comma or a space can be read in two ways."""
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
        return cells_of([row[0] for row in rows])
    return _with_points([[_without_emphasis(cell.strip().strip('"')) for cell in row] for row in rows])


def _without_emphasis(cell: str) -> str:
    """A cell of Markdown without the signs of bold, italic and code."""
    found = _EMPHASIS.fullmatch(cell)
    return cell if found is None else found.group(2)


def _semicolons(lines: list[str]) -> Rows:
    ends = [line.strip().endswith(";") for line in lines]
    inner = any(";" in line.strip().rstrip(";") for line in lines)
    if not inner and (all(ends[:-1]) or not any(ends[:-1])):
        return cells_of([line.strip().rstrip(";") for line in lines])  # rows of MATLAB without their brackets
    if len(lines) == 1:
        parts = [part.strip() for part in lines[0].strip().rstrip(";").split(";")]
        if any(" " in part for part in parts):
            return cells_of(parts)
        commas = {part.count(",") for part in parts}
        if commas == {1} and not any(part.startswith("0,") or part.startswith(",") for part in parts):
            other = " | ".join(part.replace(".", "").replace(",", ".") for part in parts)
            raise DocumentError(
                f"the pasted matrix {echo(lines[0].strip())} could be {len(parts)} rows of 2 numbers or the one row "
                f"{other}; write spaces after commas between numbers, or decimal points"
            )
        if commas not in ({0}, {1}, {0, 1}):
            return cells_of(parts)
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
    refuse_points_between_thousands(lines)
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
    has_decimals = is_comma() or any(
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
