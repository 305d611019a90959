"""What every page has: warmed imports, the page's own frame, the badge."""

from __future__ import annotations

import gc
import runpy
import threading
from pathlib import Path

import streamlit as st

from mlpviz import reference
from mlpviz.ui.components import read
from mlpviz.ui.proof import proof_badge
from mlpviz.ui.wire import send_at_once, take_turns

_ROUTER = Path(__file__).parents[2] / "app.py"
_run = threading.local()
"""Streamlit gives each run of a script a thread of its own."""


def chrome(has_sheet: bool, has_badge: bool = False) -> None:
    """Draw what is around the page; `has_sheet`: the page keeps the URL itself, `has_badge`: it proves its own."""
    _run.routed = True
    _warm()
    st.html(f"<style>{read('', 'chrome.css')}</style>")
    if not has_badge:
        proof_badge(keep_url=not has_sheet)


def behind_router() -> bool:
    """Whether app.py has run before this page. If not, it runs now, and with it the page.

    Because a folder `pages` is there, Streamlit runs a page alone when a fresh server is asked for one by name.
    """
    if getattr(_run, "routed", False):
        return True
    runpy.run_path(str(_ROUTER), run_name="__main__")
    return False


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
