"""The components in the browser: each shows one page, and gives the messages of the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.protocol import Answer
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.streamlit.program import loader

_COMPONENTS = {name: st.components.v2.component(f"mlpviz.{name}", js=loader(name)) for name in PAGES}


def mount(
    name: str, channel: Mapping[str, str] | None, answer: Answer, on_message: Callable[[Mapping[str, Any]], None]
) -> None:
    """Show an answer; `channel` is where the next ones can be had.

    `on_message` is called with what the browser sends, before the script runs again.
    """

    def received() -> None:
        # a page that was just left may still send: Streamlit has forgotten its component by then
        message = getattr(st.session_state.get(name), "event", None)
        if isinstance(message, Mapping):
            on_message(message)

    # as bytes, because Streamlit asks each value of a dictionary if it is a table
    data = to_bytes({"channel": channel, "answer": answer})
    _COMPONENTS[name](key=name, data=data, on_event_change=received)
