"""What every page has: warmed imports, the page's own frame, the badge."""

from __future__ import annotations

import gc
import threading

import streamlit as st

from mlpviz import reference
from mlpviz.ui.components import frame_style
from mlpviz.ui.proof import proof_badge
from mlpviz.ui.wire import send_at_once, take_turns


def chrome(has_sheet: bool, has_badge: bool = False) -> None:
    """Draw what is around the page; `has_sheet`: the page keeps the URL itself, `has_badge`: it proves its own."""
    _warm()
    st.html(f"<style>{frame_style()}</style>")
    if not has_badge:
        proof_badge(keep_url=not has_sheet)


@st.cache_resource
def _warm() -> None:
    """Once per server: let messages go at once, import PyTorch behind the first page, freeze what is never freed."""

    def import_torch() -> None:
        reference.warm()
        gc.freeze()

    send_at_once()
    take_turns()
    gc.freeze()
    try:
        threading.Thread(target=import_torch, daemon=True, name="warm-torch").start()
    except RuntimeError:
        # no threads in the browser (Pyodide); torch is not there either
        return
