"""Events of the training page about data: sources, points, curves, CSV files.

Each takes the session and the arguments of the event, and may raise an error for the user; then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.config import TrainingConfig
from mlpviz.config.edits import with_feature, with_points, with_source, with_value
from mlpviz.data import DATASETS, DataError
from mlpviz.data.csv_columns import read_csv
from mlpviz.data.features import columns_of, split_formulas
from mlpviz.data.sheet_table import is_workbook, sheet_text
from mlpviz.network import DocumentError
from mlpviz.runs import RunError
from mlpviz.schema.offer import Offer
from mlpviz.schema.time_limit import within_time
from mlpviz.train_page.data_form import SPLITS, OfferedCsv, columns_to_learn_from
from mlpviz.train_page.session import TrainSession

FORMULA = {"kind": "formula", "text": "sin(3*x) + x/2", "low": -3.0, "high": 3.0, "samples": 100, "noise": 0.1}
"""The source to begin with when a formula is chosen."""

DRAWN = {"kind": "drawn", "points": [[-3, -1], [-1.5, 1], [0, -0.5], [1.5, 1], [3, 0]], "samples": 200}
"""The source to begin with when a drawn curve is chosen."""

COLUMNS = ("target", "features", "task", "missing", "texts")
"""The fields of a CSV source that say how its file is read."""

IN_LINK = 6_000
"""Bytes of the largest CSV file that becomes part of the config, and so of the link; the session keeps a larger one."""


def change(session: TrainSession, config: TrainingConfig) -> None:
    """Go on with another config: in the same run where that is possible, else in a new one."""
    if config.data != session.config.data:
        loaded = session.load(config.data)
        session.start(*with_source(session.config, config.data, session.table, loaded))
        return
    if len(session.run.members) == 1:
        try:
            session.run.change(config)
        except RunError:
            pass  # another network or other samples: a new run
        else:
            session.config = config
            return
    session.start(config, session.table)


def set_source(session: TrainSession, value: Any) -> None:
    """Take another data set, a formula, a curve or points. A file is opened with its own button."""
    if value in DATASETS:
        _take(session, {"kind": "set", "set": value})
    elif value == "formula":
        _take(session, FORMULA)
    elif value == "drawn":
        _take(session, DRAWN)
        session.once["tool"] = "draw"
        session.said.notice = "Draw your own curve in the picture: press, and move to the right."
    elif value == "points":
        _own_points(session)
    elif value == "csv" and session.config.data.kind != "csv":
        raise DocumentError("open a CSV file with the button below the list")


def set_split(session: TrainSession, name: Any) -> None:
    """Take one of the named splits; other shares are typed."""
    if name in SPLITS:
        test, validation = SPLITS[name]
        changed = with_value(session.config, ("split", "test"), test)
        change(session, with_value(changed, ("split", "validation"), validation))


def set_feature(session: TrainSession, key: str, value: Any) -> None:
    """One feature that is offered, ticked or not; or, under the key "typed", all of them as a text."""
    columns = session.table.x.shape[1]
    if key == "typed":
        found = tuple(split_formulas(str(value or "")))
        change(session, session.config.replace(features=None if found in ((), columns_of(columns)) else found))
    else:
        change(session, with_feature(session.config, key, bool(value), columns))


def set_column(session: TrainSession, field: str, value: Any, column: object = None) -> None:
    """Read the CSV file that is open in another way, as `set_offered`; after an error it can be changed again."""
    source = session.config.data
    if source.kind != "csv":
        raise DocumentError("data: no CSV file is open")
    content = source.content.encode() if source.content is not None else session.content
    if content is None:
        raise DocumentError(f"data: {source.file} is not here any more: open it again")
    session.offered = (OfferedCsv(source.model_dump(exclude={"content"}), _headings(content)), content)
    set_offered(session, field, value, column)


def _take(session: TrainSession, source: Mapping[str, Any]) -> None:
    """Take other data, given as JSON."""
    read = session.config.replace(data=source).data
    session.start(*with_source(session.config, read, session.table, session.load(read)))


def _own_points(session: TrainSession) -> None:
    """Turn the samples on screen into points that can be added, dragged and removed. At most two features."""
    table = session.table
    if table.x.shape[1] > 2:
        raise DocumentError("points can be set by hand where there are one or two features: choose such data first")
    _take(session, with_points(table, table.x, table.target))
    session.once["tool"] = "add 0" if table.task == "classes" and table.x.shape[1] == 2 else "add"
    session.said.notice = (
        "Click in the picture to add a point, drag one to move it; what the pointer does is chosen above."
    )


def add_point(session: TrainSession, at: list[float], target: int | None) -> None:
    """Add a sample at this place of the plane; of this class, where there are classes."""
    table = session.table
    x, y = at
    if table.x.shape[1] > 2:
        raise DocumentError("data: points can be added where there are one or two features")
    if table.task == "classes":
        if target is None:
            raise LookupError("a class is missing")
        added = with_points(table, [*table.x.tolist(), [x, y]], [*table.target.tolist(), target])
    else:
        added = with_points(table, [*table.x.tolist(), [x]], [*table.target.tolist(), [y]])
    _take(session, added)


def move_point(session: TrainSession, row: int, at: list[float]) -> None:
    """Move one sample (from 0) to another place of the plane."""
    table, row = session.table, _checked(session, row)
    x, target = np.array(table.x), np.array(table.target)
    if table.x.shape[1] == 1:
        x[row, 0], target[row, 0] = at
    else:
        x[row] = at
    _take(session, with_points(table, x, target))


def remove_point(session: TrainSession, row: int) -> None:
    """Remove one sample (from 0)."""
    table, row = session.table, _checked(session, row)
    _take(session, with_points(table, np.delete(table.x, row, 0), np.delete(table.target, row, 0)))


def _checked(session: TrainSession, row: int) -> int:
    if not 0 <= row < session.table.samples or session.table.x.shape[1] > 2:
        raise DocumentError(f"data: there is no point {row + 1} to change")
    return row


def draw(session: TrainSession, points: list[tuple[float, float]]) -> None:
    """A curve drawn by hand."""
    drawn = [[x, y] for x, y in points]
    _take(session, {"kind": "drawn", "points": drawn, "samples": 200, "noise": 0.0})


def open_csv(session: TrainSession, name: str, content: bytes) -> None:
    """Learn from this file, or from the first sheet of a workbook; the next one is offered then.

    After an error the session keeps it, so that another way to read it can be chosen.
    """
    session.workbook = None
    _open_table(session, name, content, None)


def read_sheet(session: TrainSession, sheet: str) -> None:
    """Learn from another sheet of the workbook that was opened last."""
    if session.workbook is None:
        raise DocumentError("there is no workbook with several sheets: open it again")
    _open_table(session, *session.workbook, sheet)


def _open_table(session: TrainSession, name: str, content: bytes, sheet: str | None) -> None:
    try:
        read = within_time(lambda: sheet_text(content, sheet)) if is_workbook(content) else None
    except DataError as error:
        raise DocumentError(f"{name}: {error}") from None
    if read is None or len(read.sheets) == 1:
        _take_offered(session, OfferedCsv({"kind": "csv", "file": name}, ()), content if read is None else read.content)
        return
    session.workbook = name, content
    following = read.sheets[(read.sheets.index(read.sheet) + 1) % len(read.sheets)]
    offer = Offer(f"Read the sheet {following}", {"type": "read_sheet", "sheet": following})
    try:
        _take_offered(session, OfferedCsv({"kind": "csv", "file": name}, ()), read.content)
    except DocumentError as error:
        error.offer = error.offer or offer
        raise
    place = f"number {read.sheets.index(read.sheet) + 1} of {len(read.sheets)}"
    session.said.notice = f"{session.said.notice} Read from the sheet {read.sheet}, {place}."
    session.said.offer = offer


def set_offered(session: TrainSession, field: str, value: Any, column: object = None) -> None:
    """Try again to open a file that could not be opened, read in another way.

    With a `column` the value says whether to learn from it; without one all of them are typed, with commas between.
    """
    if session.offered is None:
        return
    offered, content = session.offered
    source, headings = {**offered.source}, offered.headings
    if column is not None:
        chosen = {*columns_to_learn_from(source, headings)} - {column} | ({str(column)} if value else set())
        value = [name for name in headings if name in chosen]
        if not value:
            raise DocumentError.at(("data", field), "would be empty, expected at least one: tick another one first")
    elif field == "features":
        value = [name.strip() for name in str(value or "").split(",") if name.strip()] or None
    source[field] = value
    target = source.get("target") or (headings[-1] if headings else None)
    if source.get("features") is not None and field in ("target", "features"):
        # what becomes the target is no feature any more; all the others are written as none
        left = [name for name in source["features"] if field == "features" or name != target]
        source["features"] = None if column is not None and len(left) == len(headings) - 1 else left or None
    _take_offered(session, offered._replace(source=source), content)


def _take_offered(session: TrainSession, offered: OfferedCsv, content: bytes) -> None:
    session.delivered.form = None
    source = offered.source
    try:
        read = session.config.replace(data=source).data
        config, table = with_source(session.config, read, session.table, session.load(read, content))
        if len(content) <= IN_LINK:
            config = config.replace(data={**source, "content": content.decode("utf-8-sig")})
        session.start(config, table)
    except (DocumentError, RunError):
        session.offered = (offered._replace(headings=offered.headings or _headings(content)), content)
        raise
    session.content, session.offered = content, None
    features = table.x.shape[1]
    session.said.notice = f"{source['file']}: {table.samples:,} samples, {features:,} feature{'s' * (features != 1)}."


def _headings(content: bytes) -> tuple[str, ...]:
    """The headings of a file; none if it cannot be read."""
    try:
        return read_csv(content).headings
    except DataError:
        return ()
