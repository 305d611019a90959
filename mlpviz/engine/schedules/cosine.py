"""Schedules along half a cosine: once, with warm restarts, after a warm-up."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.schedule import LOWEST, START_FACTOR, TOTAL, Schedule, linear


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
        return linear(base, t, start_factor, 1.0, warm_up)
    # past the end the rate stays low; PyTorch's cosine would rise again
    return _cosine(base, min(t, total_iters) - warm_up, total_iters - warm_up, eta_min)


COSINE = Schedule(
    key="cosine",
    aliases=("CosineAnnealingLR", "cosine_annealing"),
    label="cosine",
    sentence="The rate follows half a cosine down to its lowest value, and up again if training goes on.",
    latex=r"\eta_t = \eta_{\min} + \frac{1}{2} (\eta_0 - \eta_{\min}) (1 + \cos \frac{\pi t}{T})",
    torch="CosineAnnealingLR",
    hyperparameters=(
        Hyperparameter("T_max", "steps T", 100, 1, kind="int", sentence="Steps from top to bottom."),
        LOWEST,
    ),
    learning_rate=lambda base, t, *, T_max, eta_min: _cosine(base, t, T_max, eta_min),
    source="Loshchilov and Hutter 2017",
)

COSINE_RESTARTS = Schedule(
    key="cosine_restarts",
    aliases=("CosineAnnealingWarmRestarts",),
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
        LOWEST,
    ),
    learning_rate=_restarts,
    source="Loshchilov and Hutter 2017 (SGDR)",
)

WARM_UP_COSINE = Schedule(
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
        replace(TOTAL, sentence="Steps of the climb and the fall together."),
        START_FACTOR,
        LOWEST,
    ),
    learning_rate=_warm_up_cosine,
    constraint=lambda values: (
        f"warm_up is {values['warm_up']}, expected less than total_iters, {values['total_iters']}"
        if values["warm_up"] >= values["total_iters"]
        else None
    ),
    source="LinearLR, then CosineAnnealingLR, in PyTorch's SequentialLR",
)
