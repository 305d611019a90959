"""A check of the sheet's networks, as the badge asks for it, here and in the checkout of an earlier version, in turns.

Each turn is a process of its own with one thread. The time is that of the processor, so that other work on the machine
counts less; the median over all checks of all turns counts. Run: python -m benchmarks.proof --base PATH
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

PROBE = """
import json, time
import torch
from mlpviz.examples.networks import PRESETS
from mlpviz.verify.report import check

torch.set_num_threads(1)
found = {}
for key in ("seven_layers", "vanishing", "batch_norm", "dropout", "tied_autoencoder", "iris"):
    document, times = PRESETS[key].document, []
    trace, step = document.trace(), document.next_step
    check(trace, step)
    for _ in range(20):
        begin = time.process_time()
        report = check(trace, step)
        times.append(time.process_time() - begin)
    rows = [[row.name, row.ok, row.torch is None, row.differences is None] for row in report.rows]
    found[PRESETS[key].label] = [times, rows]
print(json.dumps(found))
"""


def measured(checkout: Path) -> dict[str, tuple[list[float], list[object]]]:
    """The seconds of each check, and which rows were compared and agree, of each network."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=checkout, env=environment, capture_output=True, check=True)
    return {name: (times, rows) for name, (times, rows) in json.loads(done.stdout).items()}


def main() -> None:
    """Measure in turns and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="the checkout of an earlier version")
    base = parser.parse_args().base.resolve()
    turns = [(measured(ROOT), measured(base)) for _ in range(TURNS)]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| one check | ms of a processor | before, ms | share | same verdicts |")
    print("| --- | ---: | ---: | ---: | --- |")
    for name in turns[0][0]:
        ours, before = (median(each for turn in turns for each in turn[side][name][0]) for side in (0, 1))
        same = all(turn[0][name][1] == turn[1][name][1] for turn in turns)
        print(f"| {name} | {ours * 1e3:.1f} | {before * 1e3:.1f} | {ours / before:.2f} | {'yes' if same else 'no'} |")


if __name__ == "__main__":
    main()
