"""A sheet as one HTML file that opens from a disk: the browser's program, and all that it would ask Python.

It shows a network as it is. What would change it needs Python, which is not in the file.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from typing import Any, get_args

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.protocol import Answer
from mlpviz.hosts.program import BUILT
from mlpviz.network import Document, DocumentError
from mlpviz.network.view import Numbers, View
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.state import scene_of

MOST_NUMBERS = 1_500
"""on a sheet in one file: each has its explanations in it"""

_PROGRAM = BUILT / "one_file" / "one_file.js"
_OF_A_CELL = ("why", "nudge", "tie", "update")
_OF_A_SAMPLE = ("loss",)
_OF_NO_CELL = ("walk", "numpy", "torch")
_LINK = "This page is one file, which has no link: give the file to others."


def one_file(document: Document) -> str:
    """The HTML of the file. Raises DocumentError for a network that is too large for it."""
    structure, _ = scene_of(document)
    numbers = sum(block.rows * block.columns for block in structure.blocks.values())
    if numbers > MOST_NUMBERS:
        raise DocumentError(
            f"the sheet has {numbers:,} numbers, at most {MOST_NUMBERS:,} can be explained in one file: "
            "write a site, which computes what is asked"
        )
    session = SheetSession.of(document)
    session.prove()
    data = {
        # before the scenes, which leave their way to write numbers behind
        **_explanations(session, document),
        "review": _ask(session, {"type": "review"})["state"]["review"],
        "scenes": {number: _scene(session, number) for number in get_args(Numbers)},
    }
    packed = base64.b64encode(zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 9)).decode()
    program = _PROGRAM.read_text(encoding="utf-8")
    style = _STYLE
    policy = (
        f"default-src 'none'; script-src '{_digest(program)}'; style-src '{_digest(style)}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(document.name or SHEET.title)} · mlpviz</title>
<style>{style}</style>
</head>
<body>
<main></main>
<noscript>mlpviz shows this sheet with JavaScript.</noscript>
<script type="application/json" id="data">"{packed}"</script>
<script type="module">{program}</script>
</body>
</html>
"""


_STYLE = (
    ":root{color-scheme:light dark}body{margin:0;background:#fff;color:#1f2328}main{padding:7px 19px 0}"
    "@media(prefers-color-scheme:dark){body{background:#16181c;color:#e8e8ea}}"
    "@media(max-width:600px){main{padding:7px 10px 0}}"
)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _ask(session: SheetSession, event: dict[str, Any], view: View | None = None) -> Answer:
    request = {"page": SHEET.key, "sequence": session.acknowledged + 1, "events": [event]}
    return SHEET.handle(session, request | ({"view": view.to_text()} if view else {}))


def _scene(session: SheetSession, numbers: Numbers) -> str:
    """The whole answer with numbers written in one way, with all that a view may show, in base64."""
    answer = _ask(session, {"type": "resend"}, View(granularity="product", step=0, numbers=numbers, sizes="k"))
    state = answer["state"]
    # nothing can be made, opened or saved
    state |= {"link_problem": _LINK, "presets": [], "imports": [], "variants": [], "view": ""}
    # numbers that count from the time give another file each time
    state["begun"] = state["version"] = state["view_number"] = answer["said"]["number"] = 1
    if answer["proof"] is not None:  # a copy: the session knows its own by their version
        answer["proof"] = {**answer["proof"], "version": "1"}
    answer["address"] = {}
    return base64.b64encode(to_bytes(answer)).decode()


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
