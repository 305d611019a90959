"""Smooth activations made of exponentials: sigmoid, tanh, softplus, ELU and others. None overflows."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.activations.activation import Activation, elementwise
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, tex
from mlpviz.engine.parameters import Array


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z), computed from e^-|z| so that no exponential overflows and small values keep all digits."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0.0, 1.0, small) / (1.0 + small)


def softplus(z: Array) -> Array:
    """log(1 + e^z) as max(z, 0) + log(1 + e^-|z|), so that no exponential overflows. Shape unchanged."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _exp_below(z: Array) -> Array:
    # np.where computes both branches: the exponential of the unused one must not overflow
    return np.exp(np.minimum(z, 0.0))


SIGMOID = elementwise(
    "sigmoid",
    label="sigmoid",
    latex=r"\frac{1}{1 + e^{-z}}",
    slope_latex=r"a \cdot (1 - a)",
    sentence="The sigmoid squeezes z into 0 to 1; its slope is never above 1/4.",
    torch="sigmoid",
    torch_code="a = torch.sigmoid(z)",
    numpy="a = 1 / (1 + np.exp(-z))",
    numpy_grad="grad_z = grad_a * a * (1 - a)",
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
    latex=r"-\ln(1 + e^{-z})",
    slope_latex=r"\frac{1}{1 + e^{z}}",
    sentence="The logarithm of the sigmoid: close to z far below 0, close to 0 far above.",
    torch="logsigmoid",
    torch_code="a = F.logsigmoid(z)",
    numpy="a = -np.log(1 + np.exp(-z))",
    numpy_grad="grad_z = grad_a / (1 + np.exp(z))",
    value=lambda z: -softplus(-z),
    slope=lambda z, a: sigmoid(-z),
)

TANH = elementwise(
    "tanh",
    label="tanh",
    latex=r"\tanh(z)",
    slope_latex=r"1 - a^2",
    sentence="Tanh squeezes z into −1 to 1; its slope is 1 at 0 and falls to 0 on both sides.",
    torch="tanh",
    torch_code="a = torch.tanh(z)",
    numpy="a = np.tanh(z)",
    numpy_grad="grad_z = grad_a * (1 - a**2)",
    value=np.tanh,
    slope=lambda z, a: 1.0 - a * a,
    threshold=0.0,
    gain=5.0 / 3.0,
)

TANHSHRINK = elementwise(
    "tanhshrink",
    label="tanh shrink",
    latex=r"z - \tanh(z)",
    slope_latex=r"\tanh^2(z)",
    sentence="Tanh shrink is what tanh takes away: flat at 0, close to z − 1 and z + 1 far out.",
    torch="tanhshrink",
    torch_code="a = F.tanhshrink(z)",
    numpy="a = z - np.tanh(z)",
    numpy_grad="grad_z = grad_a * np.tanh(z) ** 2",
    value=lambda z: z - np.tanh(z),
    slope=lambda z, a: np.tanh(z) ** 2,
    cancels=True,
)

SOFTSIGN = elementwise(
    "softsign",
    label="softsign",
    latex=r"\frac{z}{1 + |z|}",
    slope_latex=r"\frac{1}{(1 + |z|)^2}",
    sentence="Softsign squeezes z into −1 to 1 as tanh does, but comes near the ends much more slowly.",
    torch="softsign",
    torch_code="a = F.softsign(z)",
    numpy="a = z / (1 + np.abs(z))",
    numpy_grad="grad_z = grad_a / (1 + np.abs(z)) ** 2",
    value=lambda z: z / (1.0 + np.abs(z)),
    slope=lambda z, a: (1.0 + np.abs(z)) ** -2.0,
    bends=(0.0,),
    threshold=0.0,
    cancels=True,
)


def _softplus(beta: float, threshold: float) -> Activation:
    b = "" if beta == 1 else rf"{tex(beta)} \cdot "
    front = "" if beta == 1 else rf"\frac{{1}}{{{tex(beta)}}} "
    return elementwise(
        "softplus",
        label="softplus",
        latex=rf"{front}\ln(1 + e^{{{b}z}})",
        slope_latex=rf"\frac{{1}}{{1 + e^{{-{b}z}}}}",
        sentence="Softplus is ReLU with a rounded corner; its slope is the sigmoid.",
        torch="softplus",
        torch_code=f"a = F.softplus(z, {beta:g}, {threshold:g})",
        numpy=f"a = np.log(1 + np.exp({beta:g} * z)) / {beta:g}",
        numpy_grad=f"grad_z = grad_a / (1 + np.exp(-{beta:g} * z))",
        value=lambda z: np.where(beta * z > threshold, z, softplus(beta * z) / beta),
        slope=lambda z, a: np.where(beta * z > threshold, 1.0, sigmoid(beta * z)),
        # where PyTorch switches to z itself, a jumps by about e^-threshold
        kinks=(threshold / beta,),
        source=f"PyTorch takes a = z where β·z is above {threshold:g}",
    )


