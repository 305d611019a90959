"""How many runs learn in this process, and how much of each tick one of them may have.

A tick trains for a slice of time and then paints. One run alone gets the slice it asks for; with more of them slices
shrink and ticks grow rarer, so that together they leave `LEFT_FREE` of the interpreter to everybody else. Nothing is
kept of a run that stopped asking.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LEFT_FREE = 0.4
"""The share of the time that is left to pages where somebody edits or browses."""

SMALLEST = 0.008
"""Seconds: a slice below it would be spent mostly on painting."""

SILENT = 3.0
"""Seconds without a tick after which a run is not counted any more: its tab is closed or its page left."""


class Scheduler:
    """The runs that learn now. Safe to be used by all sessions at once; one per process, `SHARE`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, float] = {}
        self._free: dict[str, float] = {}

    def slice_of(self, run: str, asked: float, painting: float) -> float:
        """How long this run may learn now, in seconds, at most `asked`; 0 when it is not its turn yet.

        `painting` is what a tick costs besides learning.
        """
        with self._lock:
            now = self._clock()
            self._seen[run] = now
            silent = max(SILENT, 2.0 * self._pause(asked, painting))
            for other in [key for key, last in self._seen.items() if now - last > silent]:
                self._drop(other)
            if now < self._free.get(run, 0.0):
                return 0.0
            mine = self._slice(asked)
            if len(self._seen) > 1:
                self._free[run] = now + self._pause(mine, painting)
            return mine

    def wait_of(self, run: str) -> float:
        """Seconds until it is the turn of this run again: asking before is no use."""
        with self._lock:
            return max(0.0, self._free.get(run, 0.0) - self._clock())

    def leave(self, run: str) -> None:
        """This run does not learn any more."""
        with self._lock:
            self._drop(run)

    def _slice(self, asked: float) -> float:
        return min(asked, max(SMALLEST, asked / max(1, len(self._seen))))

    def _pause(self, learning: float, painting: float) -> float:
        """Seconds from the beginning of one tick to the next, so that all ticks together leave enough free."""
        return len(self._seen) * (learning + painting) / (1.0 - LEFT_FREE)

    def _drop(self, run: str) -> None:
        self._seen.pop(run, None)
        self._free.pop(run, None)


SCHEDULER = Scheduler()
