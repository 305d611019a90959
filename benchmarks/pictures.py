"""The pictures in README and docs, taken from the real app, so that they show what it is now.

Run: python -m benchmarks.pictures [name …]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from benchmarks.browser import browsed
from benchmarks.server import ROOT, served

FOLDER = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    """`bring` leads a fresh page of the app to what is shown; `card` is the part that is taken, None for the window."""

    bring: Callable[[Page], None]
    card: str | None = None
    width: int = 1440
    height: int = 960


def _cell(page: Page, block: str, row: int, column: int) -> None:
    page.locator(f'[data-block="{block}"] td[data-r="{row - 1}"][data-c="{column - 1}"]').first.click()


def _backward_step(page: Page) -> None:
    for _ in range(33):
        page.keyboard.press("ArrowRight")


def _why(page: Page) -> None:
    page.keyboard.press("End")
    # a step leaves out what it does not need, a chosen number nothing
    _cell(page, "new_weight.7", 1, 1)
    _cell(page, "grad_weight.4", 2, 1)
    page.locator(".card.why .paths li").first.wait_for()


def _contour(page: Page) -> None:
    page.keyboard.press("End")
    _cell(page, "weight.7", 1, 1)
    page.locator("svg.nudge").wait_for()
    page.locator('[data-block="weight.6"] td[data-r="0"][data-c="0"]').click(modifiers=["Control"])
    page.locator(".contour svg g.down").wait_for()


def _loss(page: Page) -> None:
    page.locator("select.preset").select_option("iris")
    page.locator('[data-block="target.3"] td[data-r]').first.wait_for()
    page.keyboard.press("End")
    _cell(page, "loss.3", 1, 1)
    page.locator("table.ways").wait_for()


def _update(page: Page) -> None:
    page.locator("select.preset").select_option("mazur")
    page.locator('[data-block="target.2"] td[data-r]').first.wait_for()
    page.keyboard.press("End")
    page.get_by_label("optimizer", exact=True).select_option("adam")
    _cell(page, "new_weight.1", 1, 1)
    page.get_by_label("updates at once").select_option("10")
    page.get_by_role("button", name="Apply update").click()
    page.locator("table.steps tbody tr").nth(4).wait_for()


def _compare(page: Page) -> None:
    page.keyboard.press("End")
    page.locator(".more > summary").click()
    page.get_by_label("compare with").select_option("relu")
    page.locator(".other .band").first.wait_for()
    page.locator(".together input, .comparison input[type=checkbox]").first.check()
    page.get_by_role("button", name="Apply update").click()
    page.get_by_text("The loss went from").wait_for()


def _phone(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.locator('.dock[data-level="compact"] .live .result').wait_for()


def _train(page: Page) -> None:
    page.get_by_role("link", name="Train").click()
    page.get_by_label("data", exact=True).select_option("circles")
    page.locator(".train .play").click()
    page.locator('.train[data-status="running"]').wait_for()
    page.wait_for_timeout(1500)
    page.locator(".train .play").click()
    page.locator('.train:not([data-status="running"])').wait_for()


PICTURES: dict[str, Picture] = {
    "step-through": Picture(_backward_step),
    "why": Picture(_why),
    "contour": Picture(_contour, ".card:has(.contour)"),
    "loss": Picture(_loss, ".loss-parts", height=1500),
    "update": Picture(_update, ".update-parts", height=1700),
    "compare": Picture(_compare),
    "train": Picture(_train, height=900),
    "phone": Picture(_phone, width=390, height=844),
}
"""The pictures by the name of their file."""


def take(names: list[str]) -> None:
    """Take these pictures, or all."""
    with served() as server, browsed() as browser:
        for name in names or PICTURES:
            picture = PICTURES[name]
            # a card is small, so it is taken finer
            scale = 1.5 if picture.card else 1.0
            size = {"width": picture.width, "height": picture.height}
            page = browser.new_page(viewport=size, color_scheme="light", device_scale_factor=scale)  # type: ignore[arg-type]  # a typed dict
            page.goto(server.url)
            page.locator('.badge[data-status="ok"]').wait_for()
            picture.bring(page)
            page.locator('.badge[data-status="ok"]').wait_for()
            page.mouse.move(2, 2)
            # what was typed or chosen comes to rest
            page.wait_for_timeout(800)
            target = page.locator(picture.card).first if picture.card else page
            target.screenshot(path=FOLDER / f"{name}.png")
            print(f"docs/pictures/{name}.png")
            page.close()


if __name__ == "__main__":
    take(sys.argv[1:])
