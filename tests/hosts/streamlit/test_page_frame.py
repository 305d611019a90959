"""What is done once per server."""

import gc

import streamlit as st

from mlpviz.hosts.streamlit import page_frame


def test_a_browser_that_clears_the_cache_starts_nothing_again(monkeypatch):
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    page_frame.warm.cache_clear()
    page_frame.warm()
    before = len(frozen)
    assert before
    st.cache_resource.clear()
    st.cache_data.clear()
    page_frame.warm()
    page_frame.torch_reference.warm()  # has come by then, in whichever thread
    assert len(frozen) <= before + 1  # the thread that imports PyTorch freezes once more
