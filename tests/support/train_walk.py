"""A walk over the training page: an event of each kind, as the browser sends it for what the answer offers."""

import base64

from mlpviz.app.address import Address
from mlpviz.config import TrainingConfig
from mlpviz.examples.experiments import EXPERIMENTS
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import open_file
from mlpviz.exchange.subjects import RUN
from mlpviz.train_page.page import TRAIN
from mlpviz.train_page.result_actions import SIDE
from tests.support.walk import Walker, same_bits

SLOW_DATA = ("mnist", "mnist_small", "digits", "mnist_full")
"""Data sets that take long or come over the network."""

CSV = b"a,b,kind\n1,2,x\n2,1,y\n3,5,x\n4,-1,y\n0,0,x\n1,1,y\n5,2,x\n2,2,y\n3,3,x\n1,4,y\n"
TEXTS = {"text": ("sin(3*x) + x/2", "x**2", "exp(-x)"), "typed": ("x1*x2, x1", "x1", ""), "features": ("a", "", "a, b")}


class TrainWalker(Walker):
    """One person on the training page."""

    def __init__(self, address: Address, seed, **options):
        super().__init__(TRAIN, address, seed, **options)
        self.settings = self.still = None
        self.take(self.send({"type": "resend"}))

    def take(self, answer):
        state = answer["state"]
        self.state = state
        self.settings = state.get("settings", self.settings)
        self.still = state.get("still", self.still)
        self.frame = state["frame"]
        self.require(self.frame["run"] == self.still["run"], "the frame is of a run that the browser does not know")

    # --- what the form offers ---

    def fields(self):
        found, waiting = [], [item for section in self.settings for item in section["items"]]
        while waiting:
            item = waiting.pop()
            waiting += item.get("items", [])
            if "value" in item and "path" in item:
                found.append(item)
        return found

    def actions(self):
        waiting, found = [item for section in self.settings for item in section["items"]], []
        while waiting:
            item = waiting.pop()
            waiting += item.get("items", [])
            found += [action["event"] for action in item.get("actions", []) if not action.get("disabled")]
        return found

    def typed(self, item):
        """A value for this field, as it is typed or chosen."""
        kind, name = item["kind"], str(item["path"][-1])
        if kind == "flag":
            return not item["value"]
        if kind == "choice":
            return self.one_of([key for key, _ in item["options"] if key not in SLOW_DATA])
        if kind == "text":
            return self.one_of(TEXTS.get(name, (str(item["value"]),)))
        if kind == "numbers":
            return [abs(self.number()) for _ in range(int(self.random.integers(1, 4)))]
        if name in ("units", "skip", "epochs", "samples", "batch_size", "seed", "patience"):
            most = {"units": 6, "skip": 3, "epochs": 30, "samples": 150, "batch_size": 40}.get(name, 20)
            return int(self.random.integers(0, most + 1))
        return self.one_of([self.number(), abs(self.number()), float(self.random.random())])

    @property
    def features(self):
        return len(self.still["features"])

    def place(self):
        return [self.number(), self.number()]

    def row(self):
        return int(self.random.integers(self.session.table.samples))

    def member(self):
        return int(self.random.integers(len(self.frame["lanes"])))

    # --- what holds at any time ---

    def look_around(self):
        session = self.session
        self.take(self.send({"type": "tick"}))
        self.take(self.send({"type": "examine", "part": None}, {"type": "table", "start": 0}))
        if self.random.random() < 0.3:
            self.send({"type": "check"})
        if session.link is not None:
            config = TrainingConfig.from_link(session.link)
            self.require(config == session.config, "the link brings another config")
            self.require(same_bits(config.to_json_value(), session.config.to_json_value()), "the link changes a bit")
        if self.random.random() < 0.1:
            self.bring_back()

    def bring_back(self):
        """The saved run goes on with the same numbers."""
        session = self.session
        self.take(self.send({"type": "pause"}))
        answer = self.send({"type": "save"})
        if answer["said"]["error"]:
            return
        saved = open_file(RUN, self.download())
        same = all(config.data == saved.configs[0].data for config in saved.configs)
        again = saved.restore(session.load(saved.configs[0].data, saved.csv) if same else None)
        for number in range(len(again.members)):
            one, other = again.state(number).snapshot, session.run.state(number).snapshot
            self.require(one.params.tobytes() == other.params.tobytes(), "the file brings other parameters")
            self.require(one.buffers.tobytes() == other.buffers.tobytes(), "the file brings other statistics")

    def download(self):
        found = b""
        while True:
            piece = self.session.files.piece
            self.require(piece is not None, "there is no file to be saved")
            found += base64.b64decode(piece["bytes"])
            if len(found) >= piece["size"]:
                self.send()
                return found
            self.send({"type": "download_piece", "number": piece["number"], "at": len(found)})


# ---------------------------------------------------------------- moves


def _set(walker):
    item = walker.one_of(walker.fields())
    return {"type": "set", "path": item["path"], "value": walker.typed(item)}


def _action(kind):
    def event(walker):
        found = [each for each in walker.actions() if each["type"] == kind]
        return walker.one_of(found) if found else None

    return event


def _add_layer(walker):
    return _action("add_layer")(walker) if len(walker.session.config.layers) < 6 else None


