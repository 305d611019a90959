"""An answer of Streamlit with another body: some of what it sends has no setting, so we change it on its way."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CONDITIONS = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
_VALIDATORS = ("etag", "last-modified", "content-length")


async def answer_changed(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, content_type: str, change: Callable[[bytes], bytes]
) -> None:
    """Let the app answer one request of HTTP, and send what `change` makes of the body if it has this type."""
    # the thing itself, whole and as text
    asked = {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in _CONDITIONS]}
    start: Message | None = None
    body = b""

    async def changed(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if not headers.get("content-type", "").startswith(content_type):
                return await send(message)
            start = message
            return None
        if start is None:
            return await send(message)
        body += message.get("body", b"")
        if message.get("more_body"):
            return None
        headers = MutableHeaders(raw=start["headers"])
        for name in _VALIDATORS:
            if name in headers:
                del headers[name]
        body = change(body)
        headers["content-length"] = str(len(body))
        await send(start)
        return await send({"type": "http.response.body", "body": body})

    await app(asked, receive, changed)
