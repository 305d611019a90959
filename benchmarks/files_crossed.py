"""How many Python files a drag of a weight crosses, and a tick of a training: those in which a function runs.

A message goes the way that it goes in the app: from the channel of a visitor to the JSON of the answer, after a
warm-up, so that what is computed once is there. Prints a Markdown table; --names lists the files. With --base PATH the
same messages go through the checkout of an earlier version there, so that both columns come from one run. The web
server's own files are not in it: one in each version, which reads from the socket and writes to it.

Run: python -m benchmarks.files_crossed [--names] [--base PATH]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TICKS = 20

# runs in a process of its own, in the folder of the version that it measures
PROBE = """
import json, sys, time
from pathlib import Path

import mlpviz
HOME = str(Path(mlpviz.__file__).parent)

def today():
    from mlpviz.app.visitor import Visitor
    from mlpviz.hosts.pages import PAGES
    from mlpviz.hosts.streamlit.channel import Channel
    from mlpviz.hosts.streamlit.channel import answer_json
    visitor = Visitor(PAGES)
    visitor.visit("sheet", {}), visitor.visit("train", {})
    channel = Channel(visitor, answer_json)
    count, held = 0, [visitor]  # a channel refers to it weakly
    def ask(page, event):
        nonlocal count
        count += len(held)
        return channel.ask({"page": page, "sequence": count, "events": [event], "view": "layer.0.1"})
    return ask

def former():
    from mlpviz.ui import session, step_through, train_page, train_session, train_visit
    from mlpviz.ui.line import Line
    sheet = session.from_url(None, None)
    visit = train_visit.Visit(train_session.from_url(None, None), None)
    owners = (sheet, visit)  # lines refer to them weakly
    sheet.line, visit.line = Line(sheet, step_through.answer), Line(visit, train_page.answer)
    count = 0
    def ask(page, event):
        nonlocal count
        count += 1
        line = (owners[0] if page == "sheet" else owners[1]).line
        return line.ask({"sequence": count, "edits": [event], "view": "layer.0.1"})
    return ask

def crossed(act):
    files = set()
    def see(frame, kind, argument):
        name = frame.f_code.co_filename
        if kind == "call" and name.startswith(HOME) and frame.f_code.co_name != "<module>":
            files.add(name[len(HOME) + 1:])
    sys.setprofile(see)
    try:
        act()
    finally:
        sys.setprofile(None)
    return sorted(files)

try:
    ask = today()
except ImportError:
    ask = former()
drag = {"type": "set", "tensor": "weight", "layer": 7, "row": 1, "column": 1, "gesture": "drag 1"}
for value in (1.5, 2.0, 2.5, 3.0):
    answer = json.loads(ask("sheet", drag | {"value": value}))
found = {"drag": crossed(lambda: ask("sheet", drag | {"value": 3.5}))}
ask("train", {"type": "play"})
for _ in range(5):
    ask("train", {"type": "tick"})
found["ticks"] = []
for _ in range(TICKS):
    time.sleep(0.01)
    found["ticks"].append(crossed(lambda: ask("train", {"type": "tick"})))
print("\\n" + json.dumps(found))
"""


def measured(root: Path) -> dict[str, list[str]]:
    """The files of a drag, of a tick in the middle of all, and of all ticks together, in the version in this folder."""
    probe = PROBE.replace("TICKS", str(TICKS))
    environment = {**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=root, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    ticks: list[list[str]] = sorted(found["ticks"], key=len)
    return {
        "one move of a drag": found["drag"],
        "one tick (median)": ticks[len(ticks) // 2],
        f"{TICKS} ticks": sorted({name for tick in ticks for name in tick}),
    }


def main(base: Path | None, names: bool) -> None:
    """Measure and print."""
    columns = {"today": measured(ROOT)} | ({"former": measured(base)} if base is not None else {})
    print(f"| files crossed | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for row in columns["today"]:
        print(f"| {row} | {' | '.join(str(len(found[row])) for found in columns.values())} |")
    if not names:
        return
    for version, found in columns.items():
        for row, files in found.items():
            print(f"\n{version}, {row}:\n" + "\n".join(f"  {name}" for name in files))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files_crossed", description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, metavar="PATH", help="the checkout of an earlier version")
    parser.add_argument("--names", action="store_true", help="list the files")
    options = parser.parse_args()
    main(None if options.base is None else options.base.resolve(), options.names)
