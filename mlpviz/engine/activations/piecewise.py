"""Piecewise linear activations, and hard swish. At kinks the slope is PyTorch's."""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine.activations.activation import Activation, Z, elementwise
from mlpviz.engine.expressions import (
    Number,
    Rewritten,
    absolute,
    between,
    cases,
    clip,
    equal,
    in_torch,
    indicator,
    maximum,
    sign,
    torch_call,
)
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, exact
from mlpviz.engine.parameters import Array

RELU = elementwise(
    "relu",
    aliases=("rectifier", "rectified_linear", "rectified_linear_unit", "poslin"),
    label="ReLU",
    formula=in_torch(maximum(0, Z), torch_call("F.relu", Z)),
    derivative=Z > 0,
    sentence="ReLU lets positive z through and closes the gate (0) for the rest.",
    value=lambda z: np.maximum(z, 0.0),
    slope=lambda z, a: (a != 0.0).astype(a.dtype),  # 1 for z > 0 and for NaN, as in PyTorch, else 0
    kinks=(0.0,),
    gain=math.sqrt(2.0),
    is_repeatable=True,
    source="Nair and Hinton 2010; slope 0 at 0 as in PyTorch",
)

RELU6 = elementwise(
    "relu6",
    label="ReLU6",
    formula=in_torch(clip(Z, 0, 6), torch_call("F.relu6", Z)),
    derivative=between(0, Z, 6),
    sentence="ReLU6 is ReLU with a ceiling of 6: beyond it the gate is closed as well.",
    value=lambda z: np.clip(z, 0.0, 6.0),
    slope=lambda z, a: (z > 0.0) & (z < 6.0),
    kinks=(0.0, 6.0),
    source="Krizhevsky 2010; slope 0 at 0 and at 6 as in PyTorch",
)


def _leaky_relu(slope: float) -> Activation:
    part = "a hundredth" if slope == 0.01 else f"{exact(slope)} times"
    return elementwise(
        "leaky_relu",
        aliases=("lrelu",),
        label="leaky ReLU",
        formula=Rewritten(
            maximum(Z, slope * Z), cases((Z, Z > 0), otherwise=slope * Z), torch_call("F.leaky_relu", Z, slope)
        ),
        derivative=Rewritten((Z > 0) + slope * (Z <= 0), cases((1, Z > 0), otherwise=slope)),
        sentence=f"Leaky ReLU lets positive z through and keeps {part} of the rest.",
        value=lambda z: np.where(z > 0.0, z, slope * z),
        slope=lambda z, a: np.where(z > 0.0, 1.0, slope).astype(z.dtype, copy=False),
        kinks=(0.0,),
        gain=math.sqrt(2.0 / (1.0 + slope**2)),
        source=f"Maas et al. 2013; slope {exact(slope)} at 0 as in PyTorch",
    )


LEAKY_RELU = configurable(
    _leaky_relu,
    Hyperparameter(
        "slope",
        "slope below 0",
        0.01,
        0.0,
        1.0,
        sentence="How much of a negative z gets through.",
        torch="negative_slope",
        aliases=("alpha",),
    ),
)


def _hardtanh(low: float, high: float) -> Activation:
    return elementwise(
        "hardtanh",
        label="hard tanh",
        formula=in_torch(clip(Z, low, high), torch_call("F.hardtanh", Z, low, high)),
        derivative=between(low, Z, high),
        sentence=f"Hard tanh cuts z off at {exact(low)} and at {exact(high)}; between them it passes z on.",
        value=lambda z: np.clip(z, low, high),
        slope=lambda z, a: (z > low) & (z < high),
        kinks=(low, high),
        threshold=0.0,  # the middle of the default range, also with other ends
        source="slope 0 at both ends as in PyTorch",
    )


HARDTANH = configurable(
    _hardtanh,
    Hyperparameter("low", "floor", -1.0, high=0.0, sentence="No a is smaller.", torch="min_val"),
    Hyperparameter("high", "ceiling", 1.0, 0.0, sentence="No a is larger.", open_low=True, torch="max_val"),
)

_RAMP = clip((Z + 3) / 6, 0, 1)

HARDSIGMOID = elementwise(
    "hardsigmoid",
    label="hard sigmoid",
    formula=in_torch(_RAMP, torch_call("F.hardtanh", Z, -3, 3) / 6 + Number(1) / 2),
    derivative=Number(1) / 6 * between(-3, Z, 3),
    sentence="The hard sigmoid climbs in a straight line from 0 at z = −3 to 1 at z = 3.",
    # the backward of F.hardsigmoid has 1/6 rounded to float32 in it, also for float64
    value=lambda z: np.clip(z + 3.0, 0.0, 6.0) / 6.0,
    slope=lambda z, a: ((z > -3.0) & (z < 3.0)).astype(z.dtype) / 6.0,
    kinks=(-3.0, 3.0),
    gives="probabilities",
    threshold=0.5,
    source="Howard et al. 2019; slope 0 at both ends as in PyTorch, whose own slope is 1/6 rounded to float32",
)

_PARABOLA_SLOPE = Z / 3 + Number(1) / 2

