"""Edits of the optimizer: which one, its hyperparameters, and its steps on the document's own numbers."""

from __future__ import annotations

from collections import deque
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from mlpviz import engine
from mlpviz.engine import Trace
from mlpviz.engine.optimizers import Optimizer, OptimizerStep
from mlpviz.engine.optimizers.broken_operation import broken_operation
from mlpviz.engine.parameters import Array, BufferViews
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.refit import with_samples
from mlpviz.network.edits.result import EditResult, index_of, layer_fields, with_hyperparameter
from mlpviz.network.optimizer_state import RATE, OptimizerChoice, OptimizerState
from mlpviz.network.trajectory import Trajectory, TrajectoryPoint
from mlpviz.schema.errors import echo
from mlpviz.schema.fields import Count, HyperparameterName
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.registry_choice import RegistryChoice

Times = Annotated[int, Field(strict=True, ge=1, le=DOCUMENT_LIMITS.updates)]
FORGOTTEN = "The optimizer starts anew: what it remembered of {} is gone."


def set_optimizer(document: Document, key: OptimizerChoice) -> EditResult:
    """Another optimizer, which starts without a state."""
    if key == document.optimizer:
        return EditResult(document)
    return _with_optimizer(document, key, keeps=False)


def set_optimizer_hyperparameter(document: Document, name: HyperparameterName, value: Any) -> EditResult:
    """One hyperparameter of the optimizer, such as its momentum. Raises DocumentError for an unknown one."""
    entry = document.optimizer.entry
    known = [each.name for each in entry.hyperparameters if each.name != RATE]
    if name not in known:
        raise DocumentError(f"{entry.label} has no knob {echo(name)}, expected one of {', '.join(known)}")
    changed = with_hyperparameter(document.optimizer, name, value)
    chosen = document.replace(optimizer=changed, optimizer_state=None).optimizer
    return _with_optimizer(document, chosen, keeps=True)


def _with_optimizer(document: Document, chosen: RegistryChoice[Optimizer], keeps: bool) -> EditResult:
    before, after = ([slot.name for slot in choice.entry.slots_in_use] for choice in (document.optimizer, chosen))
    state = document.optimizer_state if keeps and before == after else None
    edited = document.replace(optimizer=chosen, optimizer_state=state)
    is_lost = document.optimizer_state is not None and state is None
    return EditResult(edited, about_lost_state(document) if is_lost else None)


def about_lost_state(before: Document) -> str:
    """The sentence on an edit that drops the optimizer state of this document."""
    return FORGOTTEN.format(f"{before.steps_taken} steps" if before.steps_taken > 1 else "one step")


