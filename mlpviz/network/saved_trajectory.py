"""The trajectory in a document or an address: fields, checks, JSON, and which points are left out to save room.

Its own file beside `trajectory`: the document holds saved points, and a trajectory is computed from documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from mlpviz.engine import NetworkSpec
from mlpviz.engine.optimizers import Optimizer
from mlpviz.engine.thinning import evenly_spaced
from mlpviz.network.optimizer_state import OptimizerState, validate_state
from mlpviz.schema.errors import DocumentError, counted
from mlpviz.schema.fields import STRICT, Finite, FromZero, HyperparameterName, Number
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.registry_choice import RegistryChoice

_Numbers = Annotated[tuple[Number, ...], Field(max_length=DOCUMENT_LIMITS.parameters, fail_fast=True)]
_REST = 3
"""room of place, loss and field names, counted in numbers"""


class SavedPoint(BaseModel):
    """One point of a trajectory: its number `at`, step count `t` of the optimizer, loss (null: not finite), parameters.

    `params` (P,) and `slots` are laid out as in an optimizer state, `buffers` (B,) are running statistics;
    `start`: not reached by a step, such as after an edit by hand; `scheduled`: the steps of the schedule until then.
    """

    model_config = STRICT

    at: FromZero
    t: FromZero
    loss: Finite | None = None
    params: _Numbers
    slots: dict[HyperparameterName, _Numbers | Number] = {}
    buffers: _Numbers = ()
    start: bool = False
    scheduled: FromZero = 0

    @property
    def numbers(self) -> int:
        """Its room, counted in numbers."""
        slots = (len(slot) if isinstance(slot, tuple) else 1 for slot in self.slots.values())
        return len(self.params) + len(self.buffers) + sum(slots) + _REST


SavedTrajectory = Annotated[tuple[SavedPoint, ...], Field(max_length=DOCUMENT_LIMITS.trajectory, fail_fast=True)]


def validate_trajectory(
    points: tuple[SavedPoint, ...], optimizer: RegistryChoice[Optimizer], spec: NetworkSpec
) -> None:
    """Raises DocumentError at the first point that is not of this network and this optimizer."""
    for index, point in enumerate(points):
        for name, needed in (("params", spec.size), ("buffers", spec.buffer_size)):
            if (found := len(getattr(point, name))) != needed:
                raise DocumentError.at(("walk", index, name), f"has {counted(found, 'number')}, expected {needed}")
        # the first state of an optimizer counts no step yet
        validate_state(optimizer, OptimizerState(t=max(1, point.t), slots=point.slots), spec.size)


def trajectory_json(points: Sequence[SavedPoint]) -> list[dict[str, Any]]:
    """The points as plain values, without fields at their defaults."""
    return [point.model_dump(exclude_defaults=True, mode="json") for point in points]


def thinned(points: tuple[SavedPoint, ...], characters: int, per_number: int) -> tuple[SavedPoint, ...]:
    """As many points, evenly spaced, as fit into `characters`; always the first and the last, or none at all."""
    if not points:
        return points
    room = characters // (per_number * points[-1].numbers)
    if room >= len(points):
        return points
    if room < 2:
        return ()
    return tuple(points[at] for at in evenly_spaced(len(points), room))
