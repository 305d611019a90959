"""A walk over the score sheet: an event of each kind, as the browser sends it for what the answer offers."""

import base64

from mlpviz.exchange import open_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document
from mlpviz.sheet_page.cards import CARDS
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.start import NEW_NETWORK
from tests.support import import_moves
from tests.support.walk import Walker, same_bits

VECTORS = ("bias", "gamma", "beta", "alpha", "running_mean", "running_var")


class SheetWalker(Walker):
    """One person on the score sheet."""

    def __init__(self, address, seed, **options):
        super().__init__(SHEET, address, seed, **options)
        self.structures = {}
        self.files = 0
        self.take(self.send({"type": "resend"}))

    # --- what the browser has ---

    def take(self, answer):
        state = answer["state"]
        for brought in (state.get("structure_data"), state.get("other", {}).get("structure_data")):
            if brought:
                self.structures[brought["id"]] = brought
        self.require(state["structure"] in self.structures, "the browser has no such structure")
        self.state = state
        if "presets" in state:
            self.choices = state
        self.structure = self.structures[state["structure"]]
        self.values = {}
        offset = 0
        for block in self.structure["blocks"]:
            size = block["rows"] * block["columns"]
            self.values[block["key"]] = state["v"][offset : offset + size]
            offset += size

    @property
    def bands(self):
        return self.structure["bands"]

    @property
    def layers(self):
        return self.structure["layers"]

    def layer(self):
        return int(self.random.integers(1, self.layers + 1))

    def cell(self, *editable):
        """A block of this kind and a row and column of it, from 0; None if there is none."""
        blocks = [block for block in self.structure["blocks"] if not editable or block["editable"] in editable]
        if not blocks:
            return None
        block = self.one_of(blocks)
        return block, int(self.random.integers(block["rows"])), int(self.random.integers(block["columns"]))

    def value_for(self, block):
        if block["tensor"] == "running_var":
            return abs(self.number())
        if block["tensor"] == "target":
            if self.state["targetIsClasses"]:
                return int(self.random.integers(self.bands[-1]["units"]))
            if self.state["target_is_probability"]:
                return float(self.one_of([0.0, 1.0, self.random.random()]))
        return self.number()

    # --- what holds at any time ---

    def send(self, *events, **more):
        return super().send(*events, view=more.pop("view", self.view), **more)

    view = "layer.0.1"

    def look_around(self):
        session, random = self.session, self.random
        focus, second = (self.selection(self.cell()) for _ in range(2))
        self.view = ".".join(
            (
                self.one_of(["layer", "unit", "product"]), str(random.integers(0, 40)),
                str(random.integers(1, self.structure["samples"] + 1)), focus.replace(" ", "-"),
                self.one_of(["", "2", "6", "8", "f"]), second.replace(" ", "-"),
            )
        )  # fmt: skip
        question = {"focus": focus, "second": second, "sample": int(random.integers(1, self.structure["samples"] + 1))}
        asked = self.send({"type": "explain", "cards": list(CARDS), **question}, {"type": "review"})
        self.require(asked["said"]["number"] >= 0 and "review" in asked["state"], "the review is missing")
        self.require(set(asked["state"]["answers"]["cards"]) == set(CARDS), "a card is missing")
        self.take(asked)
        if random.random() < self.checks:
            self.send({"type": "check"})
            self.require(session.is_proved(), "the check did not run")
        self.bring_back(asked["address"])
        if random.random() < 0.25:
            self.there_and_back()

    checks = 0.5

    def bring_back(self, address):
        """The link and the file are this document, with every bit."""
        document = self.session.document
        plain = document.model_dump(mode="json")
        if address.get("d"):
            again = Document.from_link(address["d"])
            self.require(same_bits(again.model_dump(mode="json"), plain), "the link brings another document")
        opened = SHEET.open({key: text for key, text in (address | {"v": self.view}).items() if text})
        if address.get("d"):
            self.require(opened.said.error is None, f"the link is refused: {opened.said.error}")
            self.require(same_bits(opened.document.model_dump(mode="json"), plain), "the address brings another")
        self.take(self.send({"type": "save"}))
        content = self.download()
        again = open_file(NETWORK, content.decode())
        for name in ("layers", "x", "target", "learning_rate", "loss", "optimizer", "pins", "mode", "optimizer_state"):
            one, other = (getattr(each, name, None) for each in (again, document))
            self.require(same_bits(_plain(one), _plain(other)), f"the file brings another {name}")

    def download(self):
        found, number = b"", None
        while True:
            piece = self.session.files.piece
            self.require(piece is not None, "there is no file to be saved")
            number = piece["number"]
            found += base64.b64decode(piece["bytes"])
            if len(found) >= piece["size"]:
                self.send({"type": "view"})
                return found
            self.send({"type": "download_piece", "number": number, "at": len(found)})

    def there_and_back(self):
        """Undo and redo bring back the document before and this one."""
        session = self.session
        if not session.history.past:
            return
        now = session.document
        self.take(self.send({"type": "undo"}))
        self.take(self.send({"type": "explain", "cards": list(CARDS), "focus": None}, {"type": "review"}))
        self.take(self.send({"type": "redo"}))
        self.require(session.document == now, "undo and redo end in another document")

    def selection(self, place):
        block, r, c = place
        return f"{block['tensor']} {block['layer']} {r + 1} {c + 1}"


