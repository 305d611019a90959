"""What the browser can ask of the training page about a result: scores, answers, the score sheet, files.

Each takes the session and the event, and may raise what is said to the user; then nothing has changed.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpviz.data import DataError
from mlpviz.data.drawn import drawn_digit
from mlpviz.document import DocumentError
from mlpviz.figures.training_examination import answer_of, examination_of
from mlpviz.figures.training_table import table_of
from mlpviz.runs.examining import predict
from mlpviz.runs.saving import saved
from mlpviz.runs.stepping import document_of, next_batch, samples_of
from mlpviz.ui.session import Arrival

if TYPE_CHECKING:
    from mlpviz.ui.train_session import TrainSession

Event = Mapping[str, Any]
Action = Callable[["TrainSession", Event], None]

SIDE = 96
"""Pixels along each edge of a drawing, as the browser sends it: one byte each."""


def _examine(session: TrainSession, event: Event) -> None:
    run = session.run
    session.more["examined"] = examination_of(run.lanes[run.focus], run.moment(run.focus), event.get("part"))


def _table(session: TrainSession, event: Event) -> None:
    run = session.run
    session.more["table"] = table_of(run.lanes[run.focus], int(event["start"]))


def _predict(session: TrainSession, event: Event) -> None:
    _answer(session, np.array([float(number) for number in event["point"]]))


def _digit(session: TrainSession, event: Event) -> None:
    ink = np.frombuffer(base64.b64decode(str(event["drawing"]), validate=True), np.uint8).reshape(SIDE, SIDE)
    try:
        features = drawn_digit(ink.astype(float), session.table)
    except DataError as error:
        raise DocumentError(str(error)) from None
    _answer(session, features)


def _answer(session: TrainSession, features: np.ndarray[Any, Any]) -> None:
    run = session.run
    lane = run.lanes[run.focus]
    session.more["answer"] = answer_of(lane, predict(lane, run.moment(run.focus), features.tolist()), features)


def _to_sheet(session: TrainSession, event: Event) -> None:
    """Open the network at the shown moment on the score sheet: with the next batch, or with one sample of the table."""
    run = session.run
    run.pause()
    lane, moment = run.lanes[run.focus], run.moment(run.focus)
    when = f"epoch {moment.epoch}, step {moment.step}"
    row = event.get("row")
    rate = float(run.knobs["learning_rate"])
    if row is None:
        batch = next_batch(lane, run.snapshot(run.focus))
        document = document_of(lane, moment, batch.part, f"Training, {when}", rate, batch.masks)
        count = len(batch.part.x)
        cut = f" (the first {count} of {batch.whole})" if count < batch.whole else ""
        notice = f"From the training at {when}: the batch of its next step{cut}."
    else:
        part = samples_of(lane, [int(row)])
        document = document_of(lane, moment, part, f"Sample {int(row) + 1}, {when}", rate)
        notice = f"From the training at {when}: sample {int(row) + 1}, as the network reads it."
    session.leaving = Arrival(document, notice, f"training, {when}")


def _save(session: TrainSession, _: Event) -> None:
    """The run with all its networks, weights and states; a CSV file that its setup only names goes along."""
    run = session.run
    file = saved(run, session.content if getattr(session.setup.data, "content", "") is None else None)
    epoch = max(moment.epoch for moment in map(run.moment, range(len(run.lanes))))
    several = f"-{len(run.lanes)}-networks" if len(run.lanes) > 1 else ""
    session.save(f"run{several}-epoch-{epoch}.safetensors", file.to_bytes(), "application/octet-stream")


RESULT_ACTIONS: dict[str, Action] = {
    "examine": _examine,
    "table": _table,
    "predict": _predict,
    "digit": _digit,
    "to_sheet": _to_sheet,
    "save": _save,
}
"""The actions by the `type` of their event."""
