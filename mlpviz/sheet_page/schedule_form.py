"""The form of the schedule of the learning rate, in the menu of the optimizer."""

from __future__ import annotations

from typing import Any, TypedDict

from mlpviz.engine.schedules import CLOCKED
from mlpviz.network import Document
from mlpviz.network.schedule_lists import parts_hyperparameter, table_changes, with_part_added, without_part
from mlpviz.sheet_page.bands import hyperparameters_of
from mlpviz.text.numbers import NumberStyle, number_pair


class SchedulePart(TypedDict):
    """One of the schedules that a schedule is made of; `without` is the whole without it, null if it must stay."""

    key: str
    sentence: str
    hyperparameters: list[dict[str, Any]]
    without: dict[str, Any] | None


class ScheduleForm(TypedDict):
    """The chosen schedule: `whole` is its JSON with all lists, `changes` are words and a longer or shorter one.

    `place` is the name of the list of its parts, empty for a plain schedule; `rate` is the learning rate of the next
    update, text and digits.
    """

    key: str
    sentence: str
    whole: dict[str, Any]
    hyperparameters: list[dict[str, Any]]
    place: str
    parts: list[SchedulePart]
    part_choices: list[list[str]]
    changes: list[list[Any]]
    step: int
    every: int
    rate: tuple[str, str]


SCHEDULE_CHOICES = [[key, entry.label] for key, entry in CLOCKED.items()]


def schedule_form(document: Document, style: NumberStyle) -> ScheduleForm | None:
    """The form of the document's schedule; None where the learning rate is constant."""
    chosen = document.schedule
    if chosen is None:
        return None
    parts = parts_hyperparameter(chosen)
    changes = table_changes(chosen)
    if parts is not None and (more := with_part_added(chosen, parts)) is not None:
        changes.append(("+ add a schedule", more))
    known = {} if parts is None else dict(parts.parts_from or {})
    found: list[SchedulePart] = []
    for place, part in enumerate(() if parts is None else chosen.entry.settings[parts.name]):
        entry = known[part.key].configure(**dict(part.settings))
        gone = None if parts is None else without_part(chosen, parts, place)
        found.append(
            {
                "key": part.key,
                "sentence": entry.sentence,
                "hyperparameters": hyperparameters_of(entry),
                "without": gone,
            }
        )
    return {
        "key": chosen.key,
        "sentence": chosen.entry.sentence,
        "whole": chosen.with_lists(),
        "hyperparameters": [each for each in hyperparameters_of(chosen.entry) if each["kind"] != "parts"],
        "place": "" if parts is None else parts.name,
        "parts": found,
        "part_choices": [[key, entry.label] for key, entry in known.items()],
        "changes": [[words, whole] for words, whole in changes],
        "step": document.schedule_step,
        "every": document.schedule_every,
        "rate": number_pair(document.rate, style),
    }
