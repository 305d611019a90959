"""The steps taken as a document and an address hold them: fields, checks, and what is left out for want of room."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from mlpviz.engine import NetworkSpec
from mlpviz.engine.optimizers import Optimizer
from mlpviz.engine.thinning import evenly_spaced
from mlpviz.network.layer import STRICT
from mlpviz.network.optimizer_state import OptimizerState, validate_state
from mlpviz.schema.errors import DocumentError, counted
from mlpviz.schema.fields import FromZero, KnobName, Number
from mlpviz.schema.limits import LIMITS
from mlpviz.schema.registry_choice import RegistryChoice

_Numbers = Annotated[tuple[Number, ...], Field(max_length=LIMITS.parameters, fail_fast=True)]


_AROUND = 3
"""place, loss and the names of the fields, in numbers"""


class SavedPoint(BaseModel):
    """One point of the walk: its number there, `t` of the optimizer, loss (null: not finite), and what it stood at.

    `params` (P,) and `slots` are laid out as in an optimizer's state, `buffers` (B,) are running statistics;
    `start`: something else than a step led here.
    """

    model_config = STRICT

    at: FromZero
    t: FromZero
    loss: Number | None = None
    params: _Numbers
    slots: dict[KnobName, _Numbers | Number] = {}
    buffers: _Numbers = ()
    start: bool = False

    @property
    def numbers(self) -> int:
        """How many numbers it takes the room of."""
        slots = (len(slot) if isinstance(slot, tuple) else 1 for slot in self.slots.values())
        return len(self.params) + len(self.buffers) + sum(slots) + _AROUND


SavedTrajectory = Annotated[tuple[SavedPoint, ...], Field(max_length=LIMITS.walk, fail_fast=True)]


def check_saved(past: tuple[SavedPoint, ...], optimizer: RegistryChoice[Optimizer], spec: NetworkSpec) -> None:
    """Raises DocumentError if a step is not one of this network and this optimizer."""
    for index, step in enumerate(past):
        for name, needed in (("params", spec.size), ("buffers", spec.buffer_size)):
            if (found := len(getattr(step, name))) != needed:
                raise DocumentError.at(("walk", index, name), f"has {counted(found, 'number')}, expected {needed}")
        # the first state of an optimizer counts no step yet
        validate_state(optimizer, OptimizerState(t=max(1, step.t), slots=step.slots), spec.size)


def thinned(past: tuple[SavedPoint, ...], characters: int, per_number: int) -> tuple[SavedPoint, ...]:
    """So many of the steps, evenly, as fit into `characters`; always the first and the last, or none at all."""
    if not past:
        return past
    room = characters // (per_number * past[-1].numbers)
    if room >= len(past):
        return past
    if room < 2:
        return ()
    return tuple(past[at] for at in evenly_spaced(len(past), room))
