"""Smooth activations made of exponentials: sigmoid, tanh, softplus, ELU and others. None overflows."""

from __future__ import annotations

import numpy as np

from mlpviz.engine import expressions
from mlpviz.engine.activations.activation import A, Activation, Z, elementwise
from mlpviz.engine.expressions import (
    Constant,
    Expression,
    Number,
    Rewritten,
    absolute,
    cases,
    exp,
    expm1,
    in_torch,
    maximum,
    minimum,
    over,
    tanh,
    torch_call,
)
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, exact
from mlpviz.engine.logistic import sigmoid, softplus
from mlpviz.engine.parameters import Array


def _exp_below(z: Array) -> Array:
    # np.where computes both branches: the exponential of the unused one must not overflow
    return np.exp(np.minimum(z, 0.0))


SIGMOID = elementwise(
    "sigmoid",
    aliases=("logistic", "logsig"),
    label="sigmoid",
    formula=in_torch(1 / (1 + exp(-Z)), torch_call("torch.sigmoid", Z)),
    derivative=A * (1 - A),
    sentence="The sigmoid squeezes z into 0 to 1; its slope is never above 1/4.",
    value=sigmoid,
    slope=lambda z, a: a * (1.0 - a),
    gives="probabilities",
    threshold=0.5,
    gain=1.0,
    noun="the sigmoid",
    name_latex=r"\sigma(z_{j})",
)

LOGSIGMOID = elementwise(
    "logsigmoid",
    label="log sigmoid",
    formula=in_torch(-expressions.softplus(-Z), torch_call("F.logsigmoid", Z)),
    derivative=1 / (1 + exp(Z)),
    sentence="The logarithm of the sigmoid: close to z far below 0, close to 0 far above.",
    value=lambda z: -softplus(-z),
    slope=lambda z, a: sigmoid(-z),
)

TANH = elementwise(
    "tanh",
    aliases=("hyperbolic tangent", "tansig"),
    label="tanh",
    formula=tanh(Z),
    derivative=1 - A**2,
    sentence="Tanh squeezes z into −1 to 1; its slope is 1 at 0 and falls to 0 on both sides.",
    value=np.tanh,
    slope=lambda z, a: 1.0 - a * a,
    threshold=0.0,
    gain=5.0 / 3.0,
)

TANHSHRINK = elementwise(
    "tanhshrink",
    label="tanh shrink",
    formula=in_torch(Z - tanh(Z), torch_call("F.tanhshrink", Z)),
    derivative=tanh(Z) ** 2,
    sentence="Tanh shrink is what tanh takes away: flat at 0, close to z − 1 and z + 1 far out.",
    value=lambda z: z - np.tanh(z),
    slope=lambda z, a: np.tanh(z) ** 2,
    cancels=True,
)

SOFTSIGN = elementwise(
    "softsign",
    label="softsign",
    formula=in_torch(Z / (1 + absolute(Z)), torch_call("F.softsign", Z)),
    derivative=1 / (1 + absolute(Z)) ** 2,
    sentence="Softsign squeezes z into −1 to 1 as tanh does, but comes near the ends much more slowly.",
    value=lambda z: z / (1.0 + np.abs(z)),
    # NaN where a is, as in PyTorch: ∞ / ∞
    slope=lambda z, a: (1.0 + np.abs(z)) ** -2.0 + 0.0 * a,
    bends=(0.0,),
    threshold=0.0,
    cancels=True,
)


_UNSEEN = 20.0
"""From this threshold on softplus and z itself are the same to nine digits where PyTorch switches."""


def _softplus(beta: float, threshold: float) -> Activation:
    inner: Expression = Z if beta == 1 else beta * Z
    curve = expressions.softplus(inner) if beta == 1 else Number(1) / beta @ expressions.softplus(inner)
    switched = cases((Z, inner > threshold), otherwise=curve)
    sigmoid_of = 1 / (1 + exp(-inner))
    slope = cases((1, inner > threshold), otherwise=sigmoid_of)
    if threshold >= _UNSEEN:
        switched, slope = Rewritten(curve, switched), Rewritten(sigmoid_of, slope)
    return elementwise(
        "softplus",
        label="softplus",
        formula=in_torch(switched, torch_call("F.softplus", Z, beta, threshold)),
        derivative=slope,
        sentence="Softplus is ReLU with a rounded corner; its slope is the sigmoid.",
        value=lambda z: np.where(beta * z > threshold, z, softplus(beta * z) / beta),
        slope=lambda z, a: np.where(beta * z > threshold, 1.0, sigmoid(beta * z)),
        # where PyTorch switches to z itself, a jumps by about e^-threshold
        kinks=(threshold / beta,),
        source=f"PyTorch takes a = z where β·z is above {exact(threshold)}",
    )


