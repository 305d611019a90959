"""How live one training page is: frames, epochs, controls; beside the engine alone, other engines and other ways.

Refuses to know many sessions; `training_load.py` does.
"""

from __future__ import annotations

import itertools
import statistics

from playwright.sync_api import Browser

from benchmarks.playground import rates, source
from benchmarks.server import Server, served
from benchmarks.training_page import SECONDS, epochs_alone, opened, rates_of, row, setup_of, watched
from mlpviz.config import prepare
from mlpviz.config.sections import SplitConfig

TURNS = 3

_TURN = """async (rate) => {
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
  const input = roots.find((one) => one?.querySelector(".train")).querySelector(".rate");
  const start = performance.now();
  input.value = String(rate);
  for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  // the event comes in the animation frame that draws; a task after it runs when that frame is painted
  await new Promise((done) => window.addEventListener("mlpviz:frame", function seen(event) {
    if (event.detail.learningRate !== rate) return;
    window.removeEventListener("mlpviz:frame", seen);
    setTimeout(done, 0);
  }));
  return performance.now() - start;
}"""


def frames(browser: Browser, server: Server) -> None:
    """Frames per second of 2-8-8-1 with a map of 100 x 100, and how long a control takes meanwhile."""
    page = opened(browser, f"{server.url}/train", setup_of((8, 8)))
    seen = watched(page)
    rate, _ = rates_of(seen)
    gaps = [later["at"] - one["at"] for one, later in itertools.pairwise(seen)]
    row("frames per second, 2-8-8-1, map 100 × 100", f"{rate:.1f}", "≥ 24")
    row("slowest twentieth of the frames, ms", f"{statistics.quantiles(gaps, n=20)[-1]:.0f}", "–")
    times = []
    for number in range(40):
        times.append(float(page.evaluate(f"({_TURN})({round(0.01 + number / 1000, 3)})")))
        page.wait_for_timeout(37)
    row("learning rate turned while it runs, to the paint, p50 ms", f"{statistics.median(times):.0f}", "≤ 100")
    row("the same, p95 ms", f"{statistics.quantiles(times, n=20)[-1]:.0f}", "≤ 100")
    page.context.close()


def epochs(browser: Browser, server: Server) -> None:
    """Epochs per second shown for 250 points, batches of 10, 2-4-2-1, in turns with the engine alone: medians."""
    setup = setup_of((4, 2)).replace(split=SplitConfig(test=0.0, validation=0.0).model_dump())
    page = opened(browser, f"{server.url}/train", setup)
    turns = []
    for _ in range(TURNS):
        alone = epochs_alone(setup)
        _, shown = rates_of(watched(page))
        page.locator(".play").click()
        turns.append((shown, alone, shown / alone))
    page.context.close()
    shown, alone, share = (statistics.median(column) for column in zip(*turns, strict=True))
    row("epochs per second shown, 250 points, batch 10, 2-4-2-1", f"{shown:.0f}", "≥ 300")
    row("`training.train` alone", f"{alone:.0f}", "–")
    row("share of it", f"{share:.2f} ({', '.join(f'{each:.2f}' for *_, each in turns)})", "≥ 0.5")
    try:
        theirs = rates(browser, source(), prepare(setup), SECONDS / 2)
    except OSError as error:
        row("TensorFlow Playground's engine", f"not here: {error}", "–")
        return
    row("TensorFlow Playground's engine alone, the same points and network", f"{theirs.alone:.0f}", "–")
    row("one epoch per picture, as its page does, without drawing", f"{theirs.paced:.0f}", "–")


def run_every(browser: Browser, server: Server) -> None:
    """The page that asks for its next frame, in turns with one whose fragment Streamlit runs by its clock."""
    setup = setup_of((4, 2)).replace(split=SplitConfig(test=0.0, validation=0.0).model_dump())
    found: dict[str, list[tuple[float, float]]] = {"asks for its next frame": []}
    for _ in range(2):
        page = opened(browser, f"{server.url}/train", setup)
        found["asks for its next frame"].append(rates_of(watched(page)))
        page.context.close()
        for period in (0.041, 0.02):
            name = f"run_every={period}"
            with served(
                "benchmarks/training_run_every_app.py", {"OMP_NUM_THREADS": "1", "RUN_EVERY": str(period)}
            ) as other:
                page = opened(browser, other.url, setup)
                found.setdefault(name, []).append(rates_of(watched(page)))
                page.context.close()
    for name, rates_found in found.items():
        shown = ", ".join(f"{frames:.1f} and {epochs:.0f}" for frames, epochs in rates_found)
        row(f"frames and epochs per second, 2-4-2-1, {name}", shown, "–")
