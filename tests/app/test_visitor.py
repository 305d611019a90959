"""What a visitor does with messages: each once, one after the other, to the session of its page."""

import base64
import gc
import importlib
import json
import threading
import weakref

import pytest

from mlpviz.app.faults import FAULTS
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import Proving
from mlpviz.app.visitor import Visitor, between
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES
from mlpviz.sheet_page.session import SheetSession
from tests.support.messages import read_message

XOR = PRESETS["xor"].document.to_link()
RATE = {"type": "set_learning_rate", "value": 0.5}


@pytest.fixture
def visitor():
    found = Visitor(PAGES)
    found.visit("sheet", {"d": XOR})
    return found


@pytest.mark.parametrize("message", [{}, {"page": "nowhere"}, {"page": ["sheet"]}, {"page": "train", "events": []}])
def test_a_page_that_was_not_opened_is_not_answered(visitor, message):
    assert visitor.handle(message) is None


@pytest.mark.parametrize("events", [None, 3, [None, 3, "x"], {"type": "undo"}])
@pytest.mark.parametrize("page", PAGES)
def test_messages_of_another_form_do_nothing(visitor, page, events):
    visitor.visit(page, {})
    answer = visitor.handle({"page": page, "sequence": "x", "events": events})
    assert (answer["acknowledged"], answer["said"]["error"]) == (0, None)
    assert to_bytes(answer)


@pytest.mark.parametrize("page", PAGES)
def test_every_event_is_carried_out_or_refused(page):
    visitor = Visitor(PAGES)
    visitor.visit(page, {})
    kinds = importlib.import_module(type(PAGES[page]).__module__).EVENTS.kinds
    for number, kind in enumerate(kinds.values(), 1):
        assert kind.label
        answer = visitor.handle({"page": page, "sequence": number, "events": [{"type": kind.key}]})
        assert answer["acknowledged"] == number
        assert read_message(to_bytes(answer))["page"] == page
        refused = visitor.handle({"page": page, "events": [{"type": kind.key, "no such": 1}]})
        assert kind.perform or refused["said"]["error"], kind.key


