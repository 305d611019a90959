"""Everything the next step of a training depends on, as small JSON and arrays; and back, to the same bits.

Weights and running statistics are not among them: the file has them by layer, for other programs too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from mlpviz.engine import Optimizer
from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.parameters import Array
from mlpviz.engine.schedules import PlateauState
from mlpviz.engine.tensor_names import Tensor
from mlpviz.engine.training import Failure, Snapshot
from mlpviz.engine.training.snapshot import Best, EpochLoss, RandomStates, frozen
from mlpviz.runs.tensor_file import Arrays
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.fields import STRICT

Count = Annotated[int, Field(strict=True, ge=0, lt=2**53)]
Hexadecimal = Annotated[str, Field(strict=True, pattern="^[0-9a-f]{1,32}$")]
FiniteNumber = Annotated[float, Field(strict=True, allow_inf_nan=False)]
WholeNumber = Annotated[int, Field(strict=True, gt=-(2**63), lt=2**63)]
"""A whole number that NumPy holds; a larger one is read as a float, or refused."""
HyperparameterValues = dict[str, bool | int | float | str]
"""Hyperparameters of an optimizer that were changed live, by name; `configure` checks them."""

GENERATOR = "PCG64"
"""NumPy's default, whose state is two numbers of 128 bits, too long for JSON, and half of a drawn number."""


class RngState(BaseModel):
    """The state of one random generator, a PCG64: 128-bit numbers as hexadecimal."""

    model_config = STRICT

    state: Hexadecimal
    inc: Hexadecimal
    has_uint32: Annotated[int, Field(strict=True, ge=0, le=1)]
    uinteger: Annotated[int, Field(strict=True, ge=0, lt=2**32)]

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Self:
        """From a bit generator's state as NumPy gives it."""
        numbers = state["state"]
        return cls(
            state=f"{numbers['state']:x}",
            inc=f"{numbers['inc']:x}",
            has_uint32=int(state["has_uint32"]),
            uinteger=int(state["uinteger"]),
        )

    @property
    def numpy_state(self) -> dict[str, Any]:
        """The bit generator's state as NumPy takes it."""
        # PCG64 needs an odd increment
        numbers = {"state": int(self.state, 16), "inc": int(self.inc, 16) | 1}
        return {
            "bit_generator": GENERATOR, "state": numbers, "has_uint32": self.has_uint32, "uinteger": self.uinteger,
        }  # fmt: skip


class FailureState(BaseModel):
    """The first number that was not finite: step from 1, layer from 0."""

    model_config = STRICT

    step: Count
    field: Annotated[str, Field(strict=True, max_length=40)]
    layer: Count | None


class BestState(BaseModel):
    """The state of early stopping, besides its network and its loss."""

    model_config = STRICT

    epoch: Count
    bad: Count


class SnapshotState(BaseModel):
    """A snapshot without its arrays. `numbers` are plain numbers that may be arrays elsewhere, by their names there.

    `seen` is over how many samples the loss of the present epoch was summed, `hyperparameters` those that were changed
    live until then; files call them knobs.
    """

    model_config = STRICT

    step: Count
    epoch: Count
    batch: Count
    seen: Count
    order: RngState
    masks: RngState
    numbers: dict[str, FiniteNumber | WholeNumber] = Field(default_factory=dict)
    hyperparameters: HyperparameterValues = Field(default_factory=dict, alias="knobs")
    best: BestState | None = None
    stopped: Annotated[str, Field(strict=True, max_length=200)] = ""
    failure: FailureState | None = None


def to_json_and_arrays(snapshot: Snapshot) -> tuple[SnapshotState, dict[str, NDArray[Any]]]:
    """The state, and the arrays that belong to it by their names."""
    values: dict[str, Any] = {f"slots.{name}": slot for name, slot in snapshot.slots.items()}
    seen = snapshot.seen
    values["seen"] = seen.total
    if seen.divisor is not None:
        values |= {"seen.divisor": np.asarray(seen.divisor, np.float64), "seen.penalty": seen.penalty}
    best, failure = snapshot.best, snapshot.failure
    if snapshot.learning_rate is not None:
        values["learning_rate"] = snapshot.learning_rate
    if snapshot.plateau is not None:
        values["plateau"] = np.array(snapshot.plateau, np.float64)  # its best may be infinite, which no JSON holds
    if snapshot.average is not None:
        values |= {"average": snapshot.average, "averaged": snapshot.averaged}
    if best is not None:
        values |= {"best.loss": np.float64(best.loss), "best.params": best.params, "best.buffers": best.buffers}
    # a NumPy scalar stays one: a float32 computes other bits than Python's float
    arrays = {name: np.asarray(value) for name, value in values.items() if isinstance(value, np.ndarray | np.generic)}
    state = SnapshotState(
        step=snapshot.step,
        epoch=snapshot.epoch,
        batch=snapshot.batch,
        seen=seen.samples,
        order=RngState.of(snapshot.random.order),
        masks=RngState.of(snapshot.random.masks),
        numbers={name: value for name, value in values.items() if name not in arrays},
        knobs=dict(snapshot.hyperparameters),
        best=None if best is None else BestState(epoch=best.epoch, bad=best.bad),
        stopped=snapshot.stopped,
        failure=failure and FailureState(step=failure.step, field=failure.tensor.field, layer=failure.tensor.layer),
    )
    return state, arrays


