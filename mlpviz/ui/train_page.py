"""The training page: one fragment with the component, so that a tick runs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mlpviz.ui import session as sheet
from mlpviz.ui.components.train import message_of, train
from mlpviz.ui.line import Line
from mlpviz.ui.page_files import STEP_THROUGH
from mlpviz.ui.train_proof import proof_version, training_badge
from mlpviz.ui.train_session import TrainSession
from mlpviz.ui.train_visit import Visit, current, receive, visit


def train_page() -> None:
    """Draw the page. A whole script run means a browser that may hold nothing, so all is sent again."""
    session = current()
    session.forget()
    training_badge()
    _live()


@st.fragment
def _live() -> None:
    mine, session = visit(), current()
    if mine.line is None:
        mine.line = Line(mine, answer)
    with session.lock:
        if session.leaving:
            sheet.current().arrive(session.leaving)
            session.leaving = None
            st.switch_page(STEP_THROUGH)
        message = _message(mine, session)
    train(message, lambda event: receive(visit(), event))
    with session.lock:
        session.learn_on()


def answer(mine: Visit, event: Mapping[str, Any]) -> bytes | None:
    """Carry out one message of the browser, and learn if it asks for that; the frame after it, as JSON.

    None when another tab has taken the run: a run of the script begins another one.
    """
    receive(mine, event)
    session = mine.session
    if session is None:
        return None
    with session.lock:
        return _message(mine, session)


def _message(mine: Visit, session: TrainSession) -> bytes:
    data = {**session.data(), "proof": proof_version(session)}
    if "settings" in data:
        data["ticket"] = mine.ticket
    if mine.line:
        data["line"] = mine.line.address
    # only a run of the script can change the page
    data["leaving"] = session.leaving is not None
    return message_of(data)
