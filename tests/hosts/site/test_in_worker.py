"""What runs in the browser: the pages, with the packages of the site alone and without threads."""

import json
import sys

import pytest

from mlpviz.data.csv_columns import NO_READER
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import FORMATS
from mlpviz.hosts.site.archives import PURE
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.hosts.site.pyodide_files import PYODIDE_FILES
from mlpviz.network import Document
from mlpviz.runs import Run
from mlpviz.runs.curves import COLUMNS
from mlpviz.train_page.data_table import ROWS
from mlpviz.train_page.sheet_training import training_of
from tests.support.messages import read_message
from tests.support.site_note import newest
from tests.support.site_python import run_in_site

SETS = ["moons", "iris", "digits", "wine", "breast_cancer"]

# a person opens every page, changes a weight, asks for the check, saves in every format of the menus and opens files
WALK = """
import base64
import json
import sys
from mlpviz.app.faults import FAULTS
from mlpviz.hosts.site.in_worker import answer

given = json.loads(given)
sequences = {}

def read(content):
    # the JSON of an answer, behind which arrays may stand
    if content[:1] == b"{":
        return json.loads(content)
    return json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])

def visit(page, **parameters):
    return read(answer(json.dumps({"page": page, "parameters": parameters})))

def carry(page, *events):
    sequences[page] = sequences.get(page, 0) + 1
    return read(answer(json.dumps({"page": page, "sequence": sequences[page], "events": list(events)})))

def opened(name, content):
    upload = {"name": name, "size": len(content), "at": 0, "bytes": base64.b64encode(content).decode()}
    carry("sheet", {"type": "upload_piece", **upload})
    return carry("sheet", {"type": "open_files"})

visits = {page: visit(page, d=given["link"]) for page in given["pages"]}
weight = {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": "1/4"}
changed = carry("sheet", weight)
checked = read(answer(json.dumps({"page": "sheet", "events": [{"type": "check"}]})))
files = visits["sheet"]["state"]["files"]
keys = [key for key, *_ in files["save"]] + [key for each in files["choose"] for key, *_ in each["formats"]]
saved = {}
for key in keys:
    found = carry("sheet", {"type": "save", "format": key})
    saved[key] = [found["said"]["error"], found["file"] and found["file"]["size"]]
    if key == "network_json":
        network = base64.b64decode(found["file"]["bytes"])
again = opened("mine.json", network)
refused = opened("theirs.onnx", bytes(20))
# a training: from the sheet and of measured data, with all that the page can show, back to the sheet, and files
carry("sheet", {"type": "train_network"})
trained = visit("train")["state"]["settings"]

def learn(epochs):
    carry("train", {"type": "epochs", "count": epochs})
    while True:
        shown = carry("train", {"type": "tick"})
        if shown["next"] is None:
            return shown["state"]["frame"]

items = trained[0]["items"]
form = [given["no reader"] in [item.get("text") for item in items],
        [item for item in items if item["kind"] == "file" or "csv" in str(item.get("options"))]]

def open_run(file):
    size = file["size"]
    piece = {"type": "upload_piece", "purpose": "run", "name": file["name"], "size": size, "at": 0}
    found = carry("train", {**piece, "bytes": file["bytes"]})
    return [found["said"]["error"], found["state"]["frame"]["epoch"]]

of_sheet = learn(20)["lanes"][0]["now"]["loss"]
kept = carry("train", {"type": "save", "format": "checkpoint_safetensors"})["file"]
there = learn(3)["lanes"][0]["now"]["loss"]
back_at = open_run(kept)
again_there = learn(3)["lanes"][0]["now"]["loss"]
said = {}
runs = {}
for source in given["sets"]:
    events = [["source"], source], [["split", "stratified"], True], [["split", "folds"], 3]
    said[source] = [carry("train", {"type": "set", "path": path, "value": value})["said"]["error"]
                    for path, value in events]
    runs[source] = learn(2)["epoch"]
examined = carry("train", {"type": "examine"})
shown = carry("train", {"type": "table", "start": 0}, {"type": "travel", "epoch": 1})
back = carry("train", {"type": "to_sheet"})
piece = {"type": "upload_piece", "size": 11, "at": 0, "bytes": base64.b64encode(b"a,b\\n1,2\\n3,4").decode()}
no_csv = carry("train", {**piece, "purpose": "csv", "name": "mine.csv"})
carry("train", {"type": "set", "path": ["split", "folds"], "value": None})
compared = carry("train", {"type": "compare"})
csv = carry("train", {"type": "export"})
lost = carry("train", {"type": "resume", "tab_token": "another", "epoch": 3})
exercise = carry("practice", {"type": "save", "format": "exercise_moodle", "address": "https://school.example/net/"})
json.dumps({
    "visits": {page: [found["page"], found["said"]["error"]] for page, found in visits.items()},
    "edited": changed["address"]["d"],
    "link": changed["address"]["d"] != visits["sheet"]["address"]["d"],
    "proof": checked["proof"],
    "saved": saved,
    "again": again["said"]["error"],
    "refused": refused["said"]["error"],
    "exercise": exercise["said"]["error"],
    "of sheet": of_sheet,
    "run": [back_at, there == again_there],
    "said": said,
    "runs": runs,
    "examined": [examined["said"]["error"], examined["state"]["examined"]["parts"]],
    "table": len(shown["state"]["table"]["rows"]),
    "back": [back["said"]["error"], back["go"]],
    "csv": [no_csv["said"]["error"], compared["said"]["error"], csv["file"] and csv["file"]["name"]],
    "form": form,
    "lost": lost["said"]["notice"],
    "faults": FAULTS.count,
    "modules": sorted({getattr(module, "__file__", None) or "" for module in [*sys.modules.values()]}),
})
"""


