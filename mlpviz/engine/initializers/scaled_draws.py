"""Initializers that draw the narrower, the wider a layer: PyTorch's default, Xavier, Kaiming and LeCun."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from mlpviz.engine.expressions import Constant, Expression, FormulaLine, over, sqrt
from mlpviz.engine.initializers.formula import (
    BOUND,
    INPUTS,
    OUTPUTS,
    STD,
    WeightRule,
    always,
    letter,
    normal_rule,
    truncated_rule,
    uniform_rule,
)
from mlpviz.engine.initializers.initializer import Initializer
from mlpviz.engine.initializers.random_draws import cut_off, default_bias, normal, uniform
from mlpviz.engine.initializers.variance_scaling import (
    GAIN,
    LINEAR,
    SCALED_HYPERPARAMETERS,
    TRUNCATED_AT_2,
    fan_letter,
    gain_line,
    kaiming_std,
    lecun_std,
    xavier_std,
)

_XAVIER = sqrt(over(2, INPUTS + OUTPUTS))
_G = letter(GAIN)


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


TORCH_LINEAR = Initializer(
    key="torch_linear",
    aliases=("default",),
    label="PyTorch's default",
    formula=always(
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
)

SCALED_DRAWS = (
    Initializer(
        key="xavier_uniform",
        aliases=("glorot_uniform",),
        label="Xavier uniform",
        formula=always(_bounded(FormulaLine(BOUND, _G * sqrt(over(6, INPUTS + OUTPUTS))))),
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
        formula=always(normal_rule(STD).where(FormulaLine(STD, _G * _XAVIER))),
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
        formula=always(_bounded(FormulaLine(BOUND, sqrt(over(3, INPUTS))))),
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
        formula=always(normal_rule(STD).where(FormulaLine(STD, 1 / sqrt(INPUTS)))),
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
        formula=always(_cut_off(_G * _XAVIER)),
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
        formula=always(_cut_off(1 / sqrt(INPUTS))),
        sentence="LeCun's normal as Keras and JAX draw it: without its tails, and wider by what they would add.",
        torch="trunc_normal_",
        by_layer=True,
        std=lecun_std,
        draw=cut_off(lecun_std),
        source="LeCun et al. 1998; Keras's LecunNormal, JAX's lecun_normal",
    ),
)