def from_json_and_arrays(
    state: SnapshotState, arrays: Arrays, params: Array, buffers: Array, optimizer: Optimizer
) -> Snapshot:
    """The snapshot with these parameters (P,) or (R, P) and running statistics, without measurements.

    Raises DocumentError naming the array that does not fit the parameters or the optimizer.
    """
    found: dict[str, Any] = {**state.numbers, **{name: _value(array) for name, array in arrays.items()}}
    # slots of an optimizer that was replaced are dropped, as they are when the run goes on
    slots = {slot.name: found[f"slots.{slot.name}"] for slot in optimizer.slots if f"slots.{slot.name}" in found}
    for name, slot in slots.items():
        _fits(f"slots.{name}", slot, params)
    best = None
    if state.best is not None:
        loss, then, running = (np.asarray(found.get(f"best.{name}", 0)) for name in ("loss", "params", "buffers"))
        if loss.ndim or then.shape != params.shape or running.shape != buffers.shape:
            raise DocumentError("the run has no network of its best epoch that fits the others")
        best = Best(float(loss), state.best.epoch, state.best.bad, frozen(then), frozen(running))
    for name in ("seen", "seen.penalty", "learning_rate"):
        _fits(name, found.get(name, 0.0), params)
    average = found.get("average")
    if average is not None and np.shape(average) != params.shape:
        raise DocumentError("the run has averaged weights of another shape than the others")
    failure = state.failure
    return Snapshot(
        step=state.step,
        epoch=state.epoch,
        batch=state.batch,
        params=frozen(params),
        buffers=frozen(buffers),
        slots={name: frozen(slot) for name, slot in slots.items()},
        random=RandomStates(state.order.numpy_state, state.masks.numpy_state),
        plateau=_plateau(found.get("plateau")),
        best=best,
        average=frozen(average),
        averaged=int(found.get("averaged", 0)),
        seen=_epoch_loss(found, state.seen),
        hyperparameters=live_settings(optimizer, state.hyperparameters),
        learning_rate=found.get("learning_rate"),
        stopped=state.stopped,
        failure=None if failure is None else Failure(failure.step, Tensor(failure.field, failure.layer)),
    )


def _epoch_loss(found: dict[str, Any], samples: int) -> EpochLoss:
    # a file of before has the mean over samples for every loss
    divisor, total = found.get("seen.divisor"), found.get("seen", 0.0)
    if divisor is not None and np.ndim(divisor) and np.shape(divisor) != np.shape(total):
        raise DocumentError("the run has a loss of its epoch that cannot be read: it is damaged")
    divisor = float(divisor) if divisor is not None and not np.ndim(divisor) else divisor
    return EpochLoss(total, samples, divisor, found.get("seen.penalty", 0.0))


def live_settings(optimizer: Optimizer, hyperparameters: HyperparameterValues) -> dict[str, Any]:
    """Those that the optimizer has, as it takes them. Raises DocumentError for a value out of range."""
    names = [each.name for each in optimizer.hyperparameters]
    known = {name: hyperparameters[name] for name in names if name in hyperparameters}
    try:
        settings = optimizer.configure(**known).settings
    except HyperparameterError as error:
        raise DocumentError(f"the run has a turned knob that does not fit: {error}") from None
    return {name: settings[name] for name in known}


def _value(array: NDArray[Any]) -> Any:
    return array if array.ndim else array[()]


def _fits(name: str, value: Any, params: Array) -> None:
    shape = np.shape(value)
    lead = params.shape[:-1]
    # one number per network, or one per parameter, or one for all
    if shape not in ((), lead, (*lead, 1), params.shape):
        raise DocumentError(
            f"the run has {echo(name)} of shape {' x '.join(map(str, shape))}, expected "
            f"{' x '.join(map(str, params.shape))} as the weights have"
        )


def _plateau(found: Any) -> PlateauState | None:
    if found is None:
        return None
    if np.shape(found) != (4,) or not np.isfinite(found[[0, 2, 3]]).all():
        raise DocumentError("the run has a schedule that cannot be read: it is damaged")
    rate, best, bad, cooldown = found
    return PlateauState(float(rate), float(best), int(bad), int(cooldown))
