"""The engine of TensorFlow Playground in the browser: epochs per second alone, and as its page takes them.

Its source `src/nn.ts` (Apache 2.0) is not part of this repository: the environment variable PLAYGROUND_NN names the
file, or it is fetched. Only its types are taken out, by the Node that comes with Playwright.
"""

from __future__ import annotations

import os
import subprocess
import urllib.request
from pathlib import Path
from typing import NamedTuple

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser

from mlpviz.config import PreparedTraining

SOURCE = "https://raw.githubusercontent.com/tensorflow/playground/2c87f3d0eaba40df4174975ed6e35246493dc25c/src/nn.ts"

_STRIP = """
import { stripTypeScriptTypes } from "node:module";
import { readFileSync } from "node:fs";
process.stdout.write(stripTypeScriptTypes(readFileSync(0, "utf8").replaceAll("<any>", "")));
"""

# what src/playground.ts does in oneStep, without drawing; its player takes one step per animation frame
_EPOCHS = """async ([source, points, seconds]) => {
  const nn = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const network = nn.buildNetwork([2, 4, 2, 1], nn.Activations.TANH, nn.Activations.TANH, null, ["x", "y"]);
  const epoch = () => points.forEach(([x, y, label], i) => {
    nn.forwardProp(network, [x, y]);
    nn.backProp(network, label, nn.Errors.SQUARE);
    if ((i + 1) % 10 === 0) nn.updateWeights(network, 0.03, 0);
  });
  const error = ([x, y, label]) => nn.Errors.SQUARE.error(nn.forwardProp(network, [x, y]), label);
  const loss = () => points.reduce((sum, point) => sum + error(point), 0);
  const map = () => {
    const boundary = {};
    nn.forEachNode(network, true, (node) => { boundary[node.id] = Array.from({ length: 100 }, () => new Array(100)); });
    for (let i = 0; i < 100; i++) for (let j = 0; j < 100; j++) {
      nn.forwardProp(network, [-6 + i * 12 / 99, 6 - j * 12 / 99]);
      nn.forEachNode(network, true, (node) => { boundary[node.id][i][j] = node.output; });
    }
  };
  const before = loss();
  for (let i = 0; i < 200; i++) epoch();
  let begin = performance.now(), alone = 0;
  while (performance.now() - begin < 1000 * seconds) { epoch(); alone += 1; }
  const rate = alone / (performance.now() - begin) * 1000;
  let shown = 0;
  begin = performance.now();
  while (performance.now() - begin < 1000 * seconds) {
    await new Promise(requestAnimationFrame);
    epoch(); loss(); loss(); map();
    shown += 1;
  }
  return [rate, shown / (performance.now() - begin) * 1000, before, loss()];
}"""


class Rates(NamedTuple):
    """Epochs per second: of the engine alone, and one per animation frame with losses and map but without drawing."""

    alone: float
    paced: float


def source() -> str:
    """Its engine as JavaScript. Raises OSError when it is neither here nor to be had."""
    named = os.environ.get("PLAYGROUND_NN")
    if named:
        typed = Path(named).read_text(encoding="utf-8")
    else:
        with urllib.request.urlopen(SOURCE, timeout=20) as answer:
            typed = answer.read().decode()
    node, *_ = compute_driver_executable()
    command = [node, "--no-warnings", "--input-type=module", "--eval", _STRIP]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=True).stdout


def rates(browser: Browser, script: str, built: PreparedTraining, seconds: float) -> Rates:
    """Both rates on the training samples of a set-up with two features and two classes: 2-4-2-1, batches of 10."""
    x, target = built.sets.train
    assert target is not None  # noqa: S101  # a classifier has targets
    points = [
        [*map(float, row), 1.0 if float(label) > 0 else -1.0] for row, label in zip(x, target.ravel(), strict=True)
    ]
    page = browser.new_page()
    alone, paced, before, after = page.evaluate(f"({_EPOCHS})", [script, points, seconds])
    page.close()
    if not after < before:
        raise RuntimeError("the engine of TensorFlow Playground did not learn: something is wrong with the benchmark")
    return Rates(alone, paced)