def test_a_message_says_whose_decimal_sign_it_has(visitor):
    event = {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": "1,125"}
    refused = visitor.handle({"page": "sheet", "sequence": 1, "events": [event]})
    assert "could be 1125 or 1.125" in refused["said"]["error"]
    taken = visitor.handle({"page": "sheet", "sequence": 2, "events": [event], "decimal": ","})
    assert taken["said"]["error"] is None
    assert visitor.pages["sheet"].document(visitor.sessions["sheet"]).layers[0].weight[0][0] == 1.125


def test_messages_of_many_threads_are_all_carried_out(visitor):
    message = {"page": "sheet", "events": [RATE]}
    version = visitor.sessions["sheet"].version
    threads = [threading.Thread(target=visitor.handle, args=(message,)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert visitor.sessions["sheet"].version == version + 16


def test_an_edit_does_not_wait_for_a_check(visitor, monkeypatch):
    begun, edited = threading.Event(), threading.Event()
    first = visitor.sessions["sheet"].version
    proved = {"version": str(first), "status": "ok", "text": "planted", "detail": ""}

    def prove():
        begun.set()
        assert edited.wait(10)
        return proved

    monkeypatch.setattr(SheetSession, "proving", lambda session: Proving(session.proof_version(), prove))
    answers = []
    question = {"page": "sheet", "events": [{"type": "check"}]}
    thread = threading.Thread(target=lambda: answers.append(visitor.handle(question)))
    thread.start()
    assert begun.wait(10)
    edit = visitor.handle({"page": "sheet", "sequence": 1, "events": [RATE]})
    version = edit["state"]["version"]
    assert version == first + 1
    edited.set()
    thread.join()
    # what was proved is not what is on screen now
    assert [answer["proof"] for answer in answers] == [{"version": str(version), "status": None}]
    assert answers[0]["state"] == {}


def test_a_proof_is_made_once_per_version_and_goes_with_every_answer(visitor, monkeypatch):
    question = {"page": "sheet", "events": [{"type": "check"}]}
    proof = visitor.handle(question)["proof"]
    assert proof["status"] in ("ok", "partly")
    monkeypatch.setattr(SheetSession, "proving", lambda _: pytest.fail("proved twice"))
    assert visitor.handle(question)["proof"] == proof
    assert visitor.handle({"page": "sheet", "events": []})["proof"] == proof
    edited = visitor.handle({"page": "sheet", "events": [RATE]})
    assert edited["proof"] == {"version": str(edited["state"]["version"]), "status": None}
    assert edited["proof"]["version"] != proof["version"]


def test_a_page_to_go_to_is_named_until_the_browser_does_something_else(visitor):
    visitor.visit("train", {})
    going = {"page": "train", "sequence": 1, "events": [{"type": "to_sheet"}]}
    assert visitor.handle(going)["go"] == "sheet"
    assert visitor.handle(going)["go"] == "sheet", "sent again because the answer was lost"
    assert visitor.handle({"page": "train", "events": []})["go"] == "sheet"
    assert visitor.handle({"page": "train", "sequence": 2, "events": []})["go"] is None
    assert visitor.handle({"page": "train", "sequence": 3, "events": [{"type": "to_sheet"}]})["go"] == "sheet"
    visitor.visit("sheet", {})
    assert visitor.visit("train", {})["go"] is None


def test_the_document_of_the_sheet_is_what_is_checked(visitor):
    before = visitor.visit("check", {})["state"]
    visitor.handle({"page": "sheet", "events": [{"type": "preset", "key": "mazur"}]})
    after = visitor.visit("check", {})["state"]
    assert before["ok"]
    assert after["ok"]
    assert [row["shape"] for row in before["rows"]] != [row["shape"] for row in after["rows"]]


def test_what_a_visitor_did_not_finish_sending_goes_with_the_visitor():
    visitor = Visitor(PAGES)
    visitor.visit("train", {})
    piece = {"purpose": "csv", "name": "a.csv", "size": 2_000_000, "at": 0}
    event = {"type": "upload_piece", **piece, "bytes": base64.b64encode(b"x" * 900_000).decode()}
    answer = visitor.handle({"page": "train", "sequence": 1, "events": [event]})
    assert answer["state"]["arrived"] == 900_000
    session = weakref.ref(visitor.sessions["train"])
    del visitor
    gc.collect()
    assert session() is None


def test_a_file_is_saved_in_pieces(visitor, monkeypatch):
    monkeypatch.setattr("mlpviz.app.transfer.PIECE", 100)
    piece = visitor.handle({"page": "sheet", "sequence": 1, "events": [{"type": "save"}]})["file"]
    assert (piece["type"], piece["name"][-5:]) == ("application/json", ".json")
    parts, number = [base64.b64decode(piece["bytes"])], 1
    while sum(map(len, parts)) < piece["size"]:
        number += 1
        event = {"type": "download_piece", "number": piece["number"], "at": sum(map(len, parts))}
        piece = visitor.handle({"page": "sheet", "sequence": number, "events": [event]})["file"]
        parts.append(base64.b64decode(piece["bytes"]))
    assert len(parts) > 3
    assert json.loads(b"".join(parts))["name"] == PRESETS["xor"].document.name
    assert visitor.handle({"page": "sheet", "sequence": number + 1, "events": []})["file"] is None


def broken(*_, **_keywords):
    raise KeyError("planted")


def _steps(session):
    return session.run.engine_runs[0].latest.step


def test_a_training_that_another_tab_took_over_meanwhile_does_not_learn_on_here(visitor, caplog):
    visitor.visit("train", {})
    visitor.handle({"page": "train", "sequence": 1, "events": [{"type": "set_speed", "key": "full"}, {"type": "play"}]})
    session, tick = visitor.sessions["train"], {"page": "train", "events": [{"type": "tick"}]}
    steps = _steps(session)
    between(visitor, tick)()
    assert _steps(session) > steps
    go_on, steps = between(visitor, tick), _steps(session)
    del visitor.sessions["train"]
    go_on()
    assert _steps(session) == steps
    # what it raises is a fault that is counted and logged, and the next message is answered
    visitor.sessions["train"] = session
    go_on, faults = between(visitor, tick), FAULTS.count
    session.run.tick = broken
    go_on()
    assert FAULTS.count == faults + 1
    assert "Going on between two answers failed" in caplog.text
