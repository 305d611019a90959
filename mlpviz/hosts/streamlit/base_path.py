"""Where the server's own addresses begin."""

from __future__ import annotations

import streamlit as st


def below_base(path: str) -> str:
    """A path of ours, below the base path of the server if it has one (`server.baseUrlPath`)."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{path}" if base else f"/{path}"
