"""From the columns of a CSV file to a Table: which are features, which is the target, classes or values.

A cell that is no number is an error that names it; it is never replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.csv_columns import CsvColumns, as_numbers, first_text, shown_text
from mlpviz.data.table import DataError, Table, Task
from mlpviz.text.sentences import Mention, sentence

MOST_CLASSES = 1_000

_FEW = 10
"""a target with at most so many different whole numbers is taken for classes, unless `task` is given"""


def csv_table(
    columns: CsvColumns,
    target: str | None = None,
    features: Sequence[str] | None = None,
    task: Task | None = None,
    missing: Literal["refuse", "drop"] = "refuse",
) -> Table:
    """Samples with these features and this target; by default the last column is the target, all others are features.

    Without `task` a target of texts, or of at most ten different whole numbers, is classes. With `missing` drop, rows
    with an empty cell in a used column are left out.
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
    row = first_text(column.iloc[kept], columns.comma)
    if row is not None:
        cell = str(column.iloc[kept[row]])
        hint = " with a decimal point" if cell.replace(",", "", 1).lstrip("-").isdigit() and "," in cell else ""
        raise DataError(f"{columns.place(int(kept[row]), name)} is {shown_text(cell)}, expected a number{hint}")
    return as_numbers(column, columns.comma).to_numpy()[kept]


def _task(columns: CsvColumns, target: str, kept: NDArray[np.int64]) -> Task:
    index = columns.headings.index(target)
    if not columns.numeric[index] or columns.frame[index].dtype == bool:
        return "classes"
    found = np.unique(as_numbers(columns.frame[index], columns.comma).to_numpy()[kept])
    return "classes" if len(found) <= _FEW and (found == np.round(found)).all() else "values"


def _classes(columns: CsvColumns, target: str, kept: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names of the classes in order, and the class number of each kept row."""
    index = columns.headings.index(target)
    column = columns.frame[index].iloc[kept]
    cells: NDArray[Any]
    if columns.numeric[index] and column.dtype != bool:
        cells = as_numbers(column, columns.comma).to_numpy()
        found, numbers = np.unique(cells, return_inverse=True)
        names = tuple(f"{value:g}" for value in found)
    else:
        cells = column.astype(str).str.strip().to_numpy(dtype=str)
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
