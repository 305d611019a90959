"""The plan of a training: everything but the network, its initial parameters and the data. Frozen and validated."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from mlpviz.engine.averages import WeightAverage
from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer, ParameterGroup
from mlpviz.engine.parameters import Array
from mlpviz.engine.regularization import Clipping, Penalty
from mlpviz.engine.schedules import Schedule

MetricFunction = Callable[[Array, Array], Any]
"""From outputs y (..., N, O) and targets t (N, O) to one number per network, or more: `METRICS[key].of(spec)`."""


class PlanError(ValueError):
    """An invalid plan; the message names the field, what was given and what is allowed."""


@dataclass(frozen=True, kw_only=True)
class EarlyStopping:
    """Early stopping: after more than `patience` epochs in a row without a fall of the watched loss by `min_change`.

    `restore_best` restores the parameters of the best epoch at the end.
    """

    patience: int = 10
    min_change: float = 0.0
    restore_best: bool = True
    watch: Literal["validation", "train"] = "validation"

    def __post_init__(self) -> None:
        _whole("patience", self.patience, 0)
        if not (math.isfinite(self.min_change) and self.min_change >= 0):
            raise PlanError(f"min_change is {self.min_change}, expected a number from 0 up")
        _one_of("watch", self.watch, ("validation", "train"))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One way to train. Raises PlanError naming the field.

    `batch_size` is None for the full batch; the last batch of an epoch may be smaller. `schedule` counts steps or
    epochs done. `penalties` are added to the loss and apply to weights only; with `penalize_biases` to every parameter,
    gamma and beta of a norm too. The optimizer's weight decay applies to every parameter, as in torch.optim, unless it
    is a vector (P,). Neither applies to running statistics, which are not parameters.
    `groups` are the parameters that learn, with the rate of each group before a schedule (None: the optimizer's), and
    its weight decay; parameters in no group are frozen, None is all in one. A tied number is in the group of its first
    place alone.
    `average` is a second network beside the one that learns. `dtype` is the type of all arrays. `shuffles`: networks
    trained side by side share one order or have one each.
    """

    optimizer: Optimizer = field(default_factory=lambda: OPTIMIZERS["sgd"])
    schedule: Schedule | None = None
    schedule_counts: Literal["steps", "epochs"] = "steps"
    batch_size: int | None = None
    epochs: int = 100
    shuffle: bool = True
    shuffles: Literal["shared", "own"] = "shared"
    penalties: tuple[Penalty, ...] = ()
    penalize_biases: bool = False
    clipping: Clipping | None = None
    groups: tuple[ParameterGroup, ...] | None = None
    average: WeightAverage | None = None
    stopping: EarlyStopping | None = None
    metric: MetricFunction | None = None
    measure_train: bool = True
    dtype: Any = np.float64

    def __post_init__(self) -> None:
        _whole("epochs", self.epochs, 0)
        if self.batch_size is not None:
            _whole("batch_size", self.batch_size, 1)
        _one_of("schedule_counts", self.schedule_counts, ("steps", "epochs"))
        _one_of("shuffles", self.shuffles, ("shared", "own"))
        if np.dtype(self.dtype) not in (np.float32, np.float64):
            raise PlanError(f"dtype is {np.dtype(self.dtype)}, expected one of float32, float64")
        if self.schedule is not None and self.schedule.observe is not None and self.schedule_counts == "steps":
            raise PlanError(f"schedule_counts is steps, expected epochs for schedule {self.schedule.key}")


def _whole(name: str, value: Any, low: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise PlanError(f"{name} is {value}, expected a whole number from {low} up")


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise PlanError(f"{name} is {value!r}, expected one of {', '.join(choices)}")
