"""What was captured, by the kind of work: whoever computes with it has it alone meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from mlpviz.engine.capture import CaptureError

CAPTURED_AFTER = 3
"""times that a kind of work was done in the plain way: to capture it takes as long as several"""

Calls = TypeVar("Calls")


class KeptCaptures(Generic[Calls]):
    """Captured calls of at most so many kinds, those that were used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: dict[Hashable, Calls | int | None] = {}
        """or how often the kind was asked for, or None if it cannot be captured; the last ones asked for stand last"""

    def take(self, kind: Hashable, capture: Callable[[], Calls]) -> Calls | None:
        """The calls of a kind, which nobody else gets before they are given back.

        None where they are not captured, or not yet, or where another thread has them: the plain way is left.
        """
        with self._lock:
            found = self._kept.pop(kind, 0)
        if found is not None and not isinstance(found, int):
            return found
        if found == CAPTURED_AFTER:
            try:
                return capture()
            except CaptureError:
                found = None
        self._keep(kind, None if found is None else found + 1)
        return None

    def give_back(self, kind: Hashable, calls: Calls) -> None:
        """The calls are free for others."""
        self._keep(kind, calls)

    def _keep(self, kind: Hashable, found: Calls | int | None) -> None:
        with self._lock:
            self._kept[kind] = found
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
