"""What a sheet in one file has in the place of Python: all that the page would ask, answered when the file is written.

It shows a network as it is. What would change it needs Python.
"""

from __future__ import annotations

import base64
import json
from typing import Any, get_args

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.protocol import Answer
from mlpviz.network import Document, DocumentError
from mlpviz.network.view import Numbers, View
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.state import scene_of

MOST_NUMBERS = 1_500
"""on a sheet without Python: each has its explanations in the file"""

_OF_A_CELL = ("why", "nudge", "tie", "update")
_OF_A_SAMPLE = ("loss",)
_OF_NO_CELL = ("walk", "numpy", "torch")
_LINK = "This page is one file, which has no link: give the file to others."


def in_a_file(answer: Answer) -> str:
    """A whole answer in base64, without what would give another file each time, and without an address."""
    state: dict[str, Any] = answer["state"]
    # they count from the time
    state |= dict.fromkeys({"begun", "version", "view_number"} & {*state}, 1)
    answer["said"]["number"] = 1
    if answer["proof"] is not None:  # a copy: the session knows its own by their version
        answer["proof"] = {**answer["proof"], "version": "1"}
    answer["address"] = {}
    return base64.b64encode(to_bytes(answer)).decode()


def recorded(document: Document) -> dict[str, Any]:
    """What `web/hosts/recorded.js` answers with. Raises DocumentError for a network that is too large for it."""
    structure, _ = scene_of(document)
    numbers = sum(block.rows * block.columns for block in structure.blocks.values())
    if numbers > MOST_NUMBERS:
        raise DocumentError(
            f"the sheet has {numbers:,} numbers, at most {MOST_NUMBERS:,} can be explained in one file without Python: "
            "use --live, or write a site, which compute what is asked"
        )
    session = SheetSession.of(document)
    session.prove()
    return {
        # before the scenes, which leave their way to write numbers behind
        **_explanations(session, document),
        "review": _ask(session, {"type": "review"})["state"]["review"],
        "scenes": {number: _scene(session, number) for number in get_args(Numbers)},
    }


def _ask(session: SheetSession, event: dict[str, Any], view: View | None = None) -> Answer:
    request = {"page": SHEET.key, "sequence": session.acknowledged + 1, "events": [event]}
    return SHEET.handle(session, request | ({"view": view.to_text()} if view else {}))


def _scene(session: SheetSession, numbers: Numbers) -> str:
    """The whole answer with numbers written in one way, with all that a view may show, in base64."""
    answer = _ask(session, {"type": "resend"}, View(granularity="product", step=0, numbers=numbers, sizes="k"))
    state = answer["state"]
    # nothing can be made, opened or saved
    state |= {"link_problem": _LINK, "presets": [], "imports": [], "variants": [], "view": ""}
    return in_a_file(answer)


def _explanations(session: SheetSession, document: Document) -> dict[str, Any]:
    """The different `answers` as JSON, and in `cards` by card and what it is about the number of its answer."""
    answers: dict[str, int] = {}
    cards: dict[str, dict[str, int]] = {}

    def keep(keys: tuple[str, ...], about: str, event: dict[str, Any]) -> None:
        found = _ask(session, {"type": "explain", "cards": [*keys], **event})["state"]["answers"]["cards"]
        for key, answer in found.items():
            text = json.dumps(answer, separators=(",", ":"))
            cards.setdefault(key, {})[about] = answers.setdefault(text, len(answers))

    structure, _ = scene_of(document)
    samples = shape_of(document).samples
    keep(_OF_NO_CELL, "", {})
    for block in structure.blocks.values():
        for row in range(1, block.rows + 1):
            for column in range(1, block.columns + 1):
                cell = f"{block.quantity.key} {block.layer} {row} {column}"
                keep(_OF_A_CELL, cell, {"focus": cell})
                for sample in range(1, samples + 1) if block.quantity.key == "loss" else ():
                    keep(_OF_A_SAMPLE, f"{cell} {sample}", {"focus": cell, "sample": sample})
    return {"answers": [*answers], "cards": cards}
