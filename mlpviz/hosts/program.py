"""Where the browser's program is, which every host shows: its sources, and what is built from them."""

from __future__ import annotations

from pathlib import Path

WEB = Path(__file__).parents[1] / "web"
BUILT = WEB / "built"
"""`make web` fills it: for Streamlit a file for each page and what they share, and in `site` the same for a site"""
