"""How soon a class of worksheets with their keys is generated: the exercises, and all that stands on both, not typeset.

Prints a Markdown table, in processor time, and beside it how long typesetting takes.
Run: python -m benchmarks.worksheets [worksheets]
"""

from __future__ import annotations

import sys
from itertools import pairwise
from time import process_time

from mlpviz.exchange import save_file
from mlpviz.exchange.paper.sheet_data import sheet_data
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.practice.topics import TOPICS, generate

_TYPESET = 30


def main(number: int) -> None:
    """Print the table."""
    print(
        f"| topic, level | {number:,} exercises | with sheets and keys | {_TYPESET} sheets as PDF | {_TYPESET} keys |"
    )
    print("|---|---:|---:|---:|---:|")
    wanted = {f"{TOPICS[key].label}, {level}": [(key, level)] for key, level in _SINGLE}
    wanted["every topic and level in turn"] = [(key, level) for key in TOPICS for level in (1, 2, 3)]
    for label, kinds in wanted.items():
        times = [process_time()]
        exercises = [generate(*kinds[seed % len(kinds)], seed) for seed in range(number)]
        times.append(process_time())
        for solved in (False, True):
            for one in exercises:
                sheet_data(one, solved=solved)
        times.append(process_time())
        for key in ("worksheet-pdf", "key-pdf"):
            save_file(EXERCISES, Handout(exercises[:_TYPESET], "https://mlp.example.org"), key)
            times.append(process_time())
        first, second = times[1] - times[0], times[2] - times[0]
        typeset = " | ".join(f"{after - before:.1f} s" for before, after in pairwise(times[2:]))
        print(f"| {label} | {first:.1f} s | {second:.1f} s | {typeset} |")


_SINGLE = (("layer", 1), ("backward", 2), ("backward", 3))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
