"""Router: page settings and the table of pages. Streamlit runs it for every visitor; `app.py` is the server."""

import streamlit as st

from mlpviz.ui.chrome import chrome
from mlpviz.ui.page_files import CHECK, STEP_THROUGH, TRAIN

st.set_page_config(page_title="mlpviz", page_icon="🧮", layout="wide")
sheet = st.Page(STEP_THROUGH, title="Step through", default=True)
train = st.Page(TRAIN, title="Train")
page = st.navigation([sheet, train, st.Page(CHECK, title="Check")], position="top")
chrome(has_sheet=page == sheet, has_badge=page == train)
page.run()
