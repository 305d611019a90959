"""Routes of our own in Streamlit's server: the browser's program, and the socket on which a page is answered."""

from __future__ import annotations

from starlette.routing import BaseRoute

from mlpviz.hosts.streamlit.program import program_route
from mlpviz.hosts.streamlit.websocket import channel_route


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [channel_route(), program_route()]
