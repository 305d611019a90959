"""Router: page settings and the table of pages."""

import streamlit as st

from mlpviz.ui.chrome import chrome

st.set_page_config(page_title="mlpviz", page_icon="🧮", layout="wide")
sheet = st.Page("pages/step_through.py", title="Step through", default=True)
train = st.Page("pages/train.py", title="Train")
page = st.navigation([sheet, train, st.Page("pages/check.py", title="Check")], position="top")
chrome(has_sheet=page == sheet, has_badge=page == train)
page.run()
