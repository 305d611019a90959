"""How a document that does not fit is reported: one sentence with the place and what was expected.

Places are written as in the JSON: entries of a list in brackets from 0, rows and columns of a matrix from 1.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_ECHO = 32
"""characters of somebody's text that a message repeats"""

_LISTS = {"layers", "pins"}
_TAGS = {"rows", "classes", "none"}

_EXPECTED = {
    "float_type": "a number",
    "finite_number": "a finite number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "a text",
    "string_unicode": "a text in valid Unicode",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dict_type": "an object",
}


class DocumentError(ValueError):
    """Something that is not a document, or an edit that would not give one; the message is one sentence."""


def quote(value: object) -> str:
    """The value as a message may show it: one line, never more than about 40 characters."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = ascii(value[:_ECHO]) if not value[:_ECHO].isprintable() else f"'{value[:_ECHO]}'"
        shown = shown if len(shown) <= _ECHO + 2 else shown[: _ECHO + 1] + "'"
        return shown if len(value) <= _ECHO else f"{shown}..."
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else {"nan": "NaN", "inf": "Infinity"}.get(str(value), "-Infinity")
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a number of more than 20 digits"
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, Mapping) else f"a {type(value).__name__[:_ECHO]}"


def place_of(path: tuple[int | str, ...]) -> str:
    """A path into the document as words: ('layers', 2, 'weight', 0, 1) -> layers[2].weight row 1 column 2."""
    words, parent, axis = "", "", 0
    for step in path:
        if isinstance(step, int) and parent in _LISTS:
            words, parent = f"{words}[{step}]", ""
        elif isinstance(step, int):
            words, axis = f"{words} {('row', 'column')[min(axis, 1)]} {step + 1}", axis + 1
        elif not (step in _TAGS and parent == "target"):
            words, parent = f"{words}.{step}" if words else step, step
    return words


def sentence_of(error: ValidationError, known: Mapping[str, Collection[str]], whole: str = "the document") -> str:
    """The first thing that pydantic found, as one sentence.

    `known` lists the fields of the whole ("") and of the objects inside it, by the name they have there.
    """
    details = error.errors(include_url=False)
    first = details[0]
    if first["type"] == "missing":
        # a misspelt field is both missing and unknown, and the spelling says more
        first = next(
            (d for d in details if d["type"] == "extra_forbidden" and d["loc"][:-1] == first["loc"][:-1]), first
        )
    path = first["loc"]
    if first["type"] == "extra_forbidden":
        return _unknown_field(path, known, whole)
    return _sentence(place_of(path) or whole, first)


def _unknown_field(path: tuple[int | str, ...], known: Mapping[str, Collection[str]], whole: str) -> str:
    owner = next((str(step) for step in reversed(path[:-1]) if isinstance(step, str)), "")
    fields = ", ".join(known.get(owner, ()))
    return f"{place_of(path[:-1]) or whole} has an unknown field {quote(str(path[-1]))}; known fields are {fields}"


def _sentence(place: str, detail: ErrorDetails) -> str:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "value_error":
        cause = context["error"]
        # a DocumentError is a sentence already; any other ValueError is the end of one
        return str(cause) if isinstance(cause, DocumentError) else f"{place} {cause}"
    if kind == "missing":
        return f"{place} is missing"
    if kind == "too_short":
        return f"{place} is empty"
    if kind == "too_long":
        return f"{place} has {_length(given, context)} entries, at most {context['max_length']} are allowed"
    if kind == "string_too_long":
        return f"{place} has {_length(given, context)} characters, at most {context['max_length']} are allowed"
    return f"{place} is {quote(given)}, expected {_expected(kind, context)}"


def _length(given: Any, context: Mapping[str, Any]) -> str:
    return str(len(given)) if hasattr(given, "__len__") else f"more than {context['max_length']}"


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    for name, words in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        if name in context:
            bound = context[name]
            return f"{words} {bound:g}" if isinstance(bound, float) else f"{words} {bound}"
    if kind == "literal_error":
        return str(context["expected"])
    return _EXPECTED.get(kind, "something else")
