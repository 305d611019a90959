"""Loss, penalty and metric of a network over a whole split; no gradient, no dropout."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.network_outputs import network_outputs
from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import loss_and_terms
from mlpviz.engine.regularization import Penalty, scaled
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.training.dataset import Samples
from mlpviz.engine.training.plan import MetricFunction, Plan
from mlpviz.engine.training.snapshot import Evaluation


def group_penalties(plan: Plan, spec: NetworkSpec) -> tuple[Penalty, ...]:
    """The plan's penalties with a strength per parameter: 0 except for weights, unless biases are penalised too."""
    if plan.penalize_biases:
        return plan.penalties
    return tuple(scaled(penalty, spec.weight_mask.astype(plan.dtype)) for penalty in plan.penalties)


def penalty_value(spec: NetworkSpec, penalties: tuple[Penalty, ...], params: Array) -> Any:
    """The sum (...,) of the penalties of parameters (..., P), a tied number once; 0 without penalties."""
    params = params if spec.sharing is None else spec.sharing.once(params)
    return sum((penalty.value(params) for penalty in penalties), start=params.dtype.type(0))


def evaluate_samples(
    spec: NetworkSpec,
    params: Array,
    buffers: Array,
    samples: Samples | None,
    penalties: tuple[Penalty, ...],
    metric: MetricFunction | None,
) -> Evaluation | None:
    """Loss, penalty and metric over all samples in evaluation: running statistics, no dropout. None for no samples."""
    if samples is None:
        return None
    y = network_outputs(spec, params, samples.x, buffers)
    with np.errstate(all="ignore"):
        loss, _, _ = loss_and_terms(spec, y, samples.target)
        penalty = penalty_value(spec, penalties, params)
        value = None if metric is None or samples.target is None else metric(y, samples.target)
        return Evaluation(np.asarray(loss + penalty), np.asarray(penalty), None if value is None else np.asarray(value))
