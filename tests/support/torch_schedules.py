"""The scheduler of PyTorch that has the rates of one of our schedules, and settings that vary every hyperparameter."""

import warnings
from typing import Any

import torch
from torch.optim import lr_scheduler

from mlpviz.engine.hyperparameters import Part
from mlpviz.engine.schedules import Schedule
from mlpviz.engine.schedules.code import torch_lines
from tests.support.code_lines import run_line

BASE = 0.3


def _parts(*parts: str | tuple[str, dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(part) if isinstance(part, str) else Part(part[0], tuple(part[1].items())) for part in parts)


_CYCLED = {"cycle_momentum": True, "base_momentum": 0.7, "max_momentum": 0.97}

VARIED: list[tuple[str, dict[str, Any]]] = [
    ("constant", {"factor": 0.25, "total_iters": 7}),
    ("step", {"step_size": 7, "gamma": 0.5}),
    ("multi_step", {"milestones": (40, 10, 10, 90), "gamma": 0.3}),
    ("exponential", {"gamma": 0.9}),
    ("cosine", {"T_max": 30, "eta_min": 0.01}),
    ("cosine", {"T_max": 1}),
    ("cosine_restarts", {"T_0": 7, "T_mult": 2, "eta_min": 0.02}),
    ("cosine_restarts", {"T_0": 3, "T_mult": 3}),
    ("linear", {"start_factor": 0.2, "end_factor": 0.9, "total_iters": 13}),
    ("linear", {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 60}),
    ("polynomial", {"total_iters": 60, "power": 2.5}),
    ("warm_up", {"start_factor": 0.01, "total_iters": 20}),
    ("warm_up_cosine", {"warm_up": 20, "total_iters": 101, "start_factor": 0.1, "eta_min": 0.02}),
    ("one_cycle", {"pct_start": 0.45, "anneal_strategy": "linear", "div_factor": 5.0, "final_div_factor": 50.0}),
    ("one_cycle", {"pct_start": 0.25, "three_phase": True}),
    ("one_cycle", {"pct_start": 0.0}),
    ("one_cycle", {"pct_start": 0.9}),
    ("one_cycle", {"pct_start": 0.25, **_CYCLED}),
    ("one_cycle", {"pct_start": 0.25, "three_phase": True, "anneal_strategy": "linear", **_CYCLED}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 13}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 3, "mode": "triangular2"}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 7, "mode": "exp_range", "gamma": 0.97}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 5, **_CYCLED}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 7, "mode": "triangular2", **_CYCLED}),
    ("piecewise", {"steps": (3, 9, 20), "rates": (0.5, 2.0, 0.25)}),
    ("piecewise", {"steps": (0, 10, 40), "rates": (0.1, 1.0, 0.0), "between": "linear"}),
    ("piecewise", {"steps": (5, 30), "rates": (0.02, 0.3), "relative": False}),
    ("sequential", {"schedules": _parts("constant", ("step", {"step_size": 3, "gamma": 0.7})), "milestones": (12,)}),
    (
        "sequential",
        {
            "schedules": _parts(
                ("warm_up", {"total_iters": 7}),
                ("multi_step", {"milestones": (4, 9), "gamma": 0.5}),
                ("cosine_restarts", {"T_0": 4, "T_mult": 2, "eta_min": 0.01}),
                ("cosine", {"T_max": 9, "eta_min": 0.02}),
                ("polynomial", {"total_iters": 6, "power": 2.0}),
            ),
            "milestones": (8, 20, 31, 45),
        },
    ),
    ("sequential", {"schedules": _parts("one_cycle", "cyclic", "warm_up_cosine"), "milestones": (10, 30)}),
    ("sequential", {"schedules": _parts("exponential"), "milestones": ()}),
    ("chained", {"schedules": _parts(("warm_up", {"total_iters": 9}), ("step", {"step_size": 5, "gamma": 0.8}))}),
    ("chained", {"schedules": _parts("polynomial", "multi_step", "exponential", "linear", "constant")}),
    ("chained", {"schedules": _parts("warm_up", ("cosine", {"T_max": 20, "eta_min": 0.01}), "piecewise")}),
    ("cyclic", {"step_size_up": 4, "step_size_down": 9, "mode": "exp_range", "gamma": 0.9, **_CYCLED}),
]
"""Keys and settings of schedules that follow the clock."""

PLATEAUS: list[tuple[str, dict[str, Any]]] = [
    ("reduce_on_plateau", {}),
    ("reduce_on_plateau", {"patience": 2, "factor": 0.5, "cooldown": 3, "min_lr": 0.02}),
    ("reduce_on_plateau", {"patience": 0, "mode": "max", "threshold": 0.05, "threshold_mode": "abs"}),
    ("reduce_on_plateau", {"patience": 1, "mode": "max", "threshold": 0.1, "threshold_mode": "rel", "factor": 0.7}),
    ("reduce_on_plateau", {"patience": 1, "mode": "min", "threshold": 0.05, "threshold_mode": "abs", "eps": 0.01}),
]
"""The same of those that watch a metric."""


def scheduler_of(schedule: Schedule, optimizer: Any) -> Any:
    """The scheduler, made by the line that the app shows, with the optimizer's learning rate as base."""
    lines = torch_lines(schedule, optimizer.param_groups[0]["lr"])
    return run_line("\n".join(lines), lr_scheduler=lr_scheduler, optimizer=optimizer)["scheduler"]


def torch_steps(schedule: Schedule, steps: int, momentum: float = 0.5) -> list[tuple[float, float]]:
    """The learning rate and the momentum of each step."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE, momentum=momentum)
    scheduler = scheduler_of(schedule, optimizer)
    found = []
    for _ in range(steps):
        group = optimizer.param_groups[0]
        found.append((group["lr"], group["momentum"]))
        optimizer.step()
        with warnings.catch_warnings():
            # SequentialLR calls its parts in a way that the parts warn about
            warnings.filterwarnings("ignore", message="The epoch parameter|Detected call of", category=UserWarning)
            scheduler.step()
    return found


def torch_rates(schedule: Schedule, steps: int) -> list[float]:
    """The learning rate of each step."""
    return [rate for rate, _ in torch_steps(schedule, steps)]
