"""The Check page, drawn with Streamlit's own widgets."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from mlpviz.app.protocol import Answer
from mlpviz.check_page.page import CheckState
from mlpviz.hosts.streamlit.component import mount
from mlpviz.hosts.streamlit.fallback import BrowserTab


def draw_check(tab: BrowserTab, answer: Answer) -> None:
    """Draw the page of this answer, and send what is chosen on it as events."""
    _badge(tab, answer)
    state: CheckState = answer["state"]  # type: ignore[assignment]  # the state of this page
    st.header(state["heading"])
    st.markdown(state["introduction"])
    mistakes = dict(state["mistakes"])
    planted = st.selectbox(
        "Plant a mistake in the backward pass",
        ["", *mistakes],
        format_func=lambda key: mistakes.get(key, "none: the engine as it is"),
        help="The engine then computes with this mistake, and the check must find it. The sheet is not changed.",
    )
    if planted != state["planted"]:
        state = _ask(tab, {"type": "plant", "key": planted})
    if state["sentence"]:
        st.info(state["sentence"])
    (st.success if state["ok"] else st.error)(state["summary"])
    all_digits = st.toggle("All digits")
    if all_digits != state["all_digits"]:
        state = _ask(tab, {"type": "digits", "all": all_digits})
    st.table(_table(state))
    st.caption(state["caption"])


def _badge(tab: BrowserTab, answer: Answer) -> None:
    badge = tab.visitor.aside("sheet")
    mount("badge", tab.channel.address, {**badge, "address": answer["address"]}, tab.receive)


def _ask(tab: BrowserTab, event: dict[str, Any]) -> CheckState:
    answer = tab.visitor.handle({"page": "check", "events": [event]})
    if answer is None:
        raise LookupError("the Check page has no session")
    return answer["state"]  # type: ignore[return-value]  # the state of this page


def _table(state: CheckState) -> pd.DataFrame:
    keys = [key for key, _ in state["columns"]]
    headings: list[str] = []
    for _, label in state["columns"]:
        # pandas tells columns apart by their headings alone
        headings.append(label + " " * headings.count(label))
    rows = [[row[key] for key in keys] for row in state["rows"]]  # type: ignore[literal-required]
    return pd.DataFrame(rows, columns=headings).set_index(headings[0])
