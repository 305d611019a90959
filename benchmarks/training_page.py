"""The training page in the real app, opened and listened to, for its benchmarks. Refuses to know what is measured."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Browser, Page

from mlpviz.config import TrainingConfig, prepare

SECONDS = 5.0
"""for which a page is watched"""

LISTEN = """() => {
  window.frames_ = [];
  window.addEventListener("mlpviz:frame", (event) => window.frames_.push({ at: performance.now(), ...event.detail }));
}"""
"""collects the frames that are painted"""


def setup_of(widths: tuple[int, ...], data: str = "circles", **more: Any) -> TrainingConfig:
    """A classifier of a toy with these hidden widths that goes on learning for very long."""
    hidden = [{"units": width, "activation": "tanh"} for width in widths]
    return TrainingConfig.parse(
        {
            "version": 1,
            "data": {"kind": "set", "set": {"key": data, "samples": 250}},
            "layers": [*hidden, {"units": None, "activation": "identity"}],
            "loss": "bce_with_logits",
            "one_hot": False,
            "optimizer": {"key": "sgd", "learning_rate": 0.03},
            "batch_size": 10,
            "epochs": 100_000,
            **more,
        }
    )


def opened(browser: Browser, url: str, setup: TrainingConfig) -> Page:
    """The page at an address with this setup, and a list of the frames that it paints."""
    page = browser.new_context(viewport={"width": 1440, "height": 960}).new_page()
    page.goto(f"{url}?t={setup.to_link()}")
    page.locator(".train .play").wait_for()
    page.evaluate(LISTEN)
    return page


def at_full_speed(page: Page) -> None:
    """As fast as possible, in versions that have slower speeds too."""
    if page.locator("select.speed").count():
        page.locator("select.speed").select_option("full")


def watched(page: Page) -> list[dict[str, Any]]:
    """The frames that the page paints in SECONDS, once it plays."""
    at_full_speed(page)
    page.locator(".play").click()
    page.wait_for_timeout(1000)
    page.evaluate("() => { window.frames_.length = 0; }")
    page.wait_for_timeout(SECONDS * 1000)
    found: list[dict[str, Any]] = page.evaluate("() => window.frames_")
    return found


def rates_of(seen: list[dict[str, Any]]) -> tuple[float, float]:
    """Frames and epochs per second that were shown."""
    seconds = (seen[-1]["at"] - seen[0]["at"]) / 1000.0
    return (len(seen) - 1) / seconds, (seen[-1]["epoch"] - seen[0]["epoch"]) / seconds


def epochs_alone(setup: TrainingConfig) -> float:
    """Epochs per second of the engine alone, in this Python."""
    epochs_done = prepare(setup).run()
    for _ in range(100):
        next(epochs_done)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS / 3:
        next(epochs_done)
        done += 1
    return done / (time.perf_counter() - began)


def row(name: str, value: str, aim: str) -> None:
    """One line of the table."""
    print(f"| {name} | {value} | {aim} |", flush=True)
