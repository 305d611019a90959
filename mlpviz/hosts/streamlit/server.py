"""What is ours in Streamlit's server: the browser's program, the socket on which a page is answered, the first file."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from mlpviz.hosts.streamlit.program import program_route
from mlpviz.hosts.streamlit.waiting import WaitingPage
from mlpviz.hosts.streamlit.websocket import channel_route


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [channel_route(), program_route()]


def middleware() -> list[Middleware]:
    """The middleware for `st.App`."""
    return [Middleware(WaitingPage)]
