"""The landscapes and the maps of gradient flow, in turns with the build of another checkout.

101 · 101 losses of a 2-8-8-1 network on 250 points are timed here and in the engine of the other checkout, which is
asked in one call as it was then; each turn is a process of its own with one thread, in time of the processor, and the
median over all turns counts. The other rows are the page's own work against its aims.
Run: python -m benchmarks.landscapes --base PATH
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
TURNS = 3

NETWORK = """
import json, time
import numpy as np
from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, LayerSpec, NetworkSpec, initial_parameters

def timed(work, rounds):
    work()
    found = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return found

rng = np.random.default_rng(0)
tanh, identity = ACTIVATIONS["tanh"], ACTIVATIONS["identity"]
spec = NetworkSpec((LayerSpec(2, 8, tanh), LayerSpec(8, 8, tanh), LayerSpec(8, 1, identity)), LOSSES["mse"])
params = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng)
x, target = rng.normal(size=(250, 2)), rng.normal(size=(250, 1))
first, second = rng.normal(size=(2, spec.size))

def plane(side):
    places = np.linspace(-1, 1, side)
    return (params + places[:, None, None] * first + places[None, :, None] * second).reshape(-1, spec.size)
"""

BEFORE = (
    NETWORK
    + """
from mlpviz.engine import loss_value
points = plane(101)
print(json.dumps({"101": timed(lambda: loss_value(spec, points, x, target), 5)}))
"""
)

NOW = (
    NETWORK
    + """
from mlpviz.engine import run_pass
from mlpviz.engine.hessian import hessian
from mlpviz.engine.point_losses import losses_of_points
from mlpviz.gradient_flow.deep_network import FlowSettings
from mlpviz.gradient_flow.maps import FULL_SAMPLES, FULL_SEEDS, initializer_cells
from mlpviz.gradient_flow_page.map_work import initializer_map
from mlpviz.exploration.subject import NOTHING
from mlpviz.landscape_page.page import LANDSCAPE

points, coarse = plane(101), plane(41)
flow = FlowSettings(depth=20, width=64)
seeds = iter(range(1000))

def moved(zoom):
    _, values, _ = LANDSCAPE.exploration.resolve({"show": "plane", "zoom": 1.0 + next(seeds) / 1000})
    return LANDSCAPE.exploration.make(values, NOTHING)

print(json.dumps({
    "101": timed(lambda: losses_of_points(spec, points, x, target), 5),
    "41": timed(lambda: losses_of_points(spec, coarse, x, target), 10),
    "moved": timed(lambda: moved(0), 10),
    "hessian": timed(lambda: hessian(spec, params, x, target), 20),
    "map": timed(lambda: list(initializer_cells(flow.replaced(samples=FULL_SAMPLES), FULL_SEEDS)), 1),
    "coarse": timed(lambda: initializer_map(flow.replaced(seed=next(seeds))), 5),
}))
"""
)

ROWS = (
    ("41", "the losses of a plane of 41 · 41", 0.1),
    ("moved", "the whole page while such a plane moves: losses, curvature, figures", 0.1),
    ("hessian", "the second derivatives of 2-8-8-1 on 250 points", 0.01),
    ("coarse", "the first coarse map of gradient flow", 0.15),
    ("map", "the map of 8 initializers by 12 activations, depth 20, width 64, 8 seeds", 1.5),
)
"""Key, work and aim in seconds."""


def _probe(probe: str, folder: Path) -> dict[str, list[float]]:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="a checkout of an earlier version")
    base: Path = parser.parse_args().base
    before: list[float] = []
    now: dict[str, list[float]] = {}
    for _ in range(TURNS):
        before += _probe(BEFORE, base)["101"]
        for key, times in _probe(NOW, ROOT).items():
            now.setdefault(key, []).extend(times)
    print("| work | takes | aim | share of the aim |\n|---|---:|---:|---:|")
    ours, theirs = median(now["101"]), median(before)
    print(
        f"| 101 · 101 losses of 2-8-8-1 on 250 points | {1000 * ours:.0f} ms, before {1000 * theirs:.0f} ms "
        f"| 0.6 × before | {ours / theirs / 0.6:.2f} |"
    )
    for key, work, aim in ROWS:
        took = median(now[key])
        print(f"| {work} | {1000 * took:.1f} ms | {1000 * aim:.0f} ms | {took / aim:.2f} |")


if __name__ == "__main__":
    main()
