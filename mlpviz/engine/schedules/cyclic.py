"""Schedules that rise and fall: one cycle, and cyclic triangles."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.schedules.schedule import Schedule

_ONE_CYCLE_HYPERPARAMETERS = (
    Hyperparameter(
        "total_steps", "steps", 100, 2, kind="int", sentence="Steps of the whole cycle; after them the rate stays."
    ),
    Hyperparameter("pct_start", "share of the climb", 0.3, 0.0, 1.0, sentence="Share of the steps until the peak."),
    Hyperparameter(
        "anneal_strategy",
        "shape",
        "cos",
        kind="choice",
        choices=("cos", "linear"),
        sentence="Between the corners: half a cosine, or a straight line.",
    ),
    Hyperparameter("div_factor", "first divisor d", 25.0, 0.0, sentence="The cycle begins at η₀ / d.", open_low=True),
    Hyperparameter(
        "final_div_factor", "last divisor", 1e4, 0.0, sentence="It ends at the first rate over this.", open_low=True
    ),
    Hyperparameter(
        "three_phase", "three phases", False, kind="bool", sentence="Fall back to the first rate, then to the last."
    ),
)


def _one_cycle_constraint(values: Mapping[str, Any]) -> str | None:
    """With three phases the climb takes the share pct_start of the steps, and the fall back takes as many."""
    if values["three_phase"] and values["pct_start"] > 0.5:
        return f"pct_start is {exact(values['pct_start'])}, expected at most 0.5 with three phases"
    return None


def _one_cycle(
    base: Any,
    t: int,
    *,
    total_steps: int,
    pct_start: float,
    anneal_strategy: str,
    div_factor: float,
    final_div_factor: float,
    three_phase: bool,
) -> Any:
    """The rate after t steps; base is the peak. After `total_steps` it stays, where PyTorch raises."""
    first = base / div_factor
    climb, last = pct_start * total_steps - 1.0, total_steps - 1.0
    corners = [(climb, base), (last, first / final_div_factor)]
    if three_phase:
        corners.insert(1, (2 * pct_start * total_steps - 2.0, first))
    begin, rate, t = 0.0, first, min(t, total_steps - 1)
    for end, target in corners:
        if t <= end:
            done = (t - begin) / (end - begin) if end > begin else 1.0
            if anneal_strategy == "linear":
                return (target - rate) * done + rate
            return target + (rate - target) / 2.0 * (math.cos(math.pi * done) + 1)
        begin, rate = end, target
    return rate


ONE_CYCLE = Schedule(
    key="one_cycle",
    aliases=("OneCycleLR",),
    label="one cycle",
    sentence="The rate climbs to η₀ and falls far below where it began; η₀ is the peak.",
    latex=(
        r"\frac{\eta_0}{d} \to \eta_0 \to \frac{\eta_0}{d \cdot d_{\mathrm{end}}}, \quad "
        r"\eta_t = b + \frac{1}{2} (a - b) (1 + \cos \pi \tau) \text{ from } a \text{ to } b"
    ),
    torch="OneCycleLR",
    hyperparameters=_ONE_CYCLE_HYPERPARAMETERS,
    learning_rate=_one_cycle,
    constraint=_one_cycle_constraint,
    source="Smith and Topin 2018; PyTorch's default of two phases",
)


_CYCLIC_HYPERPARAMETERS = (
    Hyperparameter("max_lr", "peak η_max", 0.1, 0.0, sentence="The rate at the top of the first triangle."),
    Hyperparameter("step_size_up", "climb", 20, 1, kind="int", sentence="Steps from the bottom to the top."),
    Hyperparameter("step_size_down", "fall", 20, 1, kind="int", sentence="Steps from the top to the bottom."),
    Hyperparameter(
        "mode",
        "peaks",
        "triangular",
        kind="choice",
        choices=("triangular", "triangular2", "exp_range"),
        sentence="All alike, halved each cycle, or shrunk by γ each step.",
    ),
    Hyperparameter("gamma", "γ", 1.0, 0.0, 1.0, sentence="Factor per step for exp_range.", open_low=True),
)


def _cyclic(base: Any, t: int, *, max_lr: Any, step_size_up: int, step_size_down: int, mode: str, gamma: float) -> Any:
    """The rate after t steps; base is the bottom."""
    period = step_size_up + step_size_down
    cycle, position = divmod(t, period)
    height = position / step_size_up if position <= step_size_up else (period - position) / step_size_down
    scale = {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": gamma**t}[mode]
    return base + (max_lr - base) * height * scale


CYCLIC = Schedule(
    key="cyclic",
    aliases=("CyclicLR",),
    label="cyclic",
    sentence="The rate climbs from η₀ to a peak and falls back, again and again; the peaks may shrink.",
    latex=r"\eta_t = \eta_0 + (\eta_{\max} - \eta_0) \cdot \Lambda_t \cdot s_t, \quad \Lambda_t: 0 \to 1 \to 0",
    torch="CyclicLR",
    hyperparameters=_CYCLIC_HYPERPARAMETERS,
    learning_rate=_cyclic,
    source="Smith 2017; triangular2 halves the height each cycle, exp_range shrinks it by γ each step",
)
