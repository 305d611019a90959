"""Reduce on plateau: the learning rate falls when a metric has stopped improving. Pure steps from state to state."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mlpviz.engine.expressions import FormulaLine, Operation, Symbol, becomes, cases, maximum
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.schedules.schedule import RATE, PlateauState, Schedule, symbol_of

_FACTOR = Hyperparameter(
    "factor", "factor γ", 0.1, 0.0, 1.0, sentence="What the rate is multiplied by.", open_high=True, symbol=r"\gamma"
)
_PATIENCE = Hyperparameter(
    "patience", "patience", 10, 0, kind="int", sentence="How many looks without progress are forgiven.", symbol="p"
)
_THRESHOLD = Hyperparameter(
    "threshold", "smallest progress", 1e-4, 0.0, sentence="How much better counts as better.", symbol=r"\delta"
)
_COOLDOWN = Hyperparameter(
    "cooldown", "cooldown", 0, 0, kind="int", sentence="How many looks to wait after a reduction.", symbol="k"
)
_LEAST = Hyperparameter(
    "min_lr", "smallest rate", 0.0, 0.0, sentence="The rate never falls below.", symbol=r"\eta_{\min}"
)
_EPS = Hyperparameter("eps", "ε", 1e-8, 0.0, sentence="A reduction smaller than this is not made.", symbol=r"\epsilon")

_HYPERPARAMETERS = (
    Hyperparameter(
        "mode", "better is", "min", kind="choice", choices=("min", "max"), sentence="Whether the metric should fall."
    ),
    _FACTOR,
    _PATIENCE,
    _THRESHOLD,
    Hyperparameter(
        "threshold_mode",
        "progress is",
        "rel",
        kind="choice",
        choices=("rel", "abs"),
        sentence="Measured against the best so far, or as a plain difference.",
    ),
    _COOLDOWN,
    _LEAST,
    _EPS,
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


METRIC = Symbol("m", "metric")
"""The watched loss or metric of this epoch."""
_BEST, _BAD, _WAITING = Symbol("b", "best"), Symbol("n", "bad"), Symbol("w", "waiting")
_BETTER = Symbol("B", "better")
_G, _P, _D, _K, _LOW, _E = (symbol_of(each) for each in (_FACTOR, _PATIENCE, _THRESHOLD, _COOLDOWN, _LEAST, _EPS))
_REDUCED = maximum(_G * RATE, _LOW)


def _memory(settings: Mapping[str, Any]) -> tuple[FormulaLine, ...]:
    """The lines before that of the rate: is it better, how many looks in a row were not, how long is the wait."""
    if settings["mode"] == "max":
        better = (_BEST * (1 + _D) if settings["threshold_mode"] == "rel" else _BEST + _D) < METRIC
    else:
        better = Operation("<", (METRIC, _BEST * (1 - _D) if settings["threshold_mode"] == "rel" else _BEST - _D))
    return (
        FormulaLine(_BETTER, better),
        becomes(_BEST, cases((METRIC, _BETTER), otherwise=_BEST)),
        becomes(_BAD, cases((0, _BETTER + _WAITING > 0), otherwise=_BAD + 1)),
        becomes(_WAITING, maximum(_WAITING - 1, 0)),
    )


def _formula(_settings: Mapping[str, Any]) -> FormulaLine:
    falls = (_BAD > _P) * (RATE - _REDUCED > _E)
    return becomes(RATE, cases((_REDUCED, falls), otherwise=RATE))


def _after(_settings: Mapping[str, Any]) -> tuple[FormulaLine, ...]:
    """The lines after that of the rate: the wait begins, and the looks are counted anew."""
    return (
        becomes(_WAITING, cases((_K, _BAD > _P), otherwise=_WAITING)),
        becomes(_BAD, cases((0, _BAD > _P), otherwise=_BAD)),
    )


REDUCE_ON_PLATEAU = Schedule(
    key="reduce_on_plateau",
    aliases=("ReduceLROnPlateau",),
    label="reduce on plateau",
    sentence="The rate falls by a factor when the metric has not got better for a while.",
    formula=_formula,
    memory=_memory,
    after=_after,
    torch="ReduceLROnPlateau",
    hyperparameters=_HYPERPARAMETERS,
    learning_rate=lambda base, t, *, state, **_: state.learning_rate,
    start=_start,
    observe=_observe,
)
