"""The training page in the real app in headless Chromium: frames, epochs, controls, sessions, memory, cancelling.

Prints a Markdown table. Run: python -m benchmarks.training [part ...], with parts of frames, epochs, run_every,
sessions, memory, mnist; all of them if none is named.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from playwright.sync_api import Browser

from benchmarks.browser import browsed
from benchmarks.server import Server, start
from benchmarks.training_live import epochs, frames, run_every
from benchmarks.training_load import memory, mnist, sessions

PARTS: dict[str, Callable[[Browser, Server], None]] = {
    "frames": frames,
    "epochs": epochs,
    "run_every": run_every,
    "sessions": sessions,
    "memory": memory,
    "mnist": mnist,
}


def main(parts: list[str]) -> None:
    """Measure and print."""
    server = start("app.py", environment={"OMP_NUM_THREADS": "1"})
    try:
        with browsed() as browser:
            print("| the training page | measured | aim |\n| --- | --- | --- |")
            for part in parts or PARTS:
                PARTS[part](browser, server)
    finally:
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
