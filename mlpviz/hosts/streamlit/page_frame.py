"""What every page has around it: the links to the others; and what is done once per server."""

from __future__ import annotations

import gc
import threading
from functools import cache

import streamlit as st

from mlpviz.hosts.streamlit.menu import MENU
from mlpviz.hosts.streamlit.server_tuning import compute_with, send_at_once, take_turns
from mlpviz.hosts.streamlit.settings import settings
from mlpviz.verify import torch_reference


def page_links() -> None:
    """Draw the links to the pages: on a phone, where Streamlit folds its menu, they stand at the lower edge.

    `streamlit_frame.css` says where, so they come after the page, which need not wait for them.
    """
    with st.container(key="pages", horizontal=True):
        for entry in MENU.values():
            st.page_link(entry.script, label=entry.title)


@cache
def warm() -> None:
    """Once per server: send messages without delay, import PyTorch in the background, freeze long-lived objects.

    Not in Streamlit's cache, which any browser may ask to clear: what is frozen again and again is never given back.
    """
    threads = settings().threads

    def import_torch() -> None:
        torch_reference.warm()
        compute_with(threads)
        gc.freeze()

    send_at_once()
    take_turns()
    compute_with(threads)
    gc.freeze()
    try:
        threading.Thread(target=import_torch, daemon=True, name="warm-torch").start()
    except RuntimeError:
        # no threads in the browser (Pyodide); torch is not there either
        return
