"""How long a run learns for one frame: the period of a frame without the times to make it and to transfer it.

Both times are measured for each frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PERIOD = 0.038
"""Seconds from one frame to the next that are aimed at: 24 per second, with some room for a late one."""

SHORTEST, LONGEST = 0.010, 0.030
"""Least and most seconds to learn for one frame, however long the transfer takes."""

TRANSFER_SHARE, TRANSFER_LONGEST = 0.6, 0.010
"""The share of the time between an answer and the next request in which to learn, so that no request waits; and its
most seconds, because on a busy machine that time would grow with the learning in it."""

SMOOTH = 0.15
"""The weight of the newest measurement in the moving average."""

FIRST = 0.012
"""Seconds that making and transferring a frame are assumed to take before they were measured."""

OVERHEAD = 0.002
"""Seconds that the server takes for one message and its answer, whatever they contain."""


class FramePacer:
    """Smoothed times in seconds: `frame_time` to make a frame, `away` between an answer and the next request.

    `frame_time` is measured by `work`, the processor time of the thread, so that other threads do not count.
    """

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, work: Callable[[], float] = time.thread_time
    ) -> None:
        self._clock, self._work = clock, work
        self.frame_time = self.away = FIRST
        self._began = self._answered = -1.0

    def asked(self) -> float:
        """A request has come: the seconds to learn before it is answered."""
        away = min(self._clock() - self._answered, 2 * PERIOD)
        self.away += SMOOTH * (away - self.away)
        return min(max(PERIOD - self.away - self.frame_time, SHORTEST), LONGEST)

    def began(self) -> None:
        """The frame is being made."""
        self._began = self._work()

    def answered(self) -> None:
        """The frame is made and will be sent."""
        self._answered = self._clock()
        self.frame_time += SMOOTH * (self._work() - self._began - self.frame_time)

    @property
    def cost(self) -> float:
        """Seconds that a frame takes besides learning."""
        return self.frame_time + OVERHEAD

    @property
    def during_transfer(self) -> float:
        """Seconds to learn between an answer and the next request."""
        return min(TRANSFER_SHARE * self.away, TRANSFER_LONGEST)
