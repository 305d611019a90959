"""The link of a sheet of paper to the same exercise on the Practise page, as a code that a camera reads."""

from __future__ import annotations

import io
from typing import TypedDict
from urllib.parse import urlencode, urlsplit

from mlpviz.network import DocumentError
from mlpviz.practice.blanks import BLANKS
from mlpviz.practice.exercise import Exercise
from mlpviz.schema.errors import echo

LONGEST_ADDRESS = 200
"""characters of the address of an app"""
_MOST_MODULES = 81
_MODULE = 0.4
"""mm; smaller squares are not read from every printer by every camera"""


class PaperLink(TypedDict):
    """What stands in the corner of a sheet: the link or an empty text, its code as SVG, in mm, and words below it."""

    link: str
    code: str
    code_width: float
    link_words: str


def app_address(text: str) -> str:
    """The address of an app without what follows the path. Raises DocumentError: one sentence."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_known = False
    if not is_known or len(text) > LONGEST_ADDRESS or any(not " " < letter <= "~" for letter in text):
        raise DocumentError(
            f"the address is {echo(text)}, expected that of the app, such as https://mlp.example.org, "
            f"with at most {LONGEST_ADDRESS} characters"
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def is_own_machine(address: str) -> bool:
    """Whether an address is one that other machines cannot open."""
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104


def exercise_link(exercise: Exercise, address: str, *, solved: bool) -> str:
    """The exercise on the Practise page of an app, with empty fields or solved; empty if no link can say it."""
    if exercise.topic:
        asked = {"e": f"{exercise.topic}.{exercise.level}.{exercise.seed}"}
    elif all(each.cells is None for each in exercise.asked):
        asked = {"e": f"own:{_parts(exercise)}", "d": exercise.document.to_link()}
    else:
        return ""
    # the answers are shown to whoever has the link of the key, and to nobody else
    return f"{address}/practise?" + urlencode(asked | ({"k": "1"} if solved else {}), safe=":,")


def _parts(exercise: Exercise) -> str:
    """What is asked for, in the shortest words: backward, or each block by itself."""
    places = {each.place for each in exercise.asked}
    for key, choice in BLANKS.items():
        if places == {place for place, block in exercise.sheet.blocks.items() if choice.picks(block)}:
            return key
    return ",".join(f"{each.tensor}.{each.layer}" for each in exercise.asked)


def paper_link(exercise: Exercise, address: str, *, solved: bool) -> PaperLink:
    """The link of a sheet. Raises DocumentError without the library that draws codes."""
    where = "the key" if solved else "this sheet"
    if not address:
        return _no_code("")
    try:
        import segno
    except ImportError:
        raise DocumentError(
            "a code for cameras needs segno, which is not installed: pip install 'mlpviz[pdf]'"
        ) from None
    link = exercise_link(exercise, address, solved=solved)
    if not link:
        return _no_code("There is no link to this sheet: single cells of a network are asked for.")
    try:
        code = segno.make(link, micro=False, error="l")
    except segno.DataOverflowError:
        code = None
    if code is None or code.symbol_size(border=0)[0] > _MOST_MODULES:
        return _no_code("There is no code here: the link has the whole network, and is too long for one.")
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False)
    width = max(22.0, code.symbol_size(border=0)[0] * _MODULE)
    words = f"Scan it to open {where} in the browser."
    return {"link": link, "code": drawn.getvalue().decode(), "code_width": width, "link_words": words}


def _no_code(words: str) -> PaperLink:
    return {"link": "", "code": "", "code_width": 0, "link_words": words}
