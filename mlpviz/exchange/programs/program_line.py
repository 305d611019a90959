"""The lines of a program: text with numbers in it that have a cell on the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Digits(NamedTuple):
    """A number in a program, and its cell in the block of its line: row and column from 0 as on screen."""

    text: str
    row: int
    column: int


Part = str | Digits


class ProgramLine(NamedTuple):
    """One line: its parts, and the block that it gives, computes or compares, such as "z.1"; empty for no block.

    `given`: its numbers are those of the document, not results.
    """

    parts: tuple[Part, ...] = ()
    block: str = ""
    given: bool = False

    @property
    def text(self) -> str:
        """The line as it stands in the file."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


def plain(text: str, block: str = "") -> list[ProgramLine]:
    """Lines without numbers of the sheet."""
    return [ProgramLine((line,) if line else (), block) for line in text.split("\n")]


def text_of(lines: Iterable[ProgramLine]) -> str:
    """The file."""
    return "\n".join(line.text for line in lines) + "\n"


def comment(label: str, text: str) -> str:
    """A comment with text of a person in it: one line whatever the text holds, and no word that a tool obeys."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"# {label}: {' '.join(shown.split())}"
