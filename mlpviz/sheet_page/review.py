"""What is said of a document as a whole, after the paint: what the last edit changed, and what is wrong."""

from __future__ import annotations

from typing import Any

from mlpviz.explain.last_edit.card import last_edit_of
from mlpviz.explain.problems import ProblemInputs, find_problems
from mlpviz.network import Document
from mlpviz.text.numbers import DEFAULT, NumberStyle


def review_of(before: Document | None, document: Document, style: NumberStyle = DEFAULT) -> dict[str, Any]:
    """`edit` is the card of the last edit, null without one; `wrong` are the findings, the gravest first.

    A finding is {"key", "label", "sentence", "place", "remedy": {"label", "event"} or null}; the event is an edit.
    """
    return {
        "edit": None if before is None else last_edit_of(before, document, style),
        "wrong": wrong_of(document),
    }


def wrong_of(document: Document) -> list[dict[str, Any]]:
    """What is wrong with the document."""
    trace = document.trace()
    return [
        {
            "key": diagnosis.key,
            "label": diagnosis.label,
            "sentence": finding.sentence,
            "place": finding.place,
            "remedy": finding.remedy and {"label": finding.remedy.label, "event": finding.remedy.event},
        }
        for diagnosis, finding in find_problems(
            ProblemInputs(trace, document.learning_rate, document.next_step.new_params)
        )
    ]
