"""Whether this server can do what it is there for: a proxy or a container asks, and sends visitors elsewhere if not."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mlpviz.hosts.streamlit.base_path import below_base
from mlpviz.sheet_page.page import SHEET

_logger = logging.getLogger(__name__)


def health_route() -> Route:
    """`/healthz`: 200 once a pass of the first network was computed for this very question, else 503."""

    def answer(_: Request) -> PlainTextResponse:
        try:
            SHEET.first.trace()
        except Exception:
            _logger.exception("The health check failed")
            return PlainTextResponse("a pass cannot be computed", 503, {"Cache-Control": "no-store"})
        return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})

    return Route(below_base("healthz"), answer)  # not a coroutine, so it runs in a thread
