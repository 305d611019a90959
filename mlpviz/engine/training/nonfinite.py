"""The first tensor that is not finite, searched for after a step has failed."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.parameters import Array
from mlpviz.engine.run_trace import run_pass
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.tensor_names import Tensor, tensors
from mlpviz.engine.training.dataset import Samples
from mlpviz.engine.training.snapshot import Failure


def nonfinite_parameter(spec: NetworkSpec, params: Array) -> Tensor | None:
    """The first weight, bias, gamma or beta of params (P,) that is not finite, None if all are."""
    if np.isfinite(params).all():
        return None
    for index, views in enumerate(spec.views(params)):
        for name, array in views._asdict().items():
            if array is not None and not np.isfinite(array).all():
                return Tensor(name, index)
    return None


def find_nonfinite(
    spec: NetworkSpec, params: Array, batch: Samples, step: int, masks: DropoutMasks, buffers: Array | None
) -> Failure:
    """The first tensor of step `step` (from 1) that is not finite: parameters, then the pass in order of computation.

    `masks` and `buffers` are those at the beginning of the step; the pass includes the running statistics after it.
    Parameters that are not finite are a failure of the step before.
    """
    broken = nonfinite_parameter(spec, params)
    if broken is not None:
        return Failure(step - 1, broken)
    trace = run_pass(
        spec, params, batch.x, batch.target, masks=masks, buffers=buffers, dtype=params.dtype, as_read=True
    )
    for tensor in tensors(spec):
        if not np.isfinite(tensor.of(trace)).all():
            return Failure(step, tensor)
    return Failure(step, Tensor("penalty"))
