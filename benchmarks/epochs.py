"""An epoch of small networks here and in the checkout of an earlier version, in turns, and whether the weights agree.

Each turn is a process of its own with one thread; the median over all epochs of all turns counts.

Run: python -m benchmarks.epochs --base PATH
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
TURNS = 5

PROBE = """
import hashlib, json, time
import numpy as np
from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, LayerSpec, NetworkSpec, initial_parameters
from mlpviz.engine.training import DataSplits, Plan, train

found = {}
for widths, optimizer in (((2, 8, 8, 8, 1), "sgd"), ((2, 4, 2, 1), "adam")):
    rng = np.random.default_rng(0)
    keys = ["tanh"] * (len(widths) - 2) + ["identity"]
    layers = (LayerSpec(i, o, ACTIVATIONS[key], True) for i, o, key in zip(widths, widths[1:], keys))
    spec = NetworkSpec(tuple(layers), LOSSES["mse"])
    x = rng.normal(size=(250, 2))
    splits = DataSplits.of(spec, (x, np.sin(2 * x[:, :1]) * x[:, 1:]))
    start = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng)
    plan = Plan(
        optimizer=OPTIMIZERS[optimizer].configure(learning_rate=0.05), batch_size=10, epochs=10**9, measure_train=False
    )
    snapshots = train(spec, start, splits, plan, np.random.default_rng(0))
    last, times = next(snapshots), []
    for _ in range(200):
        begin = time.perf_counter()
        last = next(snapshots)
        times.append(time.perf_counter() - begin)
    name = "-".join(map(str, widths)) + ", " + optimizer
    found[name] = [times, hashlib.sha256(last.params.tobytes()).hexdigest()]
print(json.dumps(found))
"""


def measured(checkout: Path) -> dict[str, tuple[list[float], str]]:
    """The seconds of each epoch and a digest of the last weights, of each network."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=checkout, env=environment, capture_output=True, check=True)
    return {name: (times, digest) for name, (times, digest) in json.loads(done.stdout).items()}


def main() -> None:
    """Measure in turns and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="the checkout of an earlier version")
    base = parser.parse_args().base.resolve()
    turns = [(measured(ROOT), measured(base)) for _ in range(TURNS)]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| one epoch, 250 points, batch 10 | ms | before, ms | share | same weights |")
    print("| --- | ---: | ---: | ---: | --- |")
    for name in turns[0][0]:
        ours, before = (median(each for turn in turns for each in turn[side][name][0]) for side in (0, 1))
        same = len({turn[side][name][1] for turn in turns for side in (0, 1)}) == 1
        print(f"| {name} | {ours * 1e3:.3f} | {before * 1e3:.3f} | {ours / before:.2f} | {'yes' if same else 'no'} |")


if __name__ == "__main__":
    main()
