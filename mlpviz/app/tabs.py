"""Which visitor a browser tab belonged to before it was reloaded, by a token that the tab alone knows.

Nothing here keeps a visitor alive: memory is bounded by whoever holds them. A token is drawn at random and stands in no
address: who copies a link gets the setup, not the run.
"""

from __future__ import annotations

import threading
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

V = TypeVar("V")


class TabRegistry(Generic[V]):
    """All visitors of a process by the tokens of their tabs, as long as somebody else holds them."""

    def __init__(self) -> None:
        self._visitors: WeakValueDictionary[str, V] = WeakValueDictionary()
        self._lock = threading.Lock()

    def add(self, token: str, visitor: V) -> None:
        """Remember the visitor under this token, which may have belonged to another."""
        with self._lock:
            self._visitors[token] = visitor

    def find(self, token: str) -> V | None:
        """The visitor whose tab has this token, if there is one still."""
        with self._lock:
            return self._visitors.get(token)
