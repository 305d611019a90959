"""How many files a drag of a weight crosses, and a tick of a training: those in which a function runs.

The call path is counted besides: the Python files on the stack when the engine's pass begins, from the channel on. They
are what a reader goes through to find where a request becomes mathematics; what these files call and come back from is
not in it.

Python: a message goes the way that it goes in the app, from the channel of a visitor to the JSON of the answer, after a
warm-up, so that what is computed once is there. JavaScript: a pointer drags a weight in headless Chromium, and the
functions are those that ran from one move to the paint (a frame of the training page: from one paint to the next).
Prints a Markdown table; --names lists the files. With --base PATH the same goes through the checkout of an earlier
version there, so that both columns come from one run. The web server's own files are not in it: one in each version.

Run: python -m benchmarks.files_crossed [--names] [--base PATH]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from benchmarks.browser import browsed
from benchmarks.server import start

ROOT = Path(__file__).parents[1]
TICKS = 20

# runs in a process of its own, in the folder of the version that it measures
PROBE = """
import json, sys, time
from pathlib import Path

import mlpviz
HOME = str(Path(mlpviz.__file__).parent)

def today():
    from mlpviz.app.visitor import Visitor, answer_json
    from mlpviz.hosts.pages import PAGES
    from mlpviz.hosts.streamlit.channel import Channel
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
    files, path = set(), []
    def see(frame, kind, argument):
        name = frame.f_code.co_filename
        if kind == "call" and name.startswith(HOME) and frame.f_code.co_name != "<module>":
            files.add(name[len(HOME) + 1:])
            if name.endswith("engine/passes.py") and not path:
                while frame is not None:
                    if frame.f_code.co_filename.startswith(HOME):
                        path.insert(0, frame.f_code.co_filename[len(HOME) + 1:])
                    frame = frame.f_back
    sys.setprofile(see)
    try:
        act()
    finally:
        sys.setprofile(None)
    return sorted(files), list(dict.fromkeys(path))

try:
    ask = today()
except ImportError:
    ask = former()
drag = {"type": "set", "tensor": "weight", "layer": 7, "row": 1, "column": 1, "gesture": "drag 1"}
for value in (1.5, 2.0, 2.5, 3.0):
    ask("sheet", drag | {"value": value})
found = {}
found["drag"], found["drag path"] = crossed(lambda: ask("sheet", drag | {"value": 3.5}))
ask("train", {"type": "play"})
for _ in range(5):
    ask("train", {"type": "tick"})
found["ticks"], found["tick path"] = [], []
for _ in range(TICKS):
    time.sleep(0.01)
    files, path = crossed(lambda: ask("train", {"type": "tick"}))
    found["ticks"].append(files)
    # a tick that is not yet due learns nothing and meets no pass
    found["tick path"] = max(found["tick path"], path, key=len)
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
        "Python, one move of a drag": found["drag"],
        "of them on the call path to the pass": found["drag path"],
        "Python, one tick (median)": ticks[len(ticks) // 2],
        f"Python, {TICKS} ticks": sorted({name for tick in ticks for name in tick}),
        "on the call path of a tick to the pass": found["tick path"],
    }


# gives the source of each [script, offset] through the source map of the one program
_SOURCES = """
const { SourceMap } = require("node:module"), { readFileSync } = require("node:fs");
const { program, map, offsets } = JSON.parse(readFileSync(0, "utf8"));
const sources = new SourceMap(JSON.parse(map)), text = program.slice(0);
const starts = [0];
for (let at = text.indexOf("\\n"); at >= 0; at = text.indexOf("\\n", at + 1)) starts.push(at + 1);
const found = offsets.map((offset) => {
  let line = starts.findLastIndex((start) => start <= offset);
  return sources.findEntry(line, offset - starts[line]).originalSource ?? "";
});
process.stdout.write(JSON.stringify([...new Set(found)]));
"""
_PAINTED = "() => new Promise((done) => window.addEventListener('mlpviz:painted', done, { once: true }))"


