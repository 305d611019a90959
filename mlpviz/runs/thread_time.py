"""The processor time of the thread that asks, in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

THREAD_TIME: Callable[[], float] = getattr(time, "thread_time", time.perf_counter)
"""Python in a browser has one thread and does not count its time apart: there it is the time that passes."""
