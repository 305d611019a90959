"""Router: page settings and the table of pages. Streamlit runs it for every visitor; `app.py` is the server."""

import streamlit as st

from mlpviz.hosts.streamlit.menu import MENU
from mlpviz.hosts.streamlit.page_frame import page_frame

st.set_page_config(page_title="mlpviz", page_icon="🧮", layout="wide")
entries = [st.Page(script, title=title, default=number == 0) for number, (script, title) in enumerate(MENU.values())]
page = st.navigation(entries, position="top")
page_frame()
page.run()
