"""The count of random networks whose badge is red though nothing is wrong.

The networks are those of `tests/support/seeded_networks.py`, each checked as the badge checks it, in one process per
part. Prints every red one with what the badge says, and the count.

Run: nice python -m benchmarks.red_badges [--first 0] [--count 20000] [--processes 1]
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial

# before NumPy is imported: the networks are small, so more threads only stand in each other's way
os.environ.setdefault("OMP_NUM_THREADS", "1")

from mlpviz.verify.report import check
from tests.support.seeded_networks import network


def red_ones(seeds: range) -> list[tuple[int, str]]:
    """The seeds whose badge is red, with its sentence."""
    found = []
    for seed in seeds:
        report = check(network(seed).run())
        if not report.ok:
            found.append((seed, report.summary))
    return found


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    whole = partial(parser.add_argument, type=int)
    whole("--first", default=0, help="the first seed")
    whole("--count", default=20000, help="how many networks")
    whole("--processes", default=1, help="how many processes share them")
    given = parser.parse_args()
    seeds = range(given.first, given.first + given.count)
    parts = [seeds[start :: given.processes] for start in range(given.processes)]
    with ProcessPoolExecutor(given.processes) as pool:
        red = sorted(one for part in pool.map(red_ones, parts) for one in part)
    for seed, summary in red:
        print(f"{seed}: {summary}")
    print(f"{len(red)} of {len(seeds):,} are red")


if __name__ == "__main__":
    main()
