"""A run as a file, and back: a run from a file learns on to the bits of the run that was saved.

The file has the shown checkpoint, its curves until then and everything the next step depends on; no other checkpoints.
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
from mlpviz.runs.member import members_of
from mlpviz.runs.results_json import CurvePoint, ResultsFile, TrainedRun
from mlpviz.runs.run import Run
from mlpviz.runs.snapshot_json import from_json_and_arrays, live_settings
from mlpviz.schema.errors import DocumentError, counted


def save_checkpoint(run: Run, content: bytes | None = None) -> SavedCheckpoint:
    """The shown checkpoint of all members of a run; `content` is the CSV file that its config names, if any.

    Raises RunError if no member has finite weights, since no training can go on from them.
    """
    arrays: dict[str, NDArray[Any]] = {}
    checkpoints = [run.state(number).learned for number in range(len(run.members))]
    if not any(np.isfinite(each.params).all() and np.isfinite(each.buffers).all() for each in checkpoints):
        raise RunError("The weights are not finite, so they can't be saved: go back on the timeline first.")
    for number, each in enumerate(checkpoints):
        arrays |= member_arrays(number, each.spec, each.params, each.buffers, _curves_until(run, number, each.epoch))
    engine_runs = []
    for number, engine_run in enumerate(run.engine_runs):
        snapshot = run.branches.at(number)
        if run.branches.shown_epoch is not None:
            snapshot = replace(snapshot, stopped="", failure=None)  # training goes on from it
        state, more = engine_run_arrays(number, snapshot)
        arrays |= more
        engine_runs.append(
            EngineRunState(
                planned=engine_run.plan.epochs,
                stops=engine_run.plan.stopping is not None,
                seconds=engine_run.seconds,
                turned=dict(engine_run.live.hyperparameters),
                snapshot=state,
            )
        )
    several = [] if run.choice == "fold" else run.members[1:]
    first = run.members[0]
    labels = [first.config.name or "network"] if len(run.members) == 1 or run.choice == "fold" else [first.label]
    head = Head(
        choice=run.choice,
        labels=[*labels, *(member.label for member in several)],
        setups=[first.config, *(member.config for member in several)],
        courses=engine_runs,
    )
    return SavedCheckpoint(head, arrays, content)


def trained_checkpoint(trained: TrainedRun) -> SavedCheckpoint:
    """The end of a training outside of a run, with its curves; it opens as a run like any other.

    Raises DocumentError if a cross-validation ended before its last fold.
    """
    built, folds = trained.built, trained.results.folds
    if len(folds) != len(built.folds):
        raise DocumentError(
            f"{counted(len(folds), 'fold')} of {len(built.folds)} were trained, "
            "and a run as safetensors has all of them"
        )
    arrays: dict[str, NDArray[Any]] = {}
    states = []
    for number, (fold, snapshot) in enumerate(zip(folds, trained.snapshots, strict=True)):
        rows = np.array([_row(point) for point in fold.curves]).reshape(-1, len(COLUMNS))
        arrays |= member_arrays(number, built.spec, snapshot.params, snapshot.buffers, rows)
        state, more = engine_run_arrays(number, snapshot)
        arrays |= more
        stops = built.plan.stopping is not None
        states.append(EngineRunState(planned=built.plan.epochs, stops=stops, snapshot=state))
    head = Head(
        choice="fold" if len(folds) > 1 else "",
        labels=[built.config.name or "network"],
        setups=[built.config],
        courses=states,
    )
    return SavedCheckpoint(head, arrays, trained.content)


def open_checkpoint(file: SavedCheckpoint, table: Table | None = None, **more: Any) -> Run:
    """The run of a file; `table` are its samples, if they are loaded already.

    Raises DocumentError if configs, data, weights and state don't fit together, RunError for too many networks.
    """
    head = file.head
    members = members_of(dict(zip(head.labels, head.setups, strict=True)), table)
    run = Run(members, head.choice or ("fold" if len(members) > 1 else ""), **more)
    if len(head.courses) != len(run.engine_runs):
        raise DocumentError(
            f"the run has {counted(len(head.courses), 'state')}, expected {len(run.engine_runs)} for its networks"
        )
    for number, (engine_run, state) in enumerate(zip(run.engine_runs, head.courses, strict=True)):
        _restore(engine_run, run.groups[number], file, state, number)
    run.after_restore()
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
    except ValueError as error:  # the engine says what does not fit
        raise DocumentError(str(error)) from None


def _plan(plan: Plan, state: EngineRunState) -> Plan:
    """The plan as it was when the run was saved, perhaps extended."""
    return replace(plan, epochs=state.planned, stopping=plan.stopping if state.stops else None)


def run_of(file: ResultsFile, table: Table | None = None, **more: Any) -> Run:
    """The run of a JSON file, as the command line writes it, with its weights and curves and without optimizer slots.

    Raises DocumentError if config, data and weights don't fit together, RunError for weights of another shape.
    """
    run = Run.of(file.setup, table, **more)
    found = file.spec()
    if len(run.members) != len(file.folds) or any(member.spec.slots != found.slots for member in run.members):
        shape = " x ".join(str(layer.outputs) for layer in run.members[0].spec.layers)
        raise RunError(
            f"The file has weights for {len(file.folds)} networks of other shapes, "
            f"expected {len(run.members)} of {shape}"
        )
    for number, (member, engine_run, fold) in enumerate(zip(run.members, run.engine_runs, file.folds, strict=True)):
        params, buffers = (array.astype(member.plan.dtype) for array in file.params(number))
        rows = np.array([_row(point) for point in fold.curves]).reshape(-1, len(COLUMNS))
        if len(rows):
            engine_run.restore(snapshot_at(engine_run.latest, params, buffers, rows[-1], fold.stopped), rows)
    run.after_restore()
    return run


def _curves_until(run: Run, member: int, until: int) -> NDArray[np.float64]:
    """The rows (n, 11) of the shown branch and its ancestors up to an epoch, the row of that epoch included."""
    infos = {info.number: info for info in run.branches.infos}
    info, last, parts = infos.get(run.branches.shown), until, []
    while info is not None:
        rows, _ = run.state(member).curve(info.number)
        parts.append(rows[(rows[:, 0] <= last) & (rows[:, 0] >= info.epoch)])
        last, info = info.epoch - 1, None if info.parent is None else infos.get(info.parent)
    rows = np.concatenate(parts[::-1])
    end = run.state(member).learned
    whole = end.row if run.branches.shown_epoch is not None else run.state(member).newest_row
    return rows if len(rows) and rows[-1, 0] == whole[0] else np.vstack([rows, whole])


def _row(point: CurvePoint) -> list[float]:
    found = (getattr(point, name) for name in COLUMNS)
    return [np.nan if value is None else float(value) for value in found]
