"""The type of an activation function: value and derivative side by side, formulas, kinks and hyperparameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from mlpviz.engine.expressions import Expression, Number, Symbol, Where
from mlpviz.engine.hyperparameters import Hyperparameter, validate
from mlpviz.engine.parameters import Array

Z, A = Symbol("z", "z"), Symbol("a", "a")
GRAD_Z = Symbol(r"\frac{\partial L}{\partial z}", "grad_z")
GRAD_A = Symbol(r"\frac{\partial L}{\partial a}", "grad_a")

ALPHA, SLOPES = Symbol(r"\alpha", "alpha"), Symbol(r"\alpha", "slopes")
"""The slope below 0 that is learned, and the one that was drawn for each sample and unit."""

Z_J, Z_K = Symbol("z_j", "z"), Symbol("z_k", "z")
"""The unit's own z and that of each unit in turn, for functions of a whole row."""
A_J, A_K, J, K = Symbol("a_{j}", "a_j"), Symbol("a_{k}", "a_k"), Symbol("j", "j"), Symbol("k", "k")


@dataclass(frozen=True)
class Activation:
    """One activation function a = φ(z), applied along the last axis.

    `value(z) -> a` and `vjp(z, a, grad_a) -> grad_z` take and give arrays (..., N, O); the vector-Jacobian
    product makes softmax no special case. `slope(z, a)` is φ'(z) and exists for elementwise functions only.
    `formula` writes φ with Z, `derivative` φ' with Z and A, `gradient` the vector-Jacobian product with GRAD_A too.
    For a function of a whole row `formula` has Z_J and, in its sum, Z_K, and `derivative` is ∂a_k/∂z_j with A_J, A_K, J
    and K. PyTorch's form of the formula is also the twin that the engine is checked against; where PyTorch's own
    function has a gradient that is not exact, or none, it is another one.
    `kinks` are the z at which φ' (or φ itself) jumps, `bends` those at which only φ'' does. `cancels` says that PyTorch
    computes value or slope as a difference of larger numbers, so that a small result has few correct digits.
    `gives` says what its outputs mean. `threshold` is the middle of its range, if that has two ends: one such output
    separates two classes. `gain` is its factor in the standard deviation of initial weights, None if PyTorch has none.
    `is_flat`: the slope is 0 everywhere. `is_repeatable`: φ(φ(z)) = φ(z), so that a new layer after it gets it too.
    `noun` is its name within a sentence, `name_latex` the value of unit j by that name.
    `alpha` says where a slope comes from that is neither fixed nor a setting: one learned number per "layer" or per
    "unit", or a "draw" for each sample and unit of a training pass. `value`, `vjp` and `slope` take it as a further
    argument; without it they take the one to begin with, or that of evaluation. `alpha_range` is (first, first) for a
    learned number, else the ends of the uniform draw. `alpha_vjp(z, grad_a)` is what each z adds to ∂L/∂α (N, O).
    `evaluated` is the same in evaluation, where that has other formulas.
    The functions and formulas of a record contain the numbers of its `settings`; `configure` gives another record.
    """

    key: str
    label: str
    formula: Where
    derivative: Where
    gradient: Where
    sentence: str
    value: Callable[..., Array]
    vjp: Callable[..., Array]
    slope: Callable[..., Array] | None
    kinks: tuple[float, ...] = ()
    bends: tuple[float, ...] = ()
    cancels: bool = False
    gives: Literal["values", "probabilities", "logarithms of probabilities"] = "values"
    threshold: float | None = None
    gain: float | None = None
    is_flat: bool = False
    is_repeatable: bool = False
    noun: str = ""
    name_latex: str = ""
    alpha: Literal["", "layer", "unit", "draw"] = ""
    alpha_range: tuple[float, float] = (0.0, 0.0)
    alpha_vjp: Callable[[Array, Array], Array] | None = None
    evaluated: Activation | None = None
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""
    hyperparameters: tuple[Hyperparameter, ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    build: Callable[[tuple[Any, ...]], Activation] | None = None

    @property
    def elementwise(self) -> bool:
        """Whether each a depends on the z of its own unit alone."""
        return self.slope is not None

    @property
    def learns(self) -> bool:
        """Whether it has a parameter."""
        return self.alpha in ("layer", "unit")

    def alphas(self, outputs: int) -> int:
        """How many parameters it has in a layer of so many units."""
        return outputs if self.alpha == "unit" else int(self.alpha == "layer")

    def in_mode(self, training: bool) -> Activation:
        """The record whose formulas hold in training or in evaluation."""
        return self if training or self.evaluated is None else self.evaluated

    @property
    def torch(self) -> str:
        """The function in PyTorch, an expression of z."""
        return self.formula.body.torch()

    def configure(self, **given: Any) -> Activation:
        """The same activation with these settings; equal settings give the same object.

        Raises HyperparameterError for an unknown name or a value out of range.
        """
        values = validate(self.hyperparameters, {**dict(self.settings), **given})
        return self if self.build is None else self.build(tuple(values.values()))


def elementwise(
    key: str,
    *,
    formula: Expression,
    derivative: Expression | Where,
    value: Callable[..., Array],
    slope: Callable[..., Array],
    **facts: Any,
) -> Activation:
    """An activation whose vector-Jacobian product is the slope times ∂L/∂a."""
    derived = derivative if isinstance(derivative, Where) else Where(derivative)
    return Activation(
        key=key,
        formula=Where(formula),
        derivative=derived,
        gradient=Where(GRAD_A) if derived.body == Number(1) else derived.times(GRAD_A),
        value=value,
        slope=slope,
        vjp=lambda z, a, grad_a, *alpha: grad_a * slope(z, a, *alpha),
        **facts,
    )
