"""The training page in the browser: gets frames, gives events, and asks for the next frame while the run is running."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import Program, read

KEY = "train"

_component = st.components.v2.component("mlpviz.train", js=read("", "loader.js"))
_program = Program.of("train/js", "train.js", "train.css")


def message_of(frame: Mapping[str, Any], with_program: bool) -> bytes:
    """The frame as the browser gets it; `with_program`: with the program that shows it."""
    return _program.message(frame, with_source=with_program)


def train(message: bytes, on_event: Callable[[Mapping[str, Any]], None]) -> None:
    """Show a frame. `on_event` is called with each message of the browser, before the script runs again."""

    def received() -> None:
        event = st.session_state[KEY].event
        if isinstance(event, Mapping):
            on_event(event)

    _component(key=KEY, data=message, on_event_change=received)
