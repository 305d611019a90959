"""Leaky ReLUs whose slope below 0 is no setting: PReLU learns it, RReLU draws it. At the kink it is PyTorch's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mlpviz.engine.activations.activation import ALPHA, SLOPES, Activation, Z, elementwise
from mlpviz.engine.expressions import Expression, Number, Rewritten, cases, maximum, minimum, torch_call
from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError, configurable, exact


def _with_slope(key: str, symbol: Expression, start: float, torch: Expression, **facts: Any) -> Activation:
    """z above 0, `symbol` · z for the rest; `start` is the slope of a call without one."""
    return elementwise(
        key,
        formula=Rewritten(maximum(0, Z) + symbol * minimum(0, Z), cases((Z, Z > 0), otherwise=symbol * Z), torch),
        derivative=Rewritten((Z > 0) + symbol * (Z <= 0), cases((1, Z > 0), otherwise=symbol)),
        value=lambda z, slopes=start: np.where(z > 0.0, z, slopes * z),
        slope=lambda z, a, slopes=start: np.where(z > 0.0, 1.0, slopes).astype(z.dtype, copy=False),
        kinks=(0.0,),
        **facts,
    )


def _prelu(per_unit: bool, init: float) -> Activation:
    return _with_slope(
        "prelu",
        ALPHA,
        init,
        torch_call("F.prelu", Z, ALPHA),
        label="PReLU",
        sentence="PReLU lets positive z through and multiplies the rest by α, which is learned like a weight.",
        gain=math.sqrt(2.0 / (1.0 + init**2)),
        alpha="unit" if per_unit else "layer",
        alpha_range=(init, init),
        alpha_vjp=lambda z, grad_a: np.where(z > 0.0, 0.0, grad_a * z),
        source="He et al. 2015; slope α at 0 as in PyTorch",
    )


PRELU = configurable(
    _prelu,
    Hyperparameter(
        "per_unit",
        "one α per unit",
        False,
        kind="bool",
        sentence="Else all units of the layer share one α, as with nn.PReLU().",
    ),
    Hyperparameter("init", "first α", 0.25, -1.0, 1.0, sentence="What α is before the first update."),
)


def _rrelu(lower: float, upper: float) -> Activation:
    if lower > upper:
        raise HyperparameterError(f"lower is {exact(lower)}, expected at most upper, {exact(upper)}")
    mean = (lower + upper) / 2.0
    facts: dict[str, Any] = {"label": "RReLU", "gain": None, "source": "Xu et al. 2015; as in PyTorch"}
    return _with_slope(
        "rrelu",
        SLOPES,
        mean,
        cases((Z, Z > 0), otherwise=SLOPES * Z),
        sentence="RReLU lets positive z through and multiplies the rest by a slope that is drawn from "
        f"{exact(lower)} to {exact(upper)} anew for each unit and sample in training.",
        alpha="draw",
        alpha_range=(lower, upper),
        evaluated=_with_slope(
            "rrelu",
            Number(mean),
            mean,
            torch_call("F.rrelu", Z, lower, upper),
            sentence=f"In evaluation RReLU draws nothing: its slope below 0 is {exact(mean)}, the middle of "
            f"{exact(lower)} and {exact(upper)}.",
            **facts,
        ),
        **facts,
    )


RRELU = configurable(
    _rrelu,
    Hyperparameter("lower", "least slope", 0.125, 0.0, 1.0, sentence="The lower end of the slopes that are drawn."),
    Hyperparameter("upper", "largest slope", 1 / 3, 0.0, 1.0, sentence="The upper end of the slopes that are drawn."),
)

VARIABLE_SLOPE = (PRELU, RRELU)
