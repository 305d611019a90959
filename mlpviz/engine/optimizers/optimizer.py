"""The type of an optimizer: two pure functions on the flat vector, named slots, hyperparameters and formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, Literal, Self

import numpy as np

from mlpviz.engine.expressions import Expression, FormulaLine, Number, Symbol, becomes
from mlpviz.engine.hyperparameters import Configurable, Hyperparameter, torch_arguments
from mlpviz.engine.optimizers.tensor_layout import Layout, layout_of
from mlpviz.engine.parameters import Array, Slot

Slots = dict[str, Any]
"""The memory of an optimizer between steps, by name: arrays shaped like the parameters, or plain numbers."""

Init = Callable[..., Slots]
Step = Callable[..., tuple[Array, Slots]]

LEARNING_RATE = Hyperparameter(
    "learning_rate",
    "learning rate η",
    0.001,
    0.0,
    sentence="How far a step goes.",
    vector=True,
    torch="lr",
    symbol=r"\eta",
)
MOMENTUM = Hyperparameter(
    "momentum",
    "momentum μ",
    0.0,
    0.0,
    sentence="How much of the velocity survives a step.",
    vector=True,
    symbol=r"\mu",
)
WEIGHT_DECAY = Hyperparameter(
    "weight_decay",
    "weight decay λ",
    0.0,
    0.0,
    sentence="Coupled: λ·θ joins the gradient, the slope of the penalty ½λ·Σθ².",
    vector=True,
    symbol=r"\lambda",
)
MAXIMIZE = Hyperparameter(
    "maximize", "maximize", False, kind="bool", sentence="Climb instead of descend: the gradient's sign."
)
EPS = Hyperparameter(
    "eps",
    "ε",
    1e-8,
    0.0,
    sentence="Keeps the division from blowing up.",
    vector=True,
    symbol=r"\epsilon",
    aliases=("epsilon",),
)


def letter(hyperparameter: Hyperparameter) -> Symbol:
    """The symbol of a hyperparameter in formulas."""
    return Symbol(hyperparameter.symbol, hyperparameter.name)


THETA = Symbol(r"\theta", "theta")
"""One parameter: a weight, a bias, gamma or beta."""
GRADIENT = Symbol(r"\frac{\partial L}{\partial \theta}", "grad_theta")
G = Symbol("g", "g")
"""The gradient that the step descends, with coupled weight decay."""
T = Symbol("t", "t")
"""The number of the step, from 1."""
ETA, MU, EPSILON = letter(LEARNING_RATE), letter(MOMENTUM), letter(EPS)


def betas(first: str, second: str, vector: bool = True) -> tuple[Hyperparameter, Hyperparameter]:
    """β₁ and β₂ of Adam and its variants, with their sentences."""
    return (
        Hyperparameter(
            "beta1",
            "β₁",
            0.9,
            0.0,
            1.0,
            "float",
            first,
            open_high=True,
            vector=True,
            torch="betas[0]",
            symbol=r"\beta_1",
        ),
        Hyperparameter(
            "beta2",
            "β₂",
            0.999,
            0.0,
            1.0,
            "float",
            second,
            open_high=True,
            vector=vector,
            torch="betas[1]",
            symbol=r"\beta_2",
        ),
    )


@dataclass(frozen=True)
class OptimizerSlot:
    """One slot of an optimizer: its symbol with its name in `slots`, its meaning, and its line.

    The line computes its new value from values known by then: g, θ, other slots, hyperparameters, the step t. `when`
    names the hyperparameter that must be neither 0 nor false for the slot to exist, or says it of the settings.
    `per_parameter` is false for a slot that is one number for the whole network, `after` is true for one that is
    computed from the new θ. `start` is what it is before the first step, `torch` its name in the state of PyTorch's
    optimizer. `only` says that it is one of weight matrices, or of vectors, and 0 for all others; `along` is an
    axis of a matrix along which it is the same.
    """

    symbol: Symbol
    label: str
    line: FormulaLine | Callable[[Mapping[str, Any]], FormulaLine]
    when: str | Callable[[Mapping[str, Any]], bool] = ""
    per_parameter: bool = True
    after: bool = False
    start: Expression = Number(0)  # noqa: RUF009  # frozen
    torch: str = ""
    only: Literal["", "matrices", "vectors"] = ""
    along: int | None = None

    @property
    def name(self) -> str:
        """The name in `slots`."""
        return self.symbol.name

    def exists_with(self, settings: Mapping[str, Any]) -> bool:
        """Whether the slot exists with these settings."""
        if callable(self.when):
            return self.when(settings)
        return not self.when or on(settings[self.when])

    def line_with(self, settings: Mapping[str, Any]) -> FormulaLine:
        """The line with these settings."""
        return self.line if isinstance(self.line, FormulaLine) else self.line(settings)


@dataclass(frozen=True, eq=False, kw_only=True)
class Optimizer(Configurable):
    """One optimizer: `init(params) -> slots` and `step(params, grads, slots, t) -> (params, slots)`.

    Both are pure: they change none of their arguments. `params` and `grads` are (..., P), `t` counts steps from 1.
    `write(params, grads, slots, t, out, out_slots)` is `step` with places for the results, which may be the arguments
    themselves; None if the optimizer has no such function. `scales(t, **settings)` are the numbers of a step that
    depend on t, which `write` takes as `scales` too. Keywords override `settings`, unchecked, so that a schedule
    costs nothing; `configure` checks. The value of a `vector` hyperparameter may be any array that broadcasts over
    (..., P), in the dtype of the parameters.
    `formula(settings)` is the line of θ; `torch` names the class in `torch.optim`, or if `in_torch` is false the
    twin in `verify/torch_optimizers.py`; `torch_note` says why, where PyTorch has the class but computes other numbers.
    `torch_fixed` are arguments that PyTorch's class always has here, `torch_step` is its step as code.
    `decoupled` says that weight decay is never added to the gradient, `decays_by_itself` that the lines of θ and the
    slots have it. `combines` says which numbers the step of a parameter reads: its own, those of its tensor, or those
    of the network. One that combines tensors takes their places, the `layout` that `laid_out` sets, and has
    `vector_formula` for tensors that are no matrices. `rounds` are the letters of a matrix that its lines change in
    rounds.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("init", "step", "write")

    key: str
    label: str
    sentence: str
    torch: str
    slots: tuple[OptimizerSlot, ...]
    init: Init
    step: Step
    formula: Callable[[Mapping[str, Any]], FormulaLine]
    decoupled: bool = False
    decays_by_itself: bool = False
    combines: Literal["", "tensors", "network"] = ""
    vector_formula: Callable[[Mapping[str, Any]], FormulaLine] | None = None
    layout: Layout | None = None
    torch_note: str = ""
    torch_fixed: tuple[tuple[str, Any], ...] = ()
    torch_step: str = "optimizer.step()"
    rounds: Callable[[Mapping[str, Any]], tuple[Symbol, ...]] | None = None
    in_torch: bool = True
    write: Callable[..., None] | None = None
    scales: Callable[..., tuple[Any, ...]] | None = None
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    def _apply(self, settings: dict[str, Any]) -> None:
        super()._apply(settings)
        if self.combines == "tensors":
            object.__setattr__(self, "step", partial(self.step, layout=self.layout))

    def laid_out(self, slots: Iterable[Slot]) -> Self:
        """The optimizer for the tensors at these places of the flat vector; itself if it does not combine tensors."""
        return self.with_layout(layout_of(slots)) if self.combines == "tensors" else self

    def with_layout(self, layout: Layout) -> Self:
        """The same for these tensors."""
        found = replace(self, layout=layout)
        found._apply(dict(self.settings))
        return found

    def of_tensor(self, is_matrix: bool) -> Optimizer:
        """The optimizer as it treats one tensor: with the slots and the lines of a matrix, or of a vector."""
        if self.combines != "tensors":
            return self
        others = "vectors" if is_matrix else "matrices"
        slots = tuple(slot for slot in self.slots if slot.only != others)
        formula = self.formula if is_matrix or self.vector_formula is None else self.vector_formula
        return replace(self, slots=slots, formula=formula, rounds=self.rounds if is_matrix else None)

    @property
    def slots_in_use(self) -> tuple[OptimizerSlot, ...]:
        """The slots that exist with these settings."""
        return tuple(slot for slot in self.slots if slot.exists_with(self.settings))

    @property
    def is_torchs(self) -> bool:
        """Whether `torch.optim` has this optimizer with these settings."""
        return self.in_torch and all(
            each.in_torch or self.settings[each.name] == each.default for each in self.hyperparameters
        )

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of PyTorch's arguments."""
        return torch_arguments(self.hyperparameters, self.settings)

    @property
    def lines(self) -> tuple[FormulaLine, ...]:
        """The step in the order of computation: the gradient, the slots in use, the parameter θ."""
        before = [slot for slot in self.slots_in_use if not slot.after]
        return (
            *gradient_lines(self),
            *(slot.line_with(self.settings) for slot in before),
            self.formula(self.settings),
            *(slot.line_with(self.settings) for slot in self.slots_in_use if slot.after),
        )


