"""Files that people open and save: one module per format, each with its record `FORMAT`; they are found by being here.

Pages and command line ask here which format a file has, what it is called, and for its bytes.
"""

from __future__ import annotations

from typing import Any, TypedDict

from mlpviz.engine.registry import Registry
from mlpviz.exchange.discovery import records_in
from mlpviz.exchange.format import GROUPS, Format, FormatError, Opened, Saved, SavedFile, Saving, Subject

FORMATS: Registry[Format] = Registry("file format", records_in(__name__, "FORMAT", Format))
"""All formats, in the order of the names of their modules."""


def open_file(subject: Subject[Opened, Any], content: bytes | str) -> Opened:
    """What a file holds, in whichever format of the subject it is. Raises DocumentError: one sentence on what is wrong.

    A format that recognises its files comes before one that does not, which then says what is wrong with any other.
    """
    openings = [entry.opening for entry in FORMATS.values() if entry.opening and entry.opening.subject is subject]
    data = content if isinstance(content, bytes) else content.encode(errors="surrogatepass")
    sure = (opening for opening in openings if opening.recognises is not None and opening.recognises(data))
    opening = next(sure, None) or next(opening for opening in openings if opening.recognises is None)
    found: Opened = opening.read(content)
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


def save_file(subject: Subject[Any, Saved], value: Saved, key: str) -> SavedFile:
    """The file of a value in the format of this key. Raises FormatError if there is no such format for it."""
    offered = savings(subject)
    if key not in offered:
        raise FormatError(subject, key, offered)
    entry, saving = offered[key]
    return SavedFile(saving.stem(value) + entry.suffix, saving.write(value), entry.media_type)


class FileMenu(TypedDict):
    """What a page offers for one subject: endings of files that can be opened, their most bytes, formats to save in.

    `save` has the key, label and sentence of each format, group after group; `groups` their headings, each with how
    many formats follow.
    """

    open: list[str]
    largest: int
    save: list[list[str]]
    groups: list[tuple[str, int]]


def file_menu(subject: Subject[Any, Any]) -> FileMenu:
    """The menu of a subject: a format that is added here is on the pages too."""
    opened = [entry for entry in FORMATS.values() if entry.opening and entry.opening.subject is subject]
    found = [entry for entry, _ in savings(subject).values()]
    saved = {group: [entry for entry in found if entry.group == group] for group in GROUPS}
    return {
        "open": sorted({entry.suffix for entry in opened}),
        "largest": largest(subject) if opened else 0,
        "save": [[entry.key, entry.label, entry.sentence] for entries in saved.values() for entry in entries],
        "groups": [(GROUPS[group], len(entries)) for group, entries in saved.items() if entries],
    }


def key_for(subject: Subject[Any, Any], name: str, default: str) -> str:
    """The key of the format that a file name ends like; the default for any other name."""
    offered = savings(subject)
    return next((key for key, (entry, _) in offered.items() if name.endswith(entry.suffix)), default)
