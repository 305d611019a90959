"""The type of a loss: the terms of the sum and their gradient side by side, formulas, divisor and hyperparameters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.activations import ACTIVATIONS, IDENTITY
from mlpviz.engine.hyperparameters import Hyperparameter, torch_arguments, validate
from mlpviz.engine.losses.reduction import MeanOver
from mlpviz.engine.parameters import Array

TargetKind = Literal["values", "probabilities", "signs", "classes", "none"]
"""What a target row contains: O numbers; O numbers in 0..1; O numbers in -1..1; a class or O probabilities; nothing."""

ClassTargets = Literal["numbers", "rows"]
"""How targets of a loss on classes were given: one class number per sample, or one row of O probabilities."""

Constant = Literal["½", "2", "−"]


@dataclass(frozen=True)
class Clamp:
    """Bounds in the formula of a loss that keep it finite where its logarithms or divisions would not be.

    `holds(y, t)` (..., N, O) says at which outputs one of them changes the loss or its gradient; `bare_grad(y, t)` is
    the gradient of the undivided sum without them. `bound` is what is held, with its number, in words.
    """

    holds: Callable[[Array, Array], NDArray[np.bool_]]
    bare_grad: Callable[[Array, Array], Array]
    bound: str


@dataclass(frozen=True)
class Loss:
    """One loss L = Σ terms(y, t) / divisor over the outputs y (..., N, O) and targets t (N, O).

    `grad(y, t)` is the derivative of the undivided sum, shaped like y. `mean_over` names the divisor:
    N·O numbers, N samples, the summed weights of the samples' classes, or 1. A loss on classes reads class numbers, as
    one-hot rows; `reading("rows")` is the same loss as it reads probabilities, made by `for_rows`: as in PyTorch its
    mean is over the samples, whatever the class weights, also where a row has a single 1.
    `last_activations` are the activations
    of the last layer that fit (empty: all), `outputs` is the only O that fits (None: any);
    `probabilities` names the activation that gives the displayed probabilities p of y.
    `wanted(t)` is the target with label smoothing and class weights, which the loss uses in its place (None: t itself).
    `corner(y, t)` changes its sign where the gradient jumps (None: nowhere). `clamp` says where a bound of the formula
    holds (None: it has none).
    `constants` are the factors that the formula has for all settings: the ½ before a square, the 2 of its derivative,
    the minus before a logarithm. `is_cross_entropy`: it compares probabilities by their logarithms.
    `on_logits` names the loss on z that equals this loss after its last activation.
    `outputs_are_logarithms`: outputs are, or may be, logarithms of what the target contains.
    `latex` and `grad_latex` (one element of ∂L/∂y) use the letters a = y, t, p, N, O
    and s = Σ t over one sample (left out where it is 1).
    `torch` names a function of y and t in `torch.nn.functional` or in `mlpviz/verify/torch_losses.py`, called with
    `torch_arguments`, or is an expression of y and t; `torch_code` is the same as a line of PyTorch, in which t holds
    class numbers if the loss reads them.
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
    clamp: Clamp | None = None
    constants: tuple[Constant, ...] = ()
    is_cross_entropy: bool = False
    on_logits: str = ""
    outputs_are_logarithms: bool = False
    numpy: str = ""
    numpy_grad: str = ""
    reads: ClassTargets = "numbers"
    for_rows: Callable[[], Loss] | None = None
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
        return self if self.build is None else self.build(tuple(values.values())).reading(self.reads)

    def reading(self, targets: ClassTargets) -> Loss:
        """This loss for class numbers or for rows of probabilities; the same one where it does not read classes."""
        if self.target != "classes" or targets == self.reads:
            return self
        return self._of_rows if targets == "rows" else self._of_numbers

    @cached_property
    def _of_rows(self) -> Loss:
        found = self if self.for_rows is None else self.for_rows()
        same = {"hyperparameters": self.hyperparameters, "settings": self.settings, "build": self.build}
        return replace(found, reads="rows", **same)

    @property
    def _of_numbers(self) -> Loss:
        return self if self.build is None else self.build(tuple(value for _, value in self.settings))


def weighted(target: Array, weight: tuple[float, ...]) -> Array:
    """The target (N, O) with each column times its class weight."""
    return target * np.array(weight, dtype=target.dtype) if weight else target


def weight_sum(weight: tuple[float, ...], target: Array) -> float:
    """The sum of the weights of the samples' classes, for class numbers as one-hot rows (N, O)."""
    total = float((target @ np.array(weight)).sum())
    return total or math.nan  # PyTorch's mean over a weight sum of 0 is NaN, also with label smoothing


def minus_times_log(t: Array, log_p: Array) -> Array:
    """-t · log p, and 0 where t is 0: a class that counts nothing adds nothing, also if its log p is -∞."""
    return np.where(t == 0.0, 0.0, -t * log_p)
