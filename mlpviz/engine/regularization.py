"""Penalties on large parameters and clipping of large gradients, both on the flat vector.

A penalty is a term of the loss, and its gradient is added to that of the other terms. A strength may be a vector: 0 for
parameters, such as biases, that are not penalised. Weight decay belongs to the optimizers: for plain gradient descent
L2 with strength λ and coupled weight decay λ give the same step; decoupled decay is a different rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from mlpviz.engine.expressions import (
    Expression,
    FormulaLine,
    Symbol,
    absolute,
    becomes,
    clip,
    minimum,
    norm,
    sign,
    tall,
    total,
)
from mlpviz.engine.hyperparameters import Configurable, Hyperparameter
from mlpviz.engine.optimizers.optimizer import THETA
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry


@dataclass(frozen=True, eq=False, kw_only=True)
class Penalty(Configurable):
    """One penalty R(θ) that is added to the loss: `value(params) -> (...,)`, `grad(params) -> (..., P)`.

    `formula` is R and `derivative` ∂R/∂θ of one parameter, both of THETA and the letters of the hyperparameters, for a
    strength that is one number.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("value", "grad")

    key: str
    label: str
    formula: Expression
    derivative: Expression
    sentence: str
    value: Callable[..., Array]
    grad: Callable[..., Array]
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""


