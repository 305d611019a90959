"""What the browser gets of the training page: the frame, and what it does not have yet."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from mlpviz.train_page.experiment import MENU
from mlpviz.train_page.frame import frame_of, cache_after, static_frame
from mlpviz.train_page.frame_schema import Frame
from mlpviz.train_page.session import TrainSession
from mlpviz.train_page.static_frame import StaticFrame
from mlpviz.train_page.weights import biases_of, pictures_of, weights_of


class TrainState(TypedDict):
    """What is said of the page.

    Always: the frame, weights and biases of the units on screen, how many bytes of a file have arrived. When it is
    new: what stays during a run, the form of the settings, the card of the experiment. Once: what was asked for.
    """

    frame: Frame
    weights: list[Any]
    biases: list[Any]
    arrived: int | None
    pictures: NotRequired[list[Any]]
    still: NotRequired[StaticFrame]
    settings: NotRequired[list[dict[str, Any]]]
    experiments: NotRequired[list[list[str]]]
    experiment: NotRequired[dict[str, Any] | None]
    tool: NotRequired[str]
    again: NotRequired[int]
    examined: NotRequired[dict[str, Any]]
    table: NotRequired[dict[str, Any]]
    answer: NotRequired[dict[str, Any]]


def state_of(session: TrainSession) -> TrainState:
    """The state as it is now. The session notes what the browser has then."""
    session.pacer.began()
    run, sent, wanted = session.run, session.delivered, session.wanted
    moment = run.checkpoint(run.focus)
    sent.frames += 1
    frame = frame_of(run, sent.seen, wanted, sent.frames)
    sent.seen = cache_after(frame, sent.seen)
    state: TrainState = {
        "frame": frame,
        "weights": weights_of(moment, wanted.units),
        "biases": biases_of(moment, wanted.units),
        "arrived": session.files.arrived,
    }
    if sent.form is None:
        state["experiments"], sent.card = MENU, ""
    card = None if session.experiment is None else session.experiment.data()
    if card != sent.card:
        state["experiment"] = sent.card = card
    if session.table.image_shape is not None:
        state["pictures"] = pictures_of(moment, session.table.image_shape, wanted.units)
    state.update(session.once)  # type: ignore[typeddict-item]  # each action says what belongs to it
    session.once = {}
    still = (run.key, run.focus, wanted.axes, wanted.sample)
    if still != sent.still:
        sent.still = still
        state["still"] = static_frame(run, wanted)
    if sent.is_new_form((session.setup, session.comparison, run.key, run.focus)):
        state["settings"] = session.form()
    session.pacer.answered()
    return state
