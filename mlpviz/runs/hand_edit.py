"""Weights of a run set by hand, one of them or all at once, at the moment that is shown.

What was learned before stays as it was: learning goes on in a branch. Refuses to draw.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Snapshot
from mlpviz.engine.training.snapshot import frozen
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError
from mlpviz.runs.run import Run


def set_parameter(run: Run, layer: int, unit: int, source: int | None, value: float) -> None:
    """Set the weight of `unit` in `layer` for what `source` gives it, or its bias (None), in the lane in focus.

    All count from 0. Raises RunError for a place that the network has not, or a value that is no finite number.
    """
    spec = run.members[run.focus].spec
    if not 0 <= layer < len(spec.layers):
        raise RunError(f"there is no layer {layer + 1}, expected 1 to {len(spec.layers)}")
    slot = spec.slots[layer]
    outputs, inputs = slot.shape
    if not 0 <= unit < outputs:
        raise RunError(f"layer {layer + 1} has no unit {unit + 1}, expected 1 to {outputs}")
    if source is None and not slot.has_bias:
        raise RunError(f"layer {layer + 1} has no bias")
    if source is not None and not 0 <= source < inputs:
        raise RunError(f"layer {layer + 1} reads no unit {source + 1}, expected 1 to {inputs}")
    if not np.isfinite(value):
        raise RunError(f"the value is {value}, expected a finite number")
    at = slot.bias.start + unit if source is None else slot.weight.start + unit * inputs + source
    params = np.array(run.moment(run.focus).params)
    params[at] = value
    _amend(run, params, run.moment(run.focus).buffers)


def set_network(run: Run, spec: NetworkSpec, params: Array, buffers: Array) -> bool:
    """Take all parameters (P,) and running statistics (B,) of another network of the same shape, in the lane in focus.

    False if they are what the lane has already: then nothing begins. Raises RunError for a network of another shape.
    """
    moment = run.moment(run.focus)
    if spec.slots != moment.spec.slots or spec.buffer_size != moment.spec.buffer_size:
        theirs, ours = (" → ".join(map(str, (each.inputs, *(layer.outputs for layer in each.layers))))
                        for each in (spec, moment.spec))  # fmt: skip
        raise RunError(
            f"the weights are of a network {theirs}, expected {ours} with the same biases and norms as in the training"
        )
    if np.array_equal(params.astype(moment.params.dtype), moment.params) and np.array_equal(
        buffers.astype(moment.buffers.dtype), moment.buffers
    ):
        return False
    _amend(run, params, buffers)
    return True


def _amend(run: Run, params: Array, buffers: Array) -> None:
    number, place = run.place_of(run.focus)

    def change(engine_run: EngineRun, snapshot: Snapshot) -> Snapshot:
        if engine_run is not run.engine_runs[number]:
            return snapshot
        all_params, all_buffers = np.array(snapshot.params), np.array(snapshot.buffers)
        at = place if all_params.ndim > 1 else ...
        all_params[at], all_buffers[at] = params, buffers
        # what early stopping holds for the best was another network
        return engine_run.measured(replace(snapshot, params=frozen(all_params), buffers=frozen(all_buffers), best=None))

    run.branch_with(change)
