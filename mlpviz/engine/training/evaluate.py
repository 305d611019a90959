"""How well a network does on a whole set, and what its penalties cost; no gradient, no dropout."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import loss_value
from mlpviz.engine.regularization import Penalty
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.training.dataset import Samples
from mlpviz.engine.training.plan import MetricFunction, Plan
from mlpviz.engine.training.snapshot import Evaluation


def group_penalties(plan: Plan, spec: NetworkSpec) -> tuple[Penalty, ...]:
    """The plan's penalties with a strength per parameter: 0 for all but weights, unless biases are penalised too."""
    if plan.penalize_biases:
        return plan.penalties
    weights = np.zeros(spec.size, dtype=plan.dtype)
    for slot in spec.slots:
        weights[slot.weight] = 1.0
    return tuple(
        penalty.configure(strength=np.asarray(penalty.settings["strength"] * weights, dtype=plan.dtype))
        for penalty in plan.penalties
    )


def penalty_value(penalties: tuple[Penalty, ...], params: Array) -> Any:
    """What the parameters (..., P) cost, (...,); 0 without penalties."""
    return sum((penalty.value(params) for penalty in penalties), start=params.dtype.type(0))


def evaluate_samples(
    spec: NetworkSpec,
    params: Array,
    buffers: Array,
    part: Samples | None,
    penalties: tuple[Penalty, ...],
    metric: MetricFunction | None,
) -> Evaluation | None:
    """Loss, penalty and metric over the whole part in evaluation: running statistics, nothing dropped.

    None for no part.
    """
    if part is None:
        return None
    loss, _, y = loss_value(spec, params, part.x, part.target, training=False, buffers=buffers)
    with np.errstate(all="ignore"):
        penalty = penalty_value(penalties, params)
        found = None if metric is None or part.target is None else metric(y, part.target)
        return Evaluation(np.asarray(loss + penalty), np.asarray(penalty), None if found is None else np.asarray(found))
