"""Messages that come through Streamlit."""

from mlpviz.hosts.streamlit import fallback


def test_a_page_change_is_not_lost_when_a_question_overtakes_it(monkeypatch):
    monkeypatch.setattr(fallback, "_address", dict)
    tab = fallback.BrowserTab()
    tab.begin("train")
    tab.answer("train")
    answer = tab.visitor.handle({"page": "train", "sequence": 1, "events": [{"type": "to_sheet"}]})
    assert answer is not None
    assert answer["go"] == "sheet"
    # Streamlit keeps one value of a trigger: the badge's question took the place of the message about the page
    tab.receive({"page": "train", "events": [{"type": "check"}]})
    assert tab.answer("train")["go"] == "sheet"
    tab.begin("sheet")
    tab.receive({"page": "sheet", "events": [{"type": "check"}]})
    tab.answer("sheet")
    assert tab.answer("sheet")["go"] is None


def test_an_answer_and_that_to_a_question_beside_it_are_shown_as_one(monkeypatch):
    monkeypatch.setattr(fallback, "_address", dict)
    tab = fallback.BrowserTab()
    tab.begin("practice")
    tab.answer("practice")
    topic = {"type": "topic", "topic": "backward", "level": 1, "seed": 2}
    tab.receive({"page": "practice", "sequence": 1, "events": [topic]})
    tab.receive({"page": "practice", "events": [{"type": "check"}]})
    answer = tab.answer("practice")
    assert answer["acknowledged"] == 1
    assert answer["state"]["topic"] == "backward"
    assert answer["address"]["e"] == "backward.1.2"
    assert answer["proof"]["status"] == "ok"
    tab.receive({"page": "practice", "events": [{"type": "check"}]})
    alone = tab.answer("practice")
    assert (alone["state"], alone["acknowledged"]) == ({}, None)


def test_what_a_page_sends_first_to_a_server_that_does_not_know_it_is_done_at_once(monkeypatch):
    monkeypatch.setattr(fallback, "_address", dict)
    tab = fallback.BrowserTab()
    edit = {"type": "set", "tensor": "weight", "layer": 7, "row": 1, "column": 1, "value": 3}
    tab.receive({"page": "sheet", "sequence": 9, "events": [edit]})
    tab.begin("sheet")
    answer = tab.answer("sheet")
    assert answer["acknowledged"] == 9
    assert "structure_data" in answer["state"]
    assert tab.visitor.sessions["sheet"].document.layers[6].weight[0][0] == 3
