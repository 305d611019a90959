"""How soon a sheet of answers is checked, and how soon an exercise is generated.

Prints Markdown tables of medians, in processor time: a full seven-layer sheet of 239 answers beside an ordinary pass of
the same network, in turns; and the time per exercise of every topic.
Run: python -m benchmarks.practice [rounds]
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from functools import partial
from time import process_time

from benchmarks.turns import Work, medians, spoken
from mlpviz.engine import rerun
from mlpviz.examples.networks import PRESETS
from mlpviz.practice.blanks import blanks
from mlpviz.practice.checking import check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.topics import TOPICS, generate

DOCUMENT = PRESETS["seven_layers"].document
SHEET = Exercise.parse({"asked": blanks(DOCUMENT, ["sheet"]), "document": DOCUMENT.to_json_value()})


def typed(change: Callable[[float], float]) -> dict[str, str]:
    """Answers to the whole sheet, each the right number changed."""
    return {name: repr(float(change(SHEET.right_number(cell)))) for name, cell in SHEET.cells.items()}


def main(rounds: int) -> None:
    """Print both tables."""
    sheets = {
        "all right": typed(lambda right: right),
        "one wrong": typed(lambda right: right) | {"z 1 1 1": "9"},
        "every sign wrong": typed(lambda right: -right),
        "every number another": typed(lambda right: 2 * right + 1),
        "zero everywhere": typed(lambda right: 0.0),
    }
    trace = DOCUMENT.trace()
    work: dict[str, Work] = {name: partial(check_answers, SHEET, answers) for name, answers in sheets.items()}
    found = medians({"pass": lambda: rerun(trace), **work}, rounds, 5, process_time)
    print("| answers | check | passes |\n|---|---:|---:|")
    for name in sheets:
        print(f"| {name} | {spoken(found[name])} | {found[name] / found['pass']:.0f} |")
    print(f"\nOne pass: {spoken(found['pass'])}.\n")
    seeds = itertools.count()

    def draw(key: str) -> None:
        generate(key, 3, next(seeds))

    drawn = medians({key: partial(draw, key) for key in TOPICS}, rounds, 2, process_time)
    print("| topic, level 3 | per exercise |\n|---|---:|")
    for key, seconds in drawn.items():
        print(f"| {TOPICS[key].label} | {spoken(seconds)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
