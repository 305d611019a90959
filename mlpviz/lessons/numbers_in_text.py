"""Texts of lessons: a cell in braces becomes its number, so that no number is written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

from mlpviz.lessons.cell_names import LessonPlace
from mlpviz.text.sentences import Sentence, exact_number, joined

_CELL = re.compile(r"\{([^{}]*)\}")


def told_with_numbers(text: str, place: Callable[[str], LessonPlace]) -> Sentence:
    """The text as a sentence with its numbers. Raises DocumentError for what is no cell."""
    parts = _CELL.split(text)
    return joined(
        "", [exact_number(place(part).number) if number % 2 else part for number, part in enumerate(parts) if part]
    )


def cells_named(text: str) -> list[str]:
    """The cells whose numbers stand in a text."""
    return _CELL.findall(text)
