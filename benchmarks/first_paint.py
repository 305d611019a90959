"""Navigation -> first sheet painted, in headless Chromium on a server that has had a visitor before.

Prints a Markdown table: the median and the slowest of ten loads, with an empty browser cache (a new visitor) and with a
filled one (a reload). With --base PATH a checkout of an earlier version is measured in turns with this one.
Run: python -m benchmarks.first_paint [loads] [--base PATH]
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import browsed
from benchmarks.server import ROOT, start

# the clock of a page starts with its navigation; the frame after the paint is what a person sees
_LISTEN = """window.addEventListener("mlpviz:painted", () => requestAnimationFrame(() => setTimeout(() => {
  window.firstPaint ??= performance.now();
}, 0)), { once: true });"""

KINDS = ("new visitor, empty cache", "reload")


def painted(page: Page) -> float:
    """Milliseconds from the start of the navigation to the first painted sheet."""
    page.wait_for_function("() => window.firstPaint")
    return float(page.evaluate("() => window.firstPaint"))


def load(browser: Browser, url: str) -> tuple[float, float]:
    """The first paint for a visitor who was never there, and that of a reload."""
    with browser.new_context(viewport={"width": 1440, "height": 960}) as context:
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.add_init_script(_LISTEN)
        page.goto(url)
        first = painted(page)
        page.locator(".badge[data-status]").wait_for()
        page.reload()
        return first, painted(page)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("loads", type=int, nargs="?", default=10)
    parser.add_argument("--base", type=Path, help="the checkout of an earlier version")
    given = parser.parse_args()
    roots = {"this version": ROOT, **({"earlier version": given.base.resolve()} if given.base else {})}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in roots}
    servers = {name: start(root=root) for name, root in roots.items()}
    try:
        with browsed() as browser:
            for server in servers.values():
                load(browser, server.url)  # the first visitor warms the server
            for turn in range(given.loads):
                for name, server in sorted(servers.items(), reverse=turn % 2 == 1):
                    times[name].append(load(browser, server.url))
    finally:
        for server in servers.values():
            server.stop()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print(
        "| from navigation to the painted sheet | median ms | fastest ms | slowest ms |\n| --- | ---: | ---: | ---: |"
    )
    for kind, label in enumerate(KINDS):
        for name, pairs in times.items():
            each = [pair[kind] for pair in pairs]
            row = f"{label}, {name}" if given.base else label
            print(f"| {row} | {statistics.median(each):.0f} | {min(each):.0f} | {max(each):.0f} |")


if __name__ == "__main__":
    main()
