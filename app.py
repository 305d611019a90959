"""The server: the pages, which Streamlit runs, and the channels on which they are answered without such a run."""

import streamlit as st

from mlpviz.hosts.streamlit.scripts import ROUTER
from mlpviz.hosts.streamlit.server import middleware, routes

app = st.App(ROUTER, routes=routes(), middleware=middleware())
