"""The type of an activation function: value and derivative side by side, formulas, kinks and hyperparameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from mlpviz.engine.hyperparameters import Hyperparameter, torch_arguments, validate
from mlpviz.engine.parameters import Array


@dataclass(frozen=True)
class Activation:
    """One activation function a = φ(z), applied along the last axis.

    `value(z) -> a` and `vjp(z, a, grad_a) -> grad_z` take and give arrays (..., N, O); the vector-Jacobian
    product makes softmax no special case. `slope(z, a)` is φ'(z) and exists for elementwise functions only.
    `latex` writes φ with the letter z, `slope_latex` φ' with z and a. For a function of a whole row `latex` is unit j
    of O, `slope_latex` is ∂a_k/∂z_j, and `row_latex` writes `latex` with z for the unit's own z and s for Σ_k e^{z_k}.
    `kinks` are the z at which φ' (or φ itself) jumps, `bends` those at which only φ'' does. `cancels` says that PyTorch
    computes value or slope as a difference of larger numbers, so that a small result has few correct digits.
    `torch` names a function of z in
    `torch.nn.functional` or `torch`, called with `torch_arguments`, or is an expression of z where PyTorch has no such
    function or its own gradient is not exact; `torch_code` is the line of PyTorch that is shown.
    `gives` says what its outputs mean. `threshold` is the middle of its range, if that has two ends: one such output
    separates two classes. `gain` is its factor in the standard deviation of initial weights, None if PyTorch has none.
    `is_flat`: the slope is 0 everywhere. `is_repeatable`: φ(φ(z)) = φ(z), so that a new layer after it gets it too.
    `noun` is its name within a sentence, `name_latex` the value of unit j by that name.
    The functions and formulas of a record contain the numbers of its `settings`; `configure` gives another record.
    """

    key: str
    label: str
    latex: str
    slope_latex: str
    sentence: str
    torch: str
    torch_code: str
    value: Callable[[Array], Array]
    vjp: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array], Array] | None
    row_latex: str = ""
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
    numpy: str = ""
    numpy_grad: str = ""
    source: str = ""
    hyperparameters: tuple[Hyperparameter, ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    build: Callable[[tuple[Any, ...]], Activation] | None = None

    @property
    def elementwise(self) -> bool:
        """Whether each a depends on the z of its own unit alone."""
        return self.slope is not None

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of the arguments of PyTorch's function."""
        return torch_arguments(self.hyperparameters, dict(self.settings))

    def configure(self, **given: Any) -> Activation:
        """The same activation with these settings; equal settings give the same object.

        Raises HyperparameterError for an unknown name or a value out of range.
        """
        values = validate(self.hyperparameters, {**dict(self.settings), **given})
        return self if self.build is None else self.build(tuple(values.values()))


def elementwise(
    key: str,
    *,
    value: Callable[[Array], Array],
    slope: Callable[[Array, Array], Array],
    **facts: Any,
) -> Activation:
    """An activation whose vector-Jacobian product is the slope times ∂L/∂a."""
    return Activation(key=key, value=value, slope=slope, vjp=lambda z, a, grad_a: grad_a * slope(z, a), **facts)