def apply_update(document: Document, times: Times = 1) -> EditResult:
    """Steps of the document's optimizer for all parameters, the given number of times.

    In training each pass moves the running statistics of batch norm, as in PyTorch.

    Raises DocumentError if a number would leave the finite range, or if it is too much work for one edit.
    """
    index_of("times", times, DOCUMENT_LIMITS.updates)
    affordable = max(1, DOCUMENT_LIMITS.update_work // (document.spec.size * document.samples))
    if times > affordable:
        raise DocumentError(f"times is {times}, expected at most {affordable} for a network of this size")
    trace, taken, start = document.trace(), document.next_step, TrajectoryPoint.of(document)
    points = deque([start], maxlen=start.room)
    counted = range(document.schedule_step, document.schedule_step + times) if document.schedule else [0] * times
    for update in range(1, times + 1):
        if update > 1:
            trace = engine.rerun(trace, params=taken.new_params, buffers=trace.new_buffers)
            # an optimizer without slots counts no steps
            t = taken.t if taken.new_slots else 0
            points.append(
                TrajectoryPoint(
                    t,
                    float(trace.loss),
                    trace.params,
                    trace.summed_grad,
                    taken.new_slots,
                    trace.buffers,
                    scheduled=counted[update - 1],
                )
            )
            taken = document.step_from(trace.params, trace.grad, taken.new_slots, taken.t + 1, counted[update - 1])
        _check_finite(document, taken, trace.new_buffers, trace, update)
    state = OptimizerState.of(taken.t, taken.new_slots)
    edited = at_numbers(document, taken.new_params, trace.new_buffers, state, times)
    return EditResult(edited, walked=tuple(points))


def update_with_sample(document: Document, sample: Count) -> EditResult:
    """One step of the optimizer with the gradient of one sample alone: stochastic descent, sample by sample.

    Raises DocumentError as `apply_update` does, and where one sample is too few for a norm.
    """
    index = index_of("sample", sample, document.samples)
    one = slice(index, index + 1)
    layers = with_samples(document, lambda rows, _: rows[one])
    pins = tuple(pin.model_copy(update={"sample": 1}) for pin in document.pins if pin.sample == sample)
    target = None if document.target is None else document.target[one]
    alone = apply_update(document.replace(x=document.x[one], target=target, layers=layers, pins=pins)).document
    return EditResult(at_numbers(document, alone.params, alone.buffers, _state_json(alone), 1))


def _state_json(document: Document) -> dict[str, Any] | None:
    return None if document.optimizer_state is None else document.optimizer_state.to_json_value()


def restore_step(document: Document, trajectory: Trajectory, to: object) -> EditResult:
    """Back, or forward again, to a point of the trajectory (from 0): parameters, running statistics, optimizer state.

    Raises DocumentError if there is no such point, or if the trajectory is of another architecture or optimizer.
    """
    if not trajectory.points or not trajectory.fits(document):
        raise DocumentError("this network has taken no steps with this optimizer that could be gone back to")
    last = len(trajectory.points) - 1
    if isinstance(to, bool) or not isinstance(to, int) or not 0 <= to <= last:
        raise DocumentError(f"the step to go back to is {echo(to)}, expected 0 to {last}")
    point = trajectory.points[to]
    state = OptimizerState.of(point.t, point.slots) if point.t else None
    return EditResult(
        at_numbers(document, point.params, point.buffers, state, point.scheduled - document.schedule_step)
    )


def at_numbers(
    document: Document, params: Array, buffers: Array, state: dict[str, Any] | None, steps: int = 0
) -> Document:
    """The document with these parameters (P,), running statistics (B,) and optimizer state. Raises DocumentError.

    `steps` were taken, which its schedule counts; a negative number for steps back.
    """
    running = document.spec.buffer_views(buffers)
    layers = tuple(
        layer_fields(document, index, **_fields(own._asdict()), **_fields(_named(moved)))
        for index, (own, moved) in enumerate(zip(document.spec.views(params), running, strict=True))
    )
    done = max(0, document.schedule_step + steps) if document.schedule is not None else document.schedule_step
    return document.replace(layers=layers, optimizer_state=state, schedule_step=done)


def _fields(arrays: dict[str, Array | None]) -> dict[str, Any]:
    return {name: None if array is None else array.tolist() for name, array in arrays.items()}


def _named(moved: BufferViews | None) -> dict[str, Array | None]:
    return {} if moved is None else {"running_mean": moved.mean, "running_var": moved.var}


def _check_finite(document: Document, step: OptimizerStep, buffers: Array, trace: Trace, update: int) -> None:
    if not _all_within(buffers):
        raise DocumentError(
            f"update {update} would make a running mean or variance infinite or not a number"
            f"{_about_statistics(document, trace)}; try smaller numbers in x"
        )
    if _all_within(step.new_params):
        for name, slot in step.new_slots.items():
            if not _all_within(slot):
                at = int(np.argmax(~(np.abs(np.ravel(slot)) <= DOCUMENT_LIMITS.magnitude)))
                raise DocumentError(
                    f"update {update} would make {name} of the optimizer infinite or not a number"
                    f"{_about_step(step, at)}; try a smaller learning rate"
                )
        return
    place = int(np.argmax(~(np.abs(step.new_params) <= DOCUMENT_LIMITS.magnitude)))
    for number, views in enumerate(document.spec.views(step.new_params), start=1):
        for tensor, array in views._asdict().items():
            if array is not None and not _all_within(array):
                raise DocumentError(
                    f"update {update} would make the {tensor} of layer {number} infinite or not a number"
                    f"{_about_step(step, place)}; try a smaller learning rate"
                )


def _all_within(array: Any) -> bool:
    # a comparison with NaN is false
    return bool((np.abs(array) <= DOCUMENT_LIMITS.magnitude).all())


def _about_step(step: OptimizerStep, index: int) -> str:
    """The operation that does it with its operands; empty where the gradient is at fault already."""
    if not _all_within(step.grad[index]):
        return f": its gradient is {echo(float(step.grad[index]))}"
    found = broken_operation(step, index, DOCUMENT_LIMITS.magnitude)
    if found is None:
        return ""
    return f": {found.text} is {echo(found.value) if np.isfinite(found.value) else 'no finite number'}"


def _about_statistics(document: Document, trace: Trace) -> str:
    """The first statistic of a batch that takes a running one out of range, with its number."""
    for number, (layer, own) in enumerate(zip(document.spec.layers, trace.layers, strict=True), start=1):
        if layer.norm is None or not layer.norm.running or own.mean is None or own.var is None:
            continue
        for name, array in (("mean", own.mean), ("variance", own.var)):
            if not _all_within(array):
                at = int(np.argmax(~(np.abs(array[0]) <= DOCUMENT_LIMITS.magnitude)))
                value = float(array[0, at])
                return f": the {name} of z of layer {number}, unit {at + 1}, is {echo(value)}"
    return ""
