"""The page without a server beside the app: first paint, Python ready, edit -> painted, bytes. Prints Markdown tables.

The site is one that `mlpviz site` has written; it is served as plain files. Loads and edits of both take turns.
Run: python -m benchmarks.homes SITE [--loads 5] [--edits 200]
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.latency import compare_in_turns, opened
from benchmarks.server import FLAGS, serving, start

# the clock of a page starts with its navigation; the frame after the paint is what a person sees
_LISTEN = """window.painted = new Promise((done) => window.addEventListener("mlpviz:painted", () =>
  requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)), { once: true }));
window.started = new Promise((done) => {
  const isReady = () => document.querySelector(".python[data-state=ready]") !== null;
  const look = () => isReady() ? done(performance.now()) : setTimeout(look, 5);
  look();
});"""


def load(browser: Browser, url: str, *, is_site: bool) -> list[float]:
    """First paint and Python ready for a new visitor, then the same for a reload; of the app the paints alone."""
    with browser.new_context(viewport={"width": 1440, "height": 960}) as context:
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.add_init_script(_LISTEN)
        page.goto(url)
        found = _times(page, is_site)
        page.locator(".badge[data-status]:not([data-status=checking])").wait_for()
        page.reload()
        return found + _times(page, is_site)


def _times(page: Page, is_site: bool) -> list[float]:
    return [
        float(page.evaluate(f"() => window.{name}")) for name in (("painted", "started") if is_site else ("painted",))
    ]


def bytes_of(browser: Browser, url: str) -> tuple[int, int, int]:
    """All that a new visitor gets: as it is, compressed by gzip, and what of that comes before the first paint."""
    page = browser.new_page()
    got: list[Response] = []
    page.on("response", lambda response: got.append(response))
    page.goto(url)
    page.locator(".python[data-state=ready]").wait_for(state="attached", timeout=180_000)
    bodies = {each.url: each.body() for each in got if each.ok}
    small = {url: len(gzip.compress(body, 9)) for url, body in bodies.items()}
    early = sum(size for url, size in small.items() if "/python/" not in url and "worker" not in url)
    page.close()
    return sum(map(len, bodies.values())), sum(small.values()), early


def loads_row(name: str, times: Sequence[float]) -> None:
    """Print one line of the table."""
    print(f"| {name} | {statistics.median(times):.0f} | {min(times):.0f} | {max(times):.0f} |")


def main(site: Path, loads: int, count: int) -> None:
    """Measure and print."""
    server = start()
    try:
        with serving(site) as url, sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            load(browser, server.url, is_site=False)  # the first visitor warms the server
            ours, apps = [], []
            for _ in range(loads):
                ours.append(load(browser, f"{url}/", is_site=True))
                apps.append(load(browser, server.url, is_site=False))
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
            print("| from navigation, ms | median | fastest | slowest |\n| --- | ---: | ---: | ---: |")
            for number, kind in enumerate(("new visitor", "reload")):
                loads_row(f"{kind}: first sheet, site", [each[2 * number] for each in ours])
                loads_row(f"{kind}: first sheet, app", [each[number] for each in apps])
                loads_row(f"{kind}: Python ready, site", [each[2 * number + 1] for each in ours])
            whole, small, early = bytes_of(browser, f"{url}/")
            sizes = f"{whole / 1e6:.1f} MB for a new visitor, {small / 1e6:.1f} MB as gzip"
            print(f"\n{sizes}, {early / 1e3:.0f} kB of these before the first paint\n")
            pages = {"site": opened(browser, f"{url}/", "partly"), "app": opened(browser, server.url)}
            compare_in_turns(pages, count)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--edits", type=int, default=200)
    given = parser.parse_args()
    main(given.site, given.loads, given.edits)
