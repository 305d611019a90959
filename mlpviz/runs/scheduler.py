"""How long one of the runs of this process may learn per tick.

A tick trains for a slice of time and then paints. One run alone gets the slice it asks for; with more of them slices
become shorter and ticks rarer, so that together they leave `LEFT_FREE` of the interpreter to all other work. Nothing
is kept of a run that stopped asking.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LEFT_FREE = 0.1
"""The share of the time that is left to pages on which nothing learns."""

SMALLEST = 0.001
"""Seconds, about as long as a picture of a small network takes to make. With longer slices many runs would show fewer
pictures than the eye takes for a movement, with shorter ones hardly anything would be learned between them."""

SILENT = 3.0
"""Seconds without a tick after which a run is not counted any more: its tab is closed or its page left."""


class Scheduler:
    """The runs that learn now. Thread-safe; one per process, `SCHEDULER`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last_asked: dict[str, float] = {}
        self._next_slice: dict[str, float] = {}

    def time_slice(self, run: str, asked: float, painting: float) -> float:
        """How long this run may learn now, in seconds, at most `asked`; 0 while other runs are served.

        `painting` are the seconds that a tick takes besides learning.
        """
        with self._lock:
            now = self._clock()
            self._last_asked[run] = now
            silent = max(SILENT, 2.0 * self._pause(asked, painting))
            for other in [key for key, last in self._last_asked.items() if now - last > silent]:
                self._drop(other)
            if now < self._next_slice.get(run, 0.0):
                return 0.0
            seconds = self._slice(asked)
            if len(self._last_asked) > 1:
                self._next_slice[run] = now + self._pause(seconds, painting)
            return seconds

    @property
    def learning(self) -> int:
        """How many runs asked for a slice lately."""
        return len(self._last_asked)

    def wait_of(self, run: str) -> float:
        """Seconds until this run gets a slice again."""
        with self._lock:
            return max(0.0, self._next_slice.get(run, 0.0) - self._clock())

    def leave(self, run: str) -> None:
        """Count this run no more: it has stopped learning."""
        with self._lock:
            self._drop(run)

    def _slice(self, asked: float) -> float:
        return min(asked, max(SMALLEST, asked / max(1, len(self._last_asked))))

    def _pause(self, learning: float, painting: float) -> float:
        """Seconds from the beginning of one tick to the next, so that all ticks together leave enough free."""
        return len(self._last_asked) * (learning + painting) / (1.0 - LEFT_FREE)

    def _drop(self, run: str) -> None:
        self._last_asked.pop(run, None)
        self._next_slice.pop(run, None)


SCHEDULER = Scheduler()
