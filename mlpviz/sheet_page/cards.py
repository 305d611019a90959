"""Which cards the panel may ask for. They are made only when asked, so that no edit waits for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from mlpviz.explain.gradient_verdict import explanation_of
from mlpviz.explain.loss_breakdown import loss_card
from mlpviz.explain.loss_curve import nudge_of
from mlpviz.explain.loss_plane import contour_of
from mlpviz.explain.update_breakdown import update_card, walk_card
from mlpviz.network import Document, View
from mlpviz.network.trajectory import Trajectory
from mlpviz.text.numbers import DEFAULT, NumberStyle

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


class Asked(NamedTuple):
    """A question with what it is about. `walk` are the steps of the optimizer that were taken."""

    document: Document
    question: Question
    style: NumberStyle
    walk: Trajectory


CARDS: dict[str, Callable[[Asked], Answer]] = {
    "why": lambda asked: explanation_of(asked.document, asked.question.focus, asked.style),
    "nudge": lambda asked: nudge_of(asked.document, asked.question.focus, asked.style),
    "contour": lambda asked: contour_of(asked.document, asked.question.focus, asked.question.second, asked.style),
    "loss": lambda asked: loss_card(asked.document, asked.question.focus, asked.question.sample, asked.style),
    "update": lambda asked: update_card(asked.document, asked.question.focus, asked.walk, asked.style),
    "walk": lambda asked: walk_card(asked.document, asked.walk, asked.style),
}
"""The cards by name, each with the function that answers; None means that there is no such card."""


def answers_of(
    document: Document, question: Question, style: NumberStyle = DEFAULT, walk: Trajectory | None = None
) -> dict[str, Any]:
    """The answer of each card that was asked for, with the question."""
    asked = Asked(document, question, style, walk or Trajectory())
    answers = {name: CARDS[name](asked) for name in question.cards}
    return {"focus": question.focus, "second": question.second, "sample": question.sample, "cards": answers}