def _plain(value):
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


# ---------------------------------------------------------------- moves


def _cell_event(block, r, c, value, is_class):
    """As `setEvent` in web/sheet/cells.js: samples are columns on screen and rows in the document."""
    tensor, layer = block["tensor"], block["layer"]
    if tensor in ("x", "target"):
        return {"tensor": tensor, "layer": None, "row": c + 1, "column": None if is_class else r + 1, "value": value}
    if tensor == "slopes":
        return {"tensor": tensor, "layer": layer, "row": c + 1, "column": r + 1, "value": value}
    if tensor in VECTORS:
        return {"tensor": tensor, "layer": layer, "row": r + 1, "column": None, "value": value}
    return {"tensor": "weight", "layer": layer, "row": r + 1, "column": c + 1, "value": value}


def _set(walker):
    block, r, c = walker.cell(True)
    event = {"type": "set", **_cell_event(block, r, c, walker.value_for(block), walker.state["targetIsClasses"])}
    return event if walker.random.random() < 0.7 else {**event, "gesture": f"g{walker.random.integers(3)}"}


def _set_numbers(walker):
    places = [walker.cell(True) for _ in range(2)]
    movable = ("weight", "bias", "gamma", "beta", "alpha", "x")
    if any(block["tensor"] not in movable for block, _, _ in places):
        return None
    numbers = [_cell_event(*place, walker.number(), False) for place in places]
    return {"type": "set_numbers", "numbers": numbers, "gesture": "two"}


def _matrix(walker, rows, columns, block):
    return [[walker.value_for(block) for _ in range(columns)] for _ in range(rows)]


def _whole_block(walker):
    """A block that can be set at once, and numbers of its size in the document's orientation."""
    block, _, _ = walker.cell(True)
    rows, columns = block["rows"], block["columns"]
    if block["tensor"] in ("x", "target", "slopes"):
        rows, columns = columns, rows
    layer = None if block["tensor"] in ("x", "target") else block["layer"]
    return block, layer, _matrix(walker, rows, columns, block)


def _set_matrix(walker):
    block, layer, rows = _whole_block(walker)
    if block["tensor"] == "target" and walker.state["targetIsClasses"]:
        return None
    return {"type": "set_matrix", "tensor": block["tensor"], "layer": layer, "rows": rows}


def _paste(walker):
    block, layer, rows = _whole_block(walker)
    is_sample = block["tensor"] in ("x", "target", "slopes")
    if is_sample:
        rows = [list(column) for column in zip(*rows, strict=True)]
    text = walker.one_of([str(rows), "\n".join("\t".join(map(repr, row)) for row in rows)])
    return {"type": "paste", "tensor": block["tensor"], "layer": layer, "text": text, "transposed": is_sample}


def _hyperparameter(walker, hyperparameters, **event):
    if not hyperparameters:
        return None
    chosen = walker.one_of(hyperparameters)
    value = walker.hyperparameter(chosen["kind"], chosen.get("choices"))
    return {**event, "name": chosen["name"], "value": value}


def _set_schedule(walker):
    form = walker.state["schedule"]
    keys = [None, *(key for key, _ in walker.structure["schedules"])]
    longer = [whole for _, whole in form["changes"]] if form else []
    shorter = [part["without"] for part in form["parts"] if part["without"]] if form else []
    return {"type": "set_schedule", "key": walker.one_of([*keys, *longer, *shorter])}


