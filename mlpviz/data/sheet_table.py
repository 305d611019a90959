"""The first sheet with cells of an .xlsx workbook as CSV text, so that it goes the way of every CSV file."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from mlpviz.data.csv_columns import LONGEST
from mlpviz.data.table import DataError
from mlpviz.schema.errors import echo

CELLS = 1_000_000
_ENTRIES, _UNPACKED = 1_000, 200_000_000


class SheetText(NamedTuple):
    """A sheet as CSV in UTF-8: its name, and those of all sheets of the workbook."""

    content: bytes
    sheet: str
    sheets: tuple[str, ...]


def is_workbook(content: bytes) -> bool:
    """Whether a file is a zip archive, as no CSV text is."""
    return content[:4] == b"PK\x03\x04"


def sheet_text(content: bytes, name: str | None = None) -> SheetText:
    """The values of the sheet of this name, by default of the first that has any.

    A formula without a stored value is an empty cell.

    Raises DataError: one sentence.
    """
    try:
        import openpyxl
    except ImportError:
        raise DataError(
            "a workbook needs the library openpyxl, which is not installed: pip install 'mlpviz[xlsx]'"
        ) from None
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts of other programs that openpyxl does not know
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            titles = tuple(sheet.title for sheet in book.worksheets)
            if name is not None and name not in titles:
                raise DataError(f"there is no sheet {echo(name)}, expected one of {', '.join(titles)}")
            for sheet in book.worksheets:
                rows = _rows(sheet) if name in (None, sheet.title) else []
                if rows:
                    return SheetText(_csv(rows), sheet.title, titles)
    except DataError:
        raise
    except Exception as error:  # the reader of a foreign workbook raises whatever its parts raise
        raise DataError(f"the workbook is damaged: {type(error).__name__}") from None
    which = "no sheet with cells" if name is None else f"no cells in its sheet {echo(name)}"
    raise DataError(f"the workbook has {which}, expected a row of headings and rows")


def _check_archive(content: bytes) -> None:
    if len(content) > LONGEST:
        raise DataError(f"the workbook has {len(content) / 1e6:.0f} MB, at most {LONGEST / 1e6:.0f} MB are allowed")
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise DataError("the workbook is damaged: it is no zip archive") from None
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED:
        raise DataError(f"the workbook unpacks to more than {_UNPACKED // 1_000_000} MB or {_ENTRIES:,} parts")
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise DataError("the file is a zip archive and no .xlsx workbook, expected CSV text or a workbook")


def _rows(sheet: Any) -> list[Sequence[Any]]:
    """The rows between the first and the last one with a value."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found: list[Sequence[Any]] = []
    filled, cells = 0, 0
    for row in sheet.iter_rows(values_only=True):
        cells += max(1, len(row))
        if cells > CELLS:
            raise DataError(f"the sheet {sheet.title!r:.40} has more than {CELLS:,} cells, save it as CSV")
        is_empty = all(value is None for value in row)
        if is_empty and not found:
            continue
        found.append(row)
        filled = filled if is_empty else len(found)
    return found[:filled]


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    width = max(place + 1 for row in rows for place, value in enumerate(row) if value is not None)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    for row in rows:
        lines.writerow(list(_texts([*row[:width], *[None] * (width - len(row))])))
    return out.getvalue().encode()


def _texts(values: Sequence[Any]) -> Iterator[str]:
    for value in values:
        match value:
            case None:
                yield ""
            case float() if value.is_integer() and abs(value) < 2**53:
                yield str(int(value))
            case float():
                yield repr(value)
            case datetime() | date() | time():
                yield value.isoformat()
            case _:
                yield " ".join(str(value).split())
