"""The threads in which messages are answered: edits first, then what takes long, pictures of what learns, and checks.

Nobody waits for a check or for the next picture as for an edit, and both cost more than one. Few threads for them do as
much as many: threads that compute take turns of the interpreter from each other, and from the edits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

ANSWERS = ThreadPoolExecutor(max_workers=64, thread_name_prefix="channel")
"""apart from the server's own threads, which serve its files"""

PICTURES = ThreadPoolExecutor(max_workers=2, thread_name_prefix="picture")
"""they come in the order in which they were asked for, so those who learn have fair shares"""

CHECKS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")

HEAVY = ThreadPoolExecutor(max_workers=2, thread_name_prefix="heavy")
"""for those whose last answer took more than `LIGHT`: many of them wait for each other, and nobody else for them"""

LIGHT = 0.1
"""Seconds of processor time."""

POOLS = {"edit": ANSWERS, "question": ANSWERS, "picture": PICTURES, "check": CHECKS}
"""by what a message asks for"""

LONGEST = 0.01
"""Seconds that a check waits for edits, so that it comes at last where edits never end."""

LONGEST_OF_PICTURES = 0.05
"""Seconds that a picture waits for them: on a full machine an edit takes longer than `LONGEST`, and there are better
fewer pictures than later answers."""


class Precedence:
    """Counts what is being answered, so that other work can wait for it. Thread-safe."""

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
