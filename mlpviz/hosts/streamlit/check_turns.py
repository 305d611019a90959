"""When checks of networks run: in threads of their own, and after the edits that are being answered.

A check costs a few times what an edit costs, and nobody waits for it as for an edit.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

CHECKS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
"""more threads would check no more networks, but take turns of the interpreter from edits"""

LONGEST = 0.01
"""Seconds that a check waits for edits: while networks learn there is always something to be answered."""


class Precedence:
    """Counts what is being answered, so that a check can wait for it. Thread-safe."""

    def __init__(self) -> None:
        self._answering = 0
        self._changed = threading.Condition()

    @contextmanager
    def first(self) -> Iterator[None]:
        """What is done in this block goes first."""
        with self._changed:
            self._answering += 1
        try:
            yield
        finally:
            with self._changed:
                self._answering -= 1
                self._changed.notify_all()

    def give_way(self, seconds: float = LONGEST) -> None:
        """Wait until nothing goes first, at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._answering, seconds)
