"""The training page in the real app in headless Chromium: frames, epochs, controls, sessions, memory, cancelling.

Prints a Markdown table. Run: python -m benchmarks.training [part ...], with parts of frames, epochs, run_every,
sessions, memory, mnist; all of them if none is named.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from benchmarks.server import FLAGS, Server, start
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
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            print("| the training page | measured | aim |\n| --- | --- | --- |")
            for part in parts or PARTS:
                PARTS[part](browser, server)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
