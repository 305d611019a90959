"""The registry of cards: the explanations that the panel may ask for.

A card is made only when it is asked for, so that no edit waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from pydantic import ValidationError

from mlpviz.app.faults import attempt
from mlpviz.engine.registry import Registry
from mlpviz.explain.gradient_card import explanation_of
from mlpviz.explain.loss_breakdown import loss_card
from mlpviz.explain.loss_curve import nudge_of
from mlpviz.explain.loss_plane import contour_of
from mlpviz.explain.tied_number import tie_card
from mlpviz.explain.update_breakdown import trajectory_card, update_card
from mlpviz.network import Document, View
from mlpviz.network.trajectory import Trajectory
from mlpviz.sheet_page.program_card import program_card
from mlpviz.text.numbers import DEFAULT, NumberStyle


class Question(NamedTuple):
    """What the panel asks: the keys of cards, the cell in focus, a second selected cell, the sample (from 1)."""

    cards: tuple[str, ...]
    focus: str | None = None
    second: str | None = None
    sample: int = 1

    @classmethod
    def read(cls, event: Mapping[str, Any]) -> Question:
        """The question in an event of the browser. The event is not trusted: what is not valid is left out."""
        cards, sample = event.get("cards"), event.get("sample")
        known = tuple(name for name in CARDS if isinstance(cards, list) and name in cards)
        counted = sample if isinstance(sample, int) and sample >= 1 else 1
        return cls(known, _cell(event.get("focus")), _cell(event.get("second")), counted)


def _cell(text: Any) -> str | None:
    try:
        return View(selection=text).selection
    except ValidationError:
        return None


class CardInputs(NamedTuple):
    """A question with what it is about. `trajectory` has the steps of the optimizer that were taken."""

    document: Document
    question: Question
    style: NumberStyle
    trajectory: Trajectory


@dataclass(frozen=True)
class Card:
    """One explanation of the panel: `make` gives its data as JSON, None where the cell in focus has no such card."""

    key: str
    label: str
    make: Callable[[CardInputs], dict[str, Any] | None]


CARDS: Registry[Card] = Registry(
    "card",
    (
        Card(
            "why",
            "why a gradient is what it is",
            lambda inputs: explanation_of(inputs.document, inputs.question.focus, inputs.style),
        ),
        Card(
            "nudge",
            "the loss over one number",
            lambda inputs: nudge_of(inputs.document, inputs.question.focus, inputs.style),
        ),
        Card(
            "contour",
            "the loss over two numbers",
            lambda inputs: contour_of(inputs.document, inputs.question.focus, inputs.question.second, inputs.style),
        ),
        Card(
            "tie",
            "a number in several places",
            lambda inputs: tie_card(inputs.document, inputs.question.focus, inputs.question.second, inputs.style),
        ),
        Card(
            "loss",
            "the loss, taken apart",
            lambda inputs: loss_card(inputs.document, inputs.question.focus, inputs.question.sample, inputs.style),
        ),
        Card(
            "update",
            "the update of one parameter, line by line",
            lambda inputs: update_card(inputs.document, inputs.question.focus, inputs.trajectory, inputs.style),
        ),
        Card(
            "walk",
            "the steps taken",
            lambda inputs: trajectory_card(inputs.document, inputs.trajectory, inputs.style),
        ),
        Card("numpy", "the program in NumPy", lambda inputs: program_card(inputs.document, "numpy")),
        Card("torch", "the program in PyTorch", lambda inputs: program_card(inputs.document, "torch")),
    ),
)
"""The cards; a new one is one record here, and a part of the panel that draws it."""


def answers_of(
    document: Document, question: Question, style: NumberStyle = DEFAULT, trajectory: Trajectory | None = None
) -> dict[str, Any]:
    """The data of each card that was asked for, with the question."""
    inputs = CardInputs(document, question, style, trajectory or Trajectory())
    cards = {key: attempt("This explanation", partial(CARDS[key].make, inputs), _failed) for key in question.cards}
    return {"focus": question.focus, "second": question.second, "sample": question.sample, "cards": cards}


def _failed(sentence: str) -> dict[str, Any]:
    return {"fault": sentence}
