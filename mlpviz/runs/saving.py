"""A run as a file with its weights and curves, the same file that the command line writes; and back.

Refuses to keep slots and chance: a run that was opened goes on as from new weights.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data import Table
from mlpviz.runs.curve import COLUMNS, snapshot_at
from mlpviz.runs.errors import RunError
from mlpviz.runs.run import Run
from mlpviz.setup.run_file import Point, RunFile, TrainedFold


def file_of(run: Run, lane: int) -> RunFile:
    """The shown moment of one lane with its curves until then; of a cross-validation all folds.

    Raises RunError for weights that are not finite, which no JSON holds.
    """
    lanes = range(len(run.lanes)) if run.choice == "fold" else [lane]
    folds = []
    for number in lanes:
        moment = run.moment(number)
        if not (np.isfinite(moment.params).all() and np.isfinite(moment.buffers).all()):
            raise RunError("The weights are not finite, so they can't be saved: go back on the timeline first.")
        snapshot = replace(run.snapshot(number), params=moment.params, buffers=moment.buffers)
        _, sentence = run.status_of(number)
        stopped = sentence if run.past.cursor is None else ""
        points = [_point(row) for row in _history(run, number, moment.epoch)]
        folds.append(TrainedFold.of(moment.spec, points, snapshot, stopped))
    return RunFile.of(run.lanes[lane].built, folds)


def run_of(file: RunFile, table: Table | None = None, **more: Any) -> Run:
    """The run of a file, where the file ends; `table` are its samples, if they are loaded already.

    Raises DocumentError if setup, data and weights don't fit together, RunError for weights of another shape.
    """
    run = Run.of(file.setup, table, **more)
    found = file.spec()
    if len(run.lanes) != len(file.folds) or any(lane.spec.slots != found.slots for lane in run.lanes):
        shape = " x ".join(str(layer.outputs) for layer in run.lanes[0].spec.layers)
        raise RunError(
            f"The file has weights for {len(file.folds)} networks of other shapes, expected {len(run.lanes)} of {shape}"
        )
    for number, (lane, course, fold) in enumerate(zip(run.lanes, run.courses, file.folds, strict=True)):
        params, buffers = (array.astype(lane.plan.dtype) for array in file.params(number))
        rows = np.array([_row(point) for point in fold.curves]).reshape(-1, len(COLUMNS))
        if len(rows):
            course.restore(snapshot_at(course.latest, params, buffers, rows[-1], fold.stopped), rows)
    run.arrive()
    return run


def _history(run: Run, lane: int, until: int) -> NDArray[np.float64]:
    """The rows of the shown branch and of what it came from, up to an epoch; the last row of all is always there."""
    marks = {mark.number: mark for mark in run.past.marks}
    mark, last, parts = marks.get(run.past.shown), until, []
    while mark is not None:
        rows, _ = run.curve(lane, mark.number)
        parts.append(rows[(rows[:, 0] <= last) & (rows[:, 0] >= mark.epoch)])
        last, mark = mark.epoch - 1, None if mark.parent is None else marks.get(mark.parent)
    rows = np.concatenate(parts[::-1])
    end = run.moment(lane)
    whole = end.row if run.past.cursor is not None else run.newest_row(lane)
    return rows if len(rows) and rows[-1, 0] == whole[0] else np.vstack([rows, whole])


def _point(row: NDArray[np.float64]) -> Point:
    numbers = {name: float(value) if np.isfinite(value) else None for name, value in zip(COLUMNS, row, strict=True)}
    return Point(**{**numbers, "epoch": int(row[0]), "step": int(row[1])})


def _row(point: Point) -> list[float]:
    found = (getattr(point, name) for name in COLUMNS)
    return [np.nan if value is None else float(value) for value in found]