def scripts_crossed(root: Path) -> dict[str, list[str]]:
    """The JavaScript files of one move of a drag and of one frame of a training, in the version in this folder."""
    server = start("app.py", root=root)
    try:
        with browsed() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 960})
            tools = page.context.new_cdp_session(page)
            tools.send("Debugger.enable")
            tools.send("Profiler.enable")
            tools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
            page.goto(server.url)
            page.locator('.badge[data-status="ok"]').wait_for()
            # at once: another page takes the scripts of this one away
            drag = _files(root, tools, _drag(page, tools))
            page.goto(f"{server.url}/train")
            if page.locator("select.speed").count():
                page.locator("select.speed").select_option("full")
            page.get_by_role("button", name="Play").or_(page.locator("[data-act=play]")).first.click()
            page.wait_for_timeout(700)
            _taken(tools)
            page.wait_for_timeout(300)
            tick = _files(root, tools, _taken(tools))
            return {"JavaScript, one move of a drag": drag, "JavaScript, frames of a training": tick}
    finally:
        server.stop()


def _drag(page: Page, tools: CDPSession) -> list[dict[str, Any]]:
    page.keyboard.press("End")
    box = page.locator('[data-block="weight.7"] td[data-r="0"]').first.bounding_box()
    if box is None:
        raise RuntimeError("the weight to drag is not on screen")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x + 12 * step, y)
        page.wait_for_timeout(150)
    _taken(tools)
    page.evaluate(f"void (window.painted = ({_PAINTED})())")
    page.mouse.move(x + 84, y)
    page.evaluate("window.painted")
    functions = _taken(tools)
    page.mouse.up()
    return functions


def _taken(tools: CDPSession) -> list[dict[str, Any]]:
    """The functions that ran since the last call: script and place of the first character."""
    scripts = tools.send("Profiler.takePreciseCoverage")["result"]
    return [
        {"script": script["scriptId"], "url": script["url"], **function["ranges"][0]}
        for script in scripts
        for function in script["functions"]
        if function["ranges"][0]["count"] and function["functionName"] != "done"
    ]


def _sources(built: Path, functions: list[dict[str, Any]]) -> list[str]:
    """The sources of those of the functions that are in this file of the program."""
    offsets = [function["startOffset"] for function in functions if function["url"].endswith(f"/built/{built.name}")]
    given = {"program": built.read_text("utf-8"), "map": built.with_suffix(".js.map").read_text("utf-8")}
    done = subprocess.run(
        ["node", "-e", _SOURCES], input=json.dumps(given | {"offsets": offsets}), stdout=subprocess.PIPE,
        text=True, check=True,
    )  # fmt: skip
    return list(json.loads(done.stdout))


def _files(root: Path, tools: CDPSession, functions: list[dict[str, Any]]) -> list[str]:
    programs = sorted(root.glob("mlpviz/web/built/*.js"))
    if programs:
        return sorted({name for built in programs for name in _sources(built, functions) if name.endswith(".js")})
    # an earlier version joins the texts of its modules, so a function's text stands in its file too
    files = {str(file.relative_to(root / "mlpviz")): file.read_text("utf-8") for file in root.glob("mlpviz/**/*.js")}
    crossed: set[str] = set()
    for script in {function["script"] for function in functions}:
        text = tools.send("Debugger.getScriptSource", {"scriptId": script})["scriptSource"]
        for function in (each for each in functions if each["script"] == script):
            own = text[function["startOffset"] : function["endOffset"]]
            where = [name for name, source in files.items() if len(own) > 12 and own in source]
            crossed |= set(where) if len(where) == 1 else set()
    return sorted(crossed)


def main(base: Path | None, names: bool) -> None:
    """Measure and print."""
    roots = {"today": ROOT} | ({} if base is None else {"former": base})
    columns = {version: measured(root) | scripts_crossed(root) for version, root in roots.items()}
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
