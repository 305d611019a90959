"""Edit -> painted of the widget in JupyterLab and in marimo beside the app, in turns. Prints a Markdown table.

Run: python -m benchmarks.widget [edits]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import browsed
from benchmarks.latency import compare_in_turns, opened
from benchmarks.notebooks import jupyterlab, marimo, notebook_json
from benchmarks.server import start

_CELL = "import mlpviz\nmlpviz.show('seven_layers')"


def in_jupyterlab(browser: Browser, url: str) -> Page:
    """The notebook after its cell was run, with a weight that has the focus."""
    page = browser.new_page(viewport={"width": 1440, "height": 960})
    page.set_default_timeout(90_000)
    page.goto(f"{url}/tree/sheet.ipynb")
    page.get_by_text("| Idle").wait_for()
    page.locator(".jp-InputArea-editor").first.click()
    page.keyboard.press("Shift+Enter")
    return on_a_weight(page)


def on_a_weight(page: Page) -> Page:
    """The page once the check of its widget is there, at the last step, with a weight that has the focus."""
    page.locator('.badge[data-status="ok"]').wait_for()
    weight = page.locator('[data-block="weight.7"] td[data-r="0"]').first
    weight.click()
    page.keyboard.press("End")
    weight.click()
    return page


def main(count: int) -> None:
    """Measure and print."""
    server = start()
    try:
        with (
            tempfile.TemporaryDirectory() as lab,
            tempfile.TemporaryDirectory() as other,
            browsed() as browser,
        ):
            (Path(lab) / "sheet.ipynb").write_text(notebook_json([_CELL]))
            with jupyterlab(Path(lab)) as lab_url, marimo(Path(other), [_CELL]) as marimo_url:
                in_marimo = browser.new_page(viewport={"width": 1440, "height": 960})
                in_marimo.set_default_timeout(90_000)
                in_marimo.goto(marimo_url)
                pages = {
                    "app": opened(browser, server.url),
                    "JupyterLab": in_jupyterlab(browser, lab_url),
                    "marimo": on_a_weight(in_marimo),
                }
                print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
                compare_in_turns(pages, count)
    finally:
        server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edits", type=int, nargs="?", default=100)
    main(parser.parse_args().edits)
