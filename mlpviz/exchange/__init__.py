"""Files that people open and save: one module per format, each with its record `FORMAT`; they are found by being here.

Pages and command line ask here which format a file has, what it is called, and for its bytes.
"""

from __future__ import annotations

import re
from typing import Any, TypedDict

from mlpviz.engine.registry import Registry
from mlpviz.exchange.discovery import records_in
from mlpviz.exchange.format import GROUPS, Format, FormatError, Opened, Saved, SavedFile, Saving, Subject, short_words
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.reader_sign import typed_with
from mlpviz.schema.spelling import plain
from mlpviz.schema.time_limit import within_time

_FOUND = tuple(records_in(__name__, "FORMAT", Format))

FORMATS: Registry[Format] = Registry("file format", _FOUND, first=[each for each in _FOUND if each.leads])
"""All formats: those that lead, then the others in the order of the names of their modules."""


def open_file(subject: Subject[Opened, Any], content: bytes | str) -> Opened:
    """What a file holds, in whichever format of the subject it is. Raises DocumentError: one sentence on what is wrong.

    A format that recognises its files comes before one that does not, which then says what is wrong with any other.
    """
    openings = [entry.opening for entry in FORMATS.values() if entry.opening and entry.opening.subject is subject]
    data = content if isinstance(content, bytes) else content.encode(errors="surrogatepass")
    sure = (opening for opening in openings if opening.recognises is not None and opening.recognises(data))
    opening = next(sure, None) or next(opening for opening in openings if opening.recognises is None)
    with typed_with("."):  # a file is nobody's typing
        found: Opened = within_time(lambda: opening.read(content))
    return found


def largest(subject: Subject[Any, Any]) -> int:
    """The most bytes that a file of this subject may have, in whichever format."""
    openings = (entry.opening for entry in FORMATS.values())
    return max(opening.largest for opening in openings if opening is not None and opening.subject is subject)


def savings(subject: Subject[Any, Saved]) -> dict[str, tuple[Format, Saving[Saved]]]:
    """The formats in which something can be saved, by their keys."""
    return {
        key: (entry, entry.saving)
        for key, entry in FORMATS.items()
        if entry.saving is not None and entry.saving.subject is subject
    }


def words_of(subject: Subject[Any, Any]) -> list[str]:
    """Short words that `key_named` takes for the formats of a subject, one for those that differ in looks only."""
    return short_words({key: entry for key, (entry, _) in savings(subject).items()})


def save_file(subject: Subject[Any, Saved], value: Saved, key: str) -> SavedFile:
    """The file of a value in the format of this key.

    Raises FormatError if there is no such format, DocumentError if there is no such file of this value.
    """
    offered = savings(subject)
    if key not in offered:
        raise FormatError(subject, key, {each: entry for each, (entry, _) in offered.items()})
    entry, saving = offered[key]
    if why := saving.unfit(value):
        raise DocumentError(why)
    return SavedFile(saving.stem(value) + entry.suffix, saving.write(value), entry.media_type)


def key_named(subject: Subject[Any, Any], word: str) -> str:
    """The key of the format that is asked for: by its key, its suffix, its family, or some of the words of these.

    Of several that a word fits it is the first, as in the menus: "svg" is the sheet, in light. Raises FormatError if it
    fits none.
    """
    offered = {key: entry for key, (entry, _) in savings(subject).items()}
    if word in offered:
        return word
    if not isinstance(word, str):
        raise FormatError(subject, word, offered)
    whole, parts = {plain(word)}, set(filter(None, map(plain, re.split(r"[^\w]|_", word))))
    for asked in (whole, parts):
        found = next((key for key, entry in offered.items() if asked - {""} and asked <= entry.words), None)
        if found is not None:
            return found
    raise FormatError(subject, word, offered)


def key_of_file(subject: Subject[Any, Any], name: str) -> str:
    """The key of the first format that a file name ends like. Raises DocumentError if none does."""
    offered = savings(subject)
    found = next((key for key, (entry, _) in offered.items() if name.lower().endswith(entry.suffix)), None)
    if found is not None:
        return found
    suffixes = sorted({entry.suffix for entry, _ in offered.values()})
    raise DocumentError(f"{echo(name)} says no format: expected a name that ends in {', '.join(suffixes)}")


class FormatChoices(TypedDict):
    """Formats that a page offers as one, with a menu for each thing in which they differ.

    `group` is its heading in the menu of files, `names` are those of the menus; each of `formats` has its key, its
    sentence, and what is chosen in each menu.
    """

    group: str
    label: str
    names: list[str]
    formats: list[list[str]]


class FileMenu(TypedDict):
    """What a page offers for one subject: endings of files that can be opened, their most bytes, formats to save in.

    `save` has the key, label and sentence of each format that stands by itself, group after group, `choose` the
    others; `groups` are the headings, each with how many of `save` follow.
    """

    open: list[str]
    largest: int
    save: list[list[str]]
    choose: list[FormatChoices]
    groups: list[tuple[str, int]]


def file_menu(subject: Subject[Any, Saved], value: Saved | None = None) -> FileMenu:
    """The menu of a subject: a format that is added here is on the pages too. Of a `value`: what it can be saved in."""
    opened = [entry for entry in FORMATS.values() if entry.opening and entry.opening.subject is subject]
    saved = [
        entry
        for entry, saving in savings(subject).values()
        if entry.can_be_had and (value is None or not saving.unfit(value))
    ]
    alone = {group: [each for each in saved if each.group == group and not each.choices] for group in GROUPS}
    families: dict[str, list[Format]] = {}
    for entry in saved:
        if entry.choices:
            families.setdefault(entry.family, []).append(entry)
    return {
        "open": sorted({entry.suffix for entry in opened}),
        "largest": largest(subject) if opened else 0,
        "save": [[entry.key, entry.label, entry.sentence] for entries in alone.values() for entry in entries],
        "choose": [
            {
                "group": GROUPS[entries[0].group],
                "label": family,
                "names": [name for name, _ in entries[0].choices],
                "formats": [[each.key, each.sentence, *(choice for _, choice in each.choices)] for each in entries],
            }
            for family, entries in families.items()
        ],
        "groups": [
            (GROUPS[group], len(alone[group])) for group in GROUPS if any(each.group == group for each in saved)
        ],
    }


def key_for(subject: Subject[Any, Any], name: str, default: str) -> str:
    """The key of the format that a file name ends like; the default for any other name."""
    offered = savings(subject)
    return next((key for key, (entry, _) in offered.items() if name.endswith(entry.suffix)), default)
