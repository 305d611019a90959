"""Self-gated activations, z times a smooth gate between 0 and 1: GELU, SiLU, mish."""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine.activations.activation import Activation, elementwise
from mlpviz.engine.hyperparameters import Hyperparameter, configurable
from mlpviz.engine.logistic import sigmoid, softplus
from mlpviz.engine.normal_distribution import cdf, density
from mlpviz.engine.parameters import Array

SILU = elementwise(
    "silu",
    label="SiLU (swish)",
    latex=r"\frac{z}{1 + e^{-z}}",
    slope_latex=r"\sigma(z) \cdot (1 + z \cdot (1 - \sigma(z)))",
    sentence="SiLU is z times the sigmoid of z: it dips below 0 once and ends like ReLU on both sides.",
    torch="silu",
    torch_code="a = F.silu(z)",
    numpy="a = z / (1 + np.exp(-z))",
    numpy_grad="s = 1 / (1 + np.exp(-z)); grad_z = grad_a * s * (1 + z * (1 - s))",
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
    latex=r"z \cdot \tanh(\ln(1 + e^{z}))",
    slope_latex=r"\tanh(\omega) + \frac{z \cdot (1 - \tanh^2(\omega))}{1 + e^{-z}}, \quad \omega = \ln(1 + e^{z})",
    sentence="Mish is z times the tanh of the softplus of z: much like SiLU, a little steeper.",
    torch="mish",
    torch_code="a = F.mish(z)",
    numpy="a = z * np.tanh(np.log(1 + np.exp(z)))",
    numpy_grad="g = np.tanh(np.log(1 + np.exp(z))); grad_z = grad_a * (g + z * (1 - g**2) / (1 + np.exp(-z)))",
    value=lambda z: z * np.tanh(softplus(z)),
    slope=lambda z, a: _mish_slope(z),
    source="Misra 2019",
)

_SQRT_2_OVER_PI, _CUBE = math.sqrt(2.0 / math.pi), 0.044715


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
            latex=r"\frac{z}{2} \cdot \left( 1 + \tanh(\sqrt{2 / \pi} \cdot (z + 0.044715 \cdot z^3)) \right)",
            slope_latex=(
                r"\frac{1 + \tau}{2} + \frac{z}{2} \cdot (1 - \tau^2) \cdot \sqrt{2 / \pi} \cdot "
                r"(1 + 0.134145 \cdot z^2), \quad \tau = \tanh(\sqrt{2 / \pi} \cdot (z + 0.044715 \cdot z^3))"
            ),
            sentence="GELU by tanh: a fast stand-in for the normal distribution, off by less than 0.0005.",
            torch="gelu",
            torch_code='a = F.gelu(z, approximate="tanh")',
            numpy="a = 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))",
            numpy_grad=(
                "g = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)); grad_z = grad_a * 0.5 * "
                "(1 + g + z * (1 - g**2) * np.sqrt(2 / np.pi) * (1 + 0.134145 * z**2))"
            ),
            value=lambda z: 0.5 * z * (1.0 + _tanh_gate(z)),
            slope=lambda z, a: _gelu_tanh_slope(z),
            cancels=True,
            source="Hendrycks and Gimpel 2016, the approximation",
        )
    return elementwise(
        "gelu",
        label="GELU",
        latex=r"z \cdot \Phi(z) = \frac{z}{2} \cdot \left( 1 + \operatorname{erf}(\frac{z}{\sqrt{2}}) \right)",
        slope_latex=r"\Phi(z) + z \cdot \frac{e^{-z^2 / 2}}{\sqrt{2 \pi}}",
        sentence="GELU is z times the share of a standard normal that lies below z.",
        torch="gelu",
        torch_code="a = F.gelu(z)",
        numpy="a = 0.5 * z * (1 + erf(z / np.sqrt(2)))",
        numpy_grad=("grad_z = grad_a * (0.5 * (1 + erf(z / np.sqrt(2))) + z * np.exp(-z**2 / 2) / np.sqrt(2 * np.pi))"),
        value=lambda z: z * cdf(z),
        slope=lambda z, a: cdf(z) + z * density(z),
        cancels=True,
        source="Hendrycks and Gimpel 2016, exact; erf in NumPy code is scipy.special.erf",
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
