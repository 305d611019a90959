"""The score sheet in the browser: gets a scene, gives events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import joined_modules, read

KEY = "sheet"

_component = st.components.v2.component(
    "mlpviz.sheet", css=read("sheet", "sheet.css"), js=joined_modules("sheet/js", "sheet.js")
)


def sheet(scene: Mapping[str, Any], on_event: Callable[[Mapping[str, Any]], None]) -> None:
    """Show the scene. `on_event` is called with each message of the browser, before the script runs again."""

    def received() -> None:
        message = st.session_state[KEY].event
        if isinstance(message, Mapping):
            on_event(message)

    _component(key=KEY, data=dict(scene), on_event_change=received)
