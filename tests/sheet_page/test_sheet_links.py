"""A network that is too large for a link: said in one sentence, with its file, and never an older one in its place."""

import json

import pytest

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.network.recipe import Recipe
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.link import packed

RECIPE = Recipe(
    widths="100-60-10",
    activations=("tanh", "identity"),
    biases=True,
    loss="mse",
    start="xavier_uniform",
    seed="7",
    samples="2",
)
LARGE = RECIPE.document()
NEW = {"type": "new_network", "attempt": 1, **RECIPE.model_dump(exclude={"updates"}, mode="json")}


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


def reloaded(address):
    visitor, answer = visited({name: value for name, value in address.items() if value})
    return visitor, visitor.sessions["sheet"].document, answer


def test_a_large_network_that_was_made_here_has_its_seed_and_steps_in_the_link():
    visitor, _ = visited()
    made = asked(visitor, 1, NEW)
    assert (made["address"]["d"], made["address"]["f"], made["state"]["link_problem"]) == (None, None, "")
    assert "The link has the seed 7 that makes it again;" in made["said"]["notice"]
    assert made["said"]["offer"] == "Save as a file"
    assert reloaded(made["address"])[1] == LARGE
    asked(visitor, 2, {"type": "update", "times": 2})
    stepped = asked(visitor, 3, {"type": "update"})
    document = visitor.sessions["sheet"].document
    other, found, answer = reloaded(stepped["address"])
    assert answer["said"]["error"] is None
    assert found == document
    assert found != LARGE
    again = asked(other, 1, {"type": "ask_for_link"})
    assert "the seed 7 that makes it again, and the 3 steps after it;" in again["said"]["notice"]
    further = asked(other, 2, {"type": "update"})
    assert Recipe.from_text(further["address"]["n"]).updates == 4
    undone = asked(visitor, 4, {"type": "undo"})
    assert Recipe.from_text(undone["address"]["n"]).updates == 2


def test_a_change_by_hand_is_in_no_recipe():
    visitor, _ = visited()
    asked(visitor, 1, NEW)
    edited = asked(visitor, 2, {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": "2"})
    assert edited["address"]["n"] is None
    assert edited["address"]["f"] == LARGE.name
    assert "save it as a file" in edited["said"]["notice"]
    stepped = asked(visitor, 3, {"type": "update"})
    assert stepped["address"]["n"] is None
    undone = asked(visitor, 4, {"type": "undo"}, {"type": "undo"})
    assert undone["address"]["n"]


def test_more_steps_than_a_link_may_ask_for_need_a_file():
    most = DOCUMENT_LIMITS.update_work // (LARGE.spec.size * LARGE.samples)
    assert RECIPE.after(DOCUMENT_LIMITS.updates, LARGE) == RECIPE.model_copy(update={"updates": 1000})
    assert RECIPE.after(min(most, DOCUMENT_LIMITS.updates) + 1, LARGE) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"seed": "-1"}, "seed is"),
        ({"widths": "1024-1024"}, "at most 250,000 are allowed"),
        ({"updates": 10**6}, "updates"),
        ({"more": 1}, "more"),
    ],
)
def test_what_is_wrong_with_a_recipe_is_said(change, problem):
    _, answer = visited({"n": packed(json.dumps(RECIPE.model_dump(mode="json") | change))})
    assert problem in answer["said"]["error"]
    assert answer["said"]["error"].endswith("You see the first example instead.")


def test_a_damaged_recipe_is_said():
    _, answer = visited({"n": "garbage!!"})
    assert "The link could not be opened: the link is damaged" in answer["said"]["error"]
