"""Self-gated activations, z times a smooth gate between 0 and 1: GELU, SiLU, mish."""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine import expressions
from mlpviz.engine.activations.activation import Activation, Z, elementwise
from mlpviz.engine.expressions import (
    PI,
    FormulaLine,
    Rewritten,
    Symbol,
    Where,
    also_written,
    erf,
    exp,
    in_torch,
    normal_cdf,
    over,
    sqrt,
    tall,
    tanh,
    torch_call,
)
from mlpviz.engine.hyperparameters import Hyperparameter, configurable
from mlpviz.engine.logistic import sigmoid, softplus
from mlpviz.engine.normal_distribution import cdf, density
from mlpviz.engine.parameters import Array

_GATE, _OMEGA, _TAU = Symbol("s", "s"), Symbol(r"\omega", "omega"), Symbol(r"\tau", "tau")

SILU = elementwise(
    "silu",
    aliases=("swish",),
    label="SiLU (swish)",
    formula=in_torch(Z / (1 + exp(-Z)), torch_call("F.silu", Z)),
    derivative=Where(
        Rewritten(expressions.sigmoid(Z) * (1 + Z * (1 - expressions.sigmoid(Z))), _GATE * (1 + Z * (1 - _GATE))),
        in_code=(FormulaLine(_GATE, 1 / (1 + exp(-Z))),),
    ),
    sentence="SiLU is z times the sigmoid of z: it dips below 0 once and ends like ReLU on both sides.",
    value=lambda z: z * sigmoid(z),
    slope=lambda z, a: sigmoid(z) * (1.0 + z * sigmoid(-z)),
    source="Elfwing et al. 2018; Ramachandran et al. 2017 call it swish",
)


def _mish_slope(z: Array) -> Array:
    gate = np.tanh(softplus(z))
    return gate + z * sigmoid(z) * (1.0 - gate * gate)


MISH = elementwise(
    "mish",
    label="mish",
    formula=in_torch(Z * tanh(expressions.softplus(Z)), torch_call("F.mish", Z)),
    derivative=Where(
        tanh(_OMEGA) + Z * (1 - tanh(_OMEGA) ** 2) / (1 + exp(-Z)), (FormulaLine(_OMEGA, expressions.softplus(Z)),)
    ),
    sentence="Mish is z times the tanh of the softplus of z: much like SiLU, a little steeper.",
    value=lambda z: z * np.tanh(softplus(z)),
    slope=lambda z, a: _mish_slope(z),
    source="Misra 2019",
)

_SQRT_2_OVER_PI, _CUBE = math.sqrt(2.0 / math.pi), 0.044715

_TANH = tanh(sqrt(over(2, PI)) * (Z + _CUBE * Z**3))
_GELU_TANH = Z / 2 * tall(1 + _TANH)


def _tanh_gate(z: Array) -> Array:
    return np.tanh(_SQRT_2_OVER_PI * (z + _CUBE * z * z * z))


def _gelu_tanh_slope(z: Array) -> Array:
    gate = _tanh_gate(z)
    return 0.5 * (1.0 + gate) + 0.5 * z * (1.0 - gate * gate) * _SQRT_2_OVER_PI * (1.0 + 3.0 * _CUBE * z * z)


def _gelu(approximate: str) -> Activation:
    if approximate == "tanh":
        return elementwise(
            "gelu",
            label="GELU (tanh)",
            formula=in_torch(_GELU_TANH, torch_call("F.gelu", Z, approximate="tanh")),
            derivative=Where(
                (1 + _TAU) / 2 + Z / 2 * (1 - _TAU**2) * sqrt(over(2, PI)) * (1 + 3 * _CUBE * Z**2),
                (FormulaLine(_TAU, _TANH),),
            ),
            sentence="GELU by tanh: a fast stand-in for the normal distribution, off by less than 0.0005.",
            value=lambda z: 0.5 * z * (1.0 + _tanh_gate(z)),
            slope=lambda z, a: _gelu_tanh_slope(z),
            cancels=True,
            source="Hendrycks and Gimpel 2016, the approximation",
        )
    return elementwise(
        "gelu",
        label="GELU",
        formula=Rewritten(
            also_written(Z * normal_cdf(Z), Z / 2 * tall(1 + erf(Z / sqrt(2)))),
            Z * normal_cdf(Z),
            torch_call("F.gelu", Z),
        ),
        derivative=normal_cdf(Z) + Z * (exp(-over(Z**2, 2)) / sqrt(2 @ PI)),
        sentence="GELU is z times the share of a standard normal that lies below z.",
        value=lambda z: z * cdf(z),
        slope=lambda z, a: cdf(z) + z * density(z),
        cancels=True,
        source="Hendrycks and Gimpel 2016, exact; NumPy code has SciPy's Φ",
    )


GELU = configurable(
    _gelu,
    Hyperparameter(
        "approximate",
        "form",
        "none",
        kind="choice",
        choices=("none", "tanh"),
        sentence="Exact with the error function, or approximately with tanh.",
    ),
)

SELF_GATED = (GELU, SILU, MISH)