def momentum_name(optimizer: Optimizer) -> str:
    """The hyperparameter that a schedule moves as the momentum: momentum, or β₁; empty if there is neither."""
    return next((name for name in (MOMENTUM.name, "beta1") if name in optimizer.settings), "")


def on(value: Any) -> bool:
    """Whether the value of a hyperparameter is not 0, for at least one parameter."""
    return bool(value.any()) if isinstance(value, np.ndarray) else bool(value)


def decayed(params: Array, grads: Array, weight_decay: Any, maximize: bool) -> Array:
    """The gradient to descend: negated to maximize, with λ·θ of coupled weight decay added."""
    if maximize:
        grads = -grads
    return grads + weight_decay * params if on(weight_decay) else grads


def running_mean(mean: Array, newest: Array, beta: Any) -> Array:
    """beta · mean + (1 - beta) · newest, added to the part that weighs more, as PyTorch's `lerp` does.

    So a gradient of 1 survives beside a mean of 1e20 that is to be forgotten (beta = 0).
    """
    apart = newest - mean
    if isinstance(beta, np.ndarray):
        return np.where(beta > 0.5, mean + (1 - beta) * apart, newest - beta * apart)
    return mean + (1 - beta) * apart if beta > 0.5 else newest - beta * apart


def gradient_lines(optimizer: Optimizer) -> tuple[FormulaLine, ...]:
    """The lines of g, computed from ∂L/∂θ, and of the shrinking of θ by decoupled weight decay."""
    settings = optimizer.settings
    gradient: Expression = -GRADIENT if settings.get(MAXIMIZE.name) else GRADIENT
    if optimizer.decays_by_itself or not on(settings.get(WEIGHT_DECAY.name, 0.0)):
        return (FormulaLine(G, gradient),)
    # the optimizer's own symbol: where λ is another hyperparameter, weight decay has another letter
    decay = next(letter(each) for each in optimizer.hyperparameters if each.name == WEIGHT_DECAY.name)
    if optimizer.decoupled or settings.get("decoupled_weight_decay", False):
        return FormulaLine(G, gradient), becomes(THETA, (1 - ETA @ decay) * THETA)
    return (FormulaLine(G, gradient + decay * THETA),)
