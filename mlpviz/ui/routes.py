"""Routes of our own in Streamlit's server: the browser's program, and the socket on which a page is answered.

A browser opens a socket and sends the token of its line, then one message after the other as JSON, each after the
answer to the one before. Closing codes: 4404 nobody has this token, 1007 no JSON object, 1009 too large, 1011 the
answer failed. Whoever the socket closes for goes back to Streamlit's own way.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import streamlit as st
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from mlpviz.ui.components import program_route
from mlpviz.ui.line import line_of, path

_NOBODY, _NO_JSON, _TOO_LARGE, _FAILED = 4404, 1007, 1009, 1011
_POOL = ThreadPoolExecutor(max_workers=64, thread_name_prefix="line")
"""not the server's own threads, which serve its files: training sessions keep many busy"""

_logger = logging.getLogger(__name__)


async def _serve(socket: WebSocket) -> None:
    await socket.accept()
    try:
        await socket.close(await _talk(socket))
    except WebSocketDisconnect:
        return


async def _talk(socket: WebSocket) -> int:
    """Answer until something is wrong; the code to close with. Raises WebSocketDisconnect when the browser goes."""
    token = await socket.receive_text()
    largest = st.get_option("server.maxWidgetStateSize") * 1_000_000
    while True:
        text = await socket.receive_text()
        if len(text) > largest:
            return _TOO_LARGE
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return _NO_JSON
        if not isinstance(message, Mapping):
            return _NO_JSON
        # looked up each time: a line that is held here would outlive its owner
        line = line_of(token)
        if line is None:
            return _NOBODY
        try:
            # in a thread, because a large network takes longer than others should wait
            answer = await asyncio.get_running_loop().run_in_executor(_POOL, line.ask, message)
        except Exception:
            _logger.exception("A message on the line could not be answered")
            return _FAILED
        if answer is None:
            return _NOBODY
        del line
        await socket.send_text(answer.decode())


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [WebSocketRoute(path(), _serve), program_route()]
