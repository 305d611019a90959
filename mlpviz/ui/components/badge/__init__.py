"""The badge in the browser: says what was checked, and asks for a check after each paint of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mlpviz.ui.components import loader

_component = st.components.v2.component("mlpviz.badge", js=loader())


def badge(data: Mapping[str, Any], on_ask: Callable[[], None]) -> None:
    """Show the badge. `on_ask` is called when the browser asks for a check, before the script runs again."""
    _component(key="badge", data=dict(data), on_check_change=on_ask)
