r"""The normalisations: statistics, value and derivative side by side, one record each.

A norm is applied between z and φ: n = gamma · (z - mean) / sqrt(var + eps) + beta. Batch norm takes mean and variance
of each unit over the samples, layer norm those of each sample over the units: the same mathematics along another axis.
RMS norm is layer norm without the mean and without beta: n = gamma · z / sqrt(mean(z²) + eps).
gamma and beta are parameters of the layer, running statistics its buffers; the caller keeps both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from mlpviz.engine.hyperparameters import Hyperparameter, validate
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry


@dataclass(frozen=True)
class Norm:
    """One normalisation of z (..., N, O) along `axis`: -2 over the samples, -1 over the units.

    `statistics(z, axis) -> (mean, var)` keeps the axis with length 1; the variance is the biased one, over N and not
    N - 1. `value(z, mean, var, eps) -> (normalised, scale)` with scale = 1 / sqrt(var + eps).
    `vjp(normalised, scale, grad_normalised, axis) -> (grad_z, grad_mean, grad_var)` is for statistics of z itself; with
    constant statistics ∂L/∂z is scale · ∂L/∂normalised.
    A norm that is not `centred` subtracts no mean, which is 0 in its functions, and has the mean square of z in place
    of the variance; it has no beta.
    `torch` names the function in `torch.nn.functional`; `torch_code` is its line, with a place for γ and β.
    """

    key: str
    label: str
    axis: int
    latex: str
    grad_latex: str
    sentence: str
    torch: str
    torch_code: str
    statistics: Callable[[Array, int], tuple[Array, Array]]
    value: Callable[[Array, Array, Array, float], tuple[Array, Array]]
    vjp: Callable[[Array, Array, Array, int], tuple[Array, Array, Array]]
    hyperparameters: tuple[Hyperparameter, ...]
    settings: tuple[tuple[str, Any], ...] = ()
    centred: bool = True
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    def configure(self, **given: Any) -> Norm:
        """The same norm with these hyperparameters. Raises HyperparameterError for a value out of range."""
        return replace(self, settings=tuple(validate(self.hyperparameters, {**dict(self.settings), **given}).items()))

    @cached_property
    def eps(self) -> float:
        """The number that is added to the variance, so that nothing is divided by 0."""
        return float(dict(self.settings)["eps"])

    @cached_property
    def momentum(self) -> float:
        """The weight of the newest batch in the running statistics; 0 for a norm without them."""
        return float(dict(self.settings).get("momentum", 0.0))

    @cached_property
    def affine(self) -> bool:
        """Whether gamma and beta exist as parameters."""
        return bool(dict(self.settings)["affine"])

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters: the scale gamma, and the shift beta of a norm that takes a mean away."""
        return ("gamma", "beta")[: 1 + self.centred] if self.affine else ()

    @property
    def spread(self) -> str:
        """The name of the statistic whose root divides z."""
        return "var" if self.centred else "mean_square"

    @property
    def running(self) -> bool:
        """Whether training updates running statistics, which evaluation then uses."""
        return self.axis == -2


def _statistics(z: Array, axis: int) -> tuple[Array, Array]:
    count = z.shape[axis]
    mean = z.sum(axis=axis, keepdims=True) / count
    centred = z - mean
    return mean, (centred * centred).sum(axis=axis, keepdims=True) / count


def _value(z: Array, mean: Array, var: Array, eps: float) -> tuple[Array, Array]:
    scale = 1.0 / np.sqrt(var + eps)
    return (z - mean) * scale, scale


def _vjp(normalised: Array, scale: Array, grad: Array, axis: int) -> tuple[Array, Array, Array]:
    count = grad.shape[axis]
    total = grad.sum(axis=axis, keepdims=True)
    along = (grad * normalised).sum(axis=axis, keepdims=True)
    # grad · scale + grad_mean / count + grad_var · 2 (z - mean) / count, with the factor scale in front
    grad_z = scale * (grad - (total + normalised * along) / count)
    return grad_z, -scale * total, -0.5 * scale * scale * along


def _mean_square(z: Array, axis: int) -> tuple[Array, Array]:
    mean_square = (z * z).sum(axis=axis, keepdims=True) / z.shape[axis]
    return np.zeros_like(mean_square), mean_square


def _uncentred(z: Array, mean: Array, mean_square: Array, eps: float) -> tuple[Array, Array]:  # noqa: ARG001  # it is 0
    scale = 1.0 / np.sqrt(mean_square + eps)
    return z * scale, scale


