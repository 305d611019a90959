"""How a learning rate falls when a metric stops getting better: pure steps from state to state."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from mlpviz.engine.hyperparameters import Hyperparameter


class PlateauState(NamedTuple):
    """What the schedule remembers between two looks at the metric."""

    learning_rate: float
    best: float
    """the best metric so far"""
    bad: int
    """looks in a row that brought nothing better"""
    cooldown: int
    """looks for which nothing is counted, after a reduction"""


PLATEAU_HYPERPARAMETERS = (
    Hyperparameter(
        "mode", "better is", "min", kind="choice", choices=("min", "max"), sentence="Whether the metric should fall."
    ),
    Hyperparameter("factor", "factor γ", 0.1, 0.0, 1.0, sentence="What the rate is multiplied by.", open_high=True),
    Hyperparameter("patience", "patience", 10, 0, kind="int", sentence="How many looks without progress are forgiven."),
    Hyperparameter("threshold", "smallest progress", 1e-4, 0.0, sentence="How much better counts as better."),
    Hyperparameter(
        "threshold_mode",
        "progress is",
        "rel",
        kind="choice",
        choices=("rel", "abs"),
        sentence="Measured against the best so far, or as a plain difference.",
    ),
    Hyperparameter("cooldown", "cooldown", 0, 0, kind="int", sentence="How many looks to wait after a reduction."),
    Hyperparameter("min_lr", "smallest rate", 0.0, 0.0, sentence="The rate never falls below."),
    Hyperparameter("eps", "ε", 1e-8, 0.0, sentence="A reduction smaller than this is not made."),
)


def start(base: float, *, mode: str, **_: Any) -> PlateauState:
    """The state before the first look."""
    return PlateauState(base, math.inf if mode == "min" else -math.inf, 0, 0)


def _better(metric: float, best: float, mode: str, threshold: float, threshold_mode: str) -> bool:
    if mode == "min":
        return metric < (best * (1.0 - threshold) if threshold_mode == "rel" else best - threshold)
    return metric > (best * (1.0 + threshold) if threshold_mode == "rel" else best + threshold)


def observe(
    state: PlateauState,
    metric: float,
    *,
    mode: str,
    factor: float,
    patience: int,
    threshold: float,
    threshold_mode: str,
    cooldown: int,
    min_lr: float,
    eps: float,
) -> PlateauState:
    """The state after one look at the metric."""
    rate, best, bad, resting = state
    if _better(metric, best, mode, threshold, threshold_mode):
        best, bad = metric, 0
    else:
        bad += 1
    if resting:
        resting, bad = resting - 1, 0
    if bad > patience:
        reduced = max(rate * factor, min_lr)
        rate = reduced if rate - reduced > eps else rate
        resting, bad = cooldown, 0
    return PlateauState(rate, best, bad, resting)
