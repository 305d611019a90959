"""Edit -> painted in the real app in headless Chromium, beside an empty fragment with an empty component.

Prints a Markdown table: p50 and p95 in ms over 200 edits each, by key and by slider, in turns, and the ratio.
Also the time of a step, which asks no server. With --base PATH an earlier version takes part in the turns.
Run: python -m benchmarks.latency [edits] [--base PATH]
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import browsed
from benchmarks.server import ROOT, start

BLOCK = 25

# from the gesture to the frame after the paint, as a person sees it; an edit that is never painted ends the
# measurement, for which the browser would wait for ever
_TIMED = """async (act) => {
  const painted = new Promise((done, fail) => {
    window.addEventListener("mlpviz:painted", done, { once: true });
    setTimeout(() => fail(new Error("nothing was painted for 30 s after a gesture")), 30_000);
  });
  const start = performance.now();
  await act();
  await painted;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - start;
}"""

# the sheet is in a shadow root, in marimo in one within another
_FIND = """(() => {
  const find = (place) => {
    for (const element of place.querySelectorAll("*")) {
      const root = element.shadowRoot;
      const found = root?.querySelector(".sheet") ? root : root && find(root);
      if (found) return found;
    }
    return null;
  };
  return find(document);
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


def opened(browser: Browser, url: str, badge: str = "ok") -> Page:
    """The seven-layer preset with a weight that has the focus, once the badge says this."""
    page = browser.new_page(viewport={"width": 1440, "height": 960})
    page.set_default_timeout(90_000)
    page.goto(url)
    page.locator(f'.badge[data-status="{badge}"]').wait_for()
    page.keyboard.press("End")
    page.locator('[data-block="weight.7"] td[data-r="0"]').first.click()
    return page


def in_turns(
    pages: dict[str, Page], count: int, names: dict[str, dict[str, str]] | None = None
) -> dict[str, dict[str, list[float]]]:
    """The times of each gesture on each page, a block of edits on one page after the other; `names` as of `edits`."""
    times: dict[str, dict[str, list[float]]] = {name: {page: [] for page in pages} for name in GESTURES}
    for _ in range(max(1, count // BLOCK)):
        for name, gesture in GESTURES.items():
            for which, page in pages.items():
                page.bring_to_front()
                times[name][which].extend(edits(page, gesture, (names or {}).get(which, OURS), BLOCK))
    return times


def compare_in_turns(pages: dict[str, Page], count: int) -> None:
    """Print the times of each gesture on each page."""
    times = in_turns(pages, count)
    print("| from gesture to paint | p50 ms | p95 ms |\n| --- | ---: | ---: |")
    for gesture, found in times.items():
        for home, each in found.items():
            row(f"{gesture}: edit of a weight, seven-layer preset, {home}", each)


def main(count: int, base: Path | None) -> None:
    """Measure and print."""
    roots = {"this version": ROOT} | ({"earlier version": base.resolve()} if base else {})
    servers = [*(start("app.py", root=root) for root in roots.values()), start("benchmarks/latency_floor.py")]
    try:
        with browsed() as browser:
            pages = {name: opened(browser, server.url) for name, server in zip(roots, servers, strict=False)}
            floor = pages["floor"] = browser.new_page(viewport={"width": 1440, "height": 960})
            floor.goto(servers[-1].url)
            floor.wait_for_function("() => window.mlpvizFloor")
            floor.locator("input").focus()
            times = in_turns(pages, count, {"floor": FLOOR})
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
            print("| from gesture to paint | p50 ms | p95 ms |\n| --- | --- | --- |")
            for name, found in times.items():
                a50, a95 = row(f"{name}: edit of a weight, seven-layer preset", found["this version"])
                if base:
                    row(f"{name}: the same in the earlier version", found["earlier version"])
                f50, f95 = row(f"{name}: floor, empty fragment with an empty component", found["floor"])
                print(f"| {name}: ratio | {a50 / f50:.2f} | {a95 / f95:.2f} |")
            for which in roots:
                pages[which].bring_to_front()
                steps = pages[which].evaluate(_STEP, ["ArrowLeft", "ArrowRight"] * 50)
                row("step (no server)" + (f", {which}" if base else ""), steps)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edits", type=int, nargs="?", default=200)
    parser.add_argument("--base", type=Path, help="the checkout of an earlier version")
    given = parser.parse_args()
    main(given.edits, given.base)
