"""A line of a worked solution as data that the template typesets: texts, and lists of what a part is and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from mlpviz.explain.solution.contents import FormulaPiece
from mlpviz.explain.solution.number_markup import as_mathml
from mlpviz.text.numbers import NumberStyle

Node = str | tuple["Node", ...]
"""A text as it is, or (kind, part, …): `worksheet.typ` has the kinds."""

_KINDS = {
    "mfrac": "frac", "msub": "sub", "msup": "sup", "msubsup": "subsup", "msqrt": "sqrt",
    "munder": "sub", "munderover": "subsup",
}  # fmt: skip
_RELATIONS, _BINARY = "=≈<>≤≥←→≠", "+-−·×⊙/"
_SEPARATORS = ",;"
_ACCENTS = {"^": "\u0302", "¯": "\u0304", "‾": "\u0304", "~": "\u0303", "\u02dc": "\u0303"}
_PRIMES = ("'", "′")
_MINUS = {"-": "−"}


def line_nodes(pieces: Iterable[FormulaPiece], style: NumberStyle) -> list[Node]:
    """The parts of an equation, one after the other."""
    return [node for piece in pieces for node in _of_piece(piece, style)]


@lru_cache(maxsize=8192)
def _of_piece(piece: FormulaPiece, style: NumberStyle) -> tuple[Node, ...]:
    # numbers for the head are few, so the same pieces come again and again; the MathML is ours: `rules.mathml` makes it
    # of the formulas of our registries
    return tuple(_nodes(fromstring(as_mathml(piece, style))))  # noqa: S314


def _nodes(parent: Element) -> list[Node]:
    found: list[Node] = []
    children = list(parent)
    for number, child in enumerate(children):
        tag = child.tag.rpartition("}")[2]
        if tag in ("mrow", "mstyle", "math"):
            found += _nodes(child)
        elif tag == "mo":
            before = children[number - 1] if number else None
            found.append(_sign(child, stands_first=before is None or _is_opening(before)))
        elif tag == "mover":
            found.append(("accent", _one(child[0]), _ACCENTS.get(child[1].text or "", child[1].text or "")))
        elif tag == "msup" and (child[1].text or "") in _PRIMES:
            found += [_one(child[0]), "′"]
        elif tag in _KINDS:
            found.append((_KINDS[tag], *(_one(part) for part in child)))
        else:
            found.append(_leaf(child, tag))
    return found


def _one(element: Element) -> Node:
    """One element as one node."""
    inner = _nodes(_around(element))
    return inner[0] if len(inner) == 1 else ("row", *inner)


def _around(element: Element) -> Element:
    row = Element("mrow")
    row.append(element)
    return row


def _leaf(element: Element, tag: str) -> Node:
    text = element.text or ""
    if tag == "mi" and len(text) == 1:
        return ("letter", text)
    if tag == "mtext":
        return ("words", text.replace("\u00a0", " "))
    if tag == "mspace":
        return ("words", " ")
    return text


def _is_opening(element: Element) -> bool:
    text = element.text or ""
    return element.tag.endswith("mo") and text in {*_RELATIONS, *_BINARY, "(", "["}


def _sign(element: Element, *, stands_first: bool) -> Node:
    text = _MINUS.get(element.text or "", element.text or "")
    is_sign = stands_first and element.get("form") != "infix"
    if text in _SEPARATORS:
        return ("sign", text, "punctuation")
    kind = "relation" if text in _RELATIONS else "binary" if text in _BINARY and not is_sign else "normal"
    return ("sign", text, kind)
