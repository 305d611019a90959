"""What is wrong with a document, config or edit: one sentence with the place and what was expected.

Places are written as in the JSON: entries of a list in brackets from 0, rows and columns of a matrix from 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Self

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mlpviz.schema.limits import MAGNITUDE
from mlpviz.schema.offer import Offer
from mlpviz.schema.spelling import likely, question
from mlpviz.text.numbers import all_digits
from mlpviz.text.sentences import Mention, Sentence, joined, sentence

Path = tuple[int | str, ...]
"""Where something is in a document; numbers count from 0: ("layers", 2, "weight", 0, 1)."""

LISTED = 20
"""keys that a sentence lists at most"""

_ECHO = 32
"""characters of a given text that a message repeats"""

_IGNORED_BY_TORCH = -100
"""the class number of samples that count nothing, as PyTorch's losses have it if they are told no other"""

_LISTS = {"asked", "layers", "pins", "ties", "walk", "folds", "weights", "curves", "schedules"}

_NO_TAGS: Mapping[str, Collection[str]] = {}

_EITHER = joined(" or ", (Mention("true", "value"), Mention("false", "value")))

_EXPECTED: Mapping[str, Sentence | str] = {
    "float_type": "a number",
    "finite_number": "a finite number",
    "int_type": "a whole number",
    "bool_type": _EITHER,
    "string_type": "a text",
    "string_unicode": "a text in valid Unicode",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dict_type": "an object",
}


class DocumentError(ValueError):
    """A document or config that cannot be, or an edit that would give one; the message is one sentence.

    `path` and `problem` are the place and the rest of the sentence, for a page that names places by its own words; the
    path is empty if the sentence is about no place. `loss` is the key of the loss that asks for what was expected. The
    message, too, may be a Sentence that mentions words of the file. `offer` is what would work instead.
    """

    path: Path = ()
    problem: Sentence | str = ""
    loss: str = ""
    offer: Offer | None = None

    @classmethod
    def at(cls, path: Path, problem: Sentence | str, loss: str = "") -> Self:
        """The error at this place: "layers[2].weight row 1" and "has 3 numbers, expected 2"."""
        error = cls(f"{path_text(path)} {problem!s}" + (f" for loss {loss}" if loss else ""))
        error.path, error.problem, error.loss = path, problem, loss
        return error


class FieldError(ValueError):
    """An error inside of a field: `path` starts at the field, `problem` is the end of the sentence."""

    def __init__(self, path: Path, problem: Sentence | str) -> None:
        super().__init__(f"{path_text(path)} {problem!s}".strip())
        self.path, self.problem = path, problem


def given(value: object) -> Sentence | str:
    """The value as `quote` shows it, for a page that calls true, false and null something else."""
    return joined("", [Mention(echo(value), "value")]) if value is None or isinstance(value, bool) else echo(value)


def field_name(*path: int | str) -> Mention:
    """A field of the file in the problem of another one."""
    return Mention(path_text(path), "field", path)


def keys(entries: Iterable[str], separator: str = ", ") -> Sentence:
    """The keys of entries of a registry, to choose from: the first of them, which are the best known, if many."""
    return joined(separator, _first_ones([Mention(key, "entry") for key in entries]))


def _first_ones(names: Sequence[Mention]) -> list[Mention | str]:
    more = [f"… ({len(names)} in all)"] if len(names) > LISTED else []
    return [*names[:LISTED], *more]


def echo(value: object) -> str:
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
        if not math.isfinite(value):
            return {"nan": "NaN", "inf": "Infinity"}.get(str(value), "-Infinity")
        return repr(value).removesuffix(".0")
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a number of more than 20 digits"
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, Mapping) else f"a {type(value).__name__[:_ECHO]}"


