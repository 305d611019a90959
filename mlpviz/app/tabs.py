"""The visitor that a browser tab had before it was reloaded, by a token that the tab alone knows.

References are weak: the host bounds how long visitors live. A token is random and not part of an address: a copied link
has the config, not the run.
"""

from __future__ import annotations

import threading
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

V = TypeVar("V")


class TabRegistry(Generic[V]):
    """All visitors of a process by the tokens of their tabs, as long as the host holds them."""

    def __init__(self) -> None:
        self._visitors: WeakValueDictionary[str, V] = WeakValueDictionary()
        self._lock = threading.Lock()

    def add(self, token: str, visitor: V) -> None:
        """Register the visitor under this token, which may have been another's."""
        with self._lock:
            self._visitors[token] = visitor

    def find(self, token: str) -> V | None:
        """The visitor whose tab has this token, if there is one still."""
        with self._lock:
            return self._visitors.get(token)
