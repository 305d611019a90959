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
from mlpviz.engine.training import Plan
from mlpviz.runs.checkpoint_format import EngineRunState, Head, SavedCheckpoint, engine_run_arrays, member_arrays
from mlpviz.runs.curves import COLUMNS, measured_by, snapshot_at
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError
from mlpviz.runs.members import members_of
from mlpviz.runs.results_json import CurvePoint, ResultsFile
from mlpviz.runs.run import Run
from mlpviz.runs.snapshot_json import from_json_and_arrays, live_settings
from mlpviz.schema.errors import DocumentError, counted


def save_checkpoint(run: Run, content: bytes | None = None) -> SavedCheckpoint:
    """The shown moment of all networks of a run; `content` is the CSV file that its setup names, if any.

    Raises RunError if no network has finite weights: nobody could learn on from them.
    """
    arrays: dict[str, NDArray[Any]] = {}
    moments = [run.moment(number) for number in range(len(run.members))]
    if not any(np.isfinite(moment.params).all() and np.isfinite(moment.buffers).all() for moment in moments):
        raise RunError("The weights are not finite, so they can't be saved: go back on the timeline first.")
    for number, moment in enumerate(moments):
        arrays |= member_arrays(number, moment.spec, moment.params, moment.buffers, _history(run, number, moment.epoch))
    engine_runs = []
    for number, engine_run in enumerate(run.engine_runs):
        snapshot = run.past.at(number)
        if run.past.shown_epoch is not None:
            snapshot = replace(snapshot, stopped="", failure=None)  # it is learned on from
        state, more = engine_run_arrays(number, snapshot)
        arrays |= more
        engine_runs.append(
            EngineRunState(
                planned=engine_run.plan.epochs,
                stops=engine_run.plan.stopping is not None,
                seconds=engine_run.seconds,
                turned=dict(engine_run.controls.hyperparameters),
                snapshot=state,
            )
        )
    several = [] if run.choice == "fold" else run.members[1:]
    first = run.members[0]
    labels = [first.setup.name or "network"] if len(run.members) == 1 or run.choice == "fold" else [first.label]
    head = Head(
        choice=run.choice,
        labels=[*labels, *(member.label for member in several)],
        setups=[first.setup, *(member.setup for member in several)],
        courses=engine_runs,
    )
    return SavedCheckpoint(head, arrays, content)


def open_checkpoint(file: SavedCheckpoint, table: Table | None = None, **more: Any) -> Run:
    """The run of a file, where the file ends; `table` are its samples, if they are loaded already.

    Raises DocumentError if setups, data, weights and state don't fit together, RunError for too many networks.
    """
    head = file.head
    members = members_of(dict(zip(head.labels, head.setups, strict=True)), table)
    run = Run(members, head.choice or ("fold" if len(members) > 1 else ""), **more)
    if len(head.courses) != len(run.engine_runs):
        raise DocumentError(
            f"the run has {counted(len(head.courses), 'state')}, expected {len(run.engine_runs)} for its networks"
        )
    for number, (engine_run, state) in enumerate(zip(run.engine_runs, head.courses, strict=True)):
        _restore(engine_run, run.members_in(number), file, state, number)
    run.arrive()
    return run


def _restore(
    engine_run: EngineRun, members: Sequence[int], file: SavedCheckpoint, state: EngineRunState, number: int
) -> None:
    optimizer, dtype = engine_run.plan.optimizer, engine_run.plan.dtype
    found = [file.network(member, engine_run.spec, dtype) for member in members]
    params, buffers = (
        np.stack([each[part] for each in found]) if len(members) > 1 else found[0][part] for part in (0, 1)
    )
    curves = [file.curves(member, len(COLUMNS)) for member in members]
    if not all(curve.shape == curves[0].shape and len(curve) for curve in curves):
        raise DocumentError("the run has curves of different lengths, expected one row per epoch in each")
    rows = np.stack(curves, axis=1)
    snapshot = from_json_and_arrays(state.snapshot, file.under(f"courses.{number}."), params, buffers, optimizer)
    engine_run.plan = _plan(engine_run.plan, state)
    try:
        engine_run.restore(
            measured_by(snapshot, rows[-1]), rows, live_settings(optimizer, state.turned), seconds=state.seconds
        )
    except ValueError as error:  # the engine's own sentence
        raise DocumentError(str(error)) from None


def _plan(plan: Plan, state: EngineRunState) -> Plan:
    """The plan as it was when the run was saved: extended by playing on, perhaps."""
    return replace(plan, epochs=state.planned, stopping=plan.stopping if state.stops else None)


def run_of(file: ResultsFile, table: Table | None = None, **more: Any) -> Run:
    """The run of a JSON file, as the command line writes it: it has weights and curves, but learns on as from new ones.

    Raises DocumentError if setup, data and weights don't fit together, RunError for weights of another shape.
    """
    run = Run.of(file.setup, table, **more)
    found = file.spec()
    if len(run.members) != len(file.folds) or any(member.spec.slots != found.slots for member in run.members):
        shape = " x ".join(str(layer.outputs) for layer in run.members[0].spec.layers)
        raise RunError(
            f"The file has weights for {len(file.folds)} networks of other shapes, expected {len(run.members)} of {shape}"
        )
    for number, (member, engine_run, fold) in enumerate(zip(run.members, run.engine_runs, file.folds, strict=True)):
        params, buffers = (array.astype(member.plan.dtype) for array in file.params(number))
        rows = np.array([_row(point) for point in fold.curves]).reshape(-1, len(COLUMNS))
        if len(rows):
            engine_run.restore(snapshot_at(engine_run.latest, params, buffers, rows[-1], fold.stopped), rows)
    run.arrive()
    return run


def _history(run: Run, member: int, until: int) -> NDArray[np.float64]:
    """The rows of the shown branch and of what it came from, up to an epoch; the last row of all is always there."""
    marks = {mark.number: mark for mark in run.past.infos}
    mark, last, parts = marks.get(run.past.shown), until, []
    while mark is not None:
        rows, _ = run.curve(member, mark.number)
        parts.append(rows[(rows[:, 0] <= last) & (rows[:, 0] >= mark.epoch)])
        last, mark = mark.epoch - 1, None if mark.parent is None else marks.get(mark.parent)
    rows = np.concatenate(parts[::-1])
    end = run.moment(member)
    whole = end.row if run.past.shown_epoch is not None else run.newest_row(member)
    return rows if len(rows) and rows[-1, 0] == whole[0] else np.vstack([rows, whole])


def _row(point: CurvePoint) -> list[float]:
    found = (getattr(point, name) for name in COLUMNS)
    return [np.nan if value is None else float(value) for value in found]
