"""From the columns of a CSV file to a Table: which are features, which is the target, classes or values.

A cell that is no number is an error that names it; it is never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.csv_columns import CsvColumns, as_numbers, first_text, no_heading, shown_text
from mlpviz.data.table import DataError, Table, Task
from mlpviz.schema.decimal_marks import AMBIGUOUS_COMMA
from mlpviz.text.sentences import Mention, sentence

MOST_CLASSES = 1_000
MOST_TEXTS = 100
"""different texts of a column that may become one column each"""

Texts = Literal["refuse", "leave_out", "one_hot"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

_FEW = 10
"""a target with at most so many different whole numbers is taken for classes, unless `task` is given"""


def csv_table(
    columns: CsvColumns,
    target: str | None = None,
    features: Sequence[str] | None = None,
    task: Task | None = None,
    missing: Literal["refuse", "drop"] = "refuse",
    texts: Texts = "refuse",
) -> Table:
    """Samples with these features and this target; by default the last column is the target, all others are features.

    Without `task` a target of texts, or of at most ten different whole numbers, is classes. With `missing` drop, rows
    with an empty cell in a used column are left out. `texts` is what becomes of features with a cell that is no number:
    an error, no feature, or a column of 0 and 1 for each of the different texts, in order.
    Raises DataError: one sentence that names the line and the column.
    """
    _check_headings(columns)
    target = columns.headings[-1] if target is None else target
    names = tuple(name for name in columns.headings if name != target) if features is None else tuple(features)
    _check_names(columns, target, names)
    if texts == "leave_out":
        names = tuple(name for name in names if _is_numeric(columns, name))
        if not names:
            raise _error_of("features", "every column but the target has texts, expected one with numbers")
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
    read = [_feature(columns, name, kept, texts) for name in names]
    x = np.column_stack([numbers for _, numbers in read])
    names = tuple(each for made, _ in read for each in made)
    task = task or _task(columns, target, kept)
    if task == "values":
        return Table(x, _numbers(columns, target, kept)[:, None], "values", names, headings=columns.headings)
    classes, numbers = _classes(columns, target, kept)
    return Table(x, numbers, "classes", names, classes, headings=columns.headings)


def _check_headings(columns: CsvColumns) -> None:
    """Raises DataError for a first line that is a row: 5.1,3.5,setosa would be lost as headings."""
    numeric = [name for index, name in enumerate(columns.headings) if columns.numeric[index]]
    if not numeric or not all(_NUMBER.fullmatch(name) for name in numeric):
        return
    texts = [index for index in range(len(columns.headings)) if not columns.numeric[index]]
    is_label = any((columns.frame[index].astype(str).str.strip() == columns.headings[index]).any() for index in texts)
    # 2019,2020,kind may be headings: years
    if is_label or any("." in name for name in numeric):
        raise no_heading(numeric[0], 1)


def _is_numeric(columns: CsvColumns, name: str) -> bool:
    return columns.numeric[columns.headings.index(name)]


def _feature(
    columns: CsvColumns, name: str, kept: NDArray[np.int64], texts: Texts
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The names of the features that a column becomes, and their numbers (N, one per name)."""
    if _is_numeric(columns, name):
        return (name,), _numbers(columns, name, kept)[:, None]
    cells = columns.frame[columns.headings.index(name)].iloc[kept].astype(str).str.strip().to_numpy(dtype=str)
    if texts == "refuse":
        row = first_text(columns.frame[columns.headings.index(name)], columns.comma, kept)
        if row is None:  # the text stands in a row that is left out
            return (name,), _numbers(columns, name, kept)[:, None]
        raise DataError(
            sentence(
                "{problem}; {out}, {one_hot}",
                problem=_no_number(columns, name, int(kept[row])),
                out=Mention("columns of text can be left out: texts = leave_out", "setting", _LEAVE_OUT),
                one_hot=Mention("or become 0 and 1: texts = one_hot", "setting", _ONE_HOT),
            )
        )
    found, which = np.unique(cells, return_inverse=True)
    if len(found) > MOST_TEXTS:
        raise DataError(
            sentence(
                "column {name} holds {count} different texts, at most {most} can become columns of 0 and 1; {advice}",
                name=shown_text(name),
                count=f"{len(found):,}",
                most=str(MOST_TEXTS),
                advice=Mention("columns of text can be left out: texts = leave_out", "setting", _LEAVE_OUT),
            )
        )
    return tuple(f"{name} = {text}" for text in found), np.eye(len(found))[which]


