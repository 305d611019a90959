"""What the first file that a browser gets has of ours, beside what is Streamlit's.

What this is and the outline of a page: Streamlit's own first file is white until its program, the socket and the first
run of the script have all come. The style of what is around the page. And our program, which is ready then when the
first answer comes. Streamlit has no setting for that file, so a middleware (which `st.App` offers) writes into it.
"""

from __future__ import annotations

import html
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from mlpviz.app.page import browser_title
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.program import WEB
from mlpviz.hosts.streamlit.changed_body import answer_changed
from mlpviz.hosts.streamlit.program import with_addresses

_TITLE, _ROOT = b"<title>Streamlit</title>", b'<div id="root"></div>'


def with_waiting(document: bytes, path: str, *, is_embedded: bool = False) -> bytes:
    """Streamlit's first file with what is ours in it, for the page at this path; others as they are.

    `is_embedded`: for the frame of another page, where nothing is around the page.
    """
    name = path.rstrip("/").rsplit("/", 1)[-1]
    page = next((page for page in PAGES.values() if page.path == name), next(iter(PAGES.values())))
    title = html.escape(browser_title(page))
    ours = (WEB / "hosts/streamlit_waiting.html").read_text(encoding="utf-8")
    frames = ("streamlit_frame", "streamlit_embedded") if is_embedded else ("streamlit_frame",)
    for place, text in {
        "FRAME": "".join((WEB / f"hosts/{frame}.css").read_text(encoding="utf-8") for frame in frames),
        "PURPOSE": html.escape(f"{page.title}: {page.purpose}."),
    }.items():
        ours = ours.replace(place, text)
    ours = with_addresses(ours, page.key)
    return document.replace(_TITLE, f"<title>{title}</title>".encode()).replace(_ROOT, ours.encode() + _ROOT)


def asks_for_frame(query: bytes) -> bool:
    """Whether an address is that of a page in a frame: embed=true, as Streamlit reads it."""
    return parse_qs(query.decode("latin-1")).get("embed", [""])[-1].lower() == "true"


class WaitingPage:
    """The middleware: changes answers that are HTML, and lets all others through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or "." in path.rsplit("/", 1)[-1]:
            return await self._app(scope, receive, send)
        is_embedded = asks_for_frame(scope.get("query_string", b""))
        return await answer_changed(
            self._app,
            scope,
            receive,
            send,
            "text/html",
            lambda document: with_waiting(document, path, is_embedded=is_embedded),
        )
