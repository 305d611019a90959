"""Where a session begins to count what a page in the browser compares."""

from __future__ import annotations

import time


def first_number() -> int:
    """The milliseconds of the clock.

    A page outlives its server. Counts that began at 0 in each session would come to the same numbers again, and the
    page would take what is new for what it has: a sentence that was said, a network that was checked.
    """
    return time.time_ns() // 1_000_000
