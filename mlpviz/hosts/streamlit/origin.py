"""Whether a socket is opened by a page of this server: a browser lets any page open one to any server."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from streamlit.web.server.server_util import is_url_from_allowed_origins
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed


async def is_from_here(headers: Headers) -> bool:
    """As Streamlit judges its own socket, by its settings (`server.allowedHosts`, `server.corsAllowedOrigins`).

    A browser always says the origin; whoever says none is no page that somebody else made.
    """
    host, origin = headers.get("host"), headers.get("origin")
    if not is_host_allowed(host):
        return False
    if origin is None or urlsplit(origin).netloc == host:
        return True
    # in a thread: it may ask for the addresses of this machine
    return await asyncio.to_thread(is_url_from_allowed_origins, origin)
