"""The server: the pages, which Streamlit runs, and the lines on which the sheet is answered without such a run."""

import streamlit as st

from mlpviz.ui.routes import routes

app = st.App("mlpviz/ui/router.py", routes=routes())
