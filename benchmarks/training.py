"""The training page in the real app in headless Chromium: frames, epochs, controls, many sessions, memory, cancelling.

Prints a Markdown table. Run: python -m benchmarks.training [part ...], with parts of frames, epochs, sessions, memory,
mnist; all of them if none is named.
"""

from __future__ import annotations

import base64
import itertools
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from benchmarks.latency import GESTURES, OURS, edits
from benchmarks.server import FLAGS, ROOT, Server, start
from mlpviz.data import DATASETS
from mlpviz.setup import Setup, build, to_link
from mlpviz.setup.model import Split

SECONDS = 6.0
SESSIONS = 30
CYCLES = 100

_LISTEN = """() => {
  window.frames_ = [];
  window.addEventListener("mlpviz:frame", (event) => window.frames_.push({ at: performance.now(), ...event.detail }));
}"""

_TURN = """async (rate) => {
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
  const input = roots.find((one) => one?.querySelector(".train")).querySelector(".rate");
  const start = performance.now();
  input.value = String(rate);
  input.dispatchEvent(new Event("change", { bubbles: true }));
  // the event comes in the animation frame that draws; a task after it runs when that frame is painted
  await new Promise((done) => window.addEventListener("mlpviz:frame", function seen(event) {
    if (event.detail.learningRate !== rate) return;
    window.removeEventListener("mlpviz:frame", seen);
    setTimeout(done, 0);
  }));
  return performance.now() - start;
}"""

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


def setup_of(widths: tuple[int, ...], data: str = "circles", **more: Any) -> Setup:
    """A classifier of a toy with these hidden widths that goes on learning for very long."""
    hidden = [{"units": width, "activation": "tanh"} for width in widths]
    return Setup.parse(
        {
            "version": 1,
            "data": {"kind": "set", "set": {"key": data, "samples": 250}},
            "layers": [*hidden, {"units": None, "activation": "identity"}],
            "loss": "bce_with_logits",
            "one_hot": False,
            "optimizer": {"key": "sgd", "learning_rate": 0.03},
            "batch_size": 10,
            "epochs": 100_000,
            **more,
        }
    )


def opened(browser: Browser, server: Server, setup: Setup) -> Page:
    """The page with this setup, and a list of the frames that it paints."""
    page = browser.new_context(viewport={"width": 1440, "height": 960}).new_page()
    page.goto(f"{server.url}/train?t={to_link(setup)}")
    page.locator(".train .play").wait_for()
    page.evaluate(_LISTEN)
    return page


def row(name: str, value: str, aim: str) -> None:
    """One line of the table."""
    print(f"| {name} | {value} | {aim} |", flush=True)


def frames(browser: Browser, server: Server) -> None:
    """Frames per second of 2-8-8-1 with a map of 100 x 100, and how long a control takes meanwhile."""
    page = opened(browser, server, setup_of((8, 8)))
    page.locator(".play").click()
    page.wait_for_timeout(1500)
    page.evaluate("() => { window.frames_.length = 0; }")
    page.wait_for_timeout(SECONDS * 1000)
    seen = page.evaluate("() => window.frames_")
    rate = 1000 * (len(seen) - 1) / (seen[-1]["at"] - seen[0]["at"])
    gaps = [later["at"] - one["at"] for one, later in itertools.pairwise(seen)]
    row("frames per second, 2-8-8-1, map 100 × 100", f"{rate:.1f}", "≥ 24")
    row("slowest twentieth of the frames, ms", f"{statistics.quantiles(gaps, n=20)[-1]:.0f}", "–")
    times = []
    for number in range(40):
        times.append(float(page.evaluate(f"({_TURN})({round(0.01 + number / 1000, 3)})")))
        page.wait_for_timeout(37)
    row("learning rate turned while it runs, to the paint, p50 ms", f"{statistics.median(times):.0f}", "≤ 100")
    row("the same, p95 ms", f"{statistics.quantiles(times, n=20)[-1]:.0f}", "≤ 100")
    page.context.close()