def _add_units(walker):
    hidden = len(walker.session.config.layers) - 1
    return hidden and {
        "type": "add_units", "layer": int(walker.random.integers(hidden)), "count": walker.one_of([1, -1])
    }  # fmt: skip


def _add_point(walker):
    if walker.features > 2 or walker.session.table.samples > 300:
        return None
    names = walker.still["class_names"]
    target = int(walker.random.integers(len(names))) if walker.still["task"] == "classes" else None
    return {"type": "add_point", "at": walker.place(), "target": target}


def _move_point(walker):
    return {"type": "move_point", "row": walker.row(), "at": walker.place()} if walker.features <= 2 else None


def _remove_point(walker):
    return {"type": "remove_point", "row": walker.row()} if walker.features <= 2 else None


def _draw(walker):
    if walker.features != 1:
        return None
    xs = sorted({round(float(x), 6) for x in walker.random.normal(size=8)})
    return {"type": "draw", "points": [[x, float(walker.random.normal())] for x in xs]}


def _upload(_):
    piece = {"at": 0, "bytes": base64.b64encode(CSV).decode(), "size": len(CSV)}
    return {"type": "upload_piece", "purpose": "csv", "name": "mine.csv", **piece}


def _predict(walker):
    return {"type": "predict", "point": [walker.number() for _ in range(walker.features)]}


def _digit(walker):
    if not walker.still["image_shape"]:
        return None
    ink = walker.random.integers(0, 256, SIDE * SIDE).astype("uint8")
    return {"type": "digit", "drawing": base64.b64encode(ink.tobytes()).decode()}


def _set_parameter(walker):
    weights, biases = walker.state["weights"], walker.state["biases"]
    layer = int(walker.random.integers(len(weights)))
    if not weights[layer]:
        return None
    unit = int(walker.random.integers(len(weights[layer])))
    source = int(walker.random.integers(len(weights[layer][unit])))
    at = None if biases[layer] and walker.random.random() < 0.3 else source
    return {"type": "set_parameter", "layer": layer, "unit": unit, "source": at, "value": walker.number()}


def _axes(walker):
    if walker.features < 3:
        return None
    return {"type": "axes", "axes": [int(each) for each in walker.random.permutation(walker.features)[:2]]}


def _travel(walker):
    branch = walker.one_of(walker.frame["branches"])["branch"]
    epoch = walker.one_of([None, *walker.frame["moments"]])
    return {"type": "travel", "epoch": epoch, **({"branch": branch} if walker.random.random() < 0.5 else {})}


def _several(event):
    return lambda walker: event(walker) if len(walker.frame["lanes"]) > 1 else None


def _experiment(walker):
    return {"type": "experiment", "key": walker.one_of([None, *QUICK])}


QUICK = [key for key in EXPERIMENTS if "digit" not in key and "mnist" not in key]
"""Experiments that need no pictures."""


def _from_sheet(walker):
    """As the visitor lends the network on the sheet to the session that asks for it."""
    walker.session.lent = PRESETS[walker.one_of(["mazur", "tied_autoencoder", "shared_weight", "batch_norm"])].document
    return {"type": "from_sheet"}


def _always(kind, **more):
    return lambda _: {"type": kind, **more}


TrainWalker.weights = {"set": 12.0, "experiment": 0.3, "resend": 0.3, "tick": 0.3, "check": 0.3}
TrainWalker.moves = {
    "accept": lambda one: {"type": "accept"} if one.session.said.offer else None,
    "play": _always("play"),
    "pause": _always("pause"),
    "step": _always("step"),
    "epochs": lambda one: {"type": "epochs", "count": one.one_of([1, 10])},
    "reset": lambda one: {"type": "reset", "new": bool(one.random.integers(2))},
    "travel": _travel,
    "set": _set,
    "add_layer": _add_layer,
    "remove_layer": lambda one: one.one_of([_action("remove_layer")(one), {"type": "remove_layer", "index": None}]),
    "add_units": _add_units,
    "add_point": _add_point,
    "move_point": _move_point,
    "remove_point": _remove_point,
    "draw": _draw,
    "upload_piece": _upload,
    "download_piece": lambda _: None,  # with each save
    "examine": lambda one: {"type": "examine", "part": one.one_of([None, "train", "validation", "test"])},
    "table": lambda one: {"type": "table", "start": one.row()},
    "predict": _predict,
    "digit": _digit,
    "to_landscape": lambda _: {"type": "to_landscape"},
    "to_sheet": lambda one: {"type": "to_sheet", **one.one_of([{}, {"row": one.row()}])},
    "from_sheet": _from_sheet,
    "save": _always("save"),
    "keep_run": _always("keep_run"),
    "read_sheet": lambda one: {"type": "read_sheet", "sheet": "Sheet"},
    "set_parameter": _set_parameter,
    "axes": _axes,
    "sample": lambda one: {"type": "sample", "row": one.one_of([None, one.row()])},
    "focus": _several(lambda one: {"type": "focus", "lane": one.member()}),
    "compare": _action("compare"),
    "keep": _several(lambda one: {"type": "keep", "lane": one.member()}),
    "export": _several(_always("export")),
    "experiment": _experiment,
    "tick": _always("tick"),
    "resend": _always("resend"),
    "check": _always("check"),
}
