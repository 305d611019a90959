"""Schedules without a wave: constant, falls by a factor, straight lines and powers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.schedule import GAMMA, START_FACTOR, TOTAL, Schedule, linear

CONSTANT = Schedule(
    key="constant",
    aliases=("ConstantLR",),
    label="constant",
    sentence="The learning rate stays what it is, unless a factor is set for the first steps.",
    latex=r"\eta_t = \eta_0 \cdot (f \text{ if } t < T \text{ else } 1)",
    torch="ConstantLR",
    hyperparameters=(
        Hyperparameter("factor", "factor f", 1.0, 0.0, 1.0, sentence="Share of η₀ in the first steps.", open_low=True),
        Hyperparameter("total_iters", "steps T", 5, 1, kind="int", sentence="How many steps the factor holds."),
    ),
    learning_rate=lambda base, t, *, factor, total_iters: base * (factor if t < total_iters else 1.0),
)

STEP = Schedule(
    key="step",
    aliases=("StepLR",),
    label="steps",
    sentence="The rate falls by a factor every so many steps.",
    latex=r"\eta_t = \eta_0 \cdot \gamma^{\lfloor t / s \rfloor}",
    torch="StepLR",
    hyperparameters=(
        Hyperparameter("step_size", "every s steps", 30, 1, kind="int", sentence="Steps between two falls."),
        GAMMA,
    ),
    learning_rate=lambda base, t, *, step_size, gamma: base * gamma ** (t // step_size),
)

MULTI_STEP = Schedule(
    key="multi_step",
    aliases=("MultiStepLR",),
    label="milestones",
    sentence="The rate falls by a factor at each milestone.",
    latex=r"\eta_t = \eta_0 \cdot \gamma^{\#\{\text{milestones} \leq t\}}",
    torch="MultiStepLR",
    hyperparameters=(
        Hyperparameter("milestones", "milestones", (30, 80), 0, kind="ints", sentence="Steps of the falls."),
        GAMMA,
    ),
    learning_rate=lambda base, t, *, milestones, gamma: base * gamma ** bisect_right(sorted(milestones), t),
)

EXPONENTIAL = Schedule(
    key="exponential",
    aliases=("ExponentialLR",),
    label="exponential",
    sentence="The rate is multiplied by the same factor after every step.",
    latex=r"\eta_t = \eta_0 \cdot \gamma^t",
    torch="ExponentialLR",
    hyperparameters=(replace(GAMMA, default=0.95),),
    learning_rate=lambda base, t, *, gamma: base * gamma**t,
)

LINEAR = Schedule(
    key="linear",
    aliases=("LinearLR",),
    label="linear",
    sentence="The rate goes in a straight line from one share of η₀ to another, then stays.",
    latex=r"\eta_t = \eta_0 \cdot \left( f_0 + (f_1 - f_0) \frac{\min(t, T)}{T} \right)",
    torch="LinearLR",
    hyperparameters=(
        replace(START_FACTOR, default=1.0),
        Hyperparameter("end_factor", "last factor", 0.1, 0.0, 1.0, sentence="Share of η₀ at the end."),
        TOTAL,
    ),
    learning_rate=linear,
)

POLYNOMIAL = Schedule(
    key="polynomial",
    aliases=("PolynomialLR",),
    label="polynomial",
    sentence="The rate falls to 0 along a power of the time that is left.",
    latex=r"\eta_t = \eta_0 \cdot \left( 1 - \frac{\min(t, T)}{T} \right)^p",
    torch="PolynomialLR",
    hyperparameters=(
        TOTAL,
        Hyperparameter("power", "power p", 1.0, 0.0, sentence="1 is a straight line, 2 falls faster first."),
    ),
    learning_rate=lambda base, t, *, total_iters, power: base * (1.0 - min(t, total_iters) / total_iters) ** power,
)

WARM_UP = Schedule(
    key="warm_up",
    label="warm-up",
    sentence="The rate climbs in a straight line to η₀ and stays there.",
    latex=r"\eta_t = \eta_0 \cdot \left( f_0 + (1 - f_0) \frac{\min(t, T)}{T} \right)",
    torch="LinearLR",
    hyperparameters=(START_FACTOR, replace(TOTAL, default=5, sentence="Steps of the climb.")),
    learning_rate=lambda base, t, *, start_factor, total_iters: linear(base, t, start_factor, 1.0, total_iters),
)