def _schedule_count(kind):
    return lambda walker: {"type": kind, "value": walker.one_of([1, 5, 40])} if walker.state["schedule"] else None


def _set_activation_hyperparameter(walker):
    layer = walker.layer()
    return _hyperparameter(walker, walker.bands[layer]["hyperparameters"], type="set_activation_knob", layer=layer)


def _set_norm_hyperparameter(walker):
    layer = walker.layer()
    return _hyperparameter(walker, walker.bands[layer]["normHyperparameters"], type="set_norm_knob", layer=layer)


def _inner(walker):
    layers = [band["layer"] for band in walker.bands if band.get("inner")]
    return walker.one_of(layers) if layers else None


def _set_dropout(walker):
    layer = _inner(walker)
    rate = walker.one_of([0, 0.5, 1, float(walker.random.random())])
    seed = int(walker.random.integers(2**32))
    return layer and {"type": "set_dropout", "layer": layer, "rate": rate, "seed": seed}


def _redraw_mask(walker):
    layers = [band["layer"] for band in walker.bands if band.get("dropout")]
    seed = int(walker.random.integers(2**32))
    return {"type": "redraw_mask", "layer": walker.one_of(layers), "seed": seed} if layers else None


def _redraw_slopes(walker):
    layers = [band["layer"] for band in walker.bands if band.get("draws")]
    seed = int(walker.random.integers(2**32))
    return {"type": "redraw_slopes", "layer": walker.one_of(layers), "seed": seed} if layers else None


def _toggle_mask(walker):
    place = walker.cell("toggle")
    if place is None:
        return None
    block, r, c = place
    return {"type": "toggle_mask", "layer": block["layer"], "sample": c + 1, "unit": r + 1}


def _set_skip(walker):
    layer = _inner(walker)
    around = layer and walker.one_of(walker.bands[layer]["skips"])[0]
    return layer and {"type": "set_skip", "layer": layer, "around": around}


def _pin(walker):
    block, r, c = walker.cell("pin") or (None, 0, 0)
    place = {"sample": c + 1, "unit": r + 1, "value": walker.number()}
    return block and {"type": "pin", "layer": block["layer"], **place}


def _unpin(walker):
    pins = walker.state["pins"]
    if not pins:
        return None
    layer, r, c = walker.one_of(pins)
    return {"type": "unpin", "layer": layer, "sample": c + 1, "unit": r + 1}


def _sample(kind):
    def event(walker):
        samples = walker.structure["samples"]
        if (kind == "remove_sample" and samples < 2) or (kind != "remove_sample" and samples > 5):
            return None
        return {"type": kind, "sample": int(walker.random.integers(1, samples + 1))}

    return event


def _add_sample(walker):
    return {"type": "add_sample"} if walker.structure["samples"] < 6 else None


def _add_layer(walker):
    return {"type": "add_layer", "after": walker.layer() - walker.one_of([0, 1])} if walker.layers < 8 else None


def _remove_layer(walker):
    return {"type": "remove_layer", "layer": walker.layer()} if walker.layers > 1 else None


def _width(kind):
    def event(walker):
        layer = int(walker.random.integers(0, walker.layers + 1))
        units = walker.bands[layer]["units"]
        return (
            None
            if (units < 2 and kind == "narrow") or (units > 5 and kind == "widen")
            else {"type": kind, "layer": layer}
        )

    return event


def _set_bias(walker):
    layer = walker.layer()
    return {"type": "set_bias", "layer": layer, "on": not walker.bands[layer]["bias"]}


def _new_network(one):
    choices = one.state.get("new_network", NEW_NETWORK)
    widths = one.random.integers(1, 4, int(one.random.integers(2, 5)))
    loss = one.one_of(choices["losses"])[0]
    activations = [one.one_of(choices["activations"])[0] for _ in widths[1:]]
    if loss in choices["fits"]:
        activations[-1] = one.one_of(choices["fits"][loss])
    made = {"widths": "-".join(map(str, widths)), "activations": activations, "loss": loss}
    made |= {"biases": bool(one.random.integers(2)), "start": one.one_of(choices["starts"])[0]}
    made |= {"seed": str(one.random.integers(9)), "samples": str(one.random.integers(1, 4))}
    return {"type": "new_network", "attempt": one.sequence, **made}


def _open(walker):
    """A file that was saved from here, or one of the examples."""
    walker.send({"type": "save"})
    return {"type": "open", "text": walker.download().decode()}


