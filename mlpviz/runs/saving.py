"""A run as a file, and back: what is opened learns on to the very numbers of the run that was saved.

Keeps the shown moment, its curves until then and everything the next step depends on; of the past no other moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data import Table
from mlpviz.document.errors import DocumentError, counted
from mlpviz.engine.training import Plan
from mlpviz.runs.course import Course
from mlpviz.runs.curve import COLUMNS, measured_by, snapshot_at
from mlpviz.runs.errors import RunError
from mlpviz.runs.lanes import lanes_of
from mlpviz.runs.run import Run
from mlpviz.setup.run_file import Point, RunFile
from mlpviz.setup.saved_run import CourseState, Head, SavedRun, course_arrays, lane_arrays
from mlpviz.setup.snapshot_state import joined, turned_knobs


def saved(run: Run, content: bytes | None = None) -> SavedRun:
    """The shown moment of all networks of a run; `content` is the CSV file that its setup names, if any.

    Raises RunError if no network has finite weights: nobody could learn on from them.
    """
    arrays: dict[str, NDArray[Any]] = {}
    moments = [run.moment(number) for number in range(len(run.lanes))]
    if not any(np.isfinite(moment.params).all() and np.isfinite(moment.buffers).all() for moment in moments):
        raise RunError("The weights are not finite, so they can't be saved: go back on the timeline first.")
    for number, moment in enumerate(moments):
        arrays |= lane_arrays(number, moment.spec, moment.params, moment.buffers, _history(run, number, moment.epoch))
    courses = []
    for number, course in enumerate(run.courses):
        snapshot = run.past.at(number)
        if run.past.cursor is not None:
            snapshot = replace(snapshot, stopped="", failure=None)  # it is learned on from
        state, more = course_arrays(number, snapshot)
        arrays |= more
        courses.append(
            CourseState(
                planned=course.plan.epochs,
                stops=course.plan.stopping is not None,
                seconds=course.seconds,
                turned=dict(course.controls.knobs),
                snapshot=state,
            )
        )
    several = [] if run.choice == "fold" else run.lanes[1:]
    first = run.lanes[0]
    labels = [first.setup.name or "network"] if len(run.lanes) == 1 or run.choice == "fold" else [first.label]
    head = Head(
        choice=run.choice,
        labels=[*labels, *(lane.label for lane in several)],
        setups=[first.setup, *(lane.setup for lane in several)],
        courses=courses,
    )
    return SavedRun(head, arrays, content)


def opened(file: SavedRun, table: Table | None = None, **more: Any) -> Run:
    """The run of a file, where the file ends; `table` are its samples, if they are loaded already.

    Raises DocumentError if setups, data, weights and state don't fit together, RunError for too many networks.
    """
    head = file.head
    lanes = lanes_of(dict(zip(head.labels, head.setups, strict=True)), table)
    run = Run(lanes, head.choice or ("fold" if len(lanes) > 1 else ""), **more)
    if len(head.courses) != len(run.courses):
        raise DocumentError(
            f"the run has {counted(len(head.courses), 'state')}, expected {len(run.courses)} for its networks"
        )
    for number, (course, state) in enumerate(zip(run.courses, head.courses, strict=True)):
        _restore(course, run.lanes_in(number), file, state, number)
    run.arrive()
    return run


def _restore(course: Course, lanes: Sequence[int], file: SavedRun, state: CourseState, number: int) -> None:
    optimizer, dtype = course.plan.optimizer, course.plan.dtype
    found = [file.network(lane, course.spec, dtype) for lane in lanes]
    params, buffers = (
        np.stack([each[part] for each in found]) if len(lanes) > 1 else found[0][part] for part in (0, 1)
    )
    curves = [file.curves(lane, len(COLUMNS)) for lane in lanes]
    if not all(curve.shape == curves[0].shape and len(curve) for curve in curves):
        raise DocumentError("the run has curves of different lengths, expected one row per epoch in each")
    rows = np.stack(curves, axis=1)
    snapshot = joined(state.snapshot, file.under(f"courses.{number}."), params, buffers, optimizer)
    course.plan = _plan(course.plan, state)
    try:
        course.restore(
            measured_by(snapshot, rows[-1]), rows, turned_knobs(optimizer, state.turned), seconds=state.seconds
        )
    except ValueError as error:  # the engine's own sentence
        raise DocumentError(str(error)) from None


def _plan(plan: Plan, state: CourseState) -> Plan:
    """The plan as it was when the run was saved: extended by playing on, perhaps."""
    return replace(plan, epochs=state.planned, stopping=plan.stopping if state.stops else None)


def run_of(file: RunFile, table: Table | None = None, **more: Any) -> Run:
    """The run of a JSON file, as the command line writes it: it has weights and curves, but learns on as from new ones.

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


def _row(point: Point) -> list[float]:
    found = (getattr(point, name) for name in COLUMNS)
    return [np.nan if value is None else float(value) for value in found]
