"""Router: page settings and the table of pages. Streamlit runs it for every visitor; `app.py` is the server."""

import streamlit as st

from mlpviz.app.page import browser_title
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.streamlit.menu import MENU
from mlpviz.hosts.streamlit.page_frame import page_links, warm

entries = {
    key: st.Page(entry.script, title=entry.title, default=number == 0)
    for number, (key, entry) in enumerate(MENU.items())
}
groups: dict[str, list[st.Page]] = {}
for key, entry in entries.items():
    groups.setdefault(MENU[key].group, []).append(entry)
page = st.navigation(groups, position="top")
opened = next(key for key, entry in entries.items() if entry is page or entry.url_path == page.url_path)
st.set_page_config(page_title=browser_title(PAGES[opened]), page_icon="🧮", layout="wide")
warm()
page.run()
page_links()
