"""How soon a number answers: the explanation of a selected cell, in Python and in the browser.

Prints a Markdown table of medians and p95: paths and verdict of a gradient in a network of 12 layers × 16 units, and
the time from the click on a cell to its painted explanation in the real app.
Run: python -m benchmarks.explanation [clicks]
"""

from __future__ import annotations

import statistics
import sys
import timeit

import numpy as np

from benchmarks.browser import browsed
from benchmarks.networks import dense
from benchmarks.server import served
from mlpviz.engine import run_pass
from mlpviz.engine.initializers import INITIALIZERS, initial_parameters
from mlpviz.explain.gradient_verdict import verdict

LAYERS, UNITS, SAMPLES, ROUNDS = 12, 16, 8, 40

_CLICK = """async (place) => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".sheet")).shadowRoot;
  const [block, row, column] = place;
  const cell = root.querySelector(`[data-block="${block}"] td[data-r="${row}"][data-c="${column}"]`);
  const card = root.querySelector(".card.why");
  const before = card.textContent;
  const answered = new Promise((done) => {
    const look = () => (!card.hidden && card.textContent !== before ? done() : requestAnimationFrame(look));
    look();
  });
  const { x, y } = cell.getBoundingClientRect();
  const start = performance.now();
  const init = { bubbles: true, composed: true, button: 0, pointerId: 1, clientX: x + 5, clientY: y + 5 };
  cell.dispatchEvent(new PointerEvent("pointerdown", init));
  cell.dispatchEvent(new PointerEvent("pointerup", init));
  await answered;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - start;
}"""


def in_python() -> list[float]:
    """Times in ms of paths and verdict of one weight gradient of the first layer."""
    spec = dense((UNITS,) * (LAYERS + 1), ("relu",) * LAYERS)
    rng = np.random.default_rng(0)
    params = initial_parameters(spec, INITIALIZERS["kaiming_uniform"], rng)
    x, target = rng.standard_normal((SAMPLES, UNITS)), rng.standard_normal((SAMPLES, UNITS))
    trace = run_pass(spec, params, x, target)
    return [1e3 * timeit.timeit(lambda: verdict(trace, "grad_weight", 1, 3, 5), number=1) for _ in range(ROUNDS)]


def in_browser(clicks: int) -> list[float]:
    """Times in ms from a click on a gradient of the seven-layer preset to its painted explanation."""
    places = [["grad_a.5", 0, 1], ["grad_weight.3", 1, 1], ["grad_z.2", 1, 0], ["grad_weight.1", 4, 2]]
    with served() as server, browsed() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 960})
        page.goto(server.url)
        page.locator('.badge[data-status="ok"]').wait_for()
        page.keyboard.press("End")
        page.locator('[data-block="grad_z.6"] td').last.click()
        page.locator(".card.why").wait_for()
        times = []
        for number in range(clicks):
            times.append(float(page.evaluate(_CLICK, places[number % len(places)])))
            page.wait_for_timeout(100)
    return times


def main(clicks: int) -> None:
    """Measure and print."""
    print("| a selected number answers | median ms | p95 ms |\n| --- | ---: | ---: |")
    for name, times in (
        (f"verdict and paths in Python, {LAYERS} layers × {UNITS} units, {SAMPLES} samples", in_python()),
        ("click → painted explanation, seven-layer preset", in_browser(clicks)),
    ):
        print(f"| {name} | {statistics.median(times):.1f} | {statistics.quantiles(times, n=20)[-1]:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