def _compared(kind):
    return lambda walker: {"type": kind} if walker.session.comparison else None


def _rewind(walker):
    walked = walker.state["walked"]
    return {"type": "rewind", "to": int(walker.random.integers(walked))} if walked else None


def _explain(walker):
    place = walker.cell()
    return {"type": "explain", "cards": [walker.one_of(CARDS)], "focus": walker.selection(place)}


def _name(walker):
    return {"type": "set_name", "name": walker.one_of(["", "mine", "½ σ → ∂", "a" * 80])}


def _update(walker):
    return {"type": "update", "times": walker.one_of([1, 1, 1, 10, 100])}


def _learning_rate(walker):
    return {"type": "set_learning_rate", "value": abs(walker.one_of([walker.number(), 0.1, 10.0]))}


def _parameter(walker):
    layer = walker.layer()
    return layer, walker.one_of(walker.bands[layer]["parameters"])


def _set_frozen(walker):
    layer, (tensor, _, frozen) = _parameter(walker)
    return {"type": "set_frozen", "layer": walker.one_of([layer, None]), "tensor": tensor, "on": not frozen}


def _set_tied(walker):
    layer = walker.layer()
    tie = walker.one_of(walker.bands[layer]["ties"])[0]
    to = int(tie.rstrip("T")) if tie else None
    return {"type": "set_tied", "layer": layer, "to": to, "transposed": tie.endswith("T")}


def _set_one_bias(walker):
    layer = walker.layer()
    band = walker.bands[layer]
    return {"type": "set_one_bias", "layer": layer, "on": not band["oneBias"]} if band["bias"] else None


def _tie(wanted):
    """What the card of a number offers, for one number or for two."""

    def event(walker):
        places = [walker.cell(True) for _ in range(2)]
        if wanted == "untie_number" and walker.session.document.ties:
            layer, row, *column = walker.one_of(walker.one_of(walker.session.document.ties))
            focus, second = f"{'weight' if column else 'bias'} {layer} {row} {column[0] if column else 1}", None
        else:
            focus, second = (walker.selection(place) for place in places)
        asked = walker.send({"type": "explain", "cards": ["tie"], "focus": focus, "second": second})
        card = asked["state"]["answers"]["cards"]["tie"] or {"actions": []}
        return next((one["event"] for one in card["actions"] if one["event"]["type"] == wanted), None)

    return event


def _own(kind, offered):
    def event(walker):
        layer = walker.layer()
        value = walker.one_of([None, 0.01, abs(walker.number())])
        return {"type": kind, "layer": layer, "value": value} if walker.bands[layer][offered] else None

    return event


def _update_sample(walker):
    return {"type": "update_sample", "sample": int(walker.random.integers(1, walker.structure["samples"] + 1))}


def _chosen(kind, key, choices, **more):
    return lambda walker: {
        "type": kind,
        key: walker.one_of(choices(walker))[0],
        **{n: f(walker) for n, f in more.items()},
    }


def _bring_undo(walker):
    link = walker.session.link
    return {"type": "bring_undo", "at": link, "past": [link], "future": [link]} if link else None


def _open_kept(walker):
    walker.send({"type": "keep"})
    content = walker.download()
    piece = {"name": "kept.json", "size": len(content), "at": 0, "bytes": base64.b64encode(content).decode()}
    walker.send({"type": "upload_piece", **piece})
    return {"type": "open_kept", "since": [{"type": "update", "times": 1}], "whole": True}


def _always(kind):
    return lambda _: {"type": kind}


