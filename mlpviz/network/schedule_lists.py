"""Schedules that hold lists, one part or one pair longer or shorter: what the buttons of both pages offer.

A schedule is its JSON with all lists, as `RegistryChoice.with_lists` gives it.
"""

from __future__ import annotations

from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.schema.registry_choice import RegistryChoice

Whole = dict[str, Any]

APART = 10
"""steps between the last entry of a list and one that is added"""


def parts_hyperparameter(chosen: RegistryChoice[Any]) -> Hyperparameter | None:
    """The hyperparameter that holds the schedules that this one is made of; None for a plain schedule."""
    return next((each for each in chosen.entry.hyperparameters if each.kind == "parts"), None)


def with_part_added(chosen: RegistryChoice[Any], parts: Hyperparameter) -> Whole | None:
    """With one part more, the first of those that may be parts; None where there are as many as may be."""
    whole = chosen.with_lists()
    listed, starts = whole[parts.name], whole.get("milestones")
    if len(listed) >= parts.high:
        return None
    more = {} if starts is None else {"milestones": [*starts, (starts or [0])[-1] + APART]}
    return {**whole, parts.name: [*listed, next(iter(parts.parts_from or ()))], **more}


def without_part(chosen: RegistryChoice[Any], parts: Hyperparameter, place: int) -> Whole | None:
    """Without the part at this place (from 0); None where it is the only one."""
    whole = chosen.with_lists()
    listed, starts = whole[parts.name], whole.get("milestones")
    if len(listed) < 2:
        return None
    # the milestone at which this one begins, or else the next one, goes with it
    gone = max(place - 1, 0)
    left = {} if starts is None else {"milestones": starts[:gone] + starts[gone + 1 :]}
    return {**whole, parts.name: listed[:place] + listed[place + 1 :], **left}


def table_changes(chosen: RegistryChoice[Any]) -> list[tuple[str, Whole]]:
    """One more and one less pair of step and rate, each with its words; nothing for a schedule without a table."""
    whole = chosen.with_lists()
    if not {"steps", "rates"} <= whole.keys():
        return []
    steps, rates = whole["steps"], whole["rates"]
    more = {**whole, "steps": [*steps, steps[-1] + APART], "rates": [*rates, rates[-1]]}
    less = {**whole, "steps": steps[:-1], "rates": rates[:-1]}
    return [("+ add a step", more), *([("remove the last", less)] if len(steps) > 1 else [])]
