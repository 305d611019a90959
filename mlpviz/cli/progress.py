"""A progress bar on standard error: the share that is done, the time that is left, and a short text."""

from __future__ import annotations

import sys
import time

from tqdm import tqdm

_LAYOUT = {"bar_format": "{desc} [{bar}] {percentage:3.0f}%{postfix}  {elapsed} gone, {remaining} left", "ascii": ".#"}
_COLUMNS = 100
"""width of a line in a log; in a terminal the bar fills the width of the window"""


class Bar:
    """In a terminal one line that is redrawn; elsewhere, as in a log, one new line per tenth of the work."""

    def __init__(self, label: str) -> None:
        self._label, self._begin, self._tenths = label, time.monotonic(), -1
        is_terminal = sys.stderr.isatty()
        self._bar = tqdm(total=1.0, desc=label, miniters=0, file=sys.stderr, disable=not is_terminal, **_LAYOUT)

    def show(self, share: float, text: str = "") -> None:
        """Draw the bar at this share of the work, from 0 to 1."""
        if not self._bar.disable:
            self._bar.set_postfix_str(text, refresh=False)
            self._bar.update(share - self._bar.n)
            if share >= 1.0:
                self._bar.refresh()
        elif int(share * 10) > self._tenths:
            self._tenths = int(share * 10)
            seconds = time.monotonic() - self._begin
            line = tqdm.format_meter(share, 1.0, seconds, prefix=self._label, postfix=text, ncols=_COLUMNS, **_LAYOUT)
            print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the line of the bar, so that what is printed next begins a new one."""
        self._bar.close()