SOFTPLUS = configurable(
    _softplus,
    Hyperparameter("beta", "sharpness β", 1.0, 0.0, sentence="The larger, the sharper the corner.", open_low=True),
    Hyperparameter("threshold", "threshold", 20.0, 0.0, sentence="Above this β·z the function is z itself."),
)


def _elu(alpha: float) -> Activation:
    front = "" if alpha == 1 else rf"{tex(alpha)} \cdot "
    return elementwise(
        "elu",
        label="ELU",
        latex=rf"\max(0, z) + {front}(e^{{\min(0, z)}} - 1)",
        slope_latex=rf"[z > 0] + {front}e^{{z}} \cdot [z \leq 0]",
        sentence=f"ELU lets positive z through and bends the rest smoothly down to −{alpha:g}.",
        torch="elu",
        torch_code=f"a = F.elu(z, {alpha:g})",
        numpy=f"a = np.where(z > 0, z, {alpha:g} * (np.exp(z) - 1))",
        numpy_grad=f"grad_z = grad_a * np.where(z > 0, 1, {alpha:g} * np.exp(z))",
        value=lambda z: np.where(z > 0.0, z, alpha * np.expm1(np.minimum(z, 0.0))),
        slope=lambda z, a: np.where(z > 0.0, 1.0, alpha * _exp_below(z)),
        kinks=() if alpha == 1 else (0.0,),
        bends=(0.0,) if alpha == 1 else (),
        source=f"Clevert et al. 2016; slope {alpha:g} at 0 as in PyTorch",
    )


ELU = configurable(
    _elu, Hyperparameter("alpha", "depth α", 1.0, 0.0, sentence="How far below 0 it reaches.", open_low=True)
)


def _celu(alpha: float) -> Activation:
    inner, front = ("z", "") if alpha == 1 else (rf"z / {tex(alpha)}", rf"{tex(alpha)} \cdot ")
    return elementwise(
        "celu",
        label="CELU",
        latex=rf"\max(0, z) + {front}(e^{{\min(0, {inner})}} - 1)",
        slope_latex=rf"[z > 0] + e^{{{inner}}} \cdot [z \leq 0]",
        sentence=f"CELU is ELU stretched so that its slope has no jump at 0; it bends down to −{alpha:g}.",
        # the backward of F.celu has 1/α rounded to float32 in it, also for float64
        torch=f"F.elu(z / {alpha!r}) * {alpha!r}",
        torch_code=f"a = F.celu(z, {alpha:g})",
        numpy=f"a = np.where(z > 0, z, {alpha:g} * (np.exp(z / {alpha:g}) - 1))",
        numpy_grad=f"grad_z = grad_a * np.where(z > 0, 1, np.exp(z / {alpha:g}))",
        value=lambda z: np.where(z > 0.0, z, alpha * np.expm1(np.minimum(z, 0.0) / alpha)),
        slope=lambda z, a: np.where(z > 0.0, 1.0, _exp_below(z / alpha)),
        bends=(0.0,),
        source="Barron 2017; PyTorch's own slope has 1/α rounded to float32",
    )


CELU = configurable(
    _celu, Hyperparameter("alpha", "depth α", 1.0, 0.0, sentence="How far below 0 it reaches.", open_low=True)
)

_ALPHA, _SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946

SELU = elementwise(
    "selu",
    label="SELU",
    latex=r"1.0507 \cdot (\max(0, z) + 1.6733 \cdot (e^{\min(0, z)} - 1))",
    slope_latex=r"1.0507 \cdot ([z > 0] + 1.6733 \cdot e^{z} \cdot [z \leq 0])",
    sentence="SELU is an ELU whose two numbers keep mean 0 and variance 1 from layer to layer.",
    torch="selu",
    torch_code="a = F.selu(z)",
    numpy=f"a = {_SCALE} * np.where(z > 0, z, {_ALPHA} * (np.exp(z) - 1))",
    numpy_grad=f"grad_z = grad_a * {_SCALE} * np.where(z > 0, 1, {_ALPHA} * np.exp(z))",
    value=lambda z: _SCALE * np.where(z > 0.0, z, _ALPHA * np.expm1(np.minimum(z, 0.0))),
    slope=lambda z, a: _SCALE * np.where(z > 0.0, 1.0, _ALPHA * _exp_below(z)),
    kinks=(0.0,),
    gain=0.75,
    source="Klambauer et al. 2017; slope 1.758 at 0 as in PyTorch",
)

SMOOTH = (SIGMOID, TANH, ELU, SELU, CELU, LOGSIGMOID, SOFTPLUS, SOFTSIGN, TANHSHRINK)
