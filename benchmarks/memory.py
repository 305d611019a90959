"""Python's memory of one visitor with the sheet open: what Python's own objects take, without those of Streamlit.

Visitors are opened in a process of their own after a warm-up, so that what all share (presets, the structure of the
sheet) is there already; tracemalloc counts what stays for each. A second row has one edit more, a third the training
page too. With --base PATH the same is done in the checkout of an earlier version, so that both columns come from one
run. --where lists the lines that allocate most of the first row.

Run: python -m benchmarks.memory [--where] [--base PATH]
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
import gc, json, tracemalloc

def today():
    from mlpviz.app.tabs import TabRegistry
    from mlpviz.app.visitor import Visitor
    from mlpviz.hosts.pages import PAGES
    from mlpviz.hosts.streamlit.channel import Channel
    try:
        from mlpviz.app.visitor import answer_json
    except ImportError:  # it was there before other hosts used it
        from mlpviz.hosts.streamlit.channel import answer_json
    tabs = TabRegistry()  # one for all visitors, as a host has it
    def opened():
        visitor = Visitor(PAGES, tabs)
        channel = Channel(visitor, answer_json)
        visitor.visit("sheet", {})
        return visitor, channel
    def edited(held):
        message = {"page": "sheet", "sequence": 1, "events": [EDIT], "view": "layer.0.1"}
        held[1].ask(message)
    def trained(held):
        held[0].visit("train", {})
    return opened, edited, trained

def former():
    from mlpviz.ui import session, step_through, train_page, train_session, train_visit
    from mlpviz.ui.line import Line
    def opened():
        sheet = session.from_url(None, None)
        sheet.line = Line(sheet, step_through.answer)
        sheet.line.ask({"edits": [], "view": "layer.0.1"})
        return [sheet]
    def edited(held):
        held[0].line.ask({"sequence": 1, "edits": [EDIT], "view": "layer.0.1"})
    def trained(held):
        visit = train_visit.Visit(train_session.from_url(None, None), None)
        visit.line = Line(visit, train_page.answer)
        visit.line.ask({"edits": []})
        held.append(visit)
    return opened, edited, trained

EDIT = {"type": "set", "tensor": "weight", "layer": 7, "row": 1, "column": 1, "value": 1.5}
try:
    opened, edited, trained = today()
except ImportError:
    opened, edited, trained = former()
warm = opened()
edited(warm), trained(warm)
found = {}
for name, count, acts in (("sheet", 200, ()), ("edit", 200, (edited,)), ("train", 20, (trained,))):
    gc.collect()
    tracemalloc.start(6)
    before = tracemalloc.take_snapshot()
    held = [opened() for _ in range(count)]
    for act in acts:
        for one in held:
            act(one)
    gc.collect()
    after = tracemalloc.take_snapshot()
    tracemalloc.stop()
    lines = after.compare_to(before, "lineno")
    found[name] = sum(line.size_diff for line in lines) / count
    if name == "sheet":
        most = [(line.size_diff / count, str(line.traceback)) for line in lines[:25]]
    del held
print(json.dumps([found, most]))
"""


def measured(root: Path) -> tuple[dict[str, float], list[tuple[float, str]]]:
    """Bytes per visitor by what was done, and the lines that allocate most, in the version in this folder."""
    environment = {**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=root, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    sizes, lines = json.loads(done.stdout.splitlines()[-1])
    return sizes, lines


ROWS = {"sheet": "with the sheet open", "edit": "with one edit on it", "train": "with sheet and training page open"}


def main(base: Path | None, where: bool) -> None:
    """Measure and print."""
    roots = {"today": ROOT} | ({} if base is None else {"former": base})
    found = {version: measured(root) for version, root in roots.items()}
    print(f"| Python memory of a visitor, kB | {' | '.join(found)} |\n|---|{'---:|' * len(found)}")
    for key, name in ROWS.items():
        print(f"| {name} | {' | '.join(f'{sizes[key] / 1000:.1f}' for sizes, _ in found.values())} |")
    for version, (_, lines) in found.items() if where else ():
        print(f"\n{version}:\n" + "\n".join(f"  {size:8.0f} {line}" for size, line in lines))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, metavar="PATH", help="the checkout of an earlier version")
    parser.add_argument("--where", action="store_true", help="list the lines that allocate most")
    options = parser.parse_args()
    main(None if options.base is None else options.base.resolve(), options.where)
