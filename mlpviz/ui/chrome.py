"""What every page has: warmed imports, the page's own frame, the badge."""

from __future__ import annotations

import gc
import threading

import streamlit as st

from mlpviz import reference
from mlpviz.ui.components import read
from mlpviz.ui.proof import proof_badge


def chrome(has_sheet: bool) -> None:
    """Draw what is around the page; `has_sheet`: the page keeps the URL itself."""
    _warm()
    st.html(f"<style>{read('', 'chrome.css')}</style>")
    proof_badge(keep_url=not has_sheet)


@st.cache_resource
def _warm() -> None:
    """Once per server: import PyTorch behind the first page, then spare the collector what will never be freed."""

    def import_torch() -> None:
        reference.warm()
        gc.freeze()

    gc.freeze()
    try:
        threading.Thread(target=import_torch, daemon=True, name="warm-torch").start()
    except RuntimeError:
        # no threads in the browser (Pyodide); torch is not there either
        return
