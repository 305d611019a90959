"""The type of a loss: the terms of the sum and their gradient side by side, formulas, divisor and hyperparameters."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.activations import ACTIVATIONS, IDENTITY
from mlpviz.engine.expressions import Expression, FormulaLine, Number, Symbol
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, torch_arguments, validate
from mlpviz.engine.losses.reduction import SUM_OF_ALL, MeanOver, Reduction
from mlpviz.engine.losses.symbols import A_K, SAMPLE_WEIGHT, T_K, TERM_WEIGHT, A, LossWeights, P, S, T
from mlpviz.engine.losses.weighing import ADDED, FACTOR, SAMPLE_WEIGHTS, TERM_WEIGHTS, counts, weight_sum
from mlpviz.engine.parameters import Array

TargetKind = Literal["values", "probabilities", "signs", "classes", "gradients", "none"]
"""What a target row contains.

O numbers; O numbers in 0..1; O numbers in -1..1; a class or O probabilities; O numbers that are ∂L/∂y; nothing.
"""

ClassTargets = Literal["numbers", "rows"]
"""How targets of a loss on classes were given: one class number per sample, or one row of O probabilities."""

Constant = Literal["½", "2", "−"]


@dataclass(frozen=True)
class Clamp:
    """Bounds in the formula of a loss that keep it finite where its logarithms or divisions would not be.

    `holds(y, t)` (..., N, O) says at which outputs one of them changes the loss or its gradient; `bare_grad(y, t)` is
    the gradient of the undivided sum without them. `bound` is what is held, with its number, in words, and `purpose`
    what for.
    """

    holds: Callable[[Array, Array], NDArray[np.bool_]]
    bare_grad: Callable[[Array, Array], Array]
    bound: str
    purpose: str


@dataclass(frozen=True)
class Content:
    """Outputs that a loss leaves alone though they are not equal to their target, and why.

    `holds(y, t)` (..., N, O) says at which outputs ∂L/∂a is 0 for this reason, and `numbers(y, t)` (..., N, O) is what
    shows it: the sentence begins with `short`, which has {output}, and ends with `because`, which has {0}.
    """

    holds: Callable[[Array, Array], NDArray[np.bool_]]
    numbers: Callable[[Array, Array], Array]
    short: str
    because: str


@dataclass(frozen=True)
class Loss:
    """One loss L = Σ terms(y, t) / divisor over the outputs y (..., N, O) and targets t (N, O).

    `grad(y, t)` is the derivative of the undivided sum, shaped like y. `by` is how the terms are added up: its
    `mean_over` names the divisor. A loss on classes reads class numbers, as
    one-hot rows; `reading("rows")` is the same loss as it reads probabilities, made by `for_rows`: as in PyTorch its
    mean is over the samples, whatever the class weights, also where a row has a single 1.
    `last_activations` are those that the last layer should have (empty: any); it is computed behind every other too,
    which is told as the mistake that it is. `outputs` is the only O that fits (None: any);
    `probabilities` names the activation that gives the displayed probabilities p of y.
    `wanted(t)` is the target with label smoothing and class weights, which the loss uses in its place (None: t itself).
    `corner(y, t)` changes its sign where the gradient jumps (None: nowhere). `clamp` says where a bound of the formula
    holds, `content` where an output is left alone (None: nowhere).
    `constants` are the factors that the formula has for all settings: the ½ before a square, the 2 of its derivative,
    the minus before a logarithm. `is_cross_entropy`: it compares probabilities by their logarithms.
    `on_logits` names the loss on z that equals this loss after its last activation.
    `outputs_are_logarithms`: outputs are, or may be, logarithms of what the target contains.

    `term` is the formula of a term and `slope` that of its derivative, but for the 2 in `constants`; `body` is what
    stands below the sum sign of L, the term by default, and `minus` puts the sign before it. They use the symbols of
    `losses/symbols.py`; `weights` are the numbers behind letters. `row_numbers` are lines for letters that stand for a
    number of the whole row, such as the length of the outputs of a sample: (N, 1), made of `A_K`, `T_K`, weights and
    the lines before; with them a term depends on every output of its sample.
    `torch` names a function of y and t in `torch.nn.functional` or in `mlpviz/verify/torch_losses.py`, called with
    `torch_arguments`, or is an expression of y and t. `torch_call` is the same as code: a call with {} at the place
    of the argument for the reduction, or the terms alone, without {}; t holds class numbers if the loss reads them.
    `sample_weight` (N,) and `scale` multiply the terms.
    The functions and formulas of a record contain the numbers of its `settings`; `configure` gives another record.
    """

    key: str
    label: str
    term: Expression
    slope: Expression
    sentence: str
    torch: str
    torch_call: str
    terms: Callable[[Array, Array], Array]
    grad: Callable[[Array, Array], Array]
    by: Reduction = SUM_OF_ALL
    body: Expression | None = None
    minus: bool = False
    front: Expression | None = None
    """a number before the sum sign of L"""
    where: str = ""
    """LaTeX after the formula of L: what a letter is"""
    target: TargetKind = "values"
    last_activations: tuple[str, ...] = ()
    probabilities: str | None = None
    wanted: Callable[[Array], Array] | None = None
    corner: Callable[[Array, Array], Array] | None = None
    clamp: Clamp | None = None
    content: Content | None = None
    cancelling: Callable[[Array, Array], Array] | None = None
    """the size of the numbers that `grad` is a difference of, where they may leave nothing of each other"""
    row_numbers: tuple[FormulaLine, ...] = ()
    constants: tuple[Constant, ...] = ()
    is_cross_entropy: bool = False
    on_logits: str = ""
    outputs_are_logarithms: bool = False
    per_sample: bool = False
    """whether PyTorch's unreduced loss has one number per sample instead of one per output"""
    reads: ClassTargets = "numbers"
    for_rows: Callable[[], Loss] | None = None
    takes_rows: bool = True
    """whether a target of classes may also be a row of O probabilities"""
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""
    weight: tuple[float, ...] = ()
    ignored: int | None = None
    """the class number of samples that count nothing; None where every sample counts"""
    weights: tuple[LossWeights, ...] = ()
    sample_weight: tuple[float, ...] = ()
    term_weight: tuple[float, ...] = ()
    scale: float = 1.0
    hyperparameters: tuple[Hyperparameter, ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    build: Callable[[tuple[Any, ...]], Loss] | None = None

    @property
    def mean_over(self) -> MeanOver:
        """What the sum of the terms is divided by."""
        return self.by.mean_over

    @property
    def latex(self) -> str:
        """The formula of L, followed by the numbers of the whole row that it has."""
        lines = (line.latex for line in self.lines_in(self.formula))
        return r", \quad ".join([f"L = {self.formula.latex()}{self.where}", *lines])

    @property
    def formula(self) -> Expression:
        """L, a sum over its divisor."""
        found = self.by.of(self.term if self.body is None else self.body)
        found = found if self.front is None else self.front @ found
        return -found if self.minus else found

    def lines_in(self, formula: Expression) -> tuple[FormulaLine, ...]:
        """The lines of the numbers of the whole row that a formula needs, in the order of computation."""
        needed = set(formula.symbols())
        for line in reversed(self.row_numbers):
            if line.symbol in needed:
                needed |= line.formula.symbols()
        return tuple(line for line in self.row_numbers if line.symbol in needed)

    def row_values(self, y: Array, t: Array) -> dict[Symbol, Array]:
        """The numbers of the whole row (N, 1) for outputs y and targets t (N, O)."""
        known: dict[Symbol, Any] = {A: y, A_K: y, T: t, T_K: t}
        known |= {each.symbol: np.array(each.numbers) for each in self.weights if each.per == "output"}
        with np.errstate(all="ignore"):  # infinity and NaN are shown like other numbers
            for line in self.row_numbers:
                known[line.symbol] = line.formula.value(known)
        return {line.symbol: known[line.symbol] for line in self.row_numbers}

    def grad_formula(self, sums_to_one: bool = False) -> Expression:
        """The formula of one element of ∂L/∂y; without the sum of the target row where it is known to be 1."""
        slope = self.slope.replace(lambda part: P if part == P * S else None) if sums_to_one else self.slope
        return self.by.grad(slope, 2 if "2" in self.constants else 1)

    @property
    def reads_numbers(self) -> bool:
        """Whether its targets are class numbers."""
        return self.target == "classes" and self.reads == "numbers"

    @property
    def is_scaled(self) -> bool:
        """Whether terms are multiplied by weights of samples or terms or by a factor."""
        return bool(self.sample_weight or self.term_weight) or self.scale != 1.0

    def multiplier(self, dtype: Any = float) -> Array:
        """What the terms are multiplied by: broadcasts over (N, O)."""
        found = np.array(self.scale, dtype=dtype)
        if self.sample_weight:
            found = found * np.array(self.sample_weight, dtype=dtype)[:, None]
        return found * np.array(self.term_weight, dtype=dtype) if self.term_weight else found

    def scaled(
        self, sample_weight: tuple[float, ...] = (), term_weight: tuple[float, ...] = (), factor: float = 1.0
    ) -> Loss:
        """This loss with its terms multiplied by a weight per sample, a weight per output, and a factor."""
        if not (sample_weight or term_weight) and factor == 1.0:
            return self
        terms, grad, clamp, rows = self.terms, self.grad, self.clamp, self.for_rows
        weights = list(self.weights)
        front: list[Expression] = [] if factor == 1.0 else [Number(factor)]
        for symbol, numbers, per in ((SAMPLE_WEIGHT, sample_weight, "sample"), (TERM_WEIGHT, term_weight, "output")):
            if numbers:
                weights.append(LossWeights(symbol, numbers, per))  # type: ignore[arg-type]  # a literal
                front.append(symbol)

        def times(formula: Expression) -> Expression:
            return reduce(operator.mul, [*front, formula])

        found = replace(
            self,
            term=times(self.term),
            slope=times(self.slope),
            body=None if self.body is None else times(self.body),
            weights=tuple(weights),
            sample_weight=sample_weight,
            term_weight=term_weight,
            scale=factor,
            terms=lambda y, t: found.multiplier(y.dtype) * terms(y, t),
            grad=lambda y, t: found.multiplier(y.dtype) * grad(y, t),
            clamp=clamp and replace(clamp, bare_grad=lambda y, t: found.multiplier(y.dtype) * clamp.bare_grad(y, t)),
            for_rows=rows and (lambda: rows().scaled(sample_weight, term_weight, factor)),
        )
        return found

    def divisor(self, samples: int, outputs: int, target: Array | None = None) -> float | Array:
        """The divisor of the sum of terms, for N samples of O outputs; an array (...,) of targets (..., N, O).

        Raises ValueError if a mean over class weights gets no target.
        """
        if self.mean_over == "weights":
            total = self.weight_of(target)
            # a mean over no sample is 0, and so is its gradient; PyTorch has NaN and 0
            return np.where(total == 0.0, 1.0, total) if np.ndim(total) else total or 1.0
        return {
            "numbers": samples * outputs,
            "samples": samples,
            "twice the samples": 2 * samples,
            "outputs": outputs,
            "nothing": 1,
        }[self.mean_over]

    def weight_of(self, target: Array | None) -> float | Array:
        """The sum of the weights of samples of these targets in a mean over weights; 0 where no sample counts.

        Raises ValueError without a target.
        """
        if target is None:
            raise ValueError(f"the mean of {self.key} over class weights needs the target")
        shown = counts(target, self.ignored)
        none, total = ~shown.any(axis=(-2, -1)), weight_sum(self.weight, target * shown)
        return np.where(none, 0.0, total) if np.ndim(total) else 0.0 if none else total

    @property
    def adds_samples(self) -> bool:
        """Whether samples are added up and not averaged: twice the samples give twice the loss."""
        return self.mean_over in ("nothing", "outputs")

    @property
    def needs_activation(self) -> bool:
        """Whether it needs the output of certain activations itself: no dropout, no skip, and not z."""
        return bool(self.last_activations) and IDENTITY.key not in self.last_activations

    def suits(self, activation: str) -> bool:
        """Whether it was made for what this last activation gives."""
        return not self.last_activations or activation in self.last_activations

    @property
    def reads_probabilities(self) -> bool:
        """Whether it reads outputs as probabilities, which only certain last activations give."""
        return any(ACTIVATIONS[key].gives == "probabilities" for key in self.last_activations)

    @property
    def outputs(self) -> int | None:
        """The only number of outputs O that fits, None for any: one class weight per output."""
        return len(self.weight) or None

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of the arguments of PyTorch's function, without empty class weights."""
        arguments = torch_arguments(self.hyperparameters, dict(self.settings))
        return {name: value for name, value in arguments.items() if value != () and name not in ADDED}

    def configure(self, **given: Any) -> Loss:
        """The same loss with these settings; equal settings give the same object.

        Raises HyperparameterError for an unknown name or a value out of range.
        """
        values = validate(self.hyperparameters, {**dict(self.settings), **given})
        return self if self.build is None else self.build(tuple(values.values())).reading(self.reads)

    def reading(self, targets: ClassTargets) -> Loss:
        """This loss for class numbers or for rows of probabilities; the same one where it does not read classes."""
        if self.target != "classes" or not self.takes_rows or targets == self.reads:
            return self
        return self._of_rows if targets == "rows" else self._of_numbers

    @cached_property
    def _of_rows(self) -> Loss:
        found = self if self.for_rows is None else self.for_rows()
        return replace(
            found, reads="rows", hyperparameters=self.hyperparameters, settings=self.settings, build=self.build
        )

    @property
    def _of_numbers(self) -> Loss:
        return self if self.build is None else self.build(tuple(value for _, value in self.settings))


def loss_entry(make: Callable[..., Loss], *hyperparameters: Hyperparameter, per_output: bool = True) -> Loss:
    """The entry that `make` gives, with weights of samples, of outputs if its terms are `per_output`, and a factor."""

    def scaled(
        sample_weight: tuple[float, ...], factor: float, term_weight: tuple[float, ...] = (), **own: Any
    ) -> Loss:
        return make(**own).scaled(sample_weight, term_weight, factor)

    added = (SAMPLE_WEIGHTS, TERM_WEIGHTS, FACTOR) if per_output else (SAMPLE_WEIGHTS, FACTOR)
    return configurable(scaled, *hyperparameters, *added)