HARDSWISH = elementwise(
    "hardswish",
    label="hard swish",
    formula=in_torch(Z * _RAMP, torch_call("F.hardswish", Z)),
    derivative=Rewritten(
        (Z >= 3) + _PARABOLA_SLOPE * between(-3, Z, 3), cases((0, Z <= -3), (_PARABOLA_SLOPE, Z < 3), otherwise=1)
    ),
    sentence="Hard swish is z times the hard sigmoid of z: swish from straight pieces and a parabola.",
    value=lambda z: z * np.clip(z + 3.0, 0.0, 6.0) / 6.0,
    slope=lambda z, a: np.where(z < 3.0, (np.maximum(z, -3.0) / 3.0 + 0.5) * (z > -3.0), 1.0),
    kinks=(-3.0, 3.0),
    source="Howard et al. 2019; slope 0 at −3 and 1 at 3 as in PyTorch",
)


def _softshrink(width: float) -> Activation:
    return elementwise(
        "softshrink",
        label="soft shrink",
        formula=in_torch(Z - clip(Z, -width, width), torch_call("F.softshrink", Z, width)),
        derivative=absolute(Z) > width,
        sentence=f"Soft shrink pulls z by {exact(width)} towards 0 and keeps what is nearer at 0.",
        value=lambda z: z - np.clip(z, -width, width),
        slope=lambda z, a: np.abs(z) > width,
        kinks=(-width, width),
        source="slope 0 at both kinks as in PyTorch",
    )


def _hardshrink(width: float) -> Activation:
    return elementwise(
        "hardshrink",
        label="hard shrink",
        formula=Rewritten(
            Z * (absolute(Z) > width),
            cases((0, absolute(Z) <= width), otherwise=Z),
            torch_call("F.hardshrink", Z, width),
        ),
        derivative=absolute(Z) > width,
        sentence=f"Hard shrink sets z to 0 where it lies within {exact(width)} of 0 and passes the rest on.",
        value=lambda z: np.where(np.abs(z) <= width, 0.0, z).astype(z.dtype, copy=False),
        slope=lambda z, a: np.abs(z) > width,
        kinks=(-width, width),
        source="a jumps at both kinks; slope 0 there as in PyTorch",
    )


_WIDTH = Hyperparameter("lambd", "width λ", 0.5, 0.0, sentence="How far around 0 the dead zone reaches.")
SOFTSHRINK = configurable(lambda lambd: _softshrink(lambd), _WIDTH)
HARDSHRINK = configurable(lambda lambd: _hardshrink(lambd), _WIDTH)


def _threshold(threshold: float, value: float) -> Activation:
    return elementwise(
        "threshold",
        label="threshold",
        formula=Rewritten(
            Z * (threshold < Z) + value * (threshold >= Z),
            cases((value, threshold >= Z), otherwise=Z),
            torch_call("F.threshold", Z, threshold, value),
        ),
        derivative=threshold < Z,
        sentence=f"The threshold passes z on above {exact(threshold)} and gives {exact(value)} for the rest.",
        value=lambda z: np.where(z <= threshold, value, z).astype(z.dtype, copy=False),
        slope=lambda z, a: ~(z <= threshold),  # 1 for NaN, as in PyTorch
        kinks=(threshold,),
        source="slope 0 at the threshold as in PyTorch",
    )


THRESHOLD = configurable(
    _threshold,
    Hyperparameter("threshold", "threshold", 0.0, sentence="z must be above it to get through."),
    Hyperparameter("value", "value below", 0.0, sentence="What comes out otherwise."),
)


def _step(at_zero: float) -> Activation:
    shown = {0.0: Z > 0, 1.0: Z >= 0}.get(at_zero, (Z > 0) + at_zero * equal(Z, 0))
    # z > 0 has no gradient in PyTorch, the sign has the gradient 0
    computed, library = indicator(Z > 0, Z), torch_call("torch.relu", sign(Z))
    if at_zero:
        computed, library = (cases((at_zero, equal(Z, 0)), otherwise=form) for form in (computed, library))

    def value(z: Array) -> Array:
        a = (z > 0.0).astype(z.dtype)
        if at_zero:
            a[z == 0.0] = at_zero
        return a

    return elementwise(
        "step",
        aliases=("heaviside", "unit step"),
        label="step",
        formula=Rewritten(shown, computed, library),
        derivative=Number(0),
        sentence="The step answers 1 or 0. Its slope is 0 on both sides, so no gradient gets through: the layers "
        "before it cannot learn by gradient descent.",
        value=value,
        slope=lambda z, a: np.zeros_like(z),
        kinks=(0.0,),
        is_flat=True,
        source="Rosenblatt 1958; 0 at 0 unless set; 0 for NaN, which is not above 0, as in PyTorch",
    )


STEP = configurable(
    _step,
    Hyperparameter("at_zero", "a at z = 0", 0.0, 0.0, 1.0, sentence="What comes out at 0: textbooks have 0, 1 or ½."),
)

PIECEWISE = (
    *(RELU, LEAKY_RELU, RELU6, HARDTANH, HARDSIGMOID, HARDSWISH),
    *(SOFTSHRINK, HARDSHRINK, THRESHOLD, STEP),
)
