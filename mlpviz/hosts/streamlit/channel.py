"""The channel of one visitor: messages of the browser, answered without a run of the script.

A run of the script costs Streamlit and the browser around it ten times what an edit costs: the script's thread, three
messages with a pause of 5 ms between them, React's comparison of the whole page. `websocket.py` serves the channels; a
page that has none, or whose channel breaks, sends the same messages as events of its component (`fallback.py`).
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary, ref

from mlpviz.hosts.streamlit.base_path import below_base

Owner = TypeVar("Owner")

_CHANNELS: WeakValueDictionary[str, Channel[Any]] = WeakValueDictionary()


class Channel(Generic[Owner]):
    """Answers messages for its owner as long as the owner lives; its reference to the owner is weak.

    `answer` takes the owner and a message, and gives bytes (`app/message_bytes.py`), or None to end the channel. It is
    called in any thread, also while the script runs. `between` gives what is to be done in a thread when the answer to
    a tick was sent, or None for nothing. `token` is a secret: it gives access to the owner. Whoever asks
    holds `edits` or `questions`, so that one visitor never takes more than two of the threads, however many messages
    and sockets it sends. `took` is for them to note how long the last edit or question took.
    """

    __slots__ = ("__weakref__", "_answer", "_between", "_owner", "edits", "questions", "token", "took")

    def __init__(
        self,
        owner: Owner,
        answer: Callable[[Owner, Mapping[str, Any]], bytes | None],
        between: Callable[[Owner, Mapping[str, Any]], Callable[[], None] | None] = lambda _owner, _message: None,
    ) -> None:
        self._owner = ref(owner)
        self._answer, self._between = answer, between
        self.edits, self.questions = asyncio.Lock(), asyncio.Lock()
        self.took = 0.0
        self.token = secrets.token_urlsafe(16)
        _CHANNELS[self.token] = self

    @property
    def address(self) -> dict[str, str]:
        """What the browser needs to find the channel: `path` on this server, and `token`."""
        return {"path": path(), "token": self.token}

    def ask(self, message: Mapping[str, Any]) -> bytes | None:
        """The answer to a message, or None if the owner is gone."""
        owner = self._owner()
        return None if owner is None else self._answer(owner, message)

    def between(self, message: Mapping[str, Any]) -> Callable[[], None] | None:
        """What is to be done when the answer to a tick was sent."""
        owner = self._owner()
        return None if owner is None else self._between(owner, message)


def channel_of(token: str) -> Channel[Any] | None:
    """The channel with this token, if its owner lives."""
    return _CHANNELS.get(token)


def count_channels() -> int:
    """How many there are."""
    return len(_CHANNELS)


def path() -> str:
    """Where the channels are served."""
    return below_base("mlpviz/line")
