"""The first answers of a site: what the sheet shows of an example before Python is there."""

from __future__ import annotations

import json
from typing import Any

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.network import DocumentError
from mlpviz.sheet_page.page import SHEET

TAIL = 16
"""how many letters at the end of a link, which are its checksum, tell examples apart (`web/hosts/site.js`)"""


def first_answer() -> dict[str, Any]:
    """The answer to an address without parameters."""
    found: dict[str, Any] = json.loads(to_bytes(Visitor(SITE_PAGES).visit(SHEET.key, {})))
    return found


def answers_of_examples() -> dict[str, tuple[str, bytes]]:
    """By the key of an example the end of its link, and the answer to that link.

    Examples too large for a link, or for lists of numbers, are left out: Python shows them.
    """
    found = {}
    for preset in PRESETS.values():
        try:
            link = preset.document.to_link()
        except DocumentError:
            continue
        answer = to_bytes(Visitor(SITE_PAGES).visit(SHEET.key, {"d": link}))
        if answer.startswith(b"{"):
            found[preset.key] = link[-TAIL:], answer
    return found
