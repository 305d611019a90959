"""Checks beside the edits: in a thread, since PyTorch takes seconds to import and a large network to check.

The browser asks again for what it did not hear of, so what fails at the end of a kernel is lost without harm.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from mlpviz.app.page import is_check


class Checks:
    """Answers the newest question for a check with `answer`, one at a time, in a thread of its own."""

    def __init__(self, answer: Callable[[Mapping[str, Any]], None]) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._newest: Mapping[str, Any] | None = None
        self._is_working = False

    def takes(self, request: Mapping[str, Any]) -> bool:
        """Whether this request is such a question; then it will be answered."""
        if not is_check(request):
            return False
        with self._lock:
            self._newest = request
            begins = not self._is_working
            self._is_working = True
        if begins:
            threading.Thread(target=self._work, daemon=True, name="mlpviz-check").start()
        return True

    def _work(self) -> None:
        while True:
            with self._lock:
                request, self._newest = self._newest, None
                self._is_working = request is not None
            if request is None:
                return
            self._answer(request)
