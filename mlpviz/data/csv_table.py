"""From the text of a CSV file to a Table: which columns there are, which hold numbers, and what is wrong with a cell.

Lines count from 1 as an editor shows them. Refuses to guess: a cell that is no number is named, not replaced.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError, Table, Task
from mlpviz.schema.limits import TRAINING_LIMITS
from mlpviz.text.sentences import Mention, sentence

if TYPE_CHECKING:
    import pandas as pd

LONGEST = TRAINING_LIMITS.csv
MOST_ROWS = TRAINING_LIMITS.samples
MOST_COLUMNS = TRAINING_LIMITS.features + 1
MOST_CLASSES = 1_000

_FEW = 10
"""up to so many different whole numbers are classes unless somebody says otherwise"""


@dataclass(frozen=True, eq=False)
class CsvColumns:
    """A CSV file taken apart: headings, the frame of its cells, and the line where each row begins.

    `numeric` says which columns hold nothing but numbers and empty cells.
    """

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    frame: pd.DataFrame
    lines: NDArray[np.int64]
    comma: bool
    """whether commas may be decimal: another character separates the cells"""

    @property
    def samples(self) -> int:
        """N, the rows without the headings."""
        return len(self.lines)

    def place(self, row: int, column: str) -> str:
        """The place of a cell in words."""
        return f"line {self.lines[row]}, column {_shown(column)}"


def read_csv(content: bytes | str) -> CsvColumns:
    """The columns of a CSV text: separated by comma, semicolon, tab or |; headings in the first line.

    A first line of numbers only is a row, and the columns are numbered.
    Raises DataError: one sentence with the line.
    """
    text = _decoded(content)
    separator = _separator(text)
    headings, before, lines = _structure(text, separator)
    stream = io.StringIO(text, newline="")
    for _ in range(before):
        stream.readline()
    # here and not above: the import takes half a second
    import pandas as pd

    try:
        frame = pd.read_csv(
            stream, sep=separator, header=None, names=range(len(headings)), index_col=False, low_memory=False,
            skipinitialspace=True,
        )  # fmt: skip
    except (ValueError, OverflowError) as error:  # pandas' own errors are ValueErrors
        raise DataError(f"the file cannot be read as CSV: {str(error).splitlines()[0][:80]}") from None
    if len(frame) != len(lines):
        raise DataError(f"the file has {len(lines)} rows, but only {len(frame)} can be told apart")
    comma = separator != ","
    numeric = tuple(_first_text(frame[index], comma) is None for index in range(len(headings)))
    return CsvColumns(headings, numeric, frame, lines, comma)


def csv_table(
    columns: CsvColumns,
    target: str | None = None,
    features: Sequence[str] | None = None,
    task: Task | None = None,
    missing: Literal["refuse", "drop"] = "refuse",
) -> Table:
    """Samples with these features and this target; None stands for the last column, and for all others.

    `task` None takes a target of texts, or of at most ten different whole numbers, for classes. `missing` drop leaves
    out rows with an empty cell in a column that is used.
    Raises DataError: one sentence that names the line and the column.
    """
    target = columns.headings[-1] if target is None else target
    names = tuple(name for name in columns.headings if name != target) if features is None else tuple(features)
    _check_names(columns, target, names)
    used = [columns.headings.index(name) for name in (*names, target)]
    empty = columns.frame[used].isna().to_numpy()
    kept = np.flatnonzero(~empty.any(axis=1))
    if missing == "refuse" and len(kept) < columns.samples:
        row = int(np.flatnonzero(empty.any(axis=1))[0])
        place = columns.place(row, (*names, target)[int(empty[row].argmax())])
        advice = Mention("rows with gaps can be left out: missing = drop", "setting", ("data", "missing", "drop"))
        raise DataError(sentence("{place} is empty, expected a value ({advice})", place=place, advice=advice))
    if not kept.size:
        raise DataError("no row is left: every one has an empty cell")
    x = np.column_stack([_numbers(columns, name, kept) for name in names])
    task = task or _task(columns, target, kept)
    if task == "values":
        return Table(x, _numbers(columns, target, kept)[:, None], "values", names)
    classes, numbers = _classes(columns, target, kept)
    return Table(x, numbers, "classes", names, classes)


def _decoded(content: bytes | str) -> str:
    if len(content) > LONGEST:
        raise DataError(f"the file has {len(content) / 1e6:.0f} MB, at most {LONGEST / 1e6:.0f} MB are allowed")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DataError("the file is UTF-16 text, expected UTF-8: save it as “CSV UTF-8”")
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        line, byte = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
        raise DataError(
            f"line {line} is not UTF-8 text: byte {byte:#04x} does not fit; save it as “CSV UTF-8”"
        ) from None
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(f"line {line} has a null character: this is no CSV text")
    if not text.strip():
        raise DataError("the file is empty, expected a line of headings and rows")
    return text


def _separator(text: str) -> str:
    """The character that divides the first line most often."""
    first = next(line for line in text.splitlines() if line.strip())
    return max((",", ";", "\t", "|"), key=first.count)


def _structure(text: str, separator: str) -> tuple[tuple[str, ...], int, NDArray[np.int64]]:
    """Headings, how many lines stand before the rows, and the line of each row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    headings: tuple[str, ...] = ()
    before, lines, end = 0, [], 0
    try:
        for cells in reader:
            begin, end = end + 1, reader.line_num
            if len(cells) < 2 and not "".join(cells).strip():
                continue  # a blank line
            if not headings:
                (headings, before), is_row = _headings(cells, begin, end), _all_numbers(cells)
                if not is_row:
                    continue
            if len(cells) != len(headings):
                raise DataError(
                    f"line {begin} has {len(cells)} {'cell' if len(cells) == 1 else 'cells'}, "
                    f"expected {len(headings)} like the first line"
                )
            lines.append(begin)
            if len(lines) > MOST_ROWS:
                raise DataError(f"the file has more than {MOST_ROWS:,} rows, at most so many are allowed")
    except csv.Error as error:
        raise DataError(f"line {reader.line_num} cannot be read: {error}; is a quotation mark left open?") from None
    if not lines:
        raise DataError("the file has no rows below its headings")
    return headings, before, np.array(lines)


