"""How the learning rate changes over a training run: one record per schedule.

Refuses to know what a step is: `t` counts steps or epochs, whichever the caller counts, that are already done.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from mlpviz.engine.hyperparameters import Configurable, Hyperparameter
from mlpviz.engine.registry import Registry
from mlpviz.engine.schedules.cyclic import (
    CYCLIC_HYPERPARAMETERS,
    ONE_CYCLE_HYPERPARAMETERS,
    cyclic,
    one_cycle,
    one_cycle_rule,
)
from mlpviz.engine.schedules.plateau import PLATEAU_HYPERPARAMETERS, PlateauState, observe, start


@dataclass(frozen=True, eq=False, kw_only=True)
class Schedule(Configurable):
    """One schedule: `learning_rate(base, t) -> η`, pure; t counts from 0, as `last_epoch` does in PyTorch.

    `base` may be an array: one rate per parameter or per network. A schedule that watches a metric has
    `start(base) -> state` and `observe(state, metric) -> state`, and its `learning_rate` takes that `state`.
    `torch` names the twin in `torch.optim.lr_scheduler`; `latex` writes η_t with η₀ for base.
    """

    configured: ClassVar[tuple[str, ...]] = ("learning_rate", "start", "observe")

    key: str
    label: str
    sentence: str
    latex: str
    torch: str
    learning_rate: Callable[..., Any]
    start: Callable[..., PlateauState] | None = None
    observe: Callable[..., PlateauState] | None = None
    source: str = ""


def _linear(base: Any, t: int, start_factor: float, end_factor: float, total_iters: int) -> Any:
    return base * (start_factor + (end_factor - start_factor) * min(t, total_iters) / total_iters)


def _cosine(base: Any, t: float, period: float, low: float) -> Any:
    return low + (base - low) * (1 + math.cos(math.pi * t / period)) / 2


def _restarts(base: Any, t: int, *, T_0: int, T_mult: int, eta_min: float) -> Any:
    period = T_0
    if T_mult == 1:
        t %= period
    while t >= period:
        t, period = t - period, period * T_mult
    return _cosine(base, t, period, eta_min)


def _warm_up_cosine(base: Any, t: int, *, warm_up: int, total_iters: int, start_factor: float, eta_min: float) -> Any:
    if t < warm_up:
        return _linear(base, t, start_factor, 1.0, warm_up)
    # past the end the rate stays low; PyTorch's cosine would rise again
    return _cosine(base, min(t, total_iters) - warm_up, total_iters - warm_up, eta_min)


_GAMMA = Hyperparameter("gamma", "factor γ", 0.1, 0.0, 1.0, sentence="What the rate is multiplied by.", open_low=True)
_LOW = Hyperparameter("eta_min", "lowest rate", 0.0, 0.0, sentence="The rate at the bottom of the wave.")
_TOTAL = Hyperparameter("total_iters", "steps", 100, 1, kind="int", sentence="After that many steps the rate stays.")
_START = Hyperparameter(
    "start_factor", "first factor", 1 / 3, 0.0, 1.0, sentence="Share of η₀ to begin with.", open_low=True
)

SCHEDULES: Registry[Schedule] = Registry(
    "schedule",
    (
        Schedule(
            key="constant",
            label="constant",
            sentence="The learning rate stays what it is, unless a factor is set for the first steps.",
            latex=r"\eta_t = \eta_0 \cdot (f \text{ if } t < T \text{ else } 1)",
            torch="ConstantLR",
            hyperparameters=(
                Hyperparameter(
                    "factor", "factor f", 1.0, 0.0, 1.0, sentence="Share of η₀ in the first steps.", open_low=True
                ),
                Hyperparameter("total_iters", "steps T", 5, 1, kind="int", sentence="How many steps the factor holds."),
            ),
            learning_rate=lambda base, t, *, factor, total_iters: base * (factor if t < total_iters else 1.0),
        ),
        Schedule(
            key="step",
            label="steps",
            sentence="The rate falls by a factor every so many steps.",
            latex=r"\eta_t = \eta_0 \cdot \gamma^{\lfloor t / s \rfloor}",
            torch="StepLR",
            hyperparameters=(
                Hyperparameter("step_size", "every s steps", 30, 1, kind="int", sentence="Steps between two falls."),
                _GAMMA,
            ),
            learning_rate=lambda base, t, *, step_size, gamma: base * gamma ** (t // step_size),
        ),
        Schedule(
            key="multi_step",
            label="milestones",
            sentence="The rate falls by a factor at each milestone.",
            latex=r"\eta_t = \eta_0 \cdot \gamma^{\#\{\text{milestones} \leq t\}}",
            torch="MultiStepLR",
            hyperparameters=(
                Hyperparameter("milestones", "milestones", (30, 80), 0, kind="ints", sentence="Steps of the falls."),
                _GAMMA,
            ),
            learning_rate=lambda base, t, *, milestones, gamma: base * gamma ** bisect_right(sorted(milestones), t),
        ),
        Schedule(
            key="exponential",
            label="exponential",
            sentence="The rate is multiplied by the same factor after every step.",
            latex=r"\eta_t = \eta_0 \cdot \gamma^t",
            torch="ExponentialLR",
            hyperparameters=(replace(_GAMMA, default=0.95),),
            learning_rate=lambda base, t, *, gamma: base * gamma**t,
        ),
        Schedule(
            key="cosine",
            label="cosine",
            sentence="The rate follows half a cosine down to its lowest value, and up again if training goes on.",
            latex=r"\eta_t = \eta_{\min} + \frac{1}{2} (\eta_0 - \eta_{\min}) (1 + \cos \frac{\pi t}{T})",
            torch="CosineAnnealingLR",
            hyperparameters=(
                Hyperparameter("T_max", "steps T", 100, 1, kind="int", sentence="Steps from top to bottom."),
                _LOW,
            ),
            learning_rate=lambda base, t, *, T_max, eta_min: _cosine(base, t, T_max, eta_min),
            source="Loshchilov and Hutter 2017",
        ),
        Schedule(
            key="cosine_restarts",
            label="cosine with warm restarts",
            sentence="The rate falls along a cosine, jumps back up, and each fall may last longer than the last.",
            latex=(
                r"\eta_t = \eta_{\min} + \frac{1}{2} (\eta_0 - \eta_{\min}) (1 + \cos \frac{\pi t_i}{T_i}), \quad "
                r"T_{i+1} = T_i \cdot T_{\mathrm{mult}}"
            ),
            torch="CosineAnnealingWarmRestarts",
            hyperparameters=(
                Hyperparameter("T_0", "first fall T₀", 10, 1, kind="int", sentence="Steps of the first fall."),
                Hyperparameter("T_mult", "growth", 1, 1, kind="int", sentence="Each fall lasts so many times as long."),
                _LOW,
            ),
            learning_rate=_restarts,
            source="Loshchilov and Hutter 2017 (SGDR)",
        ),
        Schedule(
            key="linear",
            label="linear",
            sentence="The rate goes in a straight line from one share of η₀ to another, then stays.",
            latex=r"\eta_t = \eta_0 \cdot \left( f_0 + (f_1 - f_0) \frac{\min(t, T)}{T} \right)",
            torch="LinearLR",
            hyperparameters=(
                replace(_START, default=1.0),
                Hyperparameter("end_factor", "last factor", 0.1, 0.0, 1.0, sentence="Share of η₀ at the end."),
                _TOTAL,
            ),
            learning_rate=lambda base, t, **hyperparameters: _linear(base, t, **hyperparameters),
        ),
        Schedule(
            key="polynomial",
            label="polynomial",
            sentence="The rate falls to 0 along a power of the time that is left.",
            latex=r"\eta_t = \eta_0 \cdot \left( 1 - \frac{\min(t, T)}{T} \right)^p",
            torch="PolynomialLR",
            hyperparameters=(
                _TOTAL,
                Hyperparameter("power", "power p", 1.0, 0.0, sentence="1 is a straight line, 2 falls faster first."),
            ),
            learning_rate=lambda base, t, *, total_iters, power: (
                base * (1.0 - min(t, total_iters) / total_iters) ** power
            ),
        ),
        Schedule(
            key="warm_up",
            label="warm-up",
            sentence="The rate climbs in a straight line to η₀ and stays there.",
            latex=r"\eta_t = \eta_0 \cdot \left( f_0 + (1 - f_0) \frac{\min(t, T)}{T} \right)",
            torch="LinearLR",
            hyperparameters=(_START, replace(_TOTAL, default=5, sentence="Steps of the climb.")),
            learning_rate=lambda base, t, *, start_factor, total_iters: _linear(
                base, t, start_factor, 1.0, total_iters
            ),
        ),
        Schedule(
            key="warm_up_cosine",
            label="warm-up, then cosine",
            sentence="The rate climbs in a straight line to η₀, then follows half a cosine down.",
            latex=(
                r"\eta_t = \eta_0 \cdot \left( f_0 + (1 - f_0) \frac{t}{W} \right) \text{ for } t < W, \text{ then } "
                r"\eta_{\min} + \frac{1}{2} (\eta_0 - \eta_{\min}) (1 + \cos \frac{\pi (t - W)}{T - W})"
            ),
            torch="SequentialLR",
            hyperparameters=(
                Hyperparameter("warm_up", "climb W", 5, 1, kind="int", sentence="Steps of the climb."),
                replace(_TOTAL, sentence="Steps of the climb and the fall together."),
                _START,
                _LOW,
            ),
            learning_rate=_warm_up_cosine,
            rule=lambda values: (
                f"warm_up is {values['warm_up']}, expected less than total_iters, {values['total_iters']}"
                if values["warm_up"] >= values["total_iters"]
                else None
            ),
            source="LinearLR, then CosineAnnealingLR, in PyTorch's SequentialLR",
        ),
        Schedule(
            key="one_cycle",
            label="one cycle",
            sentence="The rate climbs to η₀ and falls far below where it began; η₀ is the peak.",
            latex=(
                r"\frac{\eta_0}{d} \to \eta_0 \to \frac{\eta_0}{d \cdot d_{\mathrm{end}}}, \quad "
                r"\eta_t = b + \frac{1}{2} (a - b) (1 + \cos \pi \tau) \text{ from } a \text{ to } b"
            ),
            torch="OneCycleLR",
            hyperparameters=ONE_CYCLE_HYPERPARAMETERS,
            learning_rate=one_cycle,
            rule=one_cycle_rule,
            source="Smith and Topin 2018; PyTorch's default of two phases",
        ),
        Schedule(
            key="cyclic",
            label="cyclic",
            sentence="The rate climbs from η₀ to a peak and falls back, again and again; the peaks may shrink.",
            latex=r"\eta_t = \eta_0 + (\eta_{\max} - \eta_0) \cdot \Lambda_t \cdot s_t, \quad \Lambda_t: 0 \to 1 \to 0",
            torch="CyclicLR",
            hyperparameters=CYCLIC_HYPERPARAMETERS,
            learning_rate=cyclic,
            source="Smith 2017; triangular2 halves the height each cycle, exp_range shrinks it by γ each step",
        ),
        Schedule(
            key="reduce_on_plateau",
            label="reduce on plateau",
            sentence="The rate falls by a factor when the metric has not got better for a while.",
            latex=r"\eta \leftarrow \max(\gamma \cdot \eta, \eta_{\min}) \text{ after more than } p \text{ bad looks}",
            torch="ReduceLROnPlateau",
            hyperparameters=PLATEAU_HYPERPARAMETERS,
            learning_rate=lambda base, t, *, state, **hyperparameters: state.learning_rate,
            start=start,
            observe=observe,
        ),
    ),
)
