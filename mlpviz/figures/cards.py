"""Which cards the panel may ask for. They are made only when asked, so that no edit waits for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from mlpviz.content.numbers import DEFAULT, NumberStyle
from mlpviz.document import Document, View
from mlpviz.figures.contour import contour_of
from mlpviz.figures.explanation import explanation_of, nudge_of
from mlpviz.figures.loss_card import loss_card

Answer = dict[str, Any] | None


class Question(NamedTuple):
    """What the panel asks: the cards by name, the cell in focus, a second selected cell, the sample (from 1)."""

    cards: tuple[str, ...]
    focus: str | None = None
    second: str | None = None
    sample: int = 1

    @classmethod
    def read(cls, event: Mapping[str, Any]) -> Question:
        """The question in an event of the browser, of which nothing is trusted: what is not understood is left out."""
        cards, sample = event.get("cards"), event.get("sample")
        known = tuple(name for name in CARDS if isinstance(cards, list) and name in cards)
        counted = sample if isinstance(sample, int) and sample >= 1 else 1
        return cls(known, _cell(event.get("focus")), _cell(event.get("second")), counted)


def _cell(text: Any) -> str | None:
    try:
        return View(selection=text).selection
    except ValidationError:
        return None


CARDS: dict[str, Callable[[Document, Question, NumberStyle], Answer]] = {
    "why": lambda document, asked, style: explanation_of(document, asked.focus, style),
    "nudge": lambda document, asked, style: nudge_of(document, asked.focus, style),
    "contour": lambda document, asked, style: contour_of(document, asked.focus, asked.second, style),
    "loss": lambda document, asked, style: loss_card(document, asked.focus, asked.sample, style),
}
"""The cards by name, each with the function that answers; None means that the cell has no such card."""


def answers_of(document: Document, question: Question, style: NumberStyle = DEFAULT) -> dict[str, Any]:
    """The answer of each card that was asked for, with the question."""
    answers = {name: CARDS[name](document, question, style) for name in question.cards}
    return {"focus": question.focus, "second": question.second, "sample": question.sample, "cards": answers}