SheetWalker.moves = {
    "set": _set,
    "set_numbers": _set_numbers,
    "set_matrix": _set_matrix,
    "paste": _paste,
    "set_activation": _chosen(
        "set_activation", "key", lambda one: one.structure["activations"], layer=SheetWalker.layer
    ),
    "set_activation_knob": _set_activation_hyperparameter,
    "set_loss": _chosen("set_loss", "key", lambda one: one.structure["losses"]),
    "set_target_form": lambda one: (
        {"type": "set_target_form", "form": one.one_of(["numbers", "rows"])} if one.structure["targetForm"] else None
    ),
    "set_loss_knob": lambda one: _hyperparameter(one, one.structure["lossHyperparameters"], type="set_loss_knob"),
    "set_learning_rate": _learning_rate,
    "set_optimizer": _chosen("set_optimizer", "key", lambda one: one.structure["optimizers"]),
    "set_optimizer_knob": lambda one: _hyperparameter(
        one, one.structure["optimizer"]["hyperparameters"], type="set_optimizer_knob"
    ),
    "set_name": _name,
    "set_mode": _chosen("set_mode", "mode", lambda one: one.structure["modes"]),
    "set_norm": _chosen("set_norm", "key", lambda one: [[None], *one.structure["norms"]], layer=SheetWalker.layer),
    "set_norm_knob": _set_norm_hyperparameter,
    "set_dropout": _set_dropout,
    "redraw_mask": _redraw_mask,
    "redraw_slopes": _redraw_slopes,
    "toggle_mask": _toggle_mask,
    "set_skip": _set_skip,
    "pin": _pin,
    "unpin": _unpin,
    "add_sample": _add_sample,
    "duplicate_sample": _sample("duplicate_sample"),
    "remove_sample": _sample("remove_sample"),
    "add_layer": _add_layer,
    "remove_layer": _remove_layer,
    "widen": _width("widen"),
    "narrow": _width("narrow"),
    "set_bias": _set_bias,
    "set_frozen": _set_frozen,
    "set_tied": _set_tied,
    "set_one_bias": _set_one_bias,
    "tie_numbers": _tie("tie_numbers"),
    "untie_number": _tie("untie_number"),
    "set_layer_rate": _own("set_layer_rate", "hasRate"),
    "set_layer_decay": _own("set_layer_decay", "hasDecay"),
    "set_penalty": _chosen("set_penalty", "key", lambda one: [[None], *one.structure["penalties"]]),
    "set_penalty_knob": lambda one: _hyperparameter(
        one, one.structure["penaltyHyperparameters"], type="set_penalty_knob"
    ),
    "penalize_biases": lambda one: {"type": "penalize_biases", "on": not one.state["penalizeBiases"]},
    "set_schedule": _set_schedule,
    "set_schedule_knob": lambda one: _hyperparameter(
        one, (one.state["schedule"] or {}).get("hyperparameters", ()), type="set_schedule_knob"
    ),
    "set_schedule_step": _schedule_count("set_schedule_step"),
    "set_schedule_every": _schedule_count("set_schedule_every"),
    "update": _update,
    "update_sample": _update_sample,
    "practise": _always("practise"),
    "train_network": _always("train_network"),
    "accept": lambda one: {"type": "accept"} if one.session.said.offer else None,
    "undo": lambda one: {"type": "undo"} if one.state["can_undo"] else None,
    "redo": lambda one: {"type": "redo"} if one.state["redos"] else None,
    "reset": _always("reset"),
    "preset": _chosen("preset", "key", lambda one: one.choices["presets"]),
    "new_network": _new_network,
    "open": _open,
    **import_moves.MOVES,
    "open_kept": _open_kept,
    "nothing_kept": _always("nothing_kept"),
    "bring_undo": _bring_undo,
    "tour": _always("tour"),
    "save": _always("save"),
    "keep": _always("keep"),
    "download_piece": lambda one: None,  # with each save
    "compare": _chosen("compare", "key", lambda one: one.choices["variants"]),
    "ask_for_link": _always("ask_for_link"),
    "swap": _compared("swap"),
    "adopt": _compared("adopt"),
    "together": _compared("together"),
    "stop_comparing": _compared("stop_comparing"),
    "rewind": _rewind,
    "go": lambda one: {"type": "go", "page": one.one_of(["train", "check"])},
    "take_weights_back": _always("take_weights_back"),
    "view": _always("view"),
    "explain": _explain,
    "review": _always("review"),
    "bring_numbers": lambda one: {"type": "bring_numbers", "own": [*one.state["bulk"], "nothing.1"], "other": []},
    "resend": _always("resend"),
    "check": _always("check"),
}

SheetWalker.weights = dict.fromkeys(
    (
        "reset",
        "preset",
        "new_network",
        "open",
        "open_kept",
        "nothing_kept",
        "bring_undo",
        "tour",
        "save",
        "keep",
        "view",
        "explain",
        "review",
        "bring_numbers",
        "resend",
        "check",
        "go",
        "take_weights_back",
        "practise",
        "train_network",
        *import_moves.MOVES,
    ),
    0.2,
) | {"update": 3.0}
"""Moves that end a network, or that ask what is asked after every move anyway, are rarer."""