def _uncentred_vjp(normalised: Array, scale: Array, grad: Array, axis: int) -> tuple[Array, Array, Array]:
    along = (grad * normalised).sum(axis=axis, keepdims=True)
    grad_z = scale * (grad - normalised * along / grad.shape[axis])
    return grad_z, np.zeros_like(along), -0.5 * scale * scale * along


def running_update(running: Array, newest: Array, momentum: float) -> Array:
    """The running statistic after one more batch: (1 - momentum) · running + momentum · newest, as in PyTorch."""
    return (1.0 - momentum) * running + momentum * newest


_EPS = Hyperparameter(
    "eps",
    "ε",
    1e-5,
    0.0,
    aliases=("epsilon",),
    sentence="Added to the variance. With 0, equal numbers give 0 / 0, and PyTorch's batch norm refuses to train.",
)
_AFFINE = Hyperparameter(
    "affine", "γ and β", True, kind="bool", sentence="Whether a scale and a shift per unit are learned."
)


_DOUBLE = float(np.finfo(float).eps)


def _norm(**facts: Any) -> Norm:
    centred: dict[str, Any] = {
        "latex": r"n = \gamma \cdot \frac{z - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta",
        "statistics": _statistics,
        "value": _value,
        "vjp": _vjp,
    }
    return Norm(**centred | facts).configure()


NORMS: Registry[Norm] = Registry(
    "norm",
    (
        _norm(
            key="batch_norm",
            aliases=("BatchNorm1d",),
            label="batch norm",
            axis=-2,
            grad_latex=r"\frac{\partial L}{\partial z} = \frac{1}{\sqrt{\sigma^2 + \epsilon}} \left( g - \frac{1}{N}"
            r" \sum_{n} g - \hat{z} \cdot \frac{1}{N} \sum_{n} g \cdot \hat{z} \right)",
            sentence="Batch norm gives each unit mean 0 and variance 1 over the samples of the batch.",
            torch="batch_norm",
            torch_code="n = F.batch_norm(z, running_mean, running_var, {affine}, training, momentum, eps)",
            hyperparameters=(
                _EPS,
                Hyperparameter(
                    "momentum", "momentum", 0.1, 0.0, 1.0, sentence="Share of the newest batch in the averages."
                ),
                _AFFINE,
            ),
            source="Ioffe and Szegedy 2015; the running variance is the unbiased one, the forward pass has the biased",
        ),
        _norm(
            key="layer_norm",
            label="layer norm",
            axis=-1,
            grad_latex=r"\frac{\partial L}{\partial z} = \frac{1}{\sqrt{\sigma^2 + \epsilon}} \left( g - \frac{1}{O}"
            r" \sum_{k} g - \hat{z} \cdot \frac{1}{O} \sum_{k} g \cdot \hat{z} \right)",
            sentence="Layer norm gives each sample mean 0 and variance 1 over the units of the layer.",
            torch="layer_norm",
            torch_code="n = F.layer_norm(z, (outputs,), {affine}, eps)",
            hyperparameters=(_EPS, _AFFINE),
            source="Ba, Kiros and Hinton 2016",
        ),
        _norm(
            key="rms_norm",
            label="RMS norm",
            axis=-1,
            centred=False,
            latex=r"n = \gamma \cdot \frac{z}{\sqrt{\frac{1}{O} \sum_{k} z_k^2 + \epsilon}}",
            grad_latex=r"\frac{\partial L}{\partial z} = \frac{1}{\sqrt{\text{RMS}^2 + \epsilon}} \left( g"
            r" - \hat{z} \cdot \frac{1}{O} \sum_{k} g \cdot \hat{z} \right)",
            sentence="RMS norm divides the z of each sample by the root of the mean of their squares. It takes no mean "
            "away and has no β.",
            statistics=_mean_square,
            value=_uncentred,
            vjp=_uncentred_vjp,
            torch="rms_norm",
            torch_code="n = F.rms_norm(z, (outputs,), {affine}, eps)",
            hyperparameters=(
                Hyperparameter(
                    "eps",
                    "ε",
                    _DOUBLE,
                    0.0,
                    aliases=("epsilon",),
                    sentence="Added to the mean square. At first it is what PyTorch takes without an eps, in double "
                    "precision, 2⁻⁵² ≈ 2.2e-16; in single precision that is 1.2e-7. With 0, a sample of zeros gives "
                    "0 / 0.",
                ),
                Hyperparameter("affine", "γ", True, kind="bool", sentence="Whether a scale per unit is learned."),
            ),
            source="Zhang and Sennrich 2019; ε inside the root, as in PyTorch",
        ),
    ),
)
