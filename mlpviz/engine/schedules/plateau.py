"""Reduce on plateau: the learning rate falls when a metric has stopped improving. Pure steps from state to state."""

from __future__ import annotations

import math
from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.schedule import PlateauState, Schedule

_HYPERPARAMETERS = (
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


def _start(base: float, *, mode: str, **_: Any) -> PlateauState:
    """The state before the first value of the metric."""
    return PlateauState(base, math.inf if mode == "min" else -math.inf, 0, 0)


def _better(metric: float, best: float, mode: str, threshold: float, threshold_mode: str) -> bool:
    if mode == "min":
        return metric < (best * (1.0 - threshold) if threshold_mode == "rel" else best - threshold)
    return metric > (best * (1.0 + threshold) if threshold_mode == "rel" else best + threshold)


def _observe(
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
    """The state after one more value of the metric."""
    rate, best, bad, waiting = state
    if _better(metric, best, mode, threshold, threshold_mode):
        best, bad = metric, 0
    else:
        bad += 1
    if waiting:
        waiting, bad = waiting - 1, 0
    if bad > patience:
        reduced = max(rate * factor, min_lr)
        rate = reduced if rate - reduced > eps else rate
        waiting, bad = cooldown, 0
    return PlateauState(rate, best, bad, waiting)


REDUCE_ON_PLATEAU = Schedule(
    key="reduce_on_plateau",
    aliases=("ReduceLROnPlateau",),
    label="reduce on plateau",
    sentence="The rate falls by a factor when the metric has not got better for a while.",
    latex=r"\eta \leftarrow \max(\gamma \cdot \eta, \eta_{\min}) \text{ after more than } p \text{ bad looks}",
    torch="ReduceLROnPlateau",
    hyperparameters=_HYPERPARAMETERS,
    learning_rate=lambda base, t, *, state, **_: state.learning_rate,
    start=_start,
    observe=_observe,
)
