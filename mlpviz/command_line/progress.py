"""A progress bar on standard error: how far, how long it still takes, and one number."""

from __future__ import annotations

import sys
import time

_WIDTH = 30
_EVERY = 0.1
"""seconds between two pictures of the bar"""


class Bar:
    """A bar that a terminal redraws in place; elsewhere, as in a log, it is one line per tenth of the way."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.begin, self.shown, self.tenths = time.monotonic(), -1.0, -1
        self.terminal = sys.stderr.isatty()
        self.drawn = 0

    @property
    def seconds(self) -> float:
        """How long it takes so far."""
        return time.monotonic() - self.begin

    def show(self, share: float, text: str = "") -> None:
        """Draw the bar at this share of the way, from 0 to 1."""
        seconds = self.seconds
        if self.terminal:
            if share < 1.0 and seconds - self.shown < _EVERY:
                return
        elif int(share * 10) <= self.tenths:
            return
        self.shown, self.tenths = seconds, int(share * 10)
        full = round(share * _WIDTH)
        left = f"{seconds / share * (1 - share):.0f} s left" if 0 < share < 1 else f"{seconds:.1f} s"
        line = f"{self.label} [{'#' * full}{'.' * (_WIDTH - full)}] {share:4.0%}  {text}  {left}"
        if self.terminal:
            # spaces cover what is left of a longer line
            print("\r" + line.ljust(self.drawn), end="", file=sys.stderr, flush=True)
            self.drawn = len(line)
        else:
            print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line of the bar."""
        if self.terminal and self.drawn:
            print(file=sys.stderr)
