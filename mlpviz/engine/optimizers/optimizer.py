"""What an optimizer is: two pure functions on the flat vector, named slots, knobs and formulas.

Refuses to know any particular optimizer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from mlpviz.engine.expressions import Expression, Line, Symbol, becomes
from mlpviz.engine.hyperparameters import Configurable, Hyperparameter, torch_arguments
from mlpviz.engine.parameters import Array

Slots = dict[str, Any]
"""What an optimizer remembers between steps, by name: arrays shaped like the parameters, or plain numbers."""

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
    "eps", "ε", 1e-8, 0.0, sentence="Keeps the division from blowing up.", vector=True, symbol=r"\epsilon"
)


def letter(hyperparameter: Hyperparameter) -> Symbol:
    """The letter of a knob, for formulas."""
    return Symbol(hyperparameter.symbol, hyperparameter.name)


THETA = Symbol(r"\theta", "theta")
"""One parameter, of whatever kind."""
GRADIENT = Symbol(r"\frac{\partial L}{\partial \theta}", "grad_theta")
G = Symbol("g", "g")
"""The gradient to descend, with weight decay."""
T = Symbol("t", "t")
"""The number of the step, from 1."""
ETA, MU, EPSILON = letter(LEARNING_RATE), letter(MOMENTUM), letter(EPS)


def betas(first: str, second: str, vector: bool = True) -> tuple[Hyperparameter, Hyperparameter]:
    """β₁ and β₂ of the Adam family, with what each averages."""
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
    """One thing an optimizer remembers: its letter with its name in `slots`, what it means, and its line.

    The line says how it is computed from what is known by then: g, θ, the other slots, knobs, the step t. `when` names
    the knob that must be on (not 0, not false) for the slot to exist, `per_parameter` is false for a slot that is one
    number for the whole network, `after` is true for one that is computed from the new θ. `torch` is its name in the
    state of PyTorch's optimizer.
    """

    symbol: Symbol
    label: str
    line: Line | Callable[[Mapping[str, Any]], Line]
    when: str = ""
    per_parameter: bool = True
    after: bool = False
    torch: str = ""

    @property
    def name(self) -> str:
        """Its name in `slots`."""
        return self.symbol.name

    def line_with(self, settings: Mapping[str, Any]) -> Line:
        """Its line with these settings."""
        return self.line if isinstance(self.line, Line) else self.line(settings)


@dataclass(frozen=True, eq=False, kw_only=True)
class Optimizer(Configurable):
    """One optimizer: `init(params) -> slots` and `step(params, grads, slots, t) -> (params, slots)`.

    Both are pure: nothing that is passed in is changed. `params` and `grads` are (..., P), `t` counts steps from 1.
    `write(params, grads, slots, t, out, out_slots)` is the body of `step` where the optimizer has one that can write
    over its own input; None if not. All take the knobs as keywords on top of `settings`, unchecked, so that a
    schedule costs nothing; `bind` checks. A vector knob may be any array that broadcasts over (..., P), in the dtype
    of the parameters.
    `formula(settings)` is the line of θ; `torch` names the class in `torch.optim`. `decoupled` says that
    weight decay never enters the gradient.
    """

    configured: ClassVar[tuple[str, ...]] = ("init", "step", "write")

    key: str
    label: str
    sentence: str
    torch: str
    slots: tuple[OptimizerSlot, ...]
    init: Init
    step: Step
    formula: Callable[[Mapping[str, Any]], Line]
    decoupled: bool = False
    write: Callable[..., None] | None = None
    source: str = ""

    @property
    def slots_in_use(self) -> tuple[OptimizerSlot, ...]:
        """The slots that exist with these settings."""
        return tuple(slot for slot in self.slots if not slot.when or on(self.settings[slot.when]))

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of PyTorch's arguments."""
        return torch_arguments(self.hyperparameters, self.settings)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The whole step in the order of computation: the gradient, slots in use, the parameters θ."""
        before = [slot for slot in self.slots_in_use if not slot.after]
        return (
            *gradient_lines(self),
            *(slot.line_with(self.settings) for slot in before),
            self.formula(self.settings),
            *(slot.line_with(self.settings) for slot in self.slots_in_use if slot.after),
        )


def on(hyperparameter: Any) -> bool:
    """Whether a knob is anything but 0, for any parameter."""
    return bool(hyperparameter.any()) if isinstance(hyperparameter, np.ndarray) else bool(hyperparameter)


def decayed(params: Array, grads: Array, weight_decay: Any, maximize: bool) -> Array:
    """The gradient to descend: turned round to maximize, with the slope λ·θ of coupled weight decay added."""
    if maximize:
        grads = -grads
    return grads + weight_decay * params if on(weight_decay) else grads


def gradient_lines(optimizer: Optimizer) -> tuple[Line, ...]:
    """The lines that make g out of ∂L/∂θ, and the shrinking of θ by decoupled weight decay."""
    settings = optimizer.settings
    gradient: Expression = -GRADIENT if settings["maximize"] else GRADIENT
    if not on(settings.get(WEIGHT_DECAY.name, 0.0)):
        return (Line(G, gradient),)
    # the letter is the optimizer's own: where λ is another knob's, the decay has another
    decay = next(
        letter(hyperparameter)
        for hyperparameter in optimizer.hyperparameters
        if hyperparameter.name == WEIGHT_DECAY.name
    )
    if optimizer.decoupled or settings.get("decoupled_weight_decay", False):
        return Line(G, gradient), becomes(THETA, (1 - ETA @ decay) * THETA)
    return (Line(G, gradient + decay * THETA),)
