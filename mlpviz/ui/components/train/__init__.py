"""The training page in the browser: gets frames, gives events, and asks for the next frame while the run is running."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import loader

KEY = "train"

_component = st.components.v2.component("mlpviz.train", js=loader())


def message_of(frame: Mapping[str, Any]) -> bytes:
    """The frame as JSON, in bytes: of a dictionary Streamlit would ask each value if it is a table."""
    return json.dumps(frame, allow_nan=False).encode()


def train(message: bytes, on_event: Callable[[Mapping[str, Any]], None]) -> None:
    """Show a frame. `on_event` is called with each message of the browser, before the script runs again."""

    def received() -> None:
        event = st.session_state[KEY].event
        if isinstance(event, Mapping):
            on_event(event)

    _component(key=KEY, data=message, on_event_change=received)