SOFTPLUS = configurable(
    _softplus,
    Hyperparameter("beta", "sharpness β", 1.0, 0.0, sentence="The larger, the sharper the corner.", open_low=True),
    Hyperparameter("threshold", "threshold", 20.0, 0.0, sentence="Above this β·z the function is z itself."),
)


def _bent(alpha: Expression | float, stretch: float = 1.0) -> Expression:
    """max(0, z) + α (e^min(0, z / stretch) - 1); factors of 1 are left out."""
    inner = Z if stretch == 1 else over(Z, stretch)
    curve = expm1(minimum(0, inner))
    return maximum(0, Z) + (curve if alpha == 1 else alpha * curve)


def _bent_slope(alpha: Expression | float, stretch: float = 1.0) -> Expression:
    """The slope of it, where α / stretch is the given α; the exponential may overflow above 0."""
    curve = exp(Z if stretch == 1 else over(Z, stretch))
    below = curve if alpha == 1 else alpha * curve
    return Rewritten((Z > 0) + below * (Z <= 0), cases((below, Z <= 0), otherwise=1))


def _elu(alpha: float) -> Activation:
    return elementwise(
        "elu",
        label="ELU",
        formula=in_torch(_bent(alpha), torch_call("F.elu", Z, alpha)),
        derivative=_bent_slope(alpha),
        sentence=f"ELU lets positive z through and bends the rest smoothly down to −{exact(alpha)}.",
        value=lambda z: np.where(z > 0.0, z, alpha * np.expm1(np.minimum(z, 0.0))),
        slope=lambda z, a: np.where(z <= 0.0, alpha * _exp_below(z), 1.0),
        kinks=() if alpha == 1 else (0.0,),
        bends=(0.0,) if alpha == 1 else (),
        source=f"Clevert et al. 2016; slope {exact(alpha)} at 0 as in PyTorch",
    )


ELU = configurable(
    _elu, Hyperparameter("alpha", "depth α", 1.0, 0.0, sentence="How far below 0 it reaches.", open_low=True)
)


def _celu(alpha: float) -> Activation:
    curve, library = _bent(alpha, alpha), torch_call("F.celu", Z)
    if alpha != 1:  # the backward of F.celu divides by α rounded to float32, also for float64; that of expm1 cancels
        library = torch_call("F.relu", Z) + alpha * torch_call("F.elu", minimum(0, Z) / alpha)
    return elementwise(
        "celu",
        label="CELU",
        formula=in_torch(curve, library),
        derivative=_bent_slope(1, alpha),
        sentence=f"CELU is ELU stretched so that its slope has no jump at 0; it bends down to −{exact(alpha)}.",
        value=lambda z: np.where(z > 0.0, z, alpha * np.expm1(np.minimum(z, 0.0) / alpha)),
        slope=lambda z, a: np.where(z <= 0.0, _exp_below(z / alpha), 1.0),
        bends=(0.0,),
        source="Barron 2017",
    )


CELU = configurable(
    _celu, Hyperparameter("alpha", "depth α", 1.0, 0.0, sentence="How far below 0 it reaches.", open_low=True)
)

_ALPHA, _SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
_ALPHA_TEXT, _SCALE_TEXT = Constant(_ALPHA, "1.6733"), Constant(_SCALE, "1.0507")

SELU = elementwise(
    "selu",
    label="SELU",
    formula=in_torch(_SCALE_TEXT * _bent(_ALPHA_TEXT), torch_call("F.selu", Z)),
    derivative=_SCALE_TEXT * _bent_slope(_ALPHA_TEXT),
    sentence="SELU is an ELU whose two numbers keep mean 0 and variance 1 from layer to layer.",
    value=lambda z: _SCALE * np.where(z > 0.0, z, _ALPHA * np.expm1(np.minimum(z, 0.0))),
    slope=lambda z, a: _SCALE * np.where(z <= 0.0, _ALPHA * _exp_below(z), 1.0),
    kinks=(0.0,),
    gain=0.75,
    source="Klambauer et al. 2017; slope 1.758 at 0 as in PyTorch",
)

SMOOTH = (SIGMOID, TANH, ELU, SELU, CELU, LOGSIGMOID, SOFTPLUS, SOFTSIGN, TANHSHRINK)
