"""What training asks of a server: many sessions at once, many starts and stops, a stop in the middle of long work."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

from playwright.sync_api import Browser

from benchmarks.latency import GESTURES, OURS, edits
from benchmarks.many import resident
from benchmarks.server import ROOT, Server
from benchmarks.training_page import LISTEN, at_full_speed, opened, row, setup_of
from mlpviz.data import DATASETS

SESSIONS = 30
CYCLES = 100

_PAUSE = """async () => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true, composed: true }));
  await new Promise((done) => window.addEventListener("mlpviz:frame", function seen({ detail }) {
    if (detail.status === "running") return;
    window.removeEventListener("mlpviz:frame", seen);
    done();
  }));
  return performance.now() - start;
}"""


def sessions(browser: Browser, server: Server) -> None:
    """Edits on the score sheet while many others train."""
    sheet = browser.new_context(viewport={"width": 1440, "height": 960}).new_page()
    sheet.goto(server.url)
    sheet.locator('.badge[data-status="ok"]').wait_for()
    sheet.keyboard.press("End")
    sheet.locator('[data-block="weight.7"] td[data-r="0"]').first.click()
    quiet = edits(sheet, GESTURES["arrow key"], OURS, 50)
    command = [sys.executable, "-m", "benchmarks.visitors", server.url, "25", "--trainers", str(SESSIONS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as visitors:
        sheet.wait_for_timeout(6000)
        busy = edits(sheet, GESTURES["arrow key"], OURS, 80)
        printed, _ = visitors.communicate()
    sheet.context.close()
    found = json.loads(printed)
    for name, times in (("nobody trains", quiet), (f"{SESSIONS} sessions train", busy)):
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        row(f"edit on the score sheet while {name}, p50 and p95 ms", f"{p50:.0f}, {p95:.0f}", "p95 ≤ 200")
    row(f"frames per second of each of {SESSIONS} sessions", f"{found['pictures']['mean']:.1f}", "–")
    row(
        "seconds learned of 25: the least and the most of them",
        f"{found['learned']['least']:.2f}, {found['learned']['most']:.2f}",
        "alike",
    )


def memory(browser: Browser, server: Server) -> None:
    """The server's memory over many starts and stops of a run in one session."""
    page = opened(browser, f"{server.url}/train", setup_of((8, 8)))
    measured = []
    for cycle in range(CYCLES + 10):
        page.evaluate("() => { window.frames_.length = 0; }")
        at_full_speed(page)
        page.locator(".play").click()
        page.wait_for_function("() => window.frames_.filter(({ status }) => status === 'running').length > 3")
        page.locator(".play").click()
        page.wait_for_function("() => window.frames_.at(-1).status === 'paused'")
        page.get_by_role("button", name="reset to new first weights").click()
        page.wait_for_function("() => window.frames_.at(-1).status === 'ready'")
        if cycle >= 10:
            measured.append(resident(server))
    page.context.close()
    row(
        f"server memory over {CYCLES} starts and stops, first and last ten, MB",
        f"{statistics.mean(measured[:10]):.1f}, {statistics.mean(measured[-10:]):.1f}",
        "flat",
    )


def mnist(browser: Browser, server: Server) -> None:
    """How long it takes to stop an epoch of MNIST in the middle."""
    if "mnist" not in DATASETS:
        row("pause in the middle of an epoch of MNIST, ms", "no MNIST here", "≤ 500")
        return
    page = browser.new_context(viewport={"width": 1440, "height": 960}).new_page()
    page.goto(f"{server.url}/train?x=mnist_all")
    page.locator('.train[data-status="running"]').wait_for(timeout=60_000)
    page.evaluate(LISTEN)
    page.wait_for_function("() => window.frames_.length > 0")
    page.keyboard.press(" ")
    page.locator('.train[data-status="paused"]').wait_for()
    times = []
    for _ in range(10):
        page.keyboard.press(" ")
        page.wait_for_function("() => window.frames_.at(-1).status === 'running'")
        page.wait_for_timeout(1300)
        times.append(float(page.evaluate(_PAUSE)))
    page.context.close()
    row("pause in the middle of an epoch of MNIST, slowest of ten, ms", f"{max(times):.0f}", "≤ 500")
