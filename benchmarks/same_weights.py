"""Whether all ready setups learn the same weights, bit for bit, here and in the checkout of an earlier version.

Each engine run of each training and experiment takes so many steps; what has to be fetched first is left out and named.
Run: python -m benchmarks.same_weights --base PATH [--steps 200]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

PROBE = """
import hashlib, json, sys
import numpy as np
from mlpviz.examples.experiments import EXPERIMENTS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.runs import Run

found = {}
for registry in (TRAININGS, EXPERIMENTS):
    for each in registry.values():
        if registry is EXPERIMENTS and each.missing():
            found[each.label] = None
            continue
        try:
            run = each.run() if registry is EXPERIMENTS else Run.of(each.setup)
        except ValueError:  # a data set that is not here
            found[each.label] = None
            continue
        run.play()
        digest = hashlib.sha256()
        for engine_run in run.engine_runs:
            engine_run.advance(np.inf, steps=int(sys.argv[1]))
            digest.update(engine_run.latest.params.tobytes())
        found[each.label] = digest.hexdigest()
print(json.dumps(found))
"""


def measured(checkout: Path, steps: int) -> dict[str, str | None]:
    """A digest of the weights of each setup; None where its data are not here."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PROBE, str(steps)]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, check=True)
    found: dict[str, str | None] = json.loads(done.stdout)
    return found


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="the checkout of an earlier version")
    parser.add_argument("--steps", type=int, default=200)
    given = parser.parse_args()
    ours, theirs = (measured(checkout, given.steps) for checkout in (ROOT, given.base.resolve()))
    compared = [name for name in ours if ours[name] and theirs.get(name)]
    other = [name for name in compared if ours[name] != theirs[name]]
    print(f"{len(compared)} setups, {given.steps} steps of each engine run: {len(compared) - len(other)} the same bits")
    for name in other:
        print(f"differs: {name}")
    for name in ours.keys() - set(compared):
        print(f"left out: {name}")


if __name__ == "__main__":
    main()
