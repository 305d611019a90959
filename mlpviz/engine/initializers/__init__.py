"""Initializers: how initial weights are drawn, one record per rule, from an explicit Generator.

Biases begin at 0, except with PyTorch's own default.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.expressions import Constant, Expression, FormulaLine, over, sqrt
from mlpviz.engine.hyperparameters import Hyperparameter, exact
from mlpviz.engine.initializers.formula import (
    BOUND,
    INPUTS,
    OUTPUTS,
    STD,
    WeightRule,
    filled,
    letter,
    normal_rule,
    truncated_rule,
    uniform_rule,
)
from mlpviz.engine.initializers.initializer import Initializer, initial_parameters
from mlpviz.engine.initializers.random_draws import (
    cut_off,
    default_bias,
    normal,
    orthogonal,
    sparse,
    truncated_normal,
    uniform,
)
from mlpviz.engine.initializers.variance_scaling import (
    GAIN,
    LINEAR,
    SCALED_HYPERPARAMETERS,
    TRUNCATED_AT_2,
    calculate_gain,
    fan_letter,
    gain_line,
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


_MEAN = Hyperparameter("mean", "mean", 0.0, sentence="Where the middle lies.", symbol=r"\text{mean}")
_STD = Hyperparameter(
    "std", "standard deviation σ", 1.0, 0.0, sentence="How far weights scatter.", open_low=True, symbol=r"\sigma"
)
_VALUE = Hyperparameter("value", "value c", 0.5, sentence="The value of every weight.", torch="val", symbol="c")
_LOW = Hyperparameter("low", "low", 0.0, sentence="No weight is smaller.", torch="a", symbol=r"\text{low}")
_HIGH = Hyperparameter("high", "high", 1.0, sentence="No weight is larger.", torch="b", symbol=r"\text{high}")
_SPARSITY = Hyperparameter(
    "sparsity", "share of zeros", 0.5, 0.0, 1.0, sentence="Share of zeros in each column.", symbol="s"
)

_XAVIER = sqrt(over(2, INPUTS + OUTPUTS))
_G = letter(GAIN)


def _always(rule: WeightRule) -> Callable[[Any], WeightRule]:
    return lambda _settings: rule


def _bounded(*definitions: FormulaLine) -> WeightRule:
    return uniform_rule(-BOUND, BOUND).where(*definitions)


def _scaled(uniform_too: bool) -> Callable[[Mapping[str, Any]], WeightRule]:
    """Kaiming's rule: γ by the activation, over the root of the fan."""

    def rule(settings: Mapping[str, Any]) -> WeightRule:
        fan, gain = fan_letter(settings), gain_line(settings)
        if uniform_too:
            return _bounded(FormulaLine(BOUND, _G * sqrt(over(3, fan))), gain)
        return normal_rule(STD).where(FormulaLine(STD, _G / sqrt(fan)), gain)

    return rule


def _cut_off(std: Expression, *definitions: FormulaLine) -> WeightRule:
    """A normal without what lies beyond 2σ, where σ is so much larger that `std` is left."""
    return truncated_rule(STD, -2 * STD, 2 * STD).where(
        FormulaLine(STD, std / Constant(TRUNCATED_AT_2, f"{TRUNCATED_AT_2:.4f}")), *definitions
    )


ORTHOGONAL = WeightRule(
    r"W W^\top = {0}^2 \cdot 1 \text{{ or }} W^\top W = {0}^2 \cdot 1",
    (
        "q, r = np.linalg.qr(rng.normal(size=(max(O, I), min(O, I))))",
        "q = q * np.sign(np.diag(r))",
        "W = {0} * (q if O >= I else q.T)",
    ),
    (_G,),
)
SPARSE = WeightRule(
    r"W \sim N(0, {0}^2), \quad \lceil {1} \cdot O \rceil \text{{ of each column}} = 0",
    (
        "W = rng.normal(0, {0}, (O, I))",
        "order = rng.permuted(np.tile(np.arange(O)[:, None], I), axis=0)",
        "W[order < np.ceil({1} * O)] = 0",
    ),
    (STD, letter(_SPARSITY)),
)
IDENTITY_MATRIX = WeightRule("W_{{ji}} = [j = i]", ("W = np.eye(O, I)",))


