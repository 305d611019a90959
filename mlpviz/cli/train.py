"""`train SETUP`: train without a browser, with one JSON line per epoch on standard output, and save the results."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.api.disk import check_writable, one_line, write_file
from mlpviz.api.setups import read_setup
from mlpviz.cli.commands import Commands
from mlpviz.cli.progress import Bar
from mlpviz.config import PreparedTraining, load_table, prepare
from mlpviz.engine.training import Snapshot
from mlpviz.exchange import key_for, save_file
from mlpviz.exchange.subjects import RESULTS
from mlpviz.network import DocumentError
from mlpviz.runs.results_json import CurvePoint, ResultsFile, TrainedFold, TrainedRun
from mlpviz.text.numbers import STYLES, format_number

_OUT = (
    "write the run here, also after Ctrl-C: .safetensors with all that the next step depends on, "
    "or .json with setup, curves and weights"
)


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "train a network: a progress bar, one JSON line per epoch, and the run as a file"
    command = commands.add_parser("train", help=purpose, description=purpose)
    command.add_argument(
        "setup", metavar="SETUP", help="a setup (.json), - for standard input, or a key of list setups"
    )
    command.add_argument("--data", metavar="FILE", help="train on this CSV file or workbook; columns as the setup says")
    command.add_argument("--sheet", metavar="NAME", help="the sheet of the workbook; left out, the first with cells")
    command.add_argument("--seed", metavar="N", type=int, help="another seed for weights, orders and dropout")
    command.add_argument("--out", metavar="RUN", help=_OUT)
    command.set_defaults(run=train)


def train(options: argparse.Namespace) -> int:
    """Train every fold of a config; the exit code is that of the last fold."""
    setup, content = read_setup(options.setup, options.data, options.sheet)
    if options.seed is not None:
        setup = setup.replace(seed=options.seed)
    if options.out is not None:
        check_writable(options.out)
    built = prepare(setup, load_table(setup.data, content))
    for note in built.notes:
        print(f"mlpviz: {note}", file=sys.stderr)
    trained: list[TrainedFold] = []
    snapshots: list[Snapshot] = []
    code = 0
    for fold in range(len(built.folds)):
        found, last, code = _train_fold(built, fold)
        trained.append(found)
        snapshots.append(last)
        if code:
            break
    if len(built.folds) > 1:
        _print(_over_folds(built, trained))
    if options.out is not None:
        _write(options.out, TrainedRun(built, ResultsFile.of(built, trained), snapshots, content))
    return code


def _write(name: str, trained: TrainedRun) -> None:
    """The file; what its format cannot hold is no reason to lose the training: then it is JSON beside that name."""
    default = "results_json"
    try:
        saved = save_file(RESULTS, trained, key_for(RESULTS, name, default=default))
    except DocumentError as error:
        saved, name = save_file(RESULTS, trained, default), f"{name}.json"
        print(f"mlpviz: {error}; written to {one_line(name)}", file=sys.stderr)
    write_file(name, saved.content)


def _train_fold(built: PreparedTraining, fold: int) -> tuple[TrainedFold, Snapshot, int]:
    """Train one fold (from 0) and print its epochs; the exit code is 130 after Ctrl-C and 1 after a failure."""
    is_one_of_several = len(built.folds) > 1
    which = {"fold": fold + 1} if is_one_of_several else {}
    bar = Bar(f"fold {fold + 1}/{len(built.folds)} training" if is_one_of_several else "training")
    points: list[CurvePoint] = []
    last: Snapshot | None = None
    code, stopped = 0, ""
    try:
        for snapshot in built.run(fold=fold):
            if snapshot.failure is not None:
                code, stopped = 1, snapshot.stopped
                last = last or snapshot
                break
            last, stopped = snapshot, snapshot.stopped
            points.append(CurvePoint.of(snapshot))
            if snapshot.epoch:
                _print({**which, **_line(built, points[-1])})
            share = snapshot.epoch / built.plan.epochs if built.plan.epochs and not stopped else 1.0
            bar.show(share, f"epoch {snapshot.epoch}, loss {_short(points[-1])}")
    except KeyboardInterrupt:
        code, stopped = 130, f"stopped by Ctrl-C after epoch {last.epoch if last else 0}"
    bar.close()
    if last is None:
        raise KeyboardInterrupt
    if code:
        print(f"mlpviz: {stopped}", file=sys.stderr)
    final = points[-1] if points else CurvePoint.of(last)
    _print(
        {**which, "final": True, "stopped": stopped, **_line(built, final, test=True)} | _confusion(built, fold, last)
    )
    return TrainedFold.of(built.spec, points, last, stopped), last, code


def _line(built: PreparedTraining, point: CurvePoint, test: bool = False) -> dict[str, Any]:
    """The losses and the metric of one epoch by part of the data; `test` belongs to the end of the training only."""
    found: dict[str, Any] = {"epoch": point.epoch, "step": point.step, "loss": point.loss}
    if point.penalty is not None:
        # every loss of this line contains it; `loss`, the mean over the batches, contains that of each batch
        found["penalty"] = point.penalty
    found["learning_rate"] = point.learning_rate
    for part in ("train", "validation", *(("test",) if test else ())):
        loss, metric = getattr(point, f"{part}_loss"), getattr(point, f"{part}_metric")
        if loss is not None:
            found[part] = {"loss": loss} | ({built.metric: metric} if built.metric else {})
    return found


def _confusion(built: PreparedTraining, fold: int, last: Snapshot) -> dict[str, Any]:
    """The confusion matrix of the test set, true classes by row, with the names of the classes; empty for values."""
    found = built.confusion(last.params, last.buffers, fold)
    return {} if found is None else {"classes": built.table.class_names, "confusion": found.tolist()}


def _over_folds(built: PreparedTraining, trained: list[TrainedFold]) -> dict[str, Any]:
    """Mean and standard deviation over the folds of their last validation loss and metric."""
    found: dict[str, Any] = {"folds": len(trained)}
    for name, key in (("validation_loss", "loss"), ("validation_metric", built.metric)):
        scores = [getattr(fold.curves[-1], name) for fold in trained if fold.curves]
        if key and scores and None not in scores:
            found[key] = {"mean": float(np.mean(scores)), "std": float(np.std(scores))}
    return found


def _short(point: CurvePoint) -> str:
    loss = point.train_loss if point.loss is None else point.loss
    return "-" if loss is None else format_number(loss, STYLES["4"][1])


def _print(line: Mapping[str, Any]) -> None:
    print(json.dumps(line, allow_nan=False), flush=True)
