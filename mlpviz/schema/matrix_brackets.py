"""The rows of a matrix in brackets of any kind: [[1, 2], [3, 4]], ((1, 2), (3, 4)), {{1, 2}, {3, 4}}, [1 2; 3 4].

Gives the cells as texts; nothing is evaluated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from mlpviz.schema.decimal_marks import AMBIGUOUS_COMMA
from mlpviz.schema.errors import DocumentError, echo

_TOKEN = re.compile(r"\n|[\[\]{},;]|(?:[^\s\[\](){},;]|\([^\s\[\](){},;]*\))+|[()]")
_OPENING, _CLOSING = "[({", "])}"
_DEEPEST = 8
_NUMPY_WRAPS = 60
"""characters: NumPy and PyTorch break no line that is shorter than this, so a break in it is the end of a row"""

_TIGHT_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_LOOSE_COMMA = re.compile(r"(?<=[0-9]),(?=\s)")
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")


@dataclass
class _List:
    """What stands between two brackets: texts of cells, commas, semicolons, line breaks and other lists."""

    bracket: str
    items: list[str | _List] = field(default_factory=list)
    longest_line: int = 0

    @property
    def lists(self) -> list[_List]:
        return [item for item in self.items if isinstance(item, _List)]

    @property
    def cells(self) -> list[str]:
        return [item for item in self.items if isinstance(item, str) and item not in ",;\n"]


def rows_in_brackets(text: str) -> list[list[str]] | None:
    """The cells of the one matrix in the text, row by row; None if the text has no brackets around numbers.

    Raises DocumentError for words outside the brackets, more than one matrix, more than two dimensions.
    """
    whole = _tree(text)
    if whole is None:
        return None
    _refuse_thousands(text)
    matrix = _only_matrix(whole)
    if matrix.lists:
        return _rows_of_lists(matrix)
    return _rows_of_one(matrix)


def _tree(text: str) -> _List | None:
    top = _List("")
    stack = [top]
    line = 0
    for token in _TOKEN.finditer(text):
        part = token.group()
        if part in _OPENING:
            if len(stack) > _DEEPEST:
                if not any(sign in text for sign in _CLOSING):
                    break
                raise DocumentError("the pasted array has more than two dimensions, expected rows and columns")
            stack.append(_List(part))
            stack[-2].items.append(stack[-1])
        elif part in _CLOSING:
            if len(stack) == 1 or _OPENING.index(stack[-1].bracket) != _CLOSING.index(part):
                raise DocumentError(f"the pasted matrix has {echo(part)} outside its brackets, expected numbers only")
            stack.pop()
        else:
            if part == "\n":
                stack[-1].longest_line = max(stack[-1].longest_line, token.start() - line)
                line = token.end()
            stack[-1].items.append(part)
    if len(stack) > 1:
        if not any(sign in text for sign in _CLOSING):
            raise DocumentError(
                f"the pasted matrix has {echo(stack[1].bracket)} outside its brackets, expected numbers only"
            )
        raise DocumentError("the pasted matrix has brackets that are not closed")
    return top if top.lists else None


def _only_matrix(top: _List) -> _List:
    for item in top.cells:
        raise DocumentError(f"the pasted matrix has {echo(item)} outside its brackets, expected numbers only")
    lists = [_without_grouping(each) for each in top.lists]
    if len(lists) == 1:
        return _grouped_inside(lists[0])
    # rows that a loop printed, one below the other or with commas between them
    are_rows = all(not each.lists for each in lists) and _are_apart(top)
    if not are_rows:
        raise DocumentError("the pasted text has more than one matrix, expected one")
    return _List("[", [item for each in lists for item in (each, ",")])


def _are_apart(top: _List) -> bool:
    previous: str | _List = ","
    for item in top.items:
        if isinstance(item, _List) and isinstance(previous, _List):
            return False
        previous = item
    return True


def _without_grouping(found: _List) -> _List:
    """A list without parentheses that hold nothing but it: those of a call, such as tensor([1, 2])."""
    while found.bracket == "(" and len(inside := [item for item in found.items if item != "\n"]) in (1, 2):
        held = inside[0]
        # Python's ((1, 2),) is a row, its ([[1, 2], [3, 4]],) holds a matrix
        if not isinstance(held, _List) or (len(inside) == 2 and (inside[1] != "," or not held.lists)):
            break
        found = held
    return found


def _grouped_inside(found: _List) -> _List:
    found.items = [_without_grouping(item) if isinstance(item, _List) else item for item in found.items]
    return found


def _rows_of_lists(matrix: _List) -> list[list[str]]:
    if matrix.cells:
        first = matrix.items.index(matrix.cells[0])
        if any(isinstance(item, _List) for item in matrix.items[:first]):
            raise DocumentError(
                f"the pasted matrix has {echo(matrix.cells[0])} between its rows, expected brackets around each row"
            )
        raise DocumentError("the pasted matrix has a row in brackets beside single numbers")
    _refuse_rows_side_by_side(matrix)
    rows = []
    for row in matrix.lists:
        if row.lists:
            raise DocumentError("the pasted array has more than two dimensions, expected rows and columns")
        if ";" in row.items:
            raise DocumentError("the pasted matrix has a semicolon inside brackets, expected commas or spaces")
        rows.append(_cells_of(row.items))
    return rows


def _refuse_rows_side_by_side(matrix: _List) -> None:
    """[[1, 2] [3, 4]]: two columns in Julia, and two rows without a comma in Python. NumPy prints no commas at all."""
    for item, following in pairwise(matrix.items):
        if isinstance(item, _List) and isinstance(following, _List) and "," in item.items:
            raise DocumentError(
                "the pasted matrix has no comma between its lists: they could be rows, or columns as in Julia; "
                "write a comma between rows"
            )


def _rows_of_one(matrix: _List) -> list[list[str]]:
    """A single pair of brackets: one row, or rows apart by semicolons or, as in MATLAB, by line breaks."""
    items = matrix.items
    if ";" in items:
        # a line break after a semicolon ends nothing more
        marks = [";" if item == "\n" else item for item in items]
        _refuse_columns_of_julia(items)
        return [_cells_of(row) for row in _split(marks, ";") if row] or [[""]]
    lines = [line for line in _split(items, "\n") if line]
    if len(lines) < 2 or any(line[-1] == "," for line in lines[:-1]) or any(line[0] == "," for line in lines[1:]):
        return [_cells_of([item for item in items if item != "\n"])]
    if matrix.longest_line < _NUMPY_WRAPS:
        return [_cells_of(line) for line in lines]
    if len({len(line) for line in lines}) > 1:
        return [_cells_of([item for item in items if item != "\n"])]
    raise DocumentError(
        f"the pasted matrix could be {len(lines)} rows, or one row that was printed in {len(lines)} lines; "
        "write ; between rows or commas between the numbers of one"
    )


def _refuse_columns_of_julia(items: list[str | _List]) -> None:
    """[1 2;; 3 4], one row in Julia; a last ;; as in [1; 2;;] is how it writes a column."""
    marks = [item for item in items if item != "\n"]
    while marks and marks[-1] == ";":
        marks.pop()
    if (";", ";") in pairwise(marks):
        raise DocumentError(
            "the pasted matrix has ';;', which puts columns beside each other in Julia; write rows apart by one ;"
        )


def _split(items: list[str | _List], mark: str) -> list[list[str | _List]]:
    parts: list[list[str | _List]] = [[]]
    for item in items:
        if item == mark:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


def _cells_of(items: list[str | _List]) -> list[str]:
    """The cells of one row: apart by commas, of which one may follow the last as in Python, or by spaces."""
    texts = [item for item in items if isinstance(item, str) and item != "\n"]
    if "," not in texts:
        return texts or [""]
    cells: list[str] = []
    cell: list[str] = []
    for text in texts:
        if text == ",":
            cells.append(" ".join(cell))
            cell = []
        else:
            cell.append(text)
    if cell:
        cells.append(" ".join(cell))
    return cells


def _refuse_thousands(text: str) -> None:
    """Commas inside of numbers: three digits that begin with 0, or commas without a space where others have one."""
    numbers = [found.group() for found in _THOUSANDS.finditer(text)]
    inside = sum(number.count(",") for number in numbers)
    is_apart = inside == len(_TIGHT_COMMA.findall(text)) and _LOOSE_COMMA.search(text) is not None
    for number in numbers:
        if is_apart or any(part.startswith("0") for part in number.split(",")[1:]):
            raise DocumentError(two_readings(number))


def two_readings(number: str) -> str:
    """The sentence for 1,000 where commas may also stand between numbers."""
    parts = [part.lstrip("0") or "0" for part in number.split(",")]
    decimal = f", {number.replace(',', '.')}" if AMBIGUOUS_COMMA.fullmatch(number) else ""
    return (
        f"the pasted matrix has {echo(number)}, which could be {number.replace(',', '')}{decimal} or the numbers "
        f"{' and '.join(parts)}; leave the comma out of one number, write a space after it between two"
    )
