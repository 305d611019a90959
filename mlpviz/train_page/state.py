"""The state of the training page in an answer: the frame, and what the browser does not have yet."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from mlpviz.exchange import FileMenu, file_menu
from mlpviz.exchange.subjects import COMPARISON, NETWORK, RUN
from mlpviz.train_page.client_cache import cache_after
from mlpviz.train_page.experiment import MENU
from mlpviz.train_page.frame import frame_of
from mlpviz.train_page.frame_schema import Frame
from mlpviz.train_page.network_drawing import biases_of, pictures_of, weights_of
from mlpviz.train_page.pacing import CALM, SPEEDS
from mlpviz.train_page.session import TrainSession
from mlpviz.train_page.static_frame import StaticFrame, static_frame


class TrainState(TypedDict):
    """The state of the page.

    Always: the frame, weights and biases of the units on screen, how many bytes of a file have arrived. When it has
    changed: the static frame, the form of the settings, the card of the experiment. Once: what an event asked for.
    """

    frame: Frame
    weights: list[Any]
    biases: list[Any]
    arrived: int | None
    pictures: NotRequired[list[Any]]
    still: NotRequired[StaticFrame]
    settings: NotRequired[list[dict[str, Any]]]
    experiments: NotRequired[list[list[str]]]
    files: NotRequired[dict[str, FileMenu]]
    speeds: NotRequired[list[list[str]]]
    calm: NotRequired[str]
    experiment: NotRequired[dict[str, Any] | None]
    tool: NotRequired[str]
    lost: NotRequired[bool]
    again: NotRequired[int]
    examined: NotRequired[dict[str, Any]]
    table: NotRequired[dict[str, Any]]
    answer: NotRequired[dict[str, Any]]


def state_of(session: TrainSession) -> TrainState:
    """The present state; the session counts it as sent."""
    session.pacer.began()
    run, sent, options = session.run, session.delivered, session.view_options
    checkpoint = run.state(run.focus).checkpoint
    sent.frames += 1
    frame = frame_of(run, sent.cache, options, sent.frames)
    sent.cache = cache_after(frame, sent.cache)
    state: TrainState = {
        "frame": frame,
        "weights": weights_of(checkpoint, options.units),
        "biases": biases_of(checkpoint, options.units),
        "arrived": session.files.arrived,
    }
    if sent.form is None:
        state["files"] = {
            "run": file_menu(RUN), "comparison": file_menu(COMPARISON), "network": file_menu(NETWORK)
        }  # fmt: skip
        state["experiments"], sent.card = MENU, ""
        state["speeds"], state["calm"] = [[speed.key, speed.label] for speed in SPEEDS.values()], CALM
    card = None if session.experiment is None else session.experiment.data()
    if card != sent.card:
        state["experiment"] = sent.card = card
    if session.table.image_shape is not None:
        state["pictures"] = pictures_of(checkpoint, session.table.image_shape, options.units)
    state.update(session.once)  # type: ignore[typeddict-item]  # each action says what belongs to it
    session.once = {}
    static = (run.key, run.focus, options.axes, options.sample)
    if static != sent.static:
        sent.static = static
        state["still"] = static_frame(run, options)
    if sent.is_new_form((session.config, session.comparison, run.key, run.focus, run.shows_average)):
        state["settings"] = session.form()
    session.pacer.answered()
    return state
