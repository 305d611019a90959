"""The score sheet in the browser: gets a scene, gives events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import Program, read

KEY = "sheet"

_component = st.components.v2.component("mlpviz.sheet", js=read("", "loader.js"))
_program = Program.of("sheet/js", "sheet.js", "sheet.css")


def message_of(scene: Mapping[str, Any]) -> bytes:
    """The scene as the browser gets it. One with the structure of the sheet is also the one that brings the program."""
    return _program.message(scene, with_source="structureData" in scene)


def sheet(message: bytes, on_event: Callable[[Mapping[str, Any]], None]) -> None:
    """Show a scene. `on_event` is called with each message of the browser, before the script runs again."""

    def received() -> None:
        event = st.session_state[KEY].event
        if isinstance(event, Mapping):
            on_event(event)

    _component(key=KEY, data=message, on_event_change=received)
