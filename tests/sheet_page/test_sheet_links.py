"""A network that is too large for a link: said in one sentence, with its file, and never an older one in its place."""

import json

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.network.new_network import new_network

LARGE = new_network("100-60-10", ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "2")


def visited(address=None):
    visitor = Visitor(PAGES)
    return visitor, visitor.visit("sheet", address or {})


def asked(visitor, number, *events):
    return visitor.handle({"page": "sheet", "sequence": number, "events": list(events)})


def opened(visitor, document, number=1):
    return asked(visitor, number, {"type": "open", "text": document.to_json()})


def test_it_is_said_once_and_the_file_is_offered():
    visitor, first = visited()
    assert first["address"]["d"]
    answer = opened(visitor, LARGE)
    assert answer["state"]["link_problem"] == answer["said"]["notice"]
    assert "too large for a link" in answer["said"]["notice"]
    assert answer["said"]["offer"] == "Save as a file"
    saved = asked(visitor, 2, {"type": "accept"})
    assert saved["file"]["name"].endswith(".json")
    edited = asked(visitor, 3, {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": "2"})
    assert edited["said"]["error"] is None
    assert edited["said"]["notice"] is None
    again = asked(visitor, 4, {"type": "ask_for_link"})
    assert again["said"]["offer"] == "Save as a file"


def test_the_address_forgets_the_older_network_and_names_this_one():
    visitor, _ = visited()
    address = opened(visitor, LARGE)["address"]
    assert (address["d"], address["w"], address["f"]) == (None, None, LARGE.name or "untitled")
    small = asked(visitor, 2, {"type": "preset", "key": "xor"})["address"]
    assert small["d"]
    assert small["f"] is None


def test_a_reload_says_that_the_network_was_in_no_link():
    visitor, _ = visited()
    address = {name: value for name, value in opened(visitor, LARGE)["address"].items() if value}
    _, answer = visited(address | {"v": "layer.0.1"})
    assert "was too large for a link" in answer["said"]["error"]
    assert json.dumps(address["f"])[1:-1] in answer["said"]["error"]


def test_the_other_pages_name_it_as_well():
    visitor, _ = visited()
    opened(visitor, LARGE)
    answer = visitor.visit("check", {})
    assert (answer["address"]["d"], answer["address"]["f"]) == (None, LARGE.name or "untitled")


def test_a_link_does_not_hold_the_name_alone():
    _, answer = visited({"d": PAGES["sheet"].first.to_link(), "f": "an older one"})
    assert answer["said"]["error"] is None