INITIALIZERS: Registry[Initializer] = Registry(
    "initializer",
    (
        Initializer(
            key="torch_linear",
            aliases=("default",),
            label="PyTorch's default",
            formula=_always(
                replace(
                    _bounded(FormulaLine(BOUND, 1 / sqrt(INPUTS))),
                    shown=r"W, b \sim U({0}, {1})",
                    bias="rng.uniform(-bound, bound, O)",
                )
            ),
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
            formula=_always(filled(0)),
            sentence="All weights 0: all units of a layer stay alike forever.",
            torch="zeros_",
            draw=lambda rng, shape: np.zeros(shape),
        ),
        Initializer(
            key="ones",
            label="ones",
            formula=_always(filled(1)),
            sentence="All weights 1: all units of a layer stay alike forever.",
            torch="ones_",
            draw=lambda rng, shape: np.ones(shape),
        ),
        Initializer(
            key="constant",
            label="constant",
            formula=_always(filled(letter(_VALUE))),
            sentence="All weights the same: all units of a layer stay alike forever.",
            torch="constant_",
            hyperparameters=(_VALUE,),
            draw=lambda rng, shape, *, value: np.full(shape, value),
        ),
        Initializer(
            key="uniform",
            label="uniform",
            formula=_always(uniform_rule(letter(_LOW), letter(_HIGH))),
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
            formula=_always(normal_rule(STD, letter(_MEAN))),
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
            formula=_always(truncated_rule(STD, letter(_LOW), letter(_HIGH), letter(_MEAN))),
            sentence="The bell curve without its tails: numbers outside of the bounds are drawn again.",
            torch="trunc_normal_",
            hyperparameters=(
                _MEAN,
                _STD,
                replace(_LOW, default=-2.0),
                replace(_HIGH, default=2.0),
            ),
            constraint=_within,
            std=truncated_std,
            draw=truncated_normal,
        ),
        Initializer(
            key="xavier_uniform",
            aliases=("glorot_uniform",),
            label="Xavier uniform",
            formula=_always(_bounded(FormulaLine(BOUND, _G * sqrt(over(6, INPUTS + OUTPUTS))))),
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
            formula=_always(normal_rule(STD).where(FormulaLine(STD, _G * _XAVIER))),
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
            formula=_scaled(uniform_too=True),
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
            formula=_scaled(uniform_too=False),
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
            formula=_always(_bounded(FormulaLine(BOUND, sqrt(over(3, INPUTS))))),
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
            formula=_always(normal_rule(STD).where(FormulaLine(STD, 1 / sqrt(INPUTS)))),
            sentence="LeCun keeps the size of the signal from layer to layer; SELU wants it.",
            torch="kaiming_normal_",
            fixed=(("nonlinearity", LINEAR),),
            std=lecun_std,
            draw=normal(lecun_std),
            source="LeCun et al. 1998; the plain normal, where Keras cuts it off at 2σ",
        ),
        Initializer(
            key="xavier_truncated",
            aliases=("glorot_normal",),
            label="Xavier (Glorot) normal, cut off",
            formula=_always(_cut_off(_G * _XAVIER)),
            sentence="Xavier's normal as Keras and JAX draw it: without its tails, and wider by what they would add.",
            torch="trunc_normal_",
            by_layer=True,
            hyperparameters=(GAIN,),
            std=xavier_std,
            draw=cut_off(xavier_std),
            source="Glorot and Bengio 2010; Keras's GlorotNormal, JAX's glorot_normal",
        ),
        Initializer(
            key="kaiming_truncated",
            aliases=("he_normal",),
            label="Kaiming (He) normal, cut off",
            formula=lambda settings: _cut_off(_G / sqrt(fan_letter(settings)), gain_line(settings)),
            sentence="Kaiming's normal as Keras and JAX draw it: without its tails, and wider by what they would add.",
            torch="trunc_normal_",
            by_layer=True,
            hyperparameters=SCALED_HYPERPARAMETERS,
            std=kaiming_std,
            draw=cut_off(kaiming_std),
            source="He et al. 2015; Keras's HeNormal, JAX's he_normal",
        ),
        Initializer(
            key="lecun_truncated",
            label="LeCun normal, cut off",
            formula=_always(_cut_off(1 / sqrt(INPUTS))),
            sentence="LeCun's normal as Keras and JAX draw it: without its tails, and wider by what they would add.",
            torch="trunc_normal_",
            by_layer=True,
            std=lecun_std,
            draw=cut_off(lecun_std),
            source="LeCun et al. 1998; Keras's LecunNormal, JAX's lecun_normal",
        ),
        Initializer(
            key="orthogonal",
            label="orthogonal",
            formula=_always(ORTHOGONAL),
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
            formula=_always(SPARSE),
            sentence="Each input reaches only some of the units; the other weights begin at 0.",
            torch="sparse_",
            hyperparameters=(
                _SPARSITY,
                replace(_STD, default=0.01, sentence="Of the others."),
            ),
            std=lambda shape, *, sparsity, std: std * math.sqrt(1.0 - math.ceil(sparsity * shape[0]) / shape[0]),
            draw=sparse,
            source="Martens 2010",
        ),
        Initializer(
            key="eye",
            aliases=("identity",),
            label="identity matrix",
            formula=_always(IDENTITY_MATRIX),
            sentence="Each unit passes on the input of its own number.",
            torch="eye_",
            draw=lambda rng, shape: np.eye(*shape),
        ),
    ),
)
