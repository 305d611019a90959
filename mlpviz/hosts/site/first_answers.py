"""The first answers of a site: what the sheet shows of an example before Python is there."""

from __future__ import annotations

import base64

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.network import DocumentError
from mlpviz.sheet_page.page import SHEET

TAIL = 16
"""how many letters at the end of a link, which are its checksum, tell examples apart (`web/hosts/site.js`)"""


def first_answer() -> str:
    """The answer to an address without parameters, in base64: a page is text."""
    return base64.b64encode(to_bytes(Visitor(SITE_PAGES).visit(SHEET.key, {}))).decode()


def answers_of_examples() -> dict[str, tuple[str, bytes]]:
    """By the key of an example the end of its link, and the answer to that link.

    Examples too large for a link are left out: Python shows them.
    """
    found = {}
    for preset in PRESETS.values():
        try:
            link = preset.document.to_link()
        except DocumentError:
            continue
        found[preset.key] = link[-TAIL:], to_bytes(Visitor(SITE_PAGES).visit(SHEET.key, {"d": link}))
    return found
