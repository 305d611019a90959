"""How soon a sheet of answers is checked, and how soon an exercise is generated.

Prints Markdown tables of medians, in processor time: a full seven-layer sheet of 239 answers beside an ordinary pass of
the same network, in turns; one more answer on the page, from message to answer; and the time per exercise of every
topic.
Run: python -m benchmarks.practice [rounds]
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from functools import partial
from time import process_time

from benchmarks.turns import Work, medians, spoken
from mlpviz.app.visitor import Visitor
from mlpviz.engine import rerun
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES
from mlpviz.practice.blanks import blanks
from mlpviz.practice.checking import check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.topics import TOPICS, generate

DOCUMENT = PRESETS["seven_layers"].document
SHEET = Exercise.parse({"asked": blanks(DOCUMENT, ["sheet"]), "document": DOCUMENT.to_json_value()})


def typed(change: Callable[[float], float]) -> dict[str, str]:
    """Answers to the whole sheet, each the right number changed."""
    return {name: repr(float(change(SHEET.right_number(cell)))) for name, cell in SHEET.cells.items()}


def diagnose(answers: dict[str, str]) -> None:
    """Check all answers, and look for the mistakes in every wrong one."""
    checked = check_answers(SHEET, answers)
    for name in SHEET.cells:
        checked.mistakes(name)


def typing_into(answers: dict[str, str]) -> Work:
    """One more answer to a sheet that has all of these: checked with all, and told in words, as the page sends it."""
    visitor = Visitor(PAGES)
    visitor.visit("practice", {"e": "own:sheet", "d": DOCUMENT.to_link()})
    name, *_ = SHEET.cells
    numbers, typed_now = itertools.count(1), itertools.cycle(("900", "901"))

    def send(event: dict[str, object]) -> None:
        visitor.handle({"page": "practice", "sequence": next(numbers), "events": [event]})

    send({"type": "answers", "texts": answers})
    return lambda: send({"type": "answer", "cell": name, "text": next(typed_now)})


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
    work: dict[str, Work] = {name: partial(diagnose, answers) for name, answers in sheets.items()}
    found = medians({"pass": lambda: rerun(trace), **work}, rounds, 5, process_time)
    print("| answers | check | passes |\n|---|---:|---:|")
    for name in sheets:
        print(f"| {name} | {spoken(found[name])} | {found[name] / found['pass']:.0f} |")
    print(f"\nOne pass: {spoken(found['pass'])}.\n")
    typing = medians({name: typing_into(answers) for name, answers in sheets.items()}, rounds, 2, process_time)
    print("| answers on the page | one more answer |\n|---|---:|")
    for name in sheets:
        print(f"| {name} | {spoken(typing[name])} |")
    print()
    seeds = itertools.count()

    def draw(key: str) -> None:
        generate(key, 3, next(seeds))

    drawn = medians({key: partial(draw, key) for key in TOPICS}, rounds, 2, process_time)
    print("| topic, level 3 | per exercise |\n|---|---:|")
    for key, seconds in drawn.items():
        print(f"| {TOPICS[key].label} | {spoken(seconds)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