@pytest.fixture(scope="module")
def found(site):
    given = {"pages": [*SITE_PAGES], "link": PRESETS["xor"].document.to_link(), "sets": SETS, "no reader": NO_READER}
    return run_in_site(newest(site) / "python", WALK, given)


def test_all_pages_answer_and_files_are_saved_and_opened(found):
    assert found["visits"] == {key: [key, None] for key in SITE_PAGES}
    assert found["link"]
    assert found["proof"]["status"] == "partly"
    assert "PyTorch is not installed" in found["proof"]["text"]
    assert {key: error for key, (error, size) in found["saved"].items() if error or not size} == {}
    needed = {key for key, entry in FORMATS.items() if entry.needs not in ("", "safetensors")}
    assert "network_safetensors" in found["saved"]
    assert found["saved"].keys() & needed == set(), "no menu offers what no browser can save"
    assert found["again"] is None
    assert "needs the library onnx, which no browser has: open it in the app" in found["refused"]
    assert (found["exercise"], found["faults"]) == (None, 0)


def test_a_network_of_the_sheet_and_measured_data_are_trained_and_brought_back(found):
    document = Document.from_link(found["edited"])
    run = Run.of(training_of(document))
    run.epoch(20)
    while run.advance(1.0):
        pass
    assert found["of sheet"] == pytest.approx(run.state(0).newest_row[COLUMNS.index("loss")], rel=1e-12)
    assert found["run"] == [[None, 20], True], "a saved run is opened, and learns on to the same bits"
    assert found["said"] == {key: [None] * 3 for key in SETS}
    assert found["runs"] == dict.fromkeys(SETS, 2)
    assert found["examined"] == [None, ["test", "validation", "train"]]
    assert found["table"] == ROWS
    assert found["back"] == [None, "sheet"]
    refused, compared, comparison = found["csv"]
    assert NO_READER in refused
    assert found["form"] == [True, []], "no button opens a file that cannot be read, and it is said why"
    assert (compared, comparison) == (None, "comparison.csv")
    assert "Your run of 3 epochs is lost" in found["lost"]


def test_nothing_is_imported_but_what_the_site_says_that_it_has(found):
    marker = "site-packages/"
    packages = {path.partition(marker)[2].split("/")[0] for path in found["modules"] if marker in path}
    listed = {part.file.split("-")[0] for part in PYODIDE_FILES if part.is_wheel}
    names = {each.removesuffix(".pyc").removesuffix(".py") for each in packages} - sys.stdlib_module_names
    of_python = {each for each in names if each.startswith("_sysconfigdata_")}
    assert names - of_python <= {*listed, *PURE, "mlpviz", "pyodide", "safetensors"}


def test_a_message_is_answered_as_on_a_server():
    from mlpviz.hosts.site.in_worker import answer

    visited = read_message(answer(json.dumps({"page": "sheet", "parameters": {"v": "unit.2.1", "theme": "dark"}})))
    assert visited["state"]["view"] == "unit.2.1"
    assert answer(json.dumps({"page": "nothing", "events": []})) is None
