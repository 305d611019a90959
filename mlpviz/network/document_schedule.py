"""The schedule of a document: one that follows the steps, with how many of them are done."""

from __future__ import annotations

from typing import Annotated

from mlpviz.engine import Optimizer, Schedule
from mlpviz.engine.optimizers.optimizer import MOMENTUM, momentum_name, on
from mlpviz.engine.schedules import CLOCKED
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

DocumentSchedule = Annotated[RegistryChoice[Schedule], ChosenFrom(CLOCKED)]
"""One that watches a metric needs epochs, which a document has not."""


def momentum_at(schedule: Schedule, time: int) -> float | None:
    """The momentum of the step at this time; None where the schedule leaves it alone."""
    return None if schedule.momentum is None else schedule.momentum(time)


def validate_momentum(schedule: RegistryChoice[Schedule] | None, optimizer: RegistryChoice[Optimizer]) -> None:
    """Raises DocumentError where a schedule moves a momentum that the optimizer has not, or that is switched off."""
    if schedule is None or momentum_at(schedule.entry, 0) is None:
        return
    name = momentum_name(optimizer.entry)
    if not name:
        said = f"is true, expected false: {optimizer.entry.label} has neither momentum nor β₁"
        raise DocumentError.at(("schedule", "cycle_momentum"), said)
    if name == MOMENTUM.name and not on(optimizer.entry.settings[name]):
        said = f"is true, expected a momentum above 0 in {optimizer.entry.label}, so that it has a velocity"
        raise DocumentError.at(("schedule", "cycle_momentum"), said)
