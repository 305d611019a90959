"""The server of training_run_every.py: with the browser's program, which is served beside Streamlit's own files."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from mlpviz.hosts.streamlit.server import routes

app = st.App(Path(__file__).with_name("training_run_every.py"), routes=routes())