_LEAVE_OUT, _ONE_HOT = ("data", "texts", "leave_out"), ("data", "texts", "one_hot")


def _check_names(columns: CsvColumns, target: str, names: tuple[str, ...]) -> None:
    for field, name in (("target", target), *(("features", name) for name in names)):
        if name not in columns.headings:
            known = ", ".join(shown_text(heading) for heading in columns.headings[:12])
            more = f" and {len(columns.headings) - 12} more" if len(columns.headings) > 12 else ""
            raise _error_of(field, f"there is no column {shown_text(name)}, expected one of {known}{more}")
    if target in names:
        raise _error_of("features", f"{shown_text(target)} is the target, expected other columns")
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise _error_of("features", f"{shown_text(twice)} stands there twice, expected each column once")


def _error_of(field: str, problem: str) -> DataError:
    return DataError(sentence("{field}: {problem}", field=Mention(field, "field", ("data", field)), problem=problem))


def _numbers(columns: CsvColumns, name: str, kept: NDArray[np.int64]) -> NDArray[np.float64]:
    column = columns.frame[columns.headings.index(name)]
    row = first_text(column, columns.comma, kept)
    if row is not None:
        raise DataError(_no_number(columns, name, int(kept[row])))
    return as_numbers(column, columns.comma).to_numpy()[kept]


def _no_number(columns: CsvColumns, name: str, row: int) -> str:
    cell = str(columns.frame[columns.headings.index(name)].iloc[row])
    if AMBIGUOUS_COMMA.fullmatch(cell.lstrip("+-")):
        meant = f"{cell.replace(',', '')} or {cell.replace(',', '.')}"
        return f"{columns.place(row, name)} is {shown_text(cell)}, which could be {meant}; write it without the comma"
    if cell.lstrip("+-") == "inf":
        return f"{columns.place(row, name)} is infinite or too large, expected a number"
    hint = " with a decimal point" if cell.replace(",", "", 1).lstrip("-").isdigit() and "," in cell else ""
    return f"{columns.place(row, name)} is {shown_text(cell)}, expected a number{hint}"


def _task(columns: CsvColumns, target: str, kept: NDArray[np.int64]) -> Task:
    index = columns.headings.index(target)
    if not columns.numeric[index] or columns.frame[index].dtype == bool:
        return "classes"
    found = np.unique(as_numbers(columns.frame[index], columns.comma).to_numpy()[kept])
    return "classes" if len(found) <= _FEW and (found == np.round(found)).all() else "values"


def _classes(columns: CsvColumns, target: str, kept: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names of the classes in order, and the class number of each kept row."""
    index = columns.headings.index(target)
    column = columns.frame[index]
    cells: NDArray[Any]
    if columns.numeric[index] and column.dtype != bool:
        # of all rows: how a cell is read may depend on those that are left out
        cells = as_numbers(column, columns.comma).to_numpy()[kept]
        found, numbers = np.unique(cells, return_inverse=True)
        names = tuple(repr(float(value)).removesuffix(".0") for value in found)
    else:
        cells = column.iloc[kept].astype(str).str.strip().to_numpy(dtype=str)
        found, numbers = np.unique(cells, return_inverse=True)
        names = tuple(str(value) for value in found)
    if len(names) < 2:
        raise DataError(
            f"column {shown_text(target)} holds one class only, {shown_text(names[0])}, expected at least two"
        )
    if len(names) > MOST_CLASSES:
        raise DataError(
            sentence(
                "column {target} holds {count} classes, at most {most} are allowed; {advice}",
                target=shown_text(target),
                count=f"{len(names):,}",
                most=f"{MOST_CLASSES:,}",
                advice=Mention("task: values learns numbers", "setting", ("data", "task", "values")),
            )
        )
    return names, numbers.astype(np.int64)
