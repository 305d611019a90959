"""Initializers that draw from one distribution, whatever the width of the layer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.initializers.formula import STD, always, letter, normal_rule, truncated_rule, uniform_rule
from mlpviz.engine.initializers.initializer import Initializer
from mlpviz.engine.initializers.random_draws import truncated_normal
from mlpviz.engine.initializers.variance_scaling import share_between, truncated_std


def _above(low: str, high: str) -> Callable[[Any], str | None]:
    return lambda values: (
        None
        if values[low] < values[high]
        else f"{high} is {exact(values[high])}, expected above {low}, {exact(values[low])}"
    )


def _within(values: Mapping[str, Any]) -> str | None:
    low, high, mean, std = (values[name] for name in ("low", "high", "mean", "std"))
    if low < high and share_between((low - mean) / std, (high - mean) / std) == 0.0:
        return f"low and high are {exact(low)} and {exact(high)}: no number of a normal around {exact(mean)} lies there"
    return _above("low", "high")(values)


_MEAN = Hyperparameter("mean", "mean", 0.0, sentence="Where the middle lies.", symbol=r"\text{mean}")
STANDARD_DEVIATION = Hyperparameter(
    "std", "standard deviation σ", 1.0, 0.0, sentence="How far weights scatter.", open_low=True, symbol=r"\sigma"
)
_LOW = Hyperparameter("low", "low", 0.0, sentence="No weight is smaller.", torch="a", symbol=r"\text{low}")
_HIGH = Hyperparameter("high", "high", 1.0, sentence="No weight is larger.", torch="b", symbol=r"\text{high}")

PLAIN_DRAWS = (
    Initializer(
        key="uniform",
        label="uniform",
        formula=always(uniform_rule(letter(_LOW), letter(_HIGH))),
        sentence="Every number between two bounds is equally likely.",
        torch="uniform_",
        hyperparameters=(_LOW, _HIGH),
        constraint=_above("low", "high"),
        std=lambda shape, *, low, high: (high - low) / math.sqrt(12.0),
        draw=lambda rng, shape, *, low, high: rng.uniform(low, high, shape),
    ),
    Initializer(
        key="normal",
        label="normal",
        formula=always(normal_rule(STD, letter(_MEAN))),
        sentence="The bell curve, the same for every layer whatever its width.",
        torch="normal_",
        hyperparameters=(_MEAN, STANDARD_DEVIATION),
        std=lambda shape, *, mean, std: std,
        draw=lambda rng, shape, *, mean, std: rng.normal(mean, std, shape),
    ),
    Initializer(
        key="truncated_normal",
        aliases=("trunc_normal",),
        label="truncated normal",
        formula=always(truncated_rule(STD, letter(_LOW), letter(_HIGH), letter(_MEAN))),
        sentence="The bell curve without its tails: numbers outside of the bounds are drawn again.",
        torch="trunc_normal_",
        hyperparameters=(
            _MEAN,
            STANDARD_DEVIATION,
            replace(_LOW, default=-2.0),
            replace(_HIGH, default=2.0),
        ),
        constraint=_within,
        std=truncated_std,
        draw=truncated_normal,
    ),
)
