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
