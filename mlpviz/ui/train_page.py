"""The training page: one fragment with the component, so that a tick runs nothing else."""

from __future__ import annotations

import streamlit as st

from mlpviz.ui.components.train import train
from mlpviz.ui.page_files import STEP_THROUGH
from mlpviz.ui.train_proof import proof_version, training_badge
from mlpviz.ui.train_visit import current, receive, visit


def train_page() -> None:
    """Draw the page. A whole script run means a browser that may hold nothing, so all is sent again."""
    session = current()
    session.forget(program=True)
    training_badge()
    _live()


@st.fragment
def _live() -> None:
    session = current()
    if session.leaving:
        session.leaving = False
        st.switch_page(STEP_THROUGH)
    data = {**session.data(), "proof": proof_version(session)}
    if "settings" in data:
        data["ticket"] = visit().ticket
    train(data, receive, with_program=not session.program)
    session.program = True
    session.learn_on()
