"""How contestants are timed: in turns, in one process, so that a busy machine slows all of them; the median counts.

Where all run in one thread the time is that of a processor (`ONE_THREAD`), which other work changes least.
"""

from __future__ import annotations

import time
import timeit
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]

ONE_THREAD = time.process_time
"""the clock for contestants of one thread"""


def medians(
    contestants: Mapping[str, Work], rounds: int, calls: int, timer: Callable[[], float] = timeit.default_timer
) -> dict[str, float]:
    """Seconds per call of each contestant: the median over rounds, in each of which all take their turn."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for work in contestants.values():
        work()  # nobody pays for the first call
    for _ in range(rounds):
        for name, work in contestants.items():
            times[name].append(timeit.timeit(work, number=calls, timer=timer) / calls)
    return {name: median(found) for name, found in times.items()}


def spoken(seconds: float) -> str:
    """Seconds with a unit that fits: 34.1 µs, 1.38 ms."""
    for unit, size in (("µs", 1e-6), ("ms", 1e-3)):
        if seconds < 1000 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"


def row(work: str, ours: float, against: str, theirs: float, aim: str) -> str:
    """One line of the table: how many times faster ours is, and what it should be."""
    return f"| {work} | {spoken(ours)} | {against} | {spoken(theirs)} | {theirs / ours:.2f} × | {aim} |"


HEAD = "| work | mlpviz | against | takes | mlpviz is faster by | aim |\n|---|---:|---|---:|---:|---|"
