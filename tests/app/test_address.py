"""Which parameters of a URL are ours."""

import pytest

from mlpviz.app.address import PARAMETERS, address_in
from mlpviz.hosts.pages import PAGES


def test_what_is_not_ours_is_left_out():
    assert address_in({"d": "document", "embed": "true", "t": "setup"}) == {"d": "document", "t": "setup"}
    assert address_in({}) == {}


@pytest.mark.parametrize("key", PAGES)
def test_pages_write_no_other_parameters(key):
    page = PAGES[key]
    session = page.open({})
    written = {**page.handle(session, {})["address"], **page.address_elsewhere(session)}
    assert written.keys() <= PARAMETERS.keys()
