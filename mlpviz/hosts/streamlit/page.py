"""A page in Streamlit: one fragment with its component, so that a message runs nothing else."""

from __future__ import annotations

import streamlit as st

from mlpviz.app.protocol import Answer
from mlpviz.hosts.streamlit.check_view import draw_check
from mlpviz.hosts.streamlit.component import mount
from mlpviz.hosts.streamlit.fallback import current
from mlpviz.hosts.streamlit.menu import MENU

_DRAWN = {"check": draw_check}
"""The pages that Streamlit draws with its own widgets; all others have a component of their key."""


def show_page(key: str) -> None:
    """Draw a page. At a run of the whole script the browser may have nothing, so all is sent again."""
    tab = current()
    answer = tab.begin(key)
    if key in _DRAWN:
        _DRAWN[key](tab, answer)
        return
    if opened_from := answer["state"].get("opened_from"):
        _links_back(key, opened_from)
    _component(key)


@st.fragment
def _component(key: str) -> None:
    tab = current()
    answer = tab.answer(key)
    _follow(answer)
    mount(key, tab.channel.address, answer, tab.receive)
    tab.learn(key)


def _links_back(key: str, opened_from: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(MENU["train"].script, label=f"← back to the {opened_from}")
        if st.button(
            "← back with these weights",
            type="tertiary",
            help="Learn on with the weights as they are here, in a branch: what was learned before stays.",
        ):
            answer = current().visitor.handle({"page": key, "events": [{"type": "take_weights_back"}]})
            if answer is not None:
                _follow(answer)


def _follow(answer: Answer) -> None:
    """Open the page that an answer asks for, which only a run of the script can."""
    if answer["go"] in MENU:
        st.switch_page(MENU[answer["go"]].script)
