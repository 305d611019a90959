"""A page outlives its server: what two sessions count is never the same number."""

import pytest

from mlpviz.app import numbering
from mlpviz.app.visitor import Visitor
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES


def _first_answer(monkeypatch, page, milliseconds, preset):
    monkeypatch.setattr(numbering.time, "time_ns", lambda: milliseconds * 1_000_000)
    visitor = Visitor(PAGES)
    visitor.visit(page, {"d": PRESETS[preset].document.to_link()})
    return visitor.handle({"page": page, "events": []})


@pytest.mark.parametrize("page", PAGES)
def test_a_later_server_counts_on(monkeypatch, page):
    one = _first_answer(monkeypatch, page, 1_000, "xor")
    other = _first_answer(monkeypatch, page, 9_000, "xor")
    assert one["said"]["number"] < other["said"]["number"]
    if page == "sheet":
        assert one["state"]["version"] < other["state"]["version"]
        # a view that the server chose: the reader stays where the browser is
        assert one["state"]["view_number"] == other["state"]["view_number"]


@pytest.mark.parametrize("page", ["sheet", "check"])
def test_a_check_of_one_server_does_not_count_for_the_network_of_the_next(monkeypatch, page):
    """These two name a network by a count; the other pages by what is in it."""
    one = _first_answer(monkeypatch, page, 1_000, "xor")
    other = _first_answer(monkeypatch, page, 9_000, "softmax")
    assert one["proof"]["version"] != other["proof"]["version"]
