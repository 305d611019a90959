"""How long a run learns for one picture: what is left of a picture's time after making it and the way to the browser.

Both are measured all the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PERIOD = 0.038
"""Seconds from one picture to the next that are aimed at: 24 per second, and room for a late one."""

SHORTEST, LONGEST = 0.010, 0.030
"""Seconds to learn for one picture, whatever the way to the browser and back takes."""

TRANSFER_SHARE, TRANSFER_LONGEST = 0.6, 0.010
"""The share of the time from an answer to the next question that goes to learning, so that no question waits; and
seconds of it at most, because on a busy machine that time would grow by what is learned in it."""

SMOOTH = 0.15
"""How much the newest measurement of a time counts."""

FIRST = 0.012
"""Seconds that a picture, and the way, are thought to take until they have been measured."""

OVERHEAD = 0.002
"""Seconds that the server takes for one message and its answer, besides what is in them."""


class FramePacer:
    """The times of one session, in seconds, smoothed: `frame_time` makes a picture, `away` lies between two of them.

    `frame_time` is counted by `work`, the processor's time of the thread: what others do meanwhile is not its cost.
    """

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, work: Callable[[], float] = time.thread_time
    ) -> None:
        self._clock, self._work = clock, work
        self.frame_time = self.away = FIRST
        self._began = self._answered = -1.0

    def asked(self) -> float:
        """A question has come: how long to learn before it is answered."""
        away = min(self._clock() - self._answered, 2 * PERIOD)
        self.away += SMOOTH * (away - self.away)
        return min(max(PERIOD - self.away - self.frame_time, SHORTEST), LONGEST)

    def began(self) -> None:
        """The picture is being made."""
        self._began = self._work()

    def answered(self) -> None:
        """The picture is made and on its way."""
        self._answered = self._clock()
        self.frame_time += SMOOTH * (self._work() - self._began - self.frame_time)

    @property
    def cost(self) -> float:
        """What a picture costs besides learning."""
        return self.frame_time + OVERHEAD

    @property
    def during_transfer(self) -> float:
        """How long to learn while a picture is on its way and the next question on its way back."""
        return min(TRANSFER_SHARE * self.away, TRANSFER_LONGEST)