def _headings(cells: list[str], begin: int, end: int) -> tuple[tuple[str, ...], int]:
    if len(cells) > MOST_COLUMNS:
        raise DataError(f"line {begin} has {len(cells):,} columns, at most {MOST_COLUMNS:,} are allowed")
    if len(cells) < 2:
        raise DataError(f"line {begin} has one column, expected at least two, separated by commas")
    if _all_numbers(cells):
        return tuple(f"column {number}" for number in range(1, len(cells) + 1)), begin - 1
    names = tuple(cell.strip() or f"column {number}" for number, cell in enumerate(cells, start=1))
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if name in seen:
            raise DataError(
                f"line {begin} has the heading {_shown(name)} twice, in columns {seen[name]} and {number}, "
                "expected each one once"
            )
        seen[name] = number
    return names, end


def _all_numbers(cells: list[str]) -> bool:
    try:
        return all(np.isfinite(float(cell)) for cell in cells)
    except ValueError:
        return False


def _check_names(columns: CsvColumns, target: str, names: tuple[str, ...]) -> None:
    for field, name in (("target", target), *(("features", name) for name in names)):
        if name not in columns.headings:
            known = ", ".join(_shown(heading) for heading in columns.headings[:12])
            more = f" and {len(columns.headings) - 12} more" if len(columns.headings) > 12 else ""
            said = f"there is no column {_shown(name)}, expected one of {known}{more}"
            raise _error_of(field, said)
    if target in names:
        raise _error_of("features", f"{_shown(target)} is the target, expected other columns")
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise _error_of("features", f"{_shown(twice)} stands there twice, expected each column once")


def _error_of(field: str, problem: str) -> DataError:
    return DataError(sentence("{field}: {problem}", field=Mention(field, "field", ("data", field)), problem=problem))


def _as_numbers(column: pd.Series[Any], comma: bool) -> pd.Series[Any]:
    """The column as floats, NaN for what is no number."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):  # Booleans too: 0 and 1
        return column.astype(float)
    texts = column.astype(str)
    found = pd.to_numeric(texts, errors="coerce")
    if comma and found.isna().any():
        found = found.fillna(pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce"))
    return found.astype(float)


def _first_text(column: pd.Series[Any], comma: bool) -> int | None:
    """The first row whose cell holds something that is no finite number; None if there is none."""
    wrong = ~np.isfinite(_as_numbers(column, comma).to_numpy()) & column.notna().to_numpy()
    return int(wrong.argmax()) if wrong.any() else None


def _numbers(columns: CsvColumns, name: str, kept: NDArray[np.int64]) -> NDArray[np.float64]:
    column = columns.frame[columns.headings.index(name)]
    row = _first_text(column.iloc[kept], columns.comma)
    if row is not None:
        cell = str(column.iloc[kept[row]])
        hint = " with a decimal point" if cell.replace(",", "", 1).lstrip("-").isdigit() and "," in cell else ""
        raise DataError(f"{columns.place(int(kept[row]), name)} is {_shown(cell)}, expected a number{hint}")
    return _as_numbers(column, columns.comma).to_numpy()[kept]


def _task(columns: CsvColumns, target: str, kept: NDArray[np.int64]) -> Task:
    index = columns.headings.index(target)
    if not columns.numeric[index] or columns.frame[index].dtype == bool:
        return "classes"
    found = np.unique(_as_numbers(columns.frame[index], columns.comma).to_numpy()[kept])
    return "classes" if len(found) <= _FEW and (found == np.round(found)).all() else "values"


def _classes(columns: CsvColumns, target: str, kept: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names of the classes in order, and the class number of each kept row."""
    index = columns.headings.index(target)
    column = columns.frame[index].iloc[kept]
    cells: NDArray[Any]
    if columns.numeric[index] and column.dtype != bool:
        cells = _as_numbers(column, columns.comma).to_numpy()
        found, numbers = np.unique(cells, return_inverse=True)
        names = tuple(f"{value:g}" for value in found)
    else:
        cells = column.astype(str).str.strip().to_numpy(dtype=str)
        found, numbers = np.unique(cells, return_inverse=True)
        names = tuple(str(value) for value in found)
    if len(names) < 2:
        raise DataError(f"column {_shown(target)} holds one class only, {_shown(names[0])}, expected at least two")
    if len(names) > MOST_CLASSES:
        raise DataError(
            sentence(
                "column {target} holds {count} classes, at most {most} are allowed; {advice}",
                target=_shown(target),
                count=f"{len(names):,}",
                most=f"{MOST_CLASSES:,}",
                advice=Mention("task: values learns numbers", "setting", ("data", "task", "values")),
            )
        )
    return names, numbers.astype(np.int64)


def _shown(text: str) -> str:
    """Somebody's text as a message may show it: one line, never long."""
    short = text[:32]
    shown = f"'{short}'" if short.isprintable() else ascii(short)
    return shown if len(text) <= 32 else f"{shown}..."
