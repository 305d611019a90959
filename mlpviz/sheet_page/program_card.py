"""The code panel: the program of the network on screen, line by line, with the cell of each number."""

from __future__ import annotations

from typing import Any, TypedDict

from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_format import MOST_PARAMETERS
from mlpviz.exchange.programs.program_line import Digits, ProgramLine
from mlpviz.exchange.programs.statements import Language
from mlpviz.network import Document, DocumentError
from mlpviz.text.sentences import Sentence, sentence

MOST_NUMBERS = 5000
"""A longer program does not stand beside the sheet: it is saved as a file."""


class ListedLine(TypedDict):
    """One line: the block that it gives or computes, whether its numbers are given, and its parts.

    A part is a text, or a number as [text, row, column] in the block.
    """

    block: str
    given: bool
    parts: list[str | list[str | int]]


def program_card(document: Document, language: Language) -> dict[str, Any]:
    """The lines of the program, or the sentence that says why there are none."""
    # a long one is not even written: that takes seconds
    if document.spec.size > MOST_NUMBERS:
        said = "This network has {count} weights and biases, and its program too many lines to stand here{instead}."
        instead = ": save it as a file (File, under Code)" if document.spec.size <= MOST_PARAMETERS else ""
        return _without(sentence(said, count=f"{document.spec.size:,}", instead=instead))
    try:
        lines = ByHand(document, language).lines()
    except DocumentError as error:
        return _without(sentence("There is no program: {problem}.", problem=str(error)))
    numbers = sum(isinstance(part, Digits) for line in lines for part in line.parts)
    if numbers > MOST_NUMBERS:
        return _without(
            sentence(
                "The program has {lines} lines, too many to stand here: save it as a file (File, under Code).",
                lines=f"{len(lines):,}",
            )
        )
    return {"lines": [_plain(line) for line in lines], "problem": []}


def _without(problem: Sentence) -> dict[str, Any]:
    return {"lines": [], "problem": problem}


def _plain(line: ProgramLine) -> ListedLine:
    parts: list[str | list[str | int]] = [part if isinstance(part, str) else list(part) for part in line.parts]
    return {"block": line.block, "given": line.given, "parts": parts}
