"""How many sockets are open: in all, and for each tab of a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class TooManyLinesError(Exception):
    """One more socket would be too many."""


class OpenLines:
    """Counts them. `most` is the largest number in all, `most_of_tab` that of one token."""

    def __init__(self, most: int, most_of_tab: int) -> None:
        self._most, self._most_of_tab = most, most_of_tab
        self._of: Counter[str] = Counter()
        self.count = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """A socket that is open in this block. Raises TooManyLinesError."""
        if self.count >= self._most:
            raise TooManyLinesError
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1

    @contextmanager
    def one_of(self, token: str) -> Iterator[None]:
        """It belongs to this tab. Raises TooManyLinesError."""
        if self._of[token] >= self._most_of_tab:
            raise TooManyLinesError
        self._of[token] += 1
        try:
            yield
        finally:
            self._of[token] -= 1
            if not self._of[token]:
                del self._of[token]
