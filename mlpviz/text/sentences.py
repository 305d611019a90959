"""Sentences that hold as data what may be shown in another way: all digits of rounded numbers, and words of a file.

The browser gets a sentence as a JSON list of texts and [text, all digits] pairs; `str` gives what a terminal shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any, Literal, NamedTuple

from mlpviz.text.numbers import DEFAULT, MINUS, NumberStyle, all_digits, format_number, signed


class RoundedNumber(NamedTuple):
    """A number whose text leaves digits out, with all of them for a tooltip."""

    text: str
    digits: str


class Mention(NamedTuple):
    """A word of a file or of the command line, for which a page has another one.

    A "field" is a place of the document at `path`, an "entry" the key of an entry of a registry, a "name" any other
    word of the code, a "value" true, false or null; a "setting" is the advice to set the field `path[:-1]` to the last.
    """

    text: str
    kind: Literal["field", "entry", "name", "value", "setting"]
    path: tuple[int | str, ...] = ()


Part = str | RoundedNumber | Mention


class Sentence(tuple[Part, ...]):
    """Texts, rounded numbers and mentions in the order of reading; no two texts are neighbours. See `sentence`."""

    __slots__ = ()

    def __str__(self) -> str:
        """The text alone."""
        return "".join(part if isinstance(part, str) else part.text for part in self)

    def __format__(self, spec: str) -> str:
        """Raises TypeError: an f-string would drop the digits without a word."""
        raise TypeError("a Sentence in an f-string loses its digits: use sentence(), or str() where that is meant")


def sentence(template: str, /, **parts: Sentence | Mention | str | int) -> Sentence:
    """The template with a part for each {name}. A number that is no count comes from `exact_number`.

    Raises KeyError for a name without a part, TypeError for a float.
    """
    found: list[Part] = []
    for text, name in _pieces(template):
        found.append(text)
        if name is not None:
            found += _parts_of(parts[name])
    return _merged(found)


def joined(separator: str, sentences: Iterable[Sentence | Mention | str]) -> Sentence:
    """The sentences one after the other, with the separator between them."""
    found: list[Part] = []
    for number, each in enumerate(sentences):
        if number:
            found.append(separator)
        found += _parts_of(each)
    return _merged(found)


def exact_number(value: float, style: NumberStyle = DEFAULT, *, sign: bool = False) -> Sentence:
    """A number as a part of a sentence, or a sentence by itself. `sign`: a difference, with + if it is not negative."""
    text = signed(value, style) if sign else format_number(value, style)
    digits = "+" * text.startswith("+") + all_digits(value)
    return Sentence((text if digits == text else RoundedNumber(text, digits),))


def told_apart(values: Sequence[float], style: NumberStyle = DEFAULT) -> tuple[Sentence, ...]:
    """`exact_number` of each, with as many digits as it takes so that different numbers look different."""
    wanted = len(set(values))
    for digits in range(style.digits, _ALL_DIGITS):
        found = tuple(exact_number(value, NumberStyle(digits, style.fractions)) for value in values)
        if len({_as_read(str(one)) for one in found}) >= wanted:
            return found
    return tuple(Sentence((all_digits(value),)) for value in values)


_ALL_DIGITS = 17


def _as_read(text: str) -> str:
    """Without the zeros at the end: 100.0 does not look different from 100."""
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def series(names: Sequence[str]) -> str:
    """One after the other as one says it: "1, 2 and 3"."""
    return str(in_series([sentence("{name}", name=name) for name in names]))


def in_series(sentences: Sequence[Sentence]) -> Sentence:
    """The same for parts of a sentence."""
    *others, last = sentences
    return joined(" and ", (joined(", ", others), last)) if others else last


def capitalised(label: str) -> str:
    """A label as the first word of a sentence; its other letters stay, as in "binary cross-entropy (logits)"."""
    return label[0].upper() + label[1:]


def parenthesised(number: Sentence) -> Sentence:
    """A number that follows a sign: in parentheses if it has one itself."""
    return joined("", ("(", number, ")")) if str(number).startswith(MINUS) else number


@lru_cache(maxsize=256)
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((text, name) for text, name, _, _ in Formatter().parse(template))


def _parts_of(part: Any) -> Iterable[Part]:
    if isinstance(part, Sentence):
        return part
    if isinstance(part, Mention):
        return (part,)
    if isinstance(part, str | int):
        return (str(part),)
    raise TypeError(f"a sentence holds no {type(part).__name__}: use exact_number for numbers")


def _merged(parts: Iterable[Part]) -> Sentence:
    def merge() -> Iterator[Part]:
        text = ""
        for part in parts:
            if isinstance(part, str):
                text += part
                continue
            if text:
                yield text
            text = ""
            yield part
        if text:
            yield text

    return Sentence(merge())
