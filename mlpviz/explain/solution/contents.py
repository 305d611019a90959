r"""What a worked solution consists of: sections, one part per block of the sheet, equations, and their pieces.

A piece is LaTeX with a place `\text{ref0}` for its first number, as in a rule. Between two pieces a line may break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mlpviz.text.numbers import MINUS, NumberStyle, format_number

PLACE = re.compile(r"\\text\{ref(\d+)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)|[{}^_&\\ ]")
_POWER, _OPERATOR = re.compile(r"\de"), re.compile("[-+·=<>]")
_SHORT = {"cdot": "·"} | dict.fromkeys(("frac", "begin", "end", "left", "right", "text", "operatorname", "partial"), "")

WIDE = 80
"""About how many characters of a formula go into a line of paper."""


class FormulaPiece(NamedTuple):
    """LaTeX that no line break divides, with its numbers; `columns` is how wide those of a matrix are together."""

    template: str
    numbers: tuple[float, ...] = ()
    columns: int = 0

    def in_parentheses(self, style: NumberStyle) -> str:
        """The template with parentheses around each number that needs them where it stands: 2 · (−3), (−3)²."""
        texts = [format_number(number, style) for number in self.numbers]

        def place(match: re.Match[str]) -> str:
            text = texts[int(match[1])]
            before, after = self.template[: match.start()].rstrip(), self.template[match.end() :].lstrip()
            is_base = after.startswith("^") and not text.replace(".", "").isdigit()
            if is_base or (text.startswith(MINUS) and before.endswith((r"\cdot", "+", "-", r"\odot"))):
                return f"({match[0]})"
            return match[0]

        return PLACE.sub(place, self.template)

    def width(self, style: NumberStyle) -> int:
        """About how many characters it takes in a line: a fraction as if it stood on one."""
        if self.columns:
            return self.columns
        text = PLACE.sub(lambda match: format_number(self.numbers[int(match[1])], style), self.template)
        text = _COMMAND.sub(lambda match: _SHORT.get(match[1], match[1] or ""), text)
        # a power of ten is longer than it is in a cell, and an operator has space around it
        return len(text) + 2 * len(_POWER.findall(text)) + len(_OPERATOR.findall(text))


Equation = tuple[FormulaPiece, ...]


def joined(pieces: Iterable[FormulaPiece], between: str = " ") -> FormulaPiece:
    """Several pieces as one, their numbers one after the other."""
    templates, numbers, columns = [], list[float](), 0
    for piece in pieces:
        templates.append(moved(piece.template, len(numbers)))
        numbers += piece.numbers
        columns = max(columns, piece.columns)
    return FormulaPiece(between.join(templates), tuple(numbers), columns)


@lru_cache(maxsize=1024)
def moved(template: str, by: int) -> str:
    """The template with places that begin at another number."""
    return PLACE.sub(lambda match: rf"\text{{ref{int(match[1]) + by}}}", template) if by else template


@dataclass(frozen=True)
class SolutionPart:
    """One block of the sheet, or the lines of an update: its title, and what makes its numbers.

    `key` is the block's, such as "z.3", empty where no block is meant. `formula` is LaTeX in letters, `worked` are
    equations with numbers, `results` the numbers of the block as matrices.
    """

    key: str
    title: str
    sentence: str = ""
    formula: str = ""
    worked: tuple[Equation, ...] = ()
    results: tuple[Equation, ...] = ()


@dataclass(frozen=True)
class Section:
    """One phase of the pass."""

    title: str
    parts: tuple[SolutionPart, ...]


@dataclass(frozen=True)
class Solution:
    """The whole. `title` has the words of whoever named the network; `style` is how numbers are written."""

    title: str
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]
    style: NumberStyle
