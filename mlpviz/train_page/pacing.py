"""How long a run learns for one frame: the period of a frame without the times to make it and to transfer it.

Both times are measured for each frame. How far it may come until then says the speed that the reader chose; the numbers
are the same at every speed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from mlpviz.engine.registry import Registry
from mlpviz.runs.thread_time import THREAD_TIME

PERIOD = 0.038
"""Seconds from one frame to the next that are aimed at: 24 per second, with some room for a late one."""

SHORTEST, LONGEST = 0.010, 0.034
"""Least and most seconds to learn for one frame, however long the transfer takes."""

TRANSFER_SHARE, TRANSFER_LONGEST = 0.6, 0.010
"""The share of the time between an answer and the next request in which to learn, so that no request waits; and its
most seconds, because on a busy machine that time would grow with the learning in it."""

SMOOTH = 0.15
"""The weight of the newest measurement in the moving average."""

FIRST = 0.012
"""Seconds that making and transferring a frame are assumed to take before they were measured."""

OVERHEAD = 0.0005
"""Seconds of a processor that the server takes for one message and its answer, whatever they contain."""


MOST_BEHIND = 1.0
"""Epochs or steps that a run which is slower than its speed may be behind: it does not hurry later to catch up."""


class Speed(NamedTuple):
    """So many steps or epochs a second; neither: as fast as possible."""

    key: str
    label: str
    steps: float | None = None
    epochs: float | None = None


SPEEDS: Registry[Speed] = Registry(
    "speed",
    (
        Speed("step", "1 step/s", steps=1.0),
        Speed("steps", "8 steps/s", steps=8.0),
        Speed("2", "2 epochs/s", epochs=2.0),
        Speed("10", "10 epochs/s", epochs=10.0),
        Speed("30", "30 epochs/s", epochs=30.0),
        Speed("60", "60 epochs/s", epochs=60.0),
        Speed("full", "as fast as possible"),
    ),
)

FULL, CALM = "full", "30"
"""The speed of a tick that names none, and the one that a page begins with: the boundary can be seen to form."""


class SpeedLimit:
    """How far a run may come by now at a speed, counted on from tick to tick."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._key, self._reached, self._asked = "", 0.0, 0.0

    def until(self, speed: Speed, reached: int) -> float:
        """The epoch or the step up to which a run that has `reached` one may learn; with a fraction for the next."""
        now, rate = self._clock(), speed.steps or speed.epochs or 0.0
        if speed.key != self._key or not reached - MOST_BEHIND <= self._reached <= reached + 2.0:
            # it begins, or was moved by hand: with one at once
            self._key, self._reached = speed.key, reached + 1.0
        else:
            self._reached = min(self._reached + rate * (now - self._asked), reached + 1.0 + MOST_BEHIND + rate / 24)
        self._asked = now
        return self._reached

    def wait(self, speed: Speed, reached: int) -> float:
        """Seconds until the next one is due after those that a run has `reached`."""
        rate = speed.steps or speed.epochs
        return 0.0 if rate is None else max(0.0, (reached + 1.0 - self._reached) / rate)


class FramePacer:
    """Smoothed times in seconds: `frame_time` to make a frame, `away` between an answer and the next request.

    `frame_time` is measured by `work`, the processor time of the thread, so that other threads do not count.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter, work: Callable[[], float] = THREAD_TIME) -> None:
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