@dataclass(frozen=True, eq=False, kw_only=True)
class Clipping(Configurable):
    """One way to clip gradients: `clip(grad) -> (grad, norm)` for grad (..., P); nothing is changed in place.

    `norm` (...,) is the norm before clipping, per network. `torch` names the function in `torch.nn.utils`. `formula` is
    the line for the gradient of one network, with the hyperparameters by their names in code.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("clip",)

    key: str
    label: str
    formula: FormulaLine
    sentence: str
    torch: str
    clip: Callable[..., tuple[Array, Array]]
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""


def _strength(sentence: str, default: float = 0.01) -> Hyperparameter:
    return Hyperparameter(
        "strength", "strength λ", default, 0.0, sentence=sentence, vector=True, symbol=r"\lambda", aliases=("lambda",)
    )


def _l1(params: Array, *, strength: Any) -> Array:
    return np.sum(strength * np.abs(params), axis=-1)


def _l1_grad(params: Array, *, strength: Any) -> Array:
    return strength * np.sign(params)


def _l2(params: Array, *, strength: Any) -> Array:
    return 0.5 * np.sum(strength * (params * params), axis=-1)


def _l2_grad(params: Array, *, strength: Any) -> Array:
    return strength * params


_STRENGTH, _L1_RATIO = Symbol(r"\lambda", "strength"), Symbol(r"\rho", "l1_ratio")

PENALTIES: Registry[Penalty] = Registry(
    "penalty",
    (
        Penalty(
            key="l1",
            aliases=("lasso",),
            label="L1 (lasso)",
            formula=_STRENGTH @ total(absolute(THETA)),
            derivative=_STRENGTH * sign(THETA),
            sentence="L1 pulls every parameter towards 0 with the same force, so that many end there.",
            hyperparameters=(_strength("How hard it pulls, the same for every parameter that is not 0."),),
            value=_l1,
            grad=_l1_grad,
            source="gradient 0 at 0 as in PyTorch",
        ),
        Penalty(
            key="l2",
            aliases=("ridge",),
            label="L2 (ridge)",
            formula=_STRENGTH / 2 @ total(THETA**2),
            derivative=_STRENGTH * THETA,
            sentence="L2 pulls every parameter towards 0 in proportion to its size: big ones shrink most.",
            hyperparameters=(_strength("How hard it pulls, per unit of the parameter."),),
            value=_l2,
            grad=_l2_grad,
            source="with the ½, so that λ is PyTorch's coupled weight_decay; others leave the ½ out or divide by N",
        ),
        Penalty(
            key="elastic_net",
            label="elastic net",
            formula=_STRENGTH * tall(_L1_RATIO @ total(absolute(THETA)) + (1 - _L1_RATIO) / 2 @ total(THETA**2)),
            derivative=_STRENGTH * (_L1_RATIO * sign(THETA) + (1 - _L1_RATIO) * THETA),
            sentence="The elastic net is a mixture of L1 and L2.",
            hyperparameters=(
                _strength("How hard both pull together."),
                Hyperparameter(
                    "l1_ratio", "share of L1 ρ", 0.5, 0.0, 1.0, sentence="1 is L1 alone, 0 is L2 alone.", symbol=r"\rho"
                ),
            ),
            value=lambda params, *, strength, l1_ratio: (
                l1_ratio * _l1(params, strength=strength) + (1.0 - l1_ratio) * _l2(params, strength=strength)
            ),
            grad=lambda params, *, strength, l1_ratio: (
                l1_ratio * _l1_grad(params, strength=strength) + (1.0 - l1_ratio) * _l2_grad(params, strength=strength)
            ),
            source="Zou and Hastie 2005, in the form of scikit-learn's ElasticNet",
        ),
    ),
)


def scaled(penalty: Penalty, shares: Array) -> Penalty:
    """The penalty with its strength times a number (P,) for each parameter: 0 for those that are not penalised."""
    return penalty.configure(strength=np.asarray(penalty.settings["strength"] * shares, dtype=shares.dtype))


def gradient_norm(grad: Array, norm_type: str = "2") -> Array:
    """The norm (...,) of grad (..., P): root of the sum of squares (2), sum of sizes (1), or largest size (inf)."""
    if norm_type == "2":
        return np.sqrt(np.sum(grad * grad, axis=-1))
    return np.abs(grad).sum(axis=-1) if norm_type == "1" else np.abs(grad).max(axis=-1)


def _clip_norm(grad: Array, *, max_norm: float, norm_type: str) -> tuple[Array, Array]:
    norm = gradient_norm(grad, norm_type)
    # PyTorch's 1e-6 avoids a division by 0; the clipped norm is slightly below max_norm because of it
    return grad * np.minimum(1.0, max_norm / (norm + 1e-6))[..., None], norm


def _clip_value(grad: Array, *, clip_value: float) -> tuple[Array, Array]:
    return np.clip(grad, -clip_value, clip_value), gradient_norm(grad, "inf")


_GRAD = Symbol("g", "grad")
_LONGEST, _LARGEST, _NORM_TYPE = Symbol("c", "max_norm"), Symbol("c", "clip_value"), Symbol("p", "norm_type")

CLIPPINGS: Registry[Clipping] = Registry(
    "clipping",
    (
        Clipping(
            key="norm",
            aliases=("clip_grad_norm",),
            label="by norm",
            formula=becomes(_GRAD, _GRAD * minimum(1, _LONGEST / (norm(_GRAD, _NORM_TYPE) + 1e-6))),
            sentence="Clipping by norm shortens the whole gradient and keeps its direction.",
            torch="clip_grad_norm_",
            hyperparameters=(
                Hyperparameter("max_norm", "longest c", 1.0, 0.0, sentence="A longer gradient is shortened to this."),
                Hyperparameter(
                    "norm_type",
                    "norm",
                    "2",
                    kind="choice",
                    choices=("2", "1", "inf"),
                    sentence="How length is measured: Euclid's, the sum of sizes, or the largest size.",
                ),
            ),
            clip=_clip_norm,
        ),
        Clipping(
            key="value",
            aliases=("clip_grad_value",),
            label="by value",
            formula=becomes(_GRAD, clip(_GRAD, -_LARGEST, _LARGEST)),
            sentence="Clipping by value cuts every entry by itself; the direction may turn.",
            torch="clip_grad_value_",
            hyperparameters=(
                Hyperparameter(
                    "clip_value", "largest c", 1.0, 0.0, sentence="No entry is larger than this, or below −c."
                ),
            ),
            clip=_clip_value,
        ),
    ),
)
