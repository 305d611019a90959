"""A network that the address has no room for: the tab keeps it, and gives it to a server that does not have it."""

import base64
import re

from mlpviz.network import Document
from mlpviz.network.edits import EDITS
from mlpviz.network.new_network import new_network
from mlpviz.sheet_page.events import EVENTS
from mlpviz.sheet_page.page import SHEET
from tests.support.repository import ROOT

LARGE = new_network("100-60-10", ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "2").replace(name="mine")
EDIT = {"type": "set", "tensor": "bias", "layer": 2, "row": 1, "column": None, "value": 5}


def answer_to(session, *events):
    return SHEET.handle(session, {"events": list(events)})


def kept_from(session):
    piece = answer_to(session, {"type": "keep"})["file"]
    assert (piece["purpose"], piece["at"]) == ("keep", 0)
    return piece, base64.b64decode(piece["bytes"])


def opened(document):
    session = SHEET.open({})
    answer_to(session, {"type": "open", "text": document.to_json()})
    return session


def upload(content):
    piece = {"name": "mine.json", "size": len(content), "at": 0, "bytes": base64.b64encode(content).decode()}
    return {"type": "upload_piece", **piece}


def test_what_is_kept_is_the_network_as_it_stands_and_comes_back_to_a_session_that_does_not_have_it():
    session = opened(LARGE)
    answer = answer_to(session, EDIT)
    assert answer["address"]["f"] == "mine"
    piece, content = kept_from(session)
    assert len(content) == piece["size"]
    assert Document.parse(content).layers[1].bias[0] == 5
    other = SHEET.open({"f": "mine"})
    answer = answer_to(other)
    assert answer["state"]["lost"] == "mine"
    assert "was too large for a link" in answer["said"]["error"]
    # meanwhile the address holds its name, whatever is done to the example that is shown
    assert answer_to(other, EDIT | {"layer": 1, "tensor": "weight", "column": 1})["address"]["f"] == "mine"
    answer = answer_to(other, upload(content), {"type": "open_kept", "since": [], "whole": False})
    assert answer["said"]["error"] is None
    assert "in the last seconds before may be missing" in answer["said"]["notice"]
    assert answer["state"]["lost"] == ""
    assert not answer["state"]["can_undo"]
    assert other.document.replace(view=None) == session.document


def test_what_was_done_since_it_was_kept_is_done_again():
    session = opened(LARGE)
    _, content = kept_from(session)
    since = [EDIT, EDIT | {"row": 99}, {"type": "update", "times": 1}, {"type": "remove_layer", "layer": 1}]
    for event in since:
        answer_to(session, event)
    other = SHEET.open({"f": "mine"})
    answer = answer_to(other, upload(content), {"type": "open_kept", "since": since, "whole": True})
    assert answer["said"]["error"] is None
    assert "missing" not in answer["said"]["notice"]
    assert other.document.replace(view=None) == session.document
    assert answer["state"]["can_undo"]


def test_the_journal_of_the_tab_knows_every_event():
    """What is in neither of its lists is an edit, which can be done again to the network alone."""
    source = (ROOT / "mlpviz/web/sheet/edit_journal.js").read_text()
    aside, ends = (set(re.search(rf"{name} = new Set\(\s*`([^`]*)`", source)[1].split()) for name in ("ASIDE", "ENDS"))
    assert not aside & ends
    assert aside | ends | {"keep", "open_kept"} == {*EVENTS.kinds} - {*EDITS}


def test_without_it_the_address_follows_what_is_on_screen():
    session = SHEET.open({"f": "mine"})
    answer = answer_to(session, {"type": "nothing_kept"})
    assert answer["state"]["lost"] == ""
    assert answer["address"]["f"] is None
    assert answer["address"]["d"]
    assert "was too large for a link" in answer["said"]["error"], "which is still to be read"


def test_a_file_that_somebody_saves_is_not_displaced():
    session = opened(LARGE)
    saved = answer_to(session, {"type": "save"})["file"]
    assert saved["purpose"] == "save"
    long = session.files.download
    session.files.keep("mine.json", b"{}", "application/json")
    assert session.files.download is long
    assert session.files.piece == saved


def test_a_page_that_outlives_its_server_takes_the_first_file_of_the_next_one():
    first, _ = kept_from(opened(LARGE))
    second, _ = kept_from(opened(LARGE))
    third, _ = kept_from(opened(LARGE))
    assert len({piece["number"] for piece in (first, second, third)}) == 3
