"""A progress bar on standard error: how far, how long it still takes, and one number."""

from __future__ import annotations

import sys
import time

from tqdm import tqdm

_LOOK = {"bar_format": "{desc} [{bar}] {percentage:3.0f}%{postfix}  {elapsed} gone, {remaining} left", "ascii": ".#"}
_COLUMNS = 100
"""of a line in a log; in a terminal the bar takes what is left of its width"""


class Bar:
    """A bar that a terminal redraws in place; elsewhere, as in a log, it is one line per tenth of the way."""

    def __init__(self, label: str) -> None:
        self._label, self._begin, self._tenths = label, time.monotonic(), -1
        self._bar = tqdm(total=1.0, desc=label, miniters=0, file=sys.stderr, disable=not sys.stderr.isatty(), **_LOOK)

    def show(self, share: float, text: str = "") -> None:
        """Draw the bar at this share of the way, from 0 to 1."""
        if not self._bar.disable:
            self._bar.set_postfix_str(text, refresh=False)
            self._bar.update(share - self._bar.n)
            if share >= 1.0:
                self._bar.refresh()
        elif int(share * 10) > self._tenths:
            self._tenths = int(share * 10)
            seconds = time.monotonic() - self._begin
            line = tqdm.format_meter(share, 1.0, seconds, prefix=self._label, postfix=text, ncols=_COLUMNS, **_LOOK)
            print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line of the bar."""
        self._bar.close()
