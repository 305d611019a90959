"""The page without a server beside the app: first paint, an edit answered, bytes, edit -> painted, training.

The site is one that `mlpviz site` has written; it is served as plain files. Loads, edits and trainings of both take
turns. Prints Markdown tables. Bytes are those that a web space would send that compresses by brotli, as Node does it.
Run: python -m benchmarks.homes SITE [--loads 5] [--edits 200]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, Response

from benchmarks.browser import browsed
from benchmarks.latency import compare_in_turns, opened
from benchmarks.server import serving, start
from benchmarks.training_page import epochs_alone, rates_of, setup_of, watched
from benchmarks.training_page import opened as train_page
from mlpviz.config.sections import SplitConfig

_BROTLI = """const { readFileSync } = require("node:fs"), { brotliCompressSync } = require("node:zlib");
const [folder, count] = process.argv.slice(1);
const size = (one) => brotliCompressSync(readFileSync(`${folder}/${one}`)).length;
console.log(JSON.stringify([...Array(Number(count)).keys()].map(size)));"""

TURNS = 3

# the clock of a page starts with its navigation; the frame after the paint is what a person sees
_LISTEN = """window.painted = new Promise((done) => window.addEventListener("mlpviz:painted", () =>
  requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)), { once: true }));"""

_ANSWERED = """(before) => new Promise((done) => {
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
  const root = roots.find((one) => one?.querySelector(".band"));
  const isThere = () => root.querySelector('[data-block="weight.1"] td[data-r="0"]').textContent !== before;
  const look = () => isThere() ? done(performance.now()) : setTimeout(look, 5);
  look();
})"""


def load(browser: Browser, url: str) -> list[float]:
    """First paint and first edit answered for a new visitor, then the same for a reload."""
    with browser.new_context(viewport={"width": 1440, "height": 960}) as context:
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.add_init_script(_LISTEN)
        page.goto(url)
        found = _times(page)
        page.locator(".badge[data-status]:not([data-status=checking])").wait_for()
        page.reload()
        return found + _times(page)


def _times(page: Page) -> list[float]:
    painted = float(page.evaluate("() => window.painted"))
    weight = page.locator('[data-block="weight.1"] td[data-r="0"]').first
    before = weight.text_content()
    weight.click()
    page.keyboard.press("Shift+ArrowUp")
    return [painted, float(page.evaluate(_ANSWERED, before))]


def bytes_of(browser: Browser, url: str) -> tuple[int, int, int]:
    """All that a new visitor gets until Python is ready: as it is, by brotli, and of that before the first paint."""
    page = browser.new_page()
    got: list[Response] = []
    page.on("response", lambda response: got.append(response))
    page.goto(url)
    page.locator(".python[data-state=ready]").wait_for(state="attached", timeout=180_000)
    bodies = {each.url: each.body() for each in got if each.ok and each.from_service_worker is False}
    small = dict(zip(bodies, compressed([*bodies.values()]), strict=True))
    early = sum(size for url, size in small.items() if "/python/" not in url and "worker" not in url)
    page.close()
    return sum(map(len, bodies.values())), sum(small.values()), early


def compressed(contents: list[bytes]) -> list[int]:
    """The length of each by brotli, of those that become shorter by it."""
    with tempfile.TemporaryDirectory() as scratch:
        for number, content in enumerate(contents):
            (Path(scratch) / str(number)).write_bytes(content)
        found = subprocess.run(
            ["node", "-e", _BROTLI, scratch, str(len(contents))], check=True, capture_output=True, text=True
        )
    return [min(size, len(content)) for size, content in zip(json.loads(found.stdout), contents, strict=True)]


def training(browser: Browser, pages: dict[str, str], turns: int) -> None:
    """Pictures and epochs a second of 2-4-2-1 on each page, in turns with the engine alone in this Python."""
    setup = setup_of((4, 2)).replace(split=SplitConfig(test=0.0, validation=0.0).model_dump())
    opened_pages = {name: train_page(browser, url, setup) for name, url in pages.items()}
    rates: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    alone = []
    for _ in range(turns):
        alone.append(epochs_alone(setup))
        for name, page in opened_pages.items():
            page.bring_to_front()
            rates[name].append(rates_of(watched(page)))
            page.locator(".play").click()
    native = statistics.median(alone)
    print("| training of 2-4-2-1, 250 points, batch 10 | pictures a second | epochs a second | of native |")
    print("| --- | ---: | ---: | ---: |")
    print(f"| the engine alone, native | – | {native:.0f} | 1 |")
    for name, found in rates.items():
        pictures, epochs = (statistics.median(column) for column in zip(*found, strict=True))
        share = statistics.median(each[1] / own for each, own in zip(found, alone, strict=True))
        print(f"| {name} | {pictures:.1f} | {epochs:.0f} | {share:.2f} |")


def loads_row(name: str, times: Sequence[float]) -> None:
    """Print one line of the table."""
    print(f"| {name} | {statistics.median(times):.0f} | {min(times):.0f} | {max(times):.0f} |")


def main(site: Path, loads: int, count: int) -> None:
    """Measure and print."""
    server = start()
    try:
        with serving(site) as url, browsed() as browser:
            load(browser, server.url)  # the first visitor warms the server
            ours, apps = [], []
            for _ in range(loads):
                ours.append(load(browser, f"{url}/"))
                apps.append(load(browser, server.url))
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
            print("| from navigation, ms | median | fastest | slowest |\n| --- | ---: | ---: | ---: |")
            for number, kind in enumerate(("new visitor", "reload")):
                for place, what in enumerate(("first sheet", "an edit is answered")):
                    for home, each in (("site", ours), ("app", apps)):
                        loads_row(f"{kind}: {what}, {home}", [times[2 * number + place] for times in each])
            whole, small, early = bytes_of(browser, f"{url}/")
            sizes = f"{whole / 1e6:.1f} MB for a new visitor, {small / 1e6:.2f} MB by brotli"
            print(f"\n{sizes}, {early / 1e3:.0f} kB of these before the first paint\n")
            pages = {"site": opened(browser, f"{url}/", "partly"), "app": opened(browser, server.url)}
            compare_in_turns(pages, count)
            for page in pages.values():
                page.close()
            print()
            training(browser, {"site": f"{url}/train/", "app": f"{server.url}/train"}, TURNS)
            print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    finally:
        server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--edits", type=int, default=200)
    given = parser.parse_args()
    main(given.site, given.loads, given.edits)
