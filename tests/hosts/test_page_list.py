"""The list of the pages: each is opened and answered under the key that a host has for it."""

import pytest

from mlpviz.app.address import PARAMETERS
from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES


def test_the_sheet_comes_first():
    assert next(iter(PAGES)) == "sheet"


@pytest.mark.parametrize("key", PAGES)
def test_every_page_is_opened_and_answered_under_its_key(key):
    visitor = Visitor(PAGES)
    answer = visitor.visit(key, {})
    assert (answer["page"], answer["said"]["error"]) == (key, None)
    assert answer["state"]
    assert answer["address"].keys() <= PARAMETERS.keys()
    assert visitor.handle({"page": key, "sequence": 1, "events": []})["acknowledged"] == 1


@pytest.mark.parametrize("key", PAGES)
def test_a_page_reads_only_pages_that_are_there(key):
    assert PAGES[key].reads in ("", *PAGES)
