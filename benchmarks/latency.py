"""Edit -> painted in the real app in headless Chromium, beside an empty fragment with an empty component.

Prints a Markdown table: p50 and p95 in ms over 200 edits each, by key and by slider, in turns, and the ratio.
Also the time of a step, which asks no server. Run: python -m benchmarks.latency [edits]
"""

from __future__ import annotations

import shutil
import statistics
import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.server import FLAGS, start

BLOCK = 25

# from the gesture to the frame after the paint, as a person sees it
_TIMED = """async (act) => {
  const painted = new Promise((done) => window.addEventListener("mlpviz:painted", done, { once: true }));
  const start = performance.now();
  await act();
  await painted;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - start;
}"""

_FIND = """(() => {
  for (const element of document.querySelectorAll("*")) {
    if (element.shadowRoot?.querySelector(".sheet")) return element.shadowRoot;
  }
})()"""

# a slider shows at once where its thumb is, which is a frame of its own; a key shows nothing before the answer
GESTURES = {
    "arrow key": "TARGET.dispatchEvent(new KeyboardEvent('keydown', { key: NUMBER % 2 ? 'ArrowUp' : 'ArrowDown', "
    "shiftKey: true, bubbles: true, composed: true }));",
    "slider": "const s = SLIDER; s.value = 1 + NUMBER % 3; s.dispatchEvent(new Event('input', { bubbles: true }));",
}
"""The same gesture here and at the floor: TARGET has the focus, NUMBER counts."""

OURS = {"TARGET": f"{_FIND}.activeElement", "SLIDER": f"{_FIND}.querySelector('.editor input[type=range]')"}
FLOOR = {"TARGET": "window.mlpvizFloor", "SLIDER": "window.mlpvizFloor"}

_STEP = """async (keys) => {
  const times = [];
  for (const key of keys) {
    const start = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""


def edits(page: Page, gesture: str, names: dict[str, str], count: int) -> list[float]:
    """Times of `count` edits in ms, each a moment after the one before."""
    times = []
    for number in range(count):
        act = gesture.replace("NUMBER", str(number))
        for name, script in names.items():
            act = act.replace(name, script)
        times.append(float(page.evaluate(f"({_TIMED})(async () => {{ {act} }})")))
        # shorter than the pause before a check: what is measured is one edit after another
        page.wait_for_timeout(60)
    return times


def row(name: str, times: list[float]) -> tuple[float, float]:
    """Print one line of the table; p50 and p95."""
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"| {name} | {p50:.1f} | {p95:.1f} |")
    return p50, p95


def main(count: int) -> None:
    """Measure and print."""
    servers = [start("app.py"), start("benchmarks/latency_floor.py")]
    try:
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            pages: list[Any] = []
            for server in servers:
                page = browser.new_page(viewport={"width": 1440, "height": 960})
                page.goto(server.url)
                pages.append(page)
            app, floor = pages
            app.locator('.badge[data-status="ok"]').wait_for()
            app.keyboard.press("End")
            app.locator('[data-block="weight.7"] td[data-r="0"]').first.click()
            floor.wait_for_function("() => window.mlpvizFloor")
            floor.locator("input").focus()
            times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in GESTURES}
            for _ in range(max(1, count // BLOCK)):
                for name, gesture in GESTURES.items():
                    app.bring_to_front()
                    times[name][0].extend(edits(app, gesture, OURS, BLOCK))
                    floor.bring_to_front()
                    times[name][1].extend(edits(floor, gesture, FLOOR, BLOCK))
            app.bring_to_front()
            steps = app.evaluate(_STEP, ["ArrowLeft", "ArrowRight"] * 50)
            print("| from gesture to paint | p50 ms | p95 ms |\n| --- | --- | --- |")
            for name, (ours, empty) in times.items():
                a50, a95 = row(f"{name}: edit of a weight, seven-layer preset", ours)
                f50, f95 = row(f"{name}: floor, empty fragment with an empty component", empty)
                print(f"| {name}: ratio | {a50 / f50:.2f} | {a95 / f95:.2f} |")
            row("step (no server)", steps)
            browser.close()
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
