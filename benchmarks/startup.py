"""What the app costs who imports no file: from an empty process to the first answer of the sheet, and its memory.

Each start is a new process, which imports the server with all pages and answers the first visit. With --base PATH the
checkout of an earlier version takes turns with this one, so that both columns come from one run. The best of all starts
counts: what else runs on the machine only ever adds.
Run: python -m benchmarks.startup [--base PATH] [--starts N]
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
import json, resource, sys, time
begin = time.process_time()
import app
from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
imported = time.process_time()
Visitor(PAGES).visit("sheet", {})
answered = time.process_time()
print(json.dumps({
    "imports, s of a processor": imported - begin,
    "with the first answer, s of a processor": answered - begin,
    "memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "modules": len(sys.modules),
}))
"""


def measured(root: Path) -> dict[str, float]:
    """One start of the app in a checkout."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True,
        check=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=Path)
    parser.add_argument("--starts", type=int, default=15)
    options = parser.parse_args()
    roots = {"before": options.base, "now": ROOT} if options.base else {"now": ROOT}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in roots}
    for start in range(options.starts + 1):
        for name, root in roots.items():
            one = measured(root)
            if start:  # the first one writes the compiled files
                found[name].append(one)
    print(f"| start of the app, best of {options.starts} | {' | '.join(found)} |")
    print(f"| --- |{' ---: |' * len(found)}")
    for what in found["now"][0]:
        values = (min(one[what] for one in each) for each in found.values())
        print(f"| {what} | {' | '.join(f'{value:.4g}' for value in values)} |")


if __name__ == "__main__":
    main()
