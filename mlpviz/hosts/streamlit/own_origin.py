"""Lets a page tell the Streamlit around it to connect anew, which it otherwise does when its own pause is over.

Streamlit obeys messages (`postMessage`) of the origins that its address `_stcore/host-config` names: those of its own
cloud. Ours, which differs with the name under which the server is asked, is added; a page of the same origin may do
everything to the page anyhow. A proxy may have taken the encryption off, so the scheme is that of the page which asks.
"""

from __future__ import annotations

import json
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from mlpviz.hosts.streamlit.changed_body import answer_changed

_PATH = "/_stcore/host-config"
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?")  # nothing that would be a pattern


def with_own_origin(config: bytes, host: str, referer: str) -> bytes:
    """What the address answers, with the origin of this host (its name, and a port) if it is a page of it that asks."""
    scheme, _, rest = referer.partition("://")
    if not _HOST.fullmatch(host) or scheme not in ("http", "https") or rest.split("/")[0] != host:
        return config
    found = json.loads(config)
    found["allowedOrigins"] = [*found["allowedOrigins"], f"{scheme}://{host}"]
    return json.dumps(found).encode()


class OwnOrigin:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].endswith(_PATH):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        host, referer = headers.get("host", ""), headers.get("referer", "")
        return await answer_changed(
            self._app, scope, receive, send, "application/json", lambda body: with_own_origin(body, host, referer)
        )
