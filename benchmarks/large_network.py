"""A 784-256-10 network on the sheet, in the real app in headless Chromium: bytes, times and memory.

Prints a Markdown table. Of each version: the file chosen until the page shows what it understood, "Open on the sheet"
until the sheet is painted, an edit by key until it is painted (before the first step, where the gradients are not on
the sheet, and at the last, where they are), until the large blocks are painted too, the bytes that each brought, what
the check takes, and how much memory the server and the page have then. With --base PATH an earlier version is measured
too; it must take the network.
Run: python -m benchmarks.large_network [edits] [--base PATH]
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page
from safetensors.numpy import load, save_file

from benchmarks.browser import browsed
from benchmarks.latency import _FIND as FIND
from benchmarks.latency import _TIMED as TIMED
from benchmarks.server import ROOT, Server, start

WIDTHS = (784, 256, 10)
OPENINGS = 2

_KEY = f"""{FIND}.activeElement.dispatchEvent(new KeyboardEvent("keydown",
  {{ key: NUMBER % 2 ? "ArrowUp" : "ArrowDown", shiftKey: true, bubbles: true, composed: true }}));"""
_SETTLED = f"() => !{FIND}.querySelector('canvas.waiting')"


def digits(path: Path) -> None:
    """Write a network of this size as PyTorch would save it."""
    rng = np.random.default_rng(0)
    tensors = {}
    for index, (inputs, units) in enumerate(itertools.pairwise(WIDTHS)):
        tensors[f"{2 * index}.weight"] = rng.normal(0.0, inputs**-0.5, (units, inputs)).astype(np.float32)
        tensors[f"{2 * index}.bias"] = rng.normal(0.0, 0.1, units).astype(np.float32)
    save_file(tensors, path)


class Bytes:
    """What has come on the sockets of a page."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, content: str | bytes) -> None:
        self.count += len(content)

    def since(self, before: int) -> float:
        """Megabytes since then."""
        return (self.count - before) / 1e6


def memory(server: Server) -> float:
    """Megabytes of a server's process."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def timed(page: Page, act: str) -> float:
    """Milliseconds from an act to the frame after the paint."""
    return float(page.evaluate(f"({TIMED})(async () => {{ {act} }})"))


def opened(page: Page, file: Path) -> tuple[float, float]:
    """Milliseconds from the chosen file to the page's question, and from its answer to the painted sheet."""
    began = time.perf_counter()
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Open on the sheet").wait_for()
    asked = 1000.0 * (time.perf_counter() - began)
    return asked, timed(page, f"[...{FIND}.querySelectorAll('dialog.import button')]"
                              ".find((one) => one.textContent === 'Open on the sheet').click();")  # fmt: skip


def measured(browser: Browser, server: Server, file: Path, count: int) -> dict[str, str]:
    """The rows of one version."""
    page = browser.new_page(viewport={"width": 1440, "height": 960})
    page.set_default_timeout(120_000)
    arrived = Bytes(page)
    page.goto(server.url)
    page.locator('.badge[data-status="ok"]').wait_for()  # PyTorch is imported
    before = memory(server)
    openings = []
    for _ in range(OPENINGS):
        at = arrived.count
        openings.append((*opened(page, file), arrived.since(at)))
        page.locator('.badge[data-status="ok"]').wait_for()
    rows = {
        "file chosen → what was understood, ms": f"{min(each[0] for each in openings):.0f}",
        "opened → painted sheet, ms": f"{min(each[1] for each in openings):.0f}",
        "bytes until then, MB": f"{openings[0][2]:.2f}",
    }
    for step, where in (("Home", "before the first step"), ("End", "at the last step")):
        page.keyboard.press(step)
        page.wait_for_timeout(1000)
        page.locator('[data-block="weight.2"] canvas').first.click(position={"x": 5, "y": 3})
        page.wait_for_timeout(1500)
        times, settled, brought = [], [], []
        for number in range(count):
            at = arrived.count
            began = time.perf_counter()
            times.append(timed(page, _KEY.replace("NUMBER", str(number))))
            page.wait_for_timeout(120)
            page.wait_for_function(_SETTLED)
            settled.append(1000.0 * (time.perf_counter() - began))
            page.wait_for_timeout(600)
            brought.append(arrived.since(at))
        rows[f"edit → paint, {where}, p50 ms"] = f"{statistics.median(times):.0f}"
        rows[f"bytes of one, with its review, {where}, MB"] = f"{statistics.median(brought):.2f}"
    began = time.perf_counter()
    timed(page, _KEY.replace("NUMBER", "1"))
    page.locator('.badge[data-status="ok"]').wait_for()
    rows["edit → the badge is true again, ms"] = f"{1000.0 * (time.perf_counter() - began):.0f}"
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    rows["memory of the server over an ordinary sheet, MB"] = f"{memory(server) - before:.0f}"
    rows["memory of the page's program, MB"] = f"{heap:.0f}"
    page.close()
    return rows


def main(count: int, base: Path | None) -> None:
    """Measure and print."""
    roots = {"now": ROOT} | ({"before": base.resolve()} if base else {})
    with tempfile.TemporaryDirectory() as folder, browsed() as browser:
        file = Path(folder) / "digits.safetensors"
        digits(file)
        content = file.read_bytes()
        began = time.perf_counter()
        load(content)
        alone = 1000.0 * (time.perf_counter() - began)
        found = {}
        for name, root in roots.items():
            server = start("app.py", root=root)
            try:
                found[name] = measured(browser, server, file, count)
            finally:
                server.stop()
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; safetensors alone reads the file in {alone:.2f} ms\n"
    )
    print(f"| {'-'.join(map(str, WIDTHS))} | {' | '.join(found)} |\n| --- |{' ---: |' * len(found)}")
    for row in found["now"]:
        print(f"| {row} | {' | '.join(each[row] for each in found.values())} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edits", type=int, nargs="?", default=15)
    parser.add_argument("--base", type=Path, help="the checkout of an earlier version")
    given = parser.parse_args()
    main(given.edits, given.base)
