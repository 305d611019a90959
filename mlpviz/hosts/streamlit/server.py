"""What is ours in Streamlit's server: the browser's program, the socket on which a page is answered, the first file."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from mlpviz.app.faults import FAULTS
from mlpviz.hosts.streamlit.channel import count_channels
from mlpviz.hosts.streamlit.counters import Counters
from mlpviz.hosts.streamlit.headers import SecurityHeaders
from mlpviz.hosts.streamlit.health import health_route
from mlpviz.hosts.streamlit.log import log_json
from mlpviz.hosts.streamlit.open_lines import OpenLines
from mlpviz.hosts.streamlit.own_origin import OwnOrigin
from mlpviz.hosts.streamlit.program import plotly_route, program_route
from mlpviz.hosts.streamlit.settings import settings
from mlpviz.hosts.streamlit.waiting import WaitingPage
from mlpviz.hosts.streamlit.websocket import channel_route


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    chosen = settings()
    if chosen.logs_json:
        log_json()
    lines = OpenLines(chosen.lines, chosen.lines_per_tab)
    if not chosen.has_metrics:
        return [channel_route(lines), plotly_route(), program_route(), health_route()]
    counters = Counters(
        {
            ("mlpviz_tabs", "tabs of browsers that have a session here"): count_channels,
            ("mlpviz_lines", "sockets that are open for pages"): lambda: lines.count,
            ("mlpviz_faults", "what nobody expected, since the start"): lambda: FAULTS.count,
        }
    )
    return [channel_route(lines, counters), plotly_route(), program_route(), health_route(), counters.route()]


def middleware() -> list[Middleware]:
    """The middleware for `st.App`."""
    return [Middleware(SecurityHeaders, settings().frame_ancestors), Middleware(WaitingPage), Middleware(OwnOrigin)]
