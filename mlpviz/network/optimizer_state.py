"""The optimizer of a document, and its state: step count and slots.

The learning rate is a field of the document, so it is no hyperparameter here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, BaseModel, Field

from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer, Slots
from mlpviz.schema.errors import DocumentError, FieldError, counted, echo
from mlpviz.schema.fields import STRICT, Count, HyperparameterName, Number
from mlpviz.schema.json_io import row_json, whole_as_int
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

RATE = "learning_rate"


def _without_rate(choice: RegistryChoice[Optimizer]) -> RegistryChoice[Optimizer]:
    if RATE in dict(choice.hyperparameters):
        raise FieldError((RATE,), "is set here, expected beside the optimizer, as the learning_rate of the document")
    return choice


OptimizerChoice = Annotated[RegistryChoice[Optimizer], ChosenFrom(OPTIMIZERS), AfterValidator(_without_rate)]
PLAIN: RegistryChoice[Any] = RegistryChoice.of(OPTIMIZERS, "sgd")
"""Plain gradient descent, the default."""

_Slot = Annotated[tuple[Number, ...], Field(max_length=DOCUMENT_LIMITS.parameters, fail_fast=True)] | Number


class OptimizerState(BaseModel):
    """The state after `t` steps: each slot has a number per parameter (P,), or a single one."""

    model_config = STRICT

    t: Count
    slots: dict[HyperparameterName, _Slot]

    @classmethod
    def of(cls, t: int, slots: Slots) -> dict[str, Any] | None:
        """The fields of a state, still to be checked; None without slots."""
        if not slots:
            return None
        return {"t": t, "slots": {name: np.asarray(slot).tolist() for name, slot in slots.items()}}

    def to_json_value(self) -> dict[str, Any]:
        """The state as plain values."""
        slots = {
            name: row_json(slot) if isinstance(slot, tuple) else whole_as_int(slot) for name, slot in self.slots.items()
        }
        return {"t": self.t, "slots": slots}

    def arrays(self) -> Slots:
        """The slots as the engine takes them."""
        return {name: np.array(slot) if isinstance(slot, tuple) else slot for name, slot in self.slots.items()}


@lru_cache(maxsize=256)
def configured_optimizer(choice: RegistryChoice[Optimizer]) -> Optimizer:
    """The record of a choice: the same object for equal choices, so that caches keyed by it are hit."""
    return choice.entry


def validate_state(optimizer: RegistryChoice[Optimizer], state: OptimizerState, size: int) -> None:
    """Raises DocumentError if the state is not one of this optimizer for `size` parameters."""
    place = ("optimizer_state", "slots")
    needed = {slot.name: slot.per_parameter for slot in optimizer.entry.slots_in_use}
    for name in state.slots:
        if name not in needed:
            known = f"known slots are {', '.join(needed)}" if needed else f"{optimizer.key} as it is set has none"
            raise DocumentError.at(place, f"has an unknown slot {echo(name)}; {known}")
    for name, per_parameter in needed.items():
        if name not in state.slots:
            raise DocumentError.at((*place, name), "is missing")
        slot = state.slots[name]
        if not per_parameter and isinstance(slot, tuple):
            raise DocumentError.at((*place, name), "is a list, expected a number")
        if per_parameter and not isinstance(slot, tuple):
            raise DocumentError.at((*place, name), f"is {echo(slot)}, expected a list of {size} numbers")
        if per_parameter and isinstance(slot, tuple) and len(slot) != size:
            raise DocumentError.at(
                (*place, name), f"has {counted(len(slot), 'number')}, expected one for each of {size} parameters"
            )
