"""What runs in the browser's Python: one visitor, asked by `web/hosts/site_worker.js`."""

from __future__ import annotations

import json

from mlpviz.app.address import address_in
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor, answer_json, between
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.hosts.site.subject import pages_of, read_subject
from mlpviz.train_page.page import TRAIN

_visitors = [Visitor(SITE_PAGES)]


def open(text: str) -> None:
    """Be about the network or exercise in this JSON text, where the page and Python are one file."""
    _visitors[:] = [Visitor(pages_of(read_subject(text)))]


def answer(text: str) -> bytes | None:
    """The answer to a message: the request of a page, or its visit with the `parameters` of an address."""
    message = json.loads(text)
    if "parameters" in message:
        return to_bytes(_visitors[0].visit(message["page"], address_in(message["parameters"])))
    return answer_json(_visitors[0], message)


def learn_on() -> None:
    """Learn while the browser paints the answer to a tick, for about as long as that takes."""
    if (go_on := between(_visitors[0], {"page": TRAIN.key})) is not None:
        go_on()
