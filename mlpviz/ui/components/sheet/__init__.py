"""The score sheet in the browser: gets a scene, gives events."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import loader

KEY = "sheet"

_component = st.components.v2.component("mlpviz.sheet", js=loader())


def message_of(scene: Mapping[str, Any]) -> bytes:
    """The scene as JSON, in bytes: of a dictionary Streamlit would ask each value if it is a table."""
    return json.dumps(scene, allow_nan=False).encode()


def sheet(message: bytes, on_event: Callable[[Mapping[str, Any]], None]) -> None:
    """Show a scene. `on_event` is called with each message of the browser, before the script runs again."""

    def received() -> None:
        event = st.session_state[KEY].event
        if isinstance(event, Mapping):
            on_event(event)

    _component(key=KEY, data=message, on_event_change=received)
