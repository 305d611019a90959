"""The training page as a fragment that Streamlit runs by its clock: nothing asks. For benchmarks/training.py.

Run by its server: streamlit run benchmarks/training_run_every_app.py, with the period in seconds in RUN_EVERY.
"""

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from mlpviz.hosts.streamlit.component import mount
from mlpviz.hosts.streamlit.fallback import current
from mlpviz.hosts.streamlit.server_tuning import send_at_once, take_turns

_NEVER = 2_000_000_000
"""ms: longer than any benchmark"""

st.set_page_config(layout="wide")
send_at_once()
take_turns()


@st.fragment(run_every=float(os.environ["RUN_EVERY"]))
def _live() -> None:
    tab = current()
    tab.receive({"page": "train", "events": [{"type": "tick"}]})
    answer = tab.answer("train")
    mount("train", None, {**answer, "next": _NEVER, "proof": None}, tab.receive)


current().begin("train")
_live()
