"""The way through Streamlit's events: what the script of a page shows for the messages that came before it ran."""

import gc
import weakref

import pytest

from mlpviz.hosts.streamlit import fallback
from mlpviz.hosts.streamlit.channel import channel_of
from mlpviz.hosts.streamlit.fallback import BrowserTab


class Query(dict):
    def to_dict(self):
        return dict(self)


@pytest.fixture(autouse=True)
def query(monkeypatch):
    found = Query()
    monkeypatch.setattr(fallback.st, "query_params", found)
    return found


@pytest.fixture
def tab():
    return BrowserTab()


def edit(sequence, value):
    event = {"type": "set_learning_rate", "value": value}
    return {"page": "sheet", "sequence": sequence, "events": [event], "view": "layer.1.1"}


def test_the_first_answer_is_shown_once_and_then_what_was_asked_for(tab):
    first = tab.begin("sheet")
    assert tab.answer("sheet") is first
    assert "structure_data" in first["state"]
    tab.receive(edit(1, 0.5))
    tab.receive({"page": "sheet", "events": [{"type": "check"}]})
    answer = tab.answer("sheet")
    assert answer["state"]["learningRate"] == 0.5, "what an answer to a question leaves out is still shown"
    assert (answer["acknowledged"], answer["proof"]["status"]) == (1, tab.visitor.sessions["sheet"].proof["status"])
    assert "structure_data" not in tab.answer("sheet")["state"]


def test_what_came_before_the_whole_script_runs_is_carried_out(tab):
    tab.begin("sheet")
    tab.receive(edit(1, 0.25))
    assert tab.begin("train")["page"] == "train"
    assert tab.visitor.sessions["sheet"].document.learning_rate == 0.25
    assert tab.begin("sheet")["state"]["learningRate"] == 0.25


def test_it_learns_during_the_transfer_of_a_frame_that_was_asked_for(tab, monkeypatch):
    learned = []
    monkeypatch.setattr(fallback, "learn_during_transfer", learned.append)
    tab.begin("train")
    tab.answer("train")
    tab.learn("train")
    tab.receive({"page": "train", "sequence": 1, "events": [{"type": "play"}]})
    tab.answer("train")
    tab.learn("train")
    assert learned == []
    tab.receive({"page": "train", "sequence": 2, "events": [{"type": "tick"}]})
    assert tab.answer("train")["next"] is not None
    tab.learn("train")
    assert learned == [tab.visitor.sessions["train"]]


def test_a_page_whose_session_was_taken_begins_anew(tab, query):
    tab.begin("train")
    tab.answer("train")
    other = BrowserTab()
    other.begin("train")
    other.visitor.handle({"page": "train", "events": [{"type": "resume", "tab_token": tab.visitor.token, "epoch": 1}]})
    assert "train" not in tab.visitor.sessions
    query["x"] = "xor_hidden"
    tab.receive({"page": "train", "sequence": 1, "events": []})
    assert tab.answer("train")["state"]["experiment"]["key"] == "xor_hidden"


def test_nothing_keeps_a_tab_when_streamlit_lets_it_go():
    tab = BrowserTab()
    tab.begin("sheet")
    tab.begin("train")
    visitor, token = weakref.ref(tab.visitor), tab.channel.token
    assert channel_of(token) is tab.channel
    del tab
    gc.collect()
    assert visitor() is None
    assert channel_of(token) is None
