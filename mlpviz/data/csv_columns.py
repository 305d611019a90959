"""From the text of a CSV file to its columns: headings, cells, which columns hold numbers; errors name the line.

Lines count from 1 as an editor shows them.

Two readers see each file, because neither can do the work of both. `csv` finds the rows: pandas fills up rows that are
too short without a word, and cannot tell on which line a row begins after a line break in quotes. pandas converts the
cells. `csv` alone, its rows converted a block at a time by Arrow (faster than by Python's float), was tried with files
of 49 MB: it took 1.4 s of processor time instead of 0.9 s for 5.2 million decimals, 2.4 s instead of 1.5 s for 21
million pixels, and 11.5 s instead of 7.3 s for decimal commas.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError
from mlpviz.schema.limits import TRAINING_LIMITS

if TYPE_CHECKING:
    import pandas as pd

_HEAD, _FIRST_ROWS = 100_000, 20
"""characters and rows that the separator is found by"""


_PART = 1 << 20
"""bytes that are looked at in one call: other threads wait for it"""

_SPACE = " '\u2019\u00a0\u202f"


def _thousands(mark: str, point: str, proof: str) -> tuple[str, str, str]:
    """Patterns of a cell that proves the mark between thousands, and of any cell with it; and the decimal point."""
    groups = rf"[+-]?\d{{1,3}}(?:[{mark}]\d{{3}})"
    return proof.format(groups=groups), rf"{groups}+(?:[{point}]\d*)?", point


_THOUSANDS = (
    (",", *_thousands(",", ".", r"{groups}+\.\d*|{groups}{{2,}}")),
    (".", *_thousands(".", ",", r"{groups}+,\d*|{groups}{{2,}}")),
    (_SPACE, *_thousands(_SPACE, ",", r"{groups}+,\d*")),
    (_SPACE, *_thousands(_SPACE, ".", r"{groups}+(?:\.\d*)?")),
)
"""The characters between thousands, how a column shows that they are, and its decimal point."""

LONGEST = TRAINING_LIMITS.csv
MOST_ROWS = TRAINING_LIMITS.samples
MOST_COLUMNS = TRAINING_LIMITS.features + 1


@dataclass(frozen=True, eq=False)
class CsvColumns:
    """The columns of a CSV file: headings, the frame of all cells, and the line where each row begins.

    `numeric` says which columns hold only numbers and empty cells.
    """

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    frame: pd.DataFrame
    lines: NDArray[np.int64]
    comma: bool
    """whether a comma may be a decimal point: another character separates the cells"""

    @property
    def samples(self) -> int:
        """N, the number of rows without the headings."""
        return len(self.lines)

    def place(self, row: int, column: str) -> str:
        """The place of a cell as messages name it."""
        return f"line {self.lines[row]}, column {shown_text(column)}"


NO_READER = "CSV files and workbooks are read by the library pandas, which no browser has: open them in the app"


def has_reader() -> bool:
    """Whether the library is here that converts cells: in browsers it is not."""
    return find_spec("pandas") is not None


def read_csv(content: bytes | str) -> CsvColumns:
    """The columns of a CSV text: separated by comma, semicolon, tab or |; headings in the first line.

    A first line of numbers only is a row, and the columns are numbered.
    Raises DataError: one sentence with the line.
    """
    text = _checked(content)
    separator = _separator(text)
    headings, before, lines = _structure(text, separator)
    stream = _stream(text)
    for _ in range(before):
        stream.readline()
    if not has_reader():
        raise DataError(NO_READER)
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
    numeric = tuple(first_text(frame[index], comma) is None for index in range(len(headings)))
    return CsvColumns(headings, numeric, frame, lines, comma)


def _checked(content: bytes | str) -> bytes:
    """The text in UTF-8, without a mark at its beginning. Raises DataError for what is no text."""
    if len(content) > LONGEST:
        raise DataError(f"the file has {len(content) / 1e6:.0f} MB, at most {LONGEST / 1e6:.0f} MB are allowed")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DataError("the file is UTF-16 text, expected UTF-8: save it as “CSV UTF-8”")
    # text of JSON may have a half of a surrogate pair
    found = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    found = found.removeprefix(codecs.BOM_UTF8)
    decoder = codecs.getincrementaldecoder("utf-8")("strict" if isinstance(content, bytes) else "surrogatepass")
    is_blank = True
    for at in range(0, len(found), _PART):
        part = found[at : at + _PART]
        try:
            text = decoder.decode(part, at + _PART >= len(found))
        except UnicodeDecodeError as error:
            place = at + len(part) - len(error.object) + error.start
            raise DataError(
                f"line {_line_of(found, place)} is not UTF-8 text: byte {found[place]:#04x} does not fit; "
                "save it as “CSV UTF-8”"
            ) from None
        if b"\0" in part:
            line = _line_of(found, at + part.index(b"\0"))
            raise DataError(f"line {line} has a null character: this is no CSV text")
        is_blank = is_blank and not text.strip()
    if is_blank:
        raise DataError("the file is empty, expected a line of headings and rows")
    return found


def _line_of(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _stream(content: bytes) -> io.TextIOBase:
    """The text line by line, with its line ends."""
    return io.TextIOWrapper(io.BytesIO(content), "utf-8", "surrogatepass", newline="")


def _separator(content: bytes) -> str:
    """The separator that divides the first rows into equally many cells, the most of them; else the commonest one.

    Of equals the comma comes last: it may be a decimal point between semicolons.
    """
    head = _stream(content).read(_HEAD + 1)
    widths = {separator: _widths(head, separator) for separator in (";", "\t", "|", ",")}
    even = [separator for separator, found in widths.items() if len(found) == 1 and found != {1}]
    if even:
        return max(even, key=lambda separator: max(widths[separator]))
    first = next(line for line in _stream(content) if line.strip())
    return max((",", ";", "\t", "|"), key=first.count)


def _widths(text: str, separator: str) -> set[int]:
    """How many cells each of the first rows has with this separator; empty if they cannot be read."""
    reader = csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=separator, skipinitialspace=True)
    try:
        rows = [cells for cells in itertools.islice(reader, _FIRST_ROWS + 1) if "".join(cells).strip()]
    except csv.Error:
        return set()
    # the text may have been cut in the last one
    return {len(cells) for cells in (rows[:-1] if len(text) > _HEAD and len(rows) > 1 else rows)[:_FIRST_ROWS]}


def _structure(content: bytes, separator: str) -> tuple[tuple[str, ...], int, NDArray[np.int64]]:
    """Headings, the number of lines before the rows, and the line of each row."""
    reader = csv.reader(_stream(content), delimiter=separator, skipinitialspace=True)
    headings: tuple[str, ...] = ()
    before, lines, end = 0, [], 0
    try:
        for cells in reader:
            begin, end = end + 1, reader.line_num
            if len(cells) < 2 and not "".join(cells).strip():
                continue  # a blank line
            if not headings:
                is_row = _all_numbers(cells, separator != ",")
                headings, before = _headings(cells, begin, end, is_row)
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


def _headings(cells: list[str], begin: int, end: int, is_row: bool) -> tuple[tuple[str, ...], int]:
    if len(cells) > MOST_COLUMNS:
        raise DataError(f"line {begin} has {len(cells):,} columns, at most {MOST_COLUMNS:,} are allowed")
    if len(cells) < 2:
        raise DataError(f"line {begin} has one column, expected at least two, separated by commas")
    if is_row:
        return tuple(f"column {number}" for number in range(1, len(cells) + 1)), begin - 1
    names = tuple(cell.strip() or f"column {number}" for number, cell in enumerate(cells, start=1))
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if name in seen and _all_numbers([name], comma=False):
            raise no_heading(name, begin)
        if name in seen:
            raise DataError(
                f"line {begin} has the heading {shown_text(name)} twice, in columns {seen[name]} and {number}, "
                "expected each one once"
            )
        seen[name] = number
    return names, end


def no_heading(cell: str, line: int) -> DataError:
    """The error of a number in the first line of a file with columns of text: 5.1,3.5,setosa would be lost as names."""
    return DataError(
        f"line {line} has {shown_text(cell)} where a heading is expected; write a line with the names of the columns "
        "above it"
    )


def _all_numbers(cells: list[str], comma: bool) -> bool:
    try:
        return all(np.isfinite(float(cell.replace(",", ".", 1) if comma else cell)) for cell in cells)
    except ValueError:
        return False


def as_numbers(column: pd.Series[Any], comma: bool) -> pd.Series[Any]:
    """The column as floats, NaN for cells that are no number.

    Thousands may be set apart where the column leaves no doubt: by spaces or apostrophes, or by one of point and comma
    where a cell has both, or one of them twice. 1,234 alone may be a decimal, so that it is one where `comma` says so.
    """
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):  # Booleans too: 0 and 1
        return column.astype(float)
    texts = column.astype(str).str.strip()
    found = pd.to_numeric(texts, errors="coerce")
    if found.isna().any():
        for thousands, proof, group, point in _THOUSANDS:
            if texts.str.fullmatch(proof).any():
                # cells of another form stay as they are, and are no numbers
                grouped = texts.str.fullmatch(group)
                plain = texts.str.replace(f"[{thousands}]", "", regex=True).str.replace(point, ".", regex=False)
                whole = texts.str.fullmatch(rf"[+-]?\d+(?:{re.escape(point)}\d*)?(?:[eE][+-]?\d+)?")
                return pd.to_numeric(plain.where(grouped | whole), errors="coerce").astype(float)
    if comma and found.isna().any():
        found = found.fillna(pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce"))
    return found.astype(float)


def first_text(column: pd.Series[Any], comma: bool, rows: NDArray[np.int64] | None = None) -> int | None:
    """The first row, of these rows, whose cell is filled but no finite number; None if there is none.

    How a cell is read may depend on the cells of the other rows.
    """
    wrong = ~np.isfinite(as_numbers(column, comma).to_numpy()) & column.notna().to_numpy()
    wrong = wrong if rows is None else wrong[rows]
    return int(wrong.argmax()) if wrong.any() else None


def shown_text(text: str) -> str:
    """Text of the file as a message may show it: one line, never long."""
    short = text[:32]
    shown = f"'{short}'" if short.isprintable() else ascii(short)
    return shown if len(text) <= 32 else f"{shown}..."
