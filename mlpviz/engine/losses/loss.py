"""The type of a loss: the terms of the sum and their gradient side by side, formulas, divisor and hyperparameters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS, IDENTITY
from mlpviz.engine.hyperparameters import Hyperparameter, torch_arguments, validate
from mlpviz.engine.losses.reduction import MeanOver
from mlpviz.engine.parameters import Array

TargetKind = Literal["values", "probabilities", "signs", "classes", "none"]
"""What a target row contains: O numbers; O numbers in 0..1; O numbers in -1..1; a class or O probabilities; nothing."""

Constant = Literal["½", "2", "−"]


@dataclass(frozen=True)
class Loss:
    """One loss L = Σ terms(y, t) / divisor over the outputs y (..., N, O) and targets t (N, O).

    `grad(y, t)` is the derivative of the undivided sum, shaped like y. `mean_over` names the divisor:
    N·O numbers, N samples, the summed weights of the samples' classes, or 1. `last_activations` are the activations
    of the last layer that fit (empty: all), `outputs` is the only O that fits (None: any);
    `probabilities` names the activation that gives the displayed probabilities p of y.
    `wanted(t)` is the target with label smoothing and class weights, which the loss uses in its place (None: t itself).
    `corner(y, t)` changes its sign where the gradient jumps (None: nowhere). `cut_off` is the distance of an output
    from 0 or 1 below which the gradient is cut off as in PyTorch (None: never).
    `constants` are the factors that the formula has for all settings: the ½ before a square, the 2 of its derivative,
    the minus before a logarithm. `is_cross_entropy`: it compares probabilities by their logarithms.
    `on_logits` names the loss on z that equals this loss after its last activation.
    `outputs_are_logarithms`: outputs are, or may be, logarithms of what the target contains.
    `latex` and `grad_latex` (one element of ∂L/∂y) use the letters a = y, t, p, N, O
    and s = Σ t over one sample (left out where it is 1).
    `torch` names a function of y and t in `torch.nn.functional` or in `mlpviz/verify/torch_losses.py`, called with
    `torch_arguments`, or is an expression of y and t; `torch_code` is the same as a line of PyTorch, `torch_rows` the
    line for targets in rows where PyTorch's function takes class numbers only.
    The functions and formulas of a record contain the numbers of its `settings`; `configure` gives another record.
    """

    key: str
    label: str
    latex: str
    term_latex: str
    grad_latex: str
    sentence: str
    torch: str
    torch_code: str
    terms: Callable[[Array, Array], Array]
    grad: Callable[[Array, Array], Array]
    mean_over: MeanOver
    target: TargetKind = "values"
    last_activations: tuple[str, ...] = ()
    probabilities: str | None = None
    wanted: Callable[[Array], Array] | None = None
    corner: Callable[[Array, Array], Array] | None = None
    cut_off: float | None = None
    constants: tuple[Constant, ...] = ()
    is_cross_entropy: bool = False
    on_logits: str = ""
    outputs_are_logarithms: bool = False
    numpy: str = ""
    numpy_grad: str = ""
    torch_rows: str = ""
    source: str = ""
    weight: tuple[float, ...] = ()
    hyperparameters: tuple[Hyperparameter, ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    build: Callable[[tuple[Any, ...]], Loss] | None = None

    def divisor(self, samples: int, outputs: int, target: Array | None = None) -> float:
        """The divisor of the sum of terms, for N samples of O outputs.

        Raises ValueError if a mean over class weights gets no target (N, O).
        """
        if self.mean_over == "weights":
            if target is None:
                raise ValueError(f"the mean of {self.key} over class weights needs the target")
            return weight_sum(self.weight, target)
        return {"numbers": samples * outputs, "samples": samples, "nothing": 1}[self.mean_over]

    @property
    def needs_activation(self) -> bool:
        """Whether it needs the output of certain activations itself: no dropout, no skip, and not z."""
        return bool(self.last_activations) and IDENTITY.key not in self.last_activations

    @property
    def reads_probabilities(self) -> bool:
        """Whether its outputs are probabilities, which only certain last activations give."""
        return any(ACTIVATIONS[key].gives == "probabilities" for key in self.last_activations)

    @property
    def outputs(self) -> int | None:
        """The only number of outputs O that fits, None for any: one class weight per output."""
        return len(self.weight) or None

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of the arguments of PyTorch's function, without empty class weights."""
        arguments = torch_arguments(self.hyperparameters, dict(self.settings))
        return {name: value for name, value in arguments.items() if value != ()}

    def configure(self, **given: Any) -> Loss:
        """The same loss with these settings; equal settings give the same object.

        Raises HyperparameterError for an unknown name or a value out of range.
        """
        values = validate(self.hyperparameters, {**dict(self.settings), **given})
        return self if self.build is None else self.build(tuple(values.values()))


def weighted(target: Array, weight: tuple[float, ...]) -> Array:
    """The target (N, O) with each column times its class weight."""
    return target * np.array(weight, dtype=target.dtype) if weight else target


def weight_sum(weight: tuple[float, ...], target: Array) -> float:
    """The sum of the weights of the samples' classes; N if the targets are probabilities, as in PyTorch."""
    one_hot = bool(((target == 0.0) | (target == 1.0)).all() and (target.sum(axis=-1) == 1.0).all())
    total = float((target @ np.array(weight)).sum()) if one_hot else float(target.shape[-2])
    return total or math.nan  # PyTorch's mean over a weight sum of 0 is NaN, also with label smoothing
