"""The scheduler of PyTorch that has the rates of one of our schedules."""

import warnings
from typing import Any

import torch

from mlpviz.engine.hyperparameters import torch_arguments
from mlpviz.engine.schedules import Schedule

# torch takes these base rates as arguments of its own
OWN_BASE = {"one_cycle": "max_lr", "cyclic": "base_lr"}


def scheduler_of(schedule: Schedule, optimizer: Any) -> Any:
    """The scheduler, with the optimizer's learning rate as base; momentum is not cycled."""
    schedulers, base = torch.optim.lr_scheduler, optimizer.param_groups[0]["lr"]
    arguments = torch_arguments(schedule.hyperparameters, schedule.settings)
    with warnings.catch_warnings():
        # SequentialLR calls its parts in a way that the parts warn about
        warnings.filterwarnings("ignore", message="The epoch parameter|Detected call of", category=UserWarning)
        if schedule.key == "warm_up_cosine":
            climb = arguments["warm_up"]
            parts = [
                schedulers.LinearLR(optimizer, arguments["start_factor"], 1.0, climb),
                schedulers.CosineAnnealingLR(optimizer, arguments["total_iters"] - climb, arguments["eta_min"]),
            ]
            return schedulers.SequentialLR(optimizer, parts, [climb])
        if schedule.key in OWN_BASE:
            arguments |= {OWN_BASE[schedule.key]: base, "cycle_momentum": False}
        return getattr(schedulers, schedule.torch)(optimizer, **arguments)
