"""Slider → drawn on the pages of pictures, in the app in headless Chromium: every figure redrawn, p50 and p95 in ms.

Each row is a slider of one page that moves to and fro; the time is from its `input` event to the frame after the last
figure was drawn. Beside it stand the time of a processor that Python takes for such an answer, and the size of it.
With --base PATH an earlier version takes part in the turns. Run: python -m benchmarks.sliders [moves] [--base PATH]
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, cast

from playwright.sync_api import Browser, Page

from benchmarks.browser import browsed
from benchmarks.server import ROOT, start
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor
from mlpviz.exploration.session import ExplorationSession
from mlpviz.hosts.pages import EXPLORATIONS, PAGES

BLOCK = 20
"""moves of one slider before the next one's turn"""

AIM = 120.0
"""ms at most for 95% of the moves"""


class Moved(NamedTuple):
    """One row: the page, its settings as they stand in an address, and the key of the slider that moves."""

    name: str
    page: str
    settings: str
    slider: str

    @property
    def address(self) -> str:
        """Of the page with these settings."""
        return f"/{EXPLORATIONS[self.page].path}?s={self.page}{self.settings}"


ROWS = (
    Moved("Functions: the point on a curve", "functions", "", "z"),
    Moved("Functions: the temperature of softmax", "functions", "~show~softmax", "temperature"),
    Moved("Fewer bits: the scale of the loss", "bits", "", "scale"),
    Moved("Gradient flow: the depth", "gradient_flow", "", "depth"),
    Moved("Loss landscape: the step of four paths", "landscape", "", "step"),
    Moved("Loss landscape: the condition number", "landscape", "", "condition"),
    Moved("Loss landscape: the point on a plane", "landscape", "~show~plane", "px"),
    Moved("Loss landscape: how far the plane goes", "landscape", "~show~plane", "zoom"),
    Moved("Loss landscape: the place on a line", "landscape", "~show~line", "at"),
)

# the page's elements are in a shadow root
_ROOT = """const root = (() => {
  for (const element of document.querySelectorAll("*"))
    if (element.shadowRoot?.querySelector(".exploration")) return element.shadowRoot;
})();"""

_LABEL = f"""async (label) => {{
  {_ROOT}
  return [...root.querySelectorAll(".slider label")].findIndex((one) => one.textContent === label);
}}"""

# from the gesture to the frame after everything is drawn, as a person sees it; the first answer counts, not the ticks
_MOVE = f"""async ([number, at]) => {{
  {_ROOT}
  const slider = root.querySelectorAll(".slider input[type=range]")[number];
  const [low, high, step] = [slider.min, slider.max, slider.step].map(Number);
  const count = Math.round((high - low) / step);
  const middle = Math.round(count / 2);
  const drawn = new Promise((done) => addEventListener("mlpviz:drawn", done, {{ once: true }}));
  const begin = performance.now();
  slider.value = low + step * (middle + (at % 7) - 3);
  slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
  await drawn;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - begin;
}}"""


def opened(browser: Browser, url: str, row: Moved, label: str) -> tuple[Page, int]:
    """The page with all of its figures, and which of its sliders moves."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(90_000)
    page.goto(url + row.address)
    page.locator(".plot .main-svg").first.wait_for()
    rest(page)
    return page, int(page.evaluate(_LABEL, label))


def rest(page: Page) -> None:
    """Wait until nothing is computed any more."""
    page.wait_for_timeout(150)
    page.locator("progress").wait_for(state="hidden")
    page.wait_for_timeout(150)


class Moves(NamedTuple):
    """The time of each move, and what the browser's main thread computed for it, in ms."""

    times: list[float]
    computed: list[float]


def moves(page: Page, slider: int, first: int, count: int) -> Moves:
    """The times of so many moves."""
    line = page.context.new_cdp_session(page)
    line.send("Performance.enable", {"timeDomain": "threadTicks"})

    def thread() -> float:
        metrics = line.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "ThreadTime")

    found = Moves([], [])
    for number in range(first, first + count):
        before = thread()
        found.times.append(float(page.evaluate(_MOVE, [slider, number])))
        found.computed.append(1000 * (thread() - before))
        rest(page)
    line.detach()
    return found


def computed(row: Moved, count: int) -> tuple[float, int, str]:
    """Seconds of a processor for one answer as bytes, its size, and the label of the slider."""
    visitor = Visitor(PAGES)
    visitor.visit(row.page, {"s": row.page + row.settings})
    session = cast(ExplorationSession, visitor.sessions[row.page])
    item = session.setting(row.slider).item(session.values[row.slider])
    middle = round((item["high"] - item["low"]) / item["step"] / 2)
    times, size = [], 0
    for number in range(count):
        place = item["low"] + item["step"] * (middle + number % 7 - 3)
        request = {"type": "slide", "key": row.slider, "place": place}
        begin = time.process_time()
        answer = visitor.handle({"page": row.page, "sequence": number + 1, "events": [request]})
        sent = b"" if answer is None else to_bytes(answer)
        times.append(time.process_time() - begin)
        size = len(sent)
    return statistics.median(times), size, item["label"]


def main(count: int, base: Path | None) -> None:
    """Measure and print."""
    roots = {"now": ROOT} | ({"before": base.resolve()} if base else {})
    with ExitStack() as stack:
        servers = {}
        for name, root in roots.items():
            servers[name] = start("app.py", root=root)
            stack.callback(servers[name].stop)
        browser = stack.enter_context(browsed())
        print("| slider | version | p50 ms | p95 ms | share of the aim | browser ms | Python ms | kB |")
        print("|---|---|---:|---:|---:|---:|---:|---:|")
        for row in ROWS:
            seconds, size, label = computed(row, 21)
            pages = {name: opened(browser, server.url, row, label) for name, server in servers.items()}
            found = {name: Moves([], []) for name in pages}
            for first in range(0, count, BLOCK):
                for name, (page, slider) in pages.items():
                    page.bring_to_front()
                    for all_of_it, new in zip(
                        found[name], moves(page, slider, first, min(BLOCK, count - first)), strict=True
                    ):
                        all_of_it += new
            for name, (times, drawing) in found.items():
                p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
                own = f"{1000 * seconds:.0f} | {size / 1000:.0f}" if name == "now" else "– | –"
                took = f"{p50:.0f} | {p95:.0f} | {p95 / AIM:.2f} | {statistics.median(drawing):.0f}"
                print(f"| {row.name} | {name} | {took} | {own} |", flush=True)
            for page, _ in pages.values():
                page.close()
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("moves", type=int, nargs="?", default=100)
    parser.add_argument("--base", type=Path, help="the checkout of an earlier version")
    given = parser.parse_args()
    main(given.moves, given.base)