def epochs(browser: Browser, server: Server) -> None:
    """Epochs per second shown for 250 points, batches of 10, 2-4-2-1, beside the engine alone."""
    setup = setup_of((4, 2)).replace(split=Split(test=0.0, validation=0.0).model_dump())
    alone = _alone(setup)
    page = opened(browser, server, setup)
    page.locator(".play").click()
    page.wait_for_timeout(1500)
    page.evaluate("() => { window.frames_.length = 0; }")
    page.wait_for_timeout(SECONDS * 1000)
    seen = page.evaluate("() => window.frames_")
    shown = 1000 * (seen[-1]["epoch"] - seen[0]["epoch"]) / (seen[-1]["at"] - seen[0]["at"])
    page.context.close()
    row("epochs per second shown, 250 points, batch 10, 2-4-2-1", f"{shown:.0f}", "≥ 300")
    row("`training.run` alone", f"{alone:.0f}", "–")
    row("share of it", f"{shown / alone:.2f}", "≥ 0.5")


def _alone(setup: Setup) -> float:
    """Epochs per second of the generator by itself."""
    source = build(setup).run()
    for _ in range(100):
        next(source)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS / 2:
        next(source)
        done += 1
    return done / (time.perf_counter() - began)


def sessions(browser: Browser, server: Server) -> None:
    """Edits on the score sheet while many others train."""
    template = _template(browser, server)
    sheet = browser.new_context(viewport={"width": 1440, "height": 960}).new_page()
    sheet.goto(server.url)
    sheet.locator('.badge[data-status="ok"]').wait_for()
    sheet.keyboard.press("End")
    sheet.locator('[data-block="weight.7"] td[data-r="0"]').first.click()
    quiet = edits(sheet, GESTURES["arrow key"], OURS, 50)
    command = [sys.executable, "-m", "benchmarks.visitors", server.url, template, str(SESSIONS), "25"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as visitors:
        sheet.wait_for_timeout(6000)
        busy = edits(sheet, GESTURES["arrow key"], OURS, 80)
        printed, _ = visitors.communicate()
    sheet.context.close()
    found = json.loads(printed)
    for name, times in (("nobody trains", quiet), (f"{SESSIONS} sessions train", busy)):
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        row(f"edit on the score sheet while {name}, p50 and p95 ms", f"{p50:.0f}, {p95:.0f}", "p95 ≤ 200")
    row(f"frames per second of each of {SESSIONS} sessions", f"{found['frames per second']:.1f}", "–")
    row(
        "seconds learned of 19: the least and the most of them",
        f"{found['least learned']:.2f}, {found['most learned']:.2f}",
        "alike",
    )


def _template(browser: Browser, server: Server) -> str:
    """What a browser sends for one event of the training page, in base64."""
    page = browser.new_context().new_page()
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda raw: sent.append(raw if isinstance(raw, bytes) else raw.encode()))

    page.on("websocket", listen)
    page.goto(f"{server.url}/train")
    page.locator(".train .play").wait_for()
    page.keyboard.press("e")
    page.wait_for_timeout(1000)
    page.context.close()
    return base64.b64encode(next(raw for raw in reversed(sent) if b"train__events" in raw)).decode()


def memory(browser: Browser, server: Server) -> None:
    """The server's memory over many starts and stops of a run in one session."""
    page = opened(browser, server, setup_of((8, 8)))
    measured = []
    for cycle in range(CYCLES + 10):
        page.evaluate("() => { window.frames_.length = 0; }")
        page.locator(".play").click()
        page.wait_for_function("() => window.frames_.filter(({ status }) => status === 'running').length > 3")
        page.locator(".play").click()
        page.wait_for_function("() => window.frames_.at(-1).status === 'paused'")
        page.get_by_role("button", name="reset to new first weights").click()
        page.wait_for_function("() => window.frames_.at(-1).status === 'ready'")
        if cycle >= 10:
            measured.append(_resident(server))
    page.context.close()
    row(
        f"server memory over {CYCLES} starts and stops, first and last ten, MB",
        f"{statistics.mean(measured[:10]):.1f}, {statistics.mean(measured[-10:]):.1f}",
        "flat",
    )


def _resident(server: Server) -> float:
    """Resident memory of the server's process in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024.0


def mnist(browser: Browser, server: Server) -> None:
    """How long it takes to stop an epoch of MNIST in the middle."""
    if "mnist" not in DATASETS:
        row("pause in the middle of an epoch of MNIST, ms", "no MNIST here", "≤ 500")
        return
    page = browser.new_context(viewport={"width": 1440, "height": 960}).new_page()
    page.goto(f"{server.url}/train?x=mnist_all")
    page.locator('.train[data-status="running"]').wait_for(timeout=60_000)
    page.evaluate(_LISTEN)
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


PARTS: dict[str, Callable[[Browser, Server], None]] = {
    "frames": frames,
    "epochs": epochs,
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
