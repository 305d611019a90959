"""Navigation -> first sheet painted, in headless Chromium on a server that has had a visitor before.

Prints a Markdown table: the median and the slowest of ten loads, with an empty browser cache (a new visitor) and with a
filled one (a reload). Run: python -m benchmarks.first_paint [loads]
"""

from __future__ import annotations

import shutil
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from benchmarks.server import FLAGS, served

# the clock of a page starts with its navigation; the frame after the paint is what a person sees
_LISTEN = """window.addEventListener("mlpviz:painted", () => requestAnimationFrame(() => setTimeout(() => {
  window.firstPaint ??= performance.now();
}, 0)), { once: true });"""


def painted(page: Page) -> float:
    """Milliseconds from the start of the navigation to the first painted sheet."""
    page.wait_for_function("() => window.firstPaint")
    return float(page.evaluate("() => window.firstPaint"))


def main(loads: int) -> None:
    """Measure and print."""
    new: list[float] = []
    again: list[float] = []
    with served() as server, sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for load in range(loads + 1):
            context = browser.new_context(viewport={"width": 1440, "height": 960})
            page = context.new_page()
            page.add_init_script(_LISTEN)
            page.goto(server.url)
            first = painted(page)
            page.locator(".badge[data-status]").wait_for()
            page.reload()
            second = painted(page)
            if load:  # the first visitor warms the server
                new.append(first)
                again.append(second)
            context.close()
        browser.close()
    print("| from navigation to the painted sheet | median ms | slowest ms |\n| --- | ---: | ---: |")
    for name, times in (("new visitor, empty cache", new), ("reload", again)):
        print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
