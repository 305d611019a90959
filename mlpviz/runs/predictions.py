"""What a network of a run predicts for samples in the units of the table: classes with probabilities, or values."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import ACTIVATIONS, NetworkSpec
from mlpviz.engine.classify import Decision
from mlpviz.engine.network_outputs import network_outputs
from mlpviz.engine.parameters import Array
from mlpviz.runs.member import Member


class Prediction(NamedTuple):
    """For N samples: `classes` (N,) from 0 with `probabilities` (N, K), or `values` (N, O) in units of the table."""

    classes: NDArray[np.intp] | None
    probabilities: NDArray[np.float64] | None
    values: NDArray[np.float64] | None


def scaled(member: Member, x: Any) -> Array:
    """Samples (N, I) in units of the table as the network reads them."""
    inputs = member.built.features.of(np.asarray(x))
    return member.built.folds[member.fold].scaling.apply(inputs).astype(member.plan.dtype, copy=False)


def predict_samples(member: Member, spec: NetworkSpec, params: Array, buffers: Array, x: Any) -> Prediction:
    """The prediction for samples (N, I) in units of the table. Raises DataError for a wrong I."""
    return read(member, spec, network_outputs(spec, params, scaled(member, x), buffers))


def read(member: Member, spec: NetworkSpec, y: Array) -> Prediction:
    """The outputs y (N, O) of the member's network as a prediction."""
    decision = member.built.decision
    if decision is None:
        scaling = member.built.folds[member.fold].target_scaling
        return Prediction(None, None, np.asarray(y if scaling is None else scaling.invert(y), np.float64))
    return Prediction(decision.predicted(y), probabilities(spec, decision, y), None)


def probabilities(spec: NetworkSpec, decision: Decision, y: Array) -> NDArray[np.float64]:
    """The probability of each class (..., N, K) from outputs y (..., N, O).

    Without a loss or an activation that defines probabilities, an output counts as the share of the way from the target
    of one class to that of the other, cut to 0 and 1.
    """
    with np.errstate(all="ignore"):
        if spec.loss.probabilities is not None:
            p = ACTIVATIONS[spec.loss.probabilities].value(y)
        elif spec.layers[-1].activation.gives == "logarithms of probabilities":
            p = np.exp(y)
        else:
            low = -1.0 if spec.loss.target == "signs" or (decision.target == 0.0 and spec.outputs == 1) else 0.0
            p = np.clip((y - low) / (1.0 - low), 0.0, 1.0)
    p = np.asarray(p, np.float64)
    return np.concatenate([1.0 - p, p], axis=-1) if p.shape[-1] == 1 else p
