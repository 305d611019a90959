"""Weights of a run set by hand, one of them or all at once, at the shown checkpoint.

What was learned before stays as it was: learning goes on in a branch.
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
    """Set the weight of `unit` in `layer` for its input `source`, or its bias (None), of the member in focus.

    All count from 0. Raises RunError for a place that the network does not have, or a value that is not finite.
    """
    spec = run.members[run.focus].spec
    if not 0 <= layer < len(spec.layers):
        raise RunError(f"there is no layer {layer + 1}, expected 1 to {len(spec.layers)}")
    slot = spec.slots[layer]
    outputs, inputs = slot.shape
    if not 0 <= unit < outputs:
        raise RunError(f"layer {layer + 1} has no unit {unit + 1}, expected 1 to {outputs}")
    if source is None and "bias" not in slot.names:
        raise RunError(f"layer {layer + 1} has no bias")
    if source is not None and not 0 <= source < inputs:
        raise RunError(f"layer {layer + 1} reads no unit {source + 1}, expected 1 to {inputs}")
    if not np.isfinite(value):
        raise RunError(f"the value is {value}, expected a finite number")
    at = slot.bias.start + unit if source is None else slot.weight.start + unit * inputs + source
    checkpoint = run.state(run.focus).learned
    params = np.array(checkpoint.params)
    params[at if spec.sharing is None else spec.sharing.uses(at)] = value
    _branch_with(run, params, checkpoint.buffers)


def set_network(run: Run, spec: NetworkSpec, params: Array, buffers: Array) -> bool:
    """Set all parameters (P,) and running statistics (B,) of the member in focus to those of a network of its shape.

    False if it has these numbers already: then no branch begins. Raises RunError for a network of another shape.
    """
    checkpoint = run.state(run.focus).learned
    if spec.slots != checkpoint.spec.slots or spec.buffer_size != checkpoint.spec.buffer_size:
        theirs, ours = (" → ".join(map(str, (each.inputs, *(layer.outputs for layer in each.layers))))
                        for each in (spec, checkpoint.spec))  # fmt: skip
        raise RunError(
            f"the weights are of a network {theirs}, expected {ours} with the same biases and norms as in the training"
        )
    if np.array_equal(params.astype(checkpoint.params.dtype), checkpoint.params) and np.array_equal(
        buffers.astype(checkpoint.buffers.dtype), checkpoint.buffers
    ):
        return False
    _branch_with(run, params, buffers)
    return True


def _branch_with(run: Run, params: Array, buffers: Array) -> None:
    edited = run.state(run.focus)

    def change(engine_run: EngineRun, snapshot: Snapshot) -> Snapshot:
        if engine_run is not edited.engine_run:
            return snapshot
        all_params, all_buffers = np.array(snapshot.params), np.array(snapshot.buffers)
        at = edited.place if all_params.ndim > 1 else ...
        all_params[at], all_buffers[at] = params, buffers
        # the best epoch of early stopping was another network
        return engine_run.measured(replace(snapshot, params=frozen(all_params), buffers=frozen(all_buffers), best=None))

    run.branch_with(change)
