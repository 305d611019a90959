"""The socket on which a page is answered, beside Streamlit's own.

A browser opens a socket and sends the token of its channel, then messages as JSON; an answer is text, or bytes where it
has arrays (`app/message_bytes.py`). Messages with a sequence number are answered one after the other; questions, which
have none, are answered in parallel. Of the questions for a check one is under way per socket and the newest waits: what
was superseded is not checked. Closing codes: 4403 the page of another site, 4404 no channel has this token, 4408 no
token came, 1007 no JSON object, 1009 too large, 1011 the answer failed, 1013 too many sockets. After such a close the
browser sends its messages through Streamlit.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any

import streamlit as st
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from mlpviz.app.message_bytes import ARRAYS
from mlpviz.app.page import is_check, is_tick
from mlpviz.hosts.streamlit.channel import Channel, channel_of, path
from mlpviz.hosts.streamlit.counters import Counters, counted
from mlpviz.hosts.streamlit.open_lines import OpenLines, TooManyLinesError
from mlpviz.hosts.streamlit.origin import is_from_here
from mlpviz.hosts.streamlit.pools import HEAVY, LIGHT, LONGEST, LONGEST_OF_PICTURES, POOLS, Precedence

_FOREIGN, _NO_CHANNEL, _NO_TOKEN = 4403, 4404, 4408
_NO_JSON, _TOO_LARGE, _FAILED, _TOO_MANY = 1007, 1009, 1011, 1013

_PATIENCE = 5.0
"""seconds until a socket on which no token came is closed"""

_MOST_QUESTIONS = 16
"""that wait on one socket; more stay in the line until one of them is answered"""

PRECEDENCE = Precedence()

_logger = logging.getLogger(__name__)


class _Conversation:
    """One socket: `token` names the channel that answers on it."""

    def __init__(self, socket: WebSocket, token: str, counters: Counters | None) -> None:
        self._socket, self._token, self._counters = socket, token, counters
        self._sending = asyncio.Lock()
        self._room = asyncio.Semaphore(_MOST_QUESTIONS)
        self._questions: set[asyncio.Task[None]] = set()
        self._check: Mapping[str, Any] | None = None
        """the newest question for a check, until the check begins"""
        self._checker: asyncio.Task[None] | None = None

    async def run(self) -> int:
        """Answer messages until one cannot be answered; gives the closing code. Raises WebSocketDisconnect."""
        try:
            while True:
                message = _parsed(await _received(self._socket))
                if isinstance(message, int):
                    return message
                if is_check(message):
                    self._check_soon(message)
                elif "sequence" not in message:
                    await self._room.acquire()
                    self._aside(self._close_after(self._answer(message))).add_done_callback(self._leave)
                elif code := await self._answer(message):
                    return code
        finally:
            for question in self._questions:
                question.cancel()

    async def _answer(self, message: Mapping[str, Any]) -> int | None:
        """Answer one message; the code to close with if that is not possible."""
        if is_tick(message):
            ask = partial(_after_edits, message=message, seconds=LONGEST_OF_PICTURES)
            code = await self._sent(await self._made("picture", ask))
            if code is None and (go_on := self._between(message)) is not None:
                self._aside(self._in_thread(go_on))
            return code
        channel = channel_of(self._token)
        if channel is None:
            return _NO_CHANNEL
        kind, turn = ("edit", channel.edits) if "sequence" in message else ("question", channel.questions)
        del channel  # its owner may go meanwhile
        async with turn:
            if self._is_heavy():
                answer = await self._made(kind, lambda channel: _timed(_after_edits, channel, message), HEAVY)
            else:
                with PRECEDENCE.first():
                    answer = await self._made(kind, lambda channel: _timed(Channel.ask, channel, message))
        return await self._sent(answer)

    def _between(self, message: Mapping[str, Any]) -> Callable[[], None] | None:
        channel = channel_of(self._token)
        return None if channel is None else channel.between(message)

    async def _in_thread(self, go_on: Callable[[], None]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(POOLS["picture"], go_on)
        except Exception:
            _logger.exception("What goes on between two ticks failed")

    def _is_heavy(self) -> bool:
        """Whether the last answer took so long that this one may wait for those of others."""
        channel = channel_of(self._token)
        return channel is not None and channel.took > LIGHT

    def _leave(self, _: asyncio.Task[None]) -> None:
        self._room.release()

    def _check_soon(self, message: Mapping[str, Any]) -> None:
        self._check = message
        if self._checker is None or self._checker.done():
            self._checker = self._aside(self._close_after(self._checks()))

    async def _checks(self) -> int | None:
        """Answer the newest question for a check until there is none; the code to close with if one cannot be answered.

        A check begins with what is on screen then, whatever was when it was asked for.
        """

        def newest(channel: Channel[Any]) -> bytes | None:
            message, self._check = self._check or {}, None
            return _after_edits(channel, message)

        code = None
        while self._check is not None and code is None:
            code = await self._sent(await self._made("check", newest))
        return code

    async def _made(
        self, kind: str, ask: Callable[[Channel[Any]], bytes | None], pool: Executor | None = None
    ) -> bytes | int:
        """An answer that is made in a thread, of this pool or that of its kind, or the code to close with.

        In a thread, because the pass of a large network takes longer than other visitors should wait.
        """
        # looked up each time: a reference here would keep the channel when its owner is gone
        channel = channel_of(self._token)
        if channel is None:
            return _NO_CHANNEL
        try:
            with counted(self._counters, kind):
                answer = await asyncio.get_running_loop().run_in_executor(pool or POOLS[kind], ask, channel)
        except Exception:
            _logger.exception("A message on the channel could not be answered")
            return _FAILED
        return _NO_CHANNEL if answer is None else answer

    async def _sent(self, answer: bytes | int) -> int | None:
        if isinstance(answer, int):
            return answer
        async with self._sending:
            if answer.startswith(ARRAYS):
                await self._socket.send_bytes(answer)
            else:
                await self._socket.send_text(answer.decode())
        return None

    def _aside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._questions.add(task)
        task.add_done_callback(self._questions.discard)
        return task

    async def _close_after(self, answer: Coroutine[Any, Any, int | None]) -> None:
        try:
            if code := await answer:
                await self._socket.close(code)
        except (WebSocketDisconnect, RuntimeError):
            return  # the browser has disconnected


def _after_edits(channel: Channel[Any], message: Mapping[str, Any], seconds: float = LONGEST) -> bytes | None:
    PRECEDENCE.give_way(seconds)
    return channel.ask(message)


def _timed(
    ask: Callable[[Channel[Any], Mapping[str, Any]], bytes | None], channel: Channel[Any], message: Mapping[str, Any]
) -> bytes | None:
    begun = time.thread_time()
    try:
        return ask(channel, message)
    finally:
        channel.took = time.thread_time() - begun


def channel_route(lines: OpenLines, counters: Counters | None = None) -> WebSocketRoute:
    """The route for `st.App`."""

    async def serve(socket: WebSocket) -> None:
        # before it is accepted: the browser gets an answer of HTTP, 403
        if not await is_from_here(socket.headers):
            return await socket.close(_FOREIGN)
        try:
            await socket.accept()
            await socket.close(await _spoken(socket, lines, counters))
        except WebSocketDisconnect:
            return None

    return WebSocketRoute(path(), serve)


async def _spoken(socket: WebSocket, lines: OpenLines, counters: Counters | None) -> int:
    """Answer on a socket until it has to be closed; gives the closing code. Raises WebSocketDisconnect."""
    try:
        with lines.one_more():
            token = await _token(socket)
            if isinstance(token, int):
                return token
            with lines.one_of(token):
                return await _Conversation(socket, token, counters).run()
    except TooManyLinesError:
        return _TOO_MANY


async def _token(socket: WebSocket) -> str | int:
    """The token that the browser says first, or the code to close with."""
    try:
        async with asyncio.timeout(_PATIENCE):
            token = await _received(socket)
    except TimeoutError:
        return _NO_TOKEN
    if token is None:
        return _NO_JSON
    return token if channel_of(token) is not None else _NO_CHANNEL


async def _received(socket: WebSocket) -> str | None:
    """The next message, None for one that is no text. Raises WebSocketDisconnect."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message["code"], message.get("reason"))
    text: str | None = message.get("text")
    return text


def _parsed(text: str | None) -> Mapping[str, Any] | int:
    """The message in a text, or the code to close with."""
    if text is None:
        return _NO_JSON
    if len(text) > st.get_option("server.maxWidgetStateSize") * 1_000_000:
        return _TOO_LARGE
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return _NO_JSON
    return message if isinstance(message, Mapping) else _NO_JSON
