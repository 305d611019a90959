"""Another host needs no Streamlit: all of the app runs in a process where it cannot be imported."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

HOST = '''
import importlib.abc
import json
import sys


class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in ("streamlit", "starlette"):
            raise ImportError(f"{name} is not here")
        return None


sys.meta_path.insert(0, Refuse())

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from tests.support.messages import read_message

visitor = Visitor(PAGES)
sequences = dict.fromkeys(PAGES, 0)


def carry(page, *events):
    """One message as a host carries it, both ways as bytes."""
    sequences[page] += 1
    message = json.loads(json.dumps({"page": page, "sequence": sequences[page], "events": list(events)}))
    answer = read_message(to_bytes(visitor.handle(message)))
    assert answer["acknowledged"] == sequences[page], answer
    assert answer["said"]["error"] is None, answer["said"]
    return answer


# a weight is dragged
first = visitor.visit("sheet", {})
assert first["state"]["structure_data"]["blocks"]
weight = {"type": "set", "tensor": "weight", "layer": 7, "row": 1, "column": 1, "gesture": "drag"}
links = [first["address"]["d"]]
for value in (1.5, 2.0, 2.5, 3.0):
    answer = carry("sheet", weight | {"value": value})
    assert answer["state"]["can_undo"]
    links.append(answer["address"]["d"])
assert len(set(links)) == 5
assert visitor.sessions["sheet"].document.layers[6].weight[0][0] == 3.0
undone = carry("sheet", {"type": "undo"})
assert undone["address"]["d"] == links[0], "the drag is one step"
assert not undone["state"]["can_undo"]
checked = visitor.handle({"page": "sheet", "events": [{"type": "check"}]})
assert checked["proof"]["status"] in ("ok", "partly"), checked
assert checked["proof"]["version"] == undone["proof"]["version"]
assert checked["state"] == {}

# a network learns for ten ticks
opened = visitor.visit("train", {})
assert {"still", "settings", "frame"} <= opened["state"].keys()
assert opened["next"] is None
steps = [carry("train", {"type": "play"})["state"]["frame"]["step"]]
for _ in range(10):
    answer = carry("train", {"type": "tick"})
    steps.append(answer["state"]["frame"]["step"] + 1000 * answer["state"]["frame"]["epoch"])
    assert answer["next"] is not None
assert steps == sorted(set(steps)), steps

# the batch of its next step is opened on the sheet, and the weights come back
sent = carry("train", {"type": "to_sheet"})
assert sent["go"] == "sheet"
sheet = visitor.visit("sheet", {})
assert sheet["said"]["notice"].startswith("From the training at epoch "), sheet["said"]
assert sheet["state"]["opened_from"].startswith("training, epoch ")
carry("sheet", {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": 0.25})
back = carry("sheet", {"type": "take_weights_back"})
assert back["go"] == "train"
again = visitor.visit("train", {})
assert "the other branch" in again["said"]["notice"], again["said"]

# the tensors are compared, a mistake is planted and taken out again, and the badge says what the table says
opened = visitor.visit("check", {})
assert opened["address"]["d"] == back["address"]["d"], "a reload finds the network of the sheet"
rows = opened["state"]["rows"]
assert {row["verdict"] for row in rows} == {"\\u2713"} and opened["state"]["ok"]
key, label = opened["state"]["mistakes"][0]
wrong = carry("check", {"type": "plant", "key": key})
assert wrong["state"]["planted"] == key and not wrong["state"]["ok"], label
assert not all(row["ok"] for row in wrong["state"]["rows"])
proved = visitor.handle({"page": "check", "events": [{"type": "check"}]})
assert proved["proof"]["status"] == "wrong" and proved["state"] == {}, proved
assert proved["proof"]["version"] == wrong["proof"]["version"]
assert carry("check", {"type": "plant", "key": ""}, {"type": "digits", "all": True})["state"]["ok"]

# whatever the menu of files offers is saved
for format, label, _ in first["state"]["files"]["save"]:
    saved = carry("sheet", {"type": "save", "format": format})["file"]
    assert saved["size"] > 0, label

assert not any(name.partition(".")[0] in ("streamlit", "starlette") for name in sys.modules)
print("done")
'''


def test_a_weight_is_dragged_a_network_learns_and_its_batch_is_opened():
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", HOST], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == "done\n"
