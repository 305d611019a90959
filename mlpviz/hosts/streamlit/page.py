"""A page in Streamlit: one fragment with its component, so that a message runs nothing else."""

from __future__ import annotations

import streamlit as st

from mlpviz.hosts.streamlit.component import mount
from mlpviz.hosts.streamlit.fallback import current
from mlpviz.hosts.streamlit.menu import MENU


def show_page(key: str) -> None:
    """Draw a page. At a run of the whole script the browser may have nothing, so all is sent again."""
    current().begin(key)
    _component(key)


@st.fragment
def _component(key: str) -> None:
    tab = current()
    answer = tab.answer(key)
    # only a run of the script can open another page
    if answer["go"] in MENU:
        st.switch_page(MENU[answer["go"]].script)
    mount(key, tab.channel.address, answer, tab.receive)
    tab.learn(key)
