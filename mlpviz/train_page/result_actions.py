"""Events of the training page about a result: scores, predictions, the score sheet, the run as a file.

Each takes the session and the arguments of the event, and may raise an error for the user; then nothing has changed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.app.page import HandOver
from mlpviz.app.transfer import bytes_in
from mlpviz.data import DataError
from mlpviz.data.drawn_digit import drawn_digit
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import RUN, LiveRun
from mlpviz.network import Document, DocumentError
from mlpviz.runs import RunError
from mlpviz.runs.evaluation import predict
from mlpviz.runs.hand_edit import set_network
from mlpviz.runs.to_document import document_of, next_batch, next_update, samples_of, shown_document, unlike_the_run
from mlpviz.schema.fields import Number
from mlpviz.text.numbers import format_number
from mlpviz.train_page.data_table import table_of
from mlpviz.train_page.evaluation_view import evaluation_view, prediction_view
from mlpviz.train_page.session import TrainSession

SHEET = "sheet"
"""The key of the page that shows one pass of a network."""

KEPT, _PER_PARAMETER = 8_000_000, 8 * 4
"""Bytes of the largest run that a tab keeps; a parameter has up to three numbers of its optimizer beside it."""

SIDE = 96
"""Pixels along each edge of a drawing, as the browser sends it: one byte each."""


def examine(session: TrainSession, part: Any = None) -> None:
    """Scores and wrong samples of one part of the data."""
    run = session.run
    session.once["examined"] = evaluation_view(run.members[run.focus], run.state(run.focus).checkpoint, part)


def show_table(session: TrainSession, start: int) -> None:
    """The samples from this one on, as a table."""
    run = session.run
    session.once["table"] = table_of(run.members[run.focus], start)


def predict_point(session: TrainSession, point: list[Number]) -> None:
    """The prediction for features that were typed."""
    _answer(session, np.array(point))


def predict_digit(session: TrainSession, drawing: str) -> None:
    """The prediction for a drawing: SIDE² pixels, in base64."""
    pixels = bytes_in(drawing)
    if pixels is None or len(pixels) != SIDE * SIDE:
        raise DocumentError("the drawing did not arrive whole: draw it again")
    ink = np.frombuffer(pixels, np.uint8).reshape(SIDE, SIDE)
    try:
        features = drawn_digit(ink.astype(float), session.table)
    except DataError as error:
        raise DocumentError(str(error)) from None
    _answer(session, features)


def _answer(session: TrainSession, features: np.ndarray[Any, Any]) -> None:
    run = session.run
    member = run.members[run.focus]
    prediction = predict(member, run.state(run.focus).checkpoint, features.tolist())
    session.once["answer"] = prediction_view(member, prediction, features)


def to_sheet(session: TrainSession, row: int | None) -> None:
    """Open the network at the shown checkpoint on the score sheet, with the next batch or with one row of the table."""
    run = session.run
    run.pause()
    member, checkpoint = run.members[run.focus], run.state(run.focus).checkpoint
    when = f"epoch {checkpoint.epoch}, step {checkpoint.step}"
    update = next_update(run, run.focus)
    if row is None:
        batch = next_batch(member, run.state(run.focus).snapshot)
        document = shown_document(run, batch)
        count = len(batch.part.x)
        cut = f" (the first {count} of {batch.whole})" if count < batch.whole else ""
        label = run.members[run.focus].config.optimizer.entry.label
        ready = f"The optimizer is the run's {label}" + (f" after {update.steps} steps" if update.slots else "")
        rate = (
            f", at the rate {format_number(update.learning_rate)} that the schedule gives this step"
            * update.by_schedule
        )
        other = unlike_the_run(run, batch) or "Apply update takes the run's next step, to the same bits."
        notice = f"From the training at {when}: the batch of its next step{cut}. {ready}{rate}. {other}"
    else:
        part = samples_of(member, [row])
        document = document_of(member, checkpoint, part, f"Sample {row + 1}, {when}", update)
        notice = f"From the training at {when}: sample {row + 1}, as the network reads it."
    session.hand_over = HandOver(SHEET, document, notice, f"training, {when}")
    session.go = SHEET


def take_network(session: TrainSession, document: Document) -> None:
    """Learn on with the weights of the score sheet, in a branch at the shown checkpoint; all else stays."""
    session.said.clear()
    try:
        changed = set_network(session.run, document.spec, document.params, document.buffers)
    except RunError as error:
        session.said.error = f"Not done: {error}"
        return
    epoch = session.run.state(session.run.focus).checkpoint.epoch
    session.said.notice = (
        f"With the weights of the score sheet from epoch {epoch} on; what was learned before is the other branch."
        if changed
        else "The weights on the score sheet are those of the training: nothing has changed."
    )


def keep_run(session: TrainSession) -> None:
    """The run for the tab, which gives it to a server that does not have it: not a large one, and no experiment."""
    numbers = sum(member.built.spec.size for member in session.run.members)
    if session.experiment is not None or _PER_PARAMETER * numbers + len(session.content or b"") > KEPT:
        return
    session.files.keep(*save_file(RUN, _live(session), "checkpoint_safetensors"))


def save_run(session: TrainSession, format: str = "checkpoint_safetensors") -> None:  # the word of the message
    """Save the run with all its members; a CSV file that its config only names is included."""
    session.files.save(*save_file(RUN, _live(session), format))


def _live(session: TrainSession) -> LiveRun:
    return LiveRun(session.run, session.content if getattr(session.config.data, "content", "") is None else None)