def counted(number: int, thing: str) -> str:
    """A number with its noun: 1 row, 2 rows, 3 classes."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}{'es' if thing.endswith('s') else 's'}"


def no_class(value: object, outputs: int) -> str:
    """What is wrong with a class number of a target: it is no whole number from 0 to `outputs` - 1.

    No class stands for none: a sample that counts nothing may as well be left away.
    """
    said = f"is {echo(value)}, expected a class from 0 to {outputs - 1}"
    if value == _IGNORED_BY_TORCH:
        return f"{said}; PyTorch ignores such a sample: remove it, and loss and gradients are the same"
    return said


def path_text(path: Path) -> str:
    """A path into the document as words: ('layers', 2, 'weight', 0, 1) -> layers[2].weight row 1 column 2."""
    words, parent, axis = "", "", 0
    for step in path:
        if isinstance(step, int) and parent in _LISTS:
            words, parent = f"{words}[{step}]", ""
        elif isinstance(step, int):
            axes = ("place", "number") if path[0] == "ties" else ("row", "column")
            words, axis = f"{words} {axes[min(axis, 1)]} {step + 1}", axis + 1
        else:
            words, parent = f"{words}.{step}" if words else step, step
    return words


def first_error(
    error: ValidationError,
    known: Mapping[str, Collection[str]],
    whole: str = "the document",
    tags: Mapping[str, Collection[str]] = _NO_TAGS,
) -> DocumentError:
    """The first thing that pydantic found, as one sentence.

    `known` lists the fields of the whole ("") and of the objects inside it, by the name they have there, or by their
    tag. `tags` are pydantic's names for the forms that a field of the whole may have.
    """
    details = error.errors(include_url=False)
    first = details[0]
    if first["type"] == "missing":
        # a misspelt field is both missing and unknown, and the spelling says more
        first = next(
            (d for d in details if d["type"] == "extra_forbidden" and d["loc"][:-1] == first["loc"][:-1]), first
        )
    path = _without_tags(first["loc"], tags)
    if first["type"] == "extra_forbidden":
        return DocumentError(_unknown_field(path, first["loc"], known, whole))
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, DocumentError):
        return cause  # a sentence already
    if isinstance(cause, FieldError):
        return DocumentError.at((*path, *cause.path), cause.problem)
    if first["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return DocumentError.at(path, _unknown_form(first, tags.get(str(path[0]), ())))
    problem = _problem(first)
    if path:
        return DocumentError.at(path, problem)
    return DocumentError(sentence("{whole} {problem}", whole=whole, problem=problem))


def _without_tags(path: Path, tags: Mapping[str, Collection[str]]) -> Path:
    return path[:1] + path[2:] if len(path) > 1 and path[1] in tags.get(str(path[0]), ()) else path


def _unknown_field(path: Path, tagged: Path, known: Mapping[str, Collection[str]], whole: str) -> Sentence:
    owner = next((str(step) for step in reversed(tagged[:-1]) if isinstance(step, str)), "")
    inside = path[:-1]
    names = known.get(owner, ())
    meant = likely(path[-1], names)
    return sentence(
        "{owner} has an unknown field {name}" + ("; known fields are {fields}" if meant is None else "{fields}"),
        owner=field_name(*inside) if inside else whole,
        name=echo(str(path[-1])),
        fields=question(meant, "name")
        or joined(", ", _first_ones([Mention(name, "name") if inside else field_name(name) for name in names])),
    )


def _unknown_form(detail: ErrorDetails, tags: Collection[str]) -> Sentence | str:
    name = detail["ctx"]["discriminator"].strip("'")
    if detail["type"] != "union_tag_invalid":
        return f"has no {name}, expected one of {', '.join(tags)}"
    had = f"has {name} {echo(detail['input'][name])}"
    return _asked(had, detail["input"][name], tags) or f"{had}, expected one of {', '.join(tags)}"


def _asked(said: Sentence | str, given: object, words: Iterable[str]) -> Sentence | None:
    """What was said with the question whether the likely one of these words was meant; None if none is likely."""
    meant = likely(given, words)
    return None if meant is None else joined("", (said, question(meant, "name")))


def _problem(detail: ErrorDetails) -> Sentence | str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])  # the end of a sentence
    if kind == "missing":
        return "is missing"
    if kind == "too_short" and context["min_length"] > 1 and value:
        return f"has {_length(value, context)} entries, at least {context['min_length']} are needed"
    if kind == "too_short" or (kind == "float_type" and value == ""):
        return "is empty" + (", expected a number" if kind == "float_type" else "")
    if kind == "too_long":
        return f"has {_length(value, context)} entries, at most {context['max_length']:,} are allowed"
    if kind == "string_too_long":
        return f"has {_length(value, context)} characters, at most {context['max_length']:,} are allowed"
    if kind in ("tuple_type", "list_type") and isinstance(value, int | float) and not isinstance(value, bool):
        return f"is {echo(value)}, expected a list of numbers"
    if kind == "float_type" and _is_too_large(value):
        return f"is {echo(value)}, expected a number of at most {all_digits(MAGNITUDE)}"
    if kind == "literal_error" and (asked := _asked(joined("", ("is ", given(value))), value, _words_of(context))):
        return asked
    return sentence("is {given}, expected {expected}", given=given(value), expected=_expected(kind, context))


def _words_of(context: Mapping[str, Any]) -> list[str]:
    """The words that a field may hold, in pydantic's list of them: 'training' or 'evaluation'."""
    return re.findall(r"'([^']*)'", str(context["expected"]))


def _is_too_large(given: object) -> bool:
    """Whether this was meant as a number, but as one that no float can hold: 10**400, or the text 1e400."""
    if isinstance(given, str):
        try:
            return math.isinf(float(given)) and any(character.isdigit() for character in given)
        except ValueError:
            return False
    return isinstance(given, int) and not isinstance(given, bool)


def _length(given: Any, context: Mapping[str, Any]) -> str:
    return f"{len(given):,}" if hasattr(given, "__len__") else f"more than {context['max_length']:,}"


def _expected(kind: str, context: Mapping[str, Any]) -> Sentence | str:
    for name, words in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        if name in context:
            bound = context[name]
            return f"{words} {all_digits(bound)}" if isinstance(bound, float) else f"{words} {bound}"
    if kind == "literal_error":
        return str(context["expected"])
    return _EXPECTED.get(kind, "something else")
