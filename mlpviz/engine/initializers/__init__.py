"""Initializers: how initial weights are drawn, one record per rule, from an explicit Generator.

Biases begin at 0, except with PyTorch's own default.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.initializers.initializer import Initializer, initial_parameters
from mlpviz.engine.initializers.random_draws import default_bias, normal, orthogonal, sparse, truncated_normal, uniform
from mlpviz.engine.initializers.variance_scaling import (
    GAIN,
    LINEAR,
    SCALED_HYPERPARAMETERS,
    calculate_gain,
    kaiming_std,
    lecun_std,
    share_between,
    truncated_std,
    xavier_std,
)
from mlpviz.engine.registry import Registry

__all__ = ["INITIALIZERS", "Initializer", "calculate_gain", "initial_parameters"]


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


_MEAN = Hyperparameter("mean", "mean", 0.0, sentence="Where the middle lies.")
_STD = Hyperparameter("std", "standard deviation σ", 1.0, 0.0, sentence="How far weights scatter.", open_low=True)

INITIALIZERS: Registry[Initializer] = Registry(
    "initializer",
    (
        Initializer(
            key="torch_linear",
            aliases=("default",),
            label="PyTorch's default",
            latex=r"W, b \sim U\left( -\frac{1}{\sqrt{I}}, \frac{1}{\sqrt{I}} \right)",
            sentence="What torch.nn.Linear does by itself: uniform, the narrower the more inputs; biases too.",
            torch="kaiming_uniform_",
            fixed=(("a", math.sqrt(5.0)),),
            std=lambda shape: 1.0 / math.sqrt(3.0 * shape[1]),
            draw=uniform(lambda shape: 1.0 / math.sqrt(3.0 * shape[1])),
            bias=default_bias,
            source="torch.nn.Linear.reset_parameters: Kaiming uniform with a = √5",
        ),
        Initializer(
            key="zeros",
            label="zeros",
            latex="W = 0",
            sentence="All weights 0: all units of a layer stay alike forever.",
            torch="zeros_",
            draw=lambda rng, shape: np.zeros(shape),
        ),
        Initializer(
            key="ones",
            label="ones",
            latex="W = 1",
            sentence="All weights 1: all units of a layer stay alike forever.",
            torch="ones_",
            draw=lambda rng, shape: np.ones(shape),
        ),
        Initializer(
            key="constant",
            label="constant",
            latex="W = c",
            sentence="All weights the same: all units of a layer stay alike forever.",
            torch="constant_",
            hyperparameters=(
                Hyperparameter("value", "value c", 0.5, sentence="The value of every weight.", torch="val"),
            ),
            draw=lambda rng, shape, *, value: np.full(shape, value),
        ),
        Initializer(
            key="uniform",
            label="uniform",
            latex=r"W \sim U(\text{low}, \text{high})",
            sentence="Every number between two bounds is equally likely.",
            torch="uniform_",
            hyperparameters=(
                Hyperparameter("low", "low", 0.0, sentence="No weight is smaller.", torch="a"),
                Hyperparameter("high", "high", 1.0, sentence="No weight is larger.", torch="b"),
            ),
            constraint=_above("low", "high"),
            std=lambda shape, *, low, high: (high - low) / math.sqrt(12.0),
            draw=lambda rng, shape, *, low, high: rng.uniform(low, high, shape),
        ),
        Initializer(
            key="normal",
            label="normal",
            latex=r"W \sim N(\text{mean}, \sigma^2)",
            sentence="The bell curve, the same for every layer whatever its width.",
            torch="normal_",
            hyperparameters=(_MEAN, _STD),
            std=lambda shape, *, mean, std: std,
            draw=lambda rng, shape, *, mean, std: rng.normal(mean, std, shape),
        ),
        Initializer(
            key="truncated_normal",
            aliases=("trunc_normal",),
            label="truncated normal",
            latex=r"W \sim N(\text{mean}, \sigma^2) \text{ within } [\text{low}, \text{high}]",
            sentence="The bell curve without its tails: numbers outside of the bounds are drawn again.",
            torch="trunc_normal_",
            hyperparameters=(
                _MEAN,
                _STD,
                Hyperparameter("low", "low", -2.0, sentence="No weight is smaller.", torch="a"),
                Hyperparameter("high", "high", 2.0, sentence="No weight is larger.", torch="b"),
            ),
            constraint=_within,
            std=truncated_std,
            draw=truncated_normal,
        ),
        Initializer(
            key="xavier_uniform",
            aliases=("glorot_uniform",),
            label="Xavier uniform",
            latex=r"W \sim U(-b, b), \quad b = \gamma \sqrt{\frac{6}{I + O}}",
            sentence="Xavier keeps the size of signals and of gradients alike from layer to layer, for tanh.",
            torch="xavier_uniform_",
            hyperparameters=(GAIN,),
            std=xavier_std,
            draw=uniform(xavier_std),
            source="Glorot and Bengio 2010",
        ),
        Initializer(
            key="xavier_normal",
            label="Xavier normal",
            latex=r"W \sim N(0, \sigma^2), \quad \sigma = \gamma \sqrt{\frac{2}{I + O}}",
            sentence="Xavier keeps the size of signals and of gradients alike from layer to layer, for tanh.",
            torch="xavier_normal_",
            hyperparameters=(GAIN,),
            std=xavier_std,
            draw=normal(xavier_std),
            source="Glorot and Bengio 2010",
        ),
        Initializer(
            key="kaiming_uniform",
            aliases=("he_uniform",),
            label="Kaiming (He) uniform",
            latex=r"W \sim U(-b, b), \quad b = \gamma \sqrt{\frac{3}{\text{fan}}}",
            sentence="Kaiming makes up for the half of the signal that ReLU takes away.",
            torch="kaiming_uniform_",
            hyperparameters=SCALED_HYPERPARAMETERS,
            std=kaiming_std,
            draw=uniform(kaiming_std),
            source="He et al. 2015",
        ),
        Initializer(
            key="kaiming_normal",
            label="Kaiming (He) normal",
            latex=r"W \sim N(0, \sigma^2), \quad \sigma = \frac{\gamma}{\sqrt{\text{fan}}}",
            sentence="Kaiming makes up for the half of the signal that ReLU takes away.",
            torch="kaiming_normal_",
            hyperparameters=SCALED_HYPERPARAMETERS,
            std=kaiming_std,
            draw=normal(kaiming_std),
            source="He et al. 2015",
        ),
        Initializer(
            key="lecun_uniform",
            label="LeCun uniform",
            latex=r"W \sim U(-b, b), \quad b = \sqrt{\frac{3}{I}}",
            sentence="LeCun keeps the size of the signal from layer to layer; SELU wants it.",
            torch="kaiming_uniform_",
            fixed=(("nonlinearity", LINEAR),),
            std=lecun_std,
            draw=uniform(lecun_std),
            source="LeCun et al. 1998; PyTorch: Kaiming with gain 1",
        ),
        Initializer(
            key="lecun_normal",
            label="LeCun normal",
            latex=r"W \sim N(0, \sigma^2), \quad \sigma = \frac{1}{\sqrt{I}}",
            sentence="LeCun keeps the size of the signal from layer to layer; SELU wants it.",
            torch="kaiming_normal_",
            fixed=(("nonlinearity", LINEAR),),
            std=lecun_std,
            draw=normal(lecun_std),
            source="LeCun et al. 1998; the plain normal, where Keras cuts it off at 2σ",
        ),
        Initializer(
            key="orthogonal",
            label="orthogonal",
            latex=r"W W^\top = \gamma^2 \cdot 1 \text{ or } W^\top W = \gamma^2 \cdot 1",
            sentence="A random rotation: rows or columns stand at right angles, so no signal is stretched.",
            torch="orthogonal_",
            hyperparameters=(GAIN,),
            std=lambda shape, *, gain: gain / math.sqrt(max(shape)),
            draw=orthogonal,
            source="Saxe et al. 2014",
        ),
        Initializer(
            key="sparse",
            label="sparse",
            latex=r"W \sim N(0, \sigma^2), \text{ a share of each column} = 0",
            sentence="Each input reaches only some of the units; the other weights begin at 0.",
            torch="sparse_",
            hyperparameters=(
                Hyperparameter("sparsity", "share of zeros", 0.5, 0.0, 1.0, sentence="Share of zeros in each column."),
                Hyperparameter("std", "standard deviation σ", 0.01, 0.0, sentence="Of the others.", open_low=True),
            ),
            std=lambda shape, *, sparsity, std: std * math.sqrt(1.0 - math.ceil(sparsity * shape[0]) / shape[0]),
            draw=sparse,
            source="Martens 2010",
        ),
        Initializer(
            key="eye",
            aliases=("identity",),
            label="identity matrix",
            latex=r"W_{ji} = [j = i]",
            sentence="Each unit passes on the input of its own number.",
            torch="eye_",
            draw=lambda rng, shape: np.eye(*shape),
        ),
    ),
)
