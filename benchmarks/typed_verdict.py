"""Typed -> verdict painted on the Practise page, beside an edit of a weight on the sheet of an earlier version.

Prints a Markdown table: p50 and p95 in ms over 100 of each, in turns of 20, and the ratio to the edit.
Run: python -m benchmarks.typed_verdict --base PATH [times]
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import browsed
from benchmarks.latency import GESTURES, OURS, edits, opened, row
from benchmarks.server import start
from mlpviz.examples.networks import PRESETS
from mlpviz.practice.exercise import Exercise
from mlpviz.practice_page.opening import exercise_of

TURN = 20
_FIELD = """[...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector('.answer[data-cell="NAME"]'))
  .find(Boolean)"""
_TYPE = """const field = FIELD; field.focus(); field.value = String(NUMBER % 7);
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));"""


def exercise(browser: Browser, url: str, asked: Exercise, parts: str, texts: dict[str, str]) -> Page:
    """The page of an exercise with these answers, typed as a tab brings them back after a reload."""
    page = browser.new_page(viewport={"width": 1440, "height": 960})
    page.set_default_timeout(90_000)
    kept = {"fingerprint": asked.fingerprint, "texts": texts}
    page.add_init_script(f"sessionStorage.setItem('mlpviz.practice', JSON.stringify({kept!r}))")
    page.goto(f"{url}/practise?e=own:{parts}&d={asked.document.to_link()}")
    page.locator(".answer").first.wait_for()
    page.wait_for_function(
        """(count) => [...document.querySelectorAll("*")].some((one) =>
          (one.shadowRoot?.querySelectorAll(".answer").length ?? 0) > 0 &&
          one.shadowRoot.querySelectorAll(".answer:not([data-state=''])").length >= count)""",
        arg=len(texts),
    )
    return page


def main(count: int, base: Path) -> None:
    """Measure and print."""
    document = PRESETS["seven_layers"].document
    whole, one = exercise_of(document, "sheet"), exercise_of(document, "z.1")
    right = whole.answers_as_typed()
    wrong = {name: text[1:] if text.startswith("-") else f"-{text}" for name, text in right.items()}
    cases: dict[str, tuple[Exercise, str, dict[str, str]]] = {
        "one block, nothing else typed": (one, "z.1", {}),
        "the whole sheet, nothing else typed": (whole, "sheet", {}),
        f"the whole sheet, {len(right) - 1} others right": (whole, "sheet", right),
        f"the whole sheet, {len(right) - 1} others of the wrong sign": (whole, "sheet", wrong),
    }
    servers = [start("app.py"), start("app.py", root=base.resolve())]
    try:
        with browsed() as browser:
            sheet = opened(browser, servers[1].url)
            pages = {name: exercise(browser, servers[0].url, *case) for name, case in cases.items()}
            fields = {
                name: {"FIELD": _FIELD.replace("NAME", next(iter(asked.cells)))}
                for name, (asked, _, _) in cases.items()
            }
            key = next(iter(GESTURES.values()))
            times: dict[str, list[float]] = {name: [] for name in ("edit", *pages)}
            for _ in range(max(1, count // TURN)):
                sheet.bring_to_front()
                times["edit"] += edits(sheet, key, OURS, TURN)
                for name, page in pages.items():
                    page.bring_to_front()
                    times[name] += edits(page, _TYPE, fields[name], TURN)
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
            print("| from gesture to paint | p50 ms | p95 ms |\n| --- | --- | --- |")
            row("an edit of a weight in the earlier version", times["edit"])
            for name in pages:
                row(name, times[name])
                print(f"| ratio | {statistics.median(times[name]) / statistics.median(times['edit']):.2f} | |")
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", nargs="?", type=int, default=100)
    parser.add_argument("--base", type=Path, required=True)
    given = parser.parse_args()
    main(given.times, given.base)
