"""The training page as a fragment that Streamlit runs by its clock: nothing asks. For benchmarks/training.py.

Run by its server: streamlit run benchmarks/training_run_every.py, with the period in seconds in RUN_EVERY.
"""

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from mlpviz.ui.components.train import message_of, train
from mlpviz.ui.train_visit import current, receive, visit
from mlpviz.ui.wire import send_at_once, take_turns

_NEVER = 2_000_000_000
"""ms: longer than any benchmark"""

st.set_page_config(layout="wide")
send_at_once()
take_turns()


@st.fragment(run_every=float(os.environ["RUN_EVERY"]))
def _live() -> None:
    session = current()
    session.asked = True
    data = {**session.data(), "wait": _NEVER, "proof": ""}
    train(message_of(data), lambda event: receive(visit(), event))


current().forget()
_live()
