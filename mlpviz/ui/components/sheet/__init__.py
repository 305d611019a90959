"""The score sheet in the browser: gets a scene, gives events."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import Program, read

KEY = "sheet"

_component = st.components.v2.component("mlpviz.sheet", js=read("", "loader.js"))
_program = Program.of("sheet/js", "sheet.js", "sheet.css")
_program_id = _program.id


def sheet(scene: Mapping[str, Any], on_event: Callable[[Mapping[str, Any]], None]) -> None:
    """Show the scene. `on_event` is called with each message of the browser, before the script runs again.

    A scene with the structure of the sheet is also the one that brings the program.
    """

    def received() -> None:
        message = st.session_state[KEY].event
        if isinstance(message, Mapping):
            on_event(message)

    data = {**scene, "program": _program_id}
    if "structureData" in scene:
        data["programSource"] = _program.source
    # as bytes, because Streamlit asks every value of a dictionary whether it is a table
    _component(key=KEY, data=json.dumps(data, allow_nan=False).encode(), on_event_change=received)
