"""The record of a file format: what it is called, what can be opened from it, and what can be saved in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.spelling import likely, plain, question

Opened = TypeVar("Opened", covariant=True)
Saved = TypeVar("Saved", contravariant=True)


@dataclass(frozen=True, eq=False)
class Subject(Generic[Opened, Saved]):
    """What a file is about. Opening one gives an `Opened`; a `Saved` is what the one that saves has at hand."""

    label: str


@dataclass(frozen=True)
class Opening(Generic[Opened]):
    """How a file is opened: `read` raises DocumentError, one sentence on what is wrong with the file.

    `largest` is in bytes. `recognises` tells from the bytes whether a file has this format; without it the format is
    taken for every file that no other recognises.
    """

    subject: Subject[Opened, Any]
    read: Callable[[bytes | str], Opened]
    largest: int
    recognises: Callable[[bytes], bool] | None = None

    def __str__(self) -> str:
        return f"{self.subject.label}, up to {self.largest / 1e6:g} MB"


@dataclass(frozen=True)
class Saving(Generic[Saved]):
    """How a file is saved: its bytes, and its name without the suffix.

    `unfit` says why there is no such file of something; empty if there is one.
    """

    subject: Subject[Any, Saved]
    write: Callable[[Saved], bytes]
    stem: Callable[[Saved], str]
    unfit: Callable[[Saved], str] = lambda _: ""

    def __str__(self) -> str:
        return self.subject.label


Group = Literal["file", "code", "spreadsheet", "handout"]

GROUPS: dict[Group, str] = {
    "file": "Files",
    "code": "Code",
    "spreadsheet": "Spreadsheets",
    "handout": "Hand-outs and pictures",
}
"""The headings of the menus, in their order."""


@dataclass(frozen=True)
class Format:
    """One file format. `sentence` says what it holds, and what it leaves out.

    Formats of one `family` differ in a few `choices`, such as ("detail", "results"): the page asks for these instead of
    a name in a long list.
    """

    key: str
    label: str
    sentence: str
    suffix: str
    """of file names, with its dot"""
    media_type: str
    opening: Opening[Any] | None = None
    saving: Saving[Any] | None = None
    group: Group = "file"
    """under which heading menus have it"""
    leads: bool = False
    """whether menus begin with it, and a word or an ending that several formats have means it"""
    family: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    other_words: tuple[str, ...] = ()
    """other words for it, besides those of its key and its suffix"""
    needs: str = ""
    """the module of a library without which nothing can be saved in it"""

    @property
    def can_be_had(self) -> bool:
        """Whether a menu has it: also if a library is missing that a person can install, as nobody can in a browser."""
        return not self.needs or sys.platform != "emscripten" or find_spec(self.needs) is not None

    @property
    def words(self) -> frozenset[str]:
        """All words by which people may ask for it, in small letters and digits."""
        own = re.split(r"[-_]", self.key)
        others = (self.key, "".join(own[1:]), self.suffix, self.family, *self.other_words)
        return frozenset(filter(None, map(plain, (*own, *others))))


class SavedFile(NamedTuple):
    """A file as the browser or the command line writes it."""

    name: str
    content: bytes
    media_type: str


class FormatError(DocumentError):
    """A format was asked for that does not exist, or not for this subject."""

    def __init__(self, subject: Subject[Any, Any], key: object, offered: Mapping[str, Format]) -> None:
        words = short_words(offered)
        asked = str(question(likely(key, words), "name"))
        listed = asked or f", expected one of {', '.join(words)}"
        super().__init__(f"there is no format {echo(key)} for {subject.label}{listed}")


def short_words(offered: Mapping[str, Format]) -> list[str]:
    """One short word for each format, and one for all those that are alike but for looks and details."""
    found = (re.split(r"[-_]", key)[0 if entry.choices else -1] for key, entry in offered.items())
    return list(dict.fromkeys(found))
