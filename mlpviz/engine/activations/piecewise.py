"""Piecewise linear activations, and hard swish. At kinks the slope is PyTorch's."""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine.activations.activation import Activation, elementwise
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, tex

RELU = elementwise(
    "relu",
    label="ReLU",
    latex=r"\max(0, z)",
    slope_latex=r"[z > 0]",
    sentence="ReLU lets positive z through and closes the gate (0) for the rest.",
    torch="relu",
    torch_code="a = F.relu(z)",
    numpy="a = np.maximum(z, 0)",
    numpy_grad="grad_z = grad_a * (z > 0)",
    value=lambda z: np.maximum(z, 0.0),
    slope=lambda z, a: np.sign(a),  # 1 for z > 0, else 0: in half the time of a Boolean converted to floats
    kinks=(0.0,),
    gain=math.sqrt(2.0),
    is_repeatable=True,
    source="Nair and Hinton 2010; slope 0 at 0 as in PyTorch",
)

RELU6 = elementwise(
    "relu6",
    label="ReLU6",
    latex=r"\min(\max(0, z), 6)",
    slope_latex=r"[0 < z < 6]",
    sentence="ReLU6 is ReLU with a ceiling of 6: beyond it the gate is closed as well.",
    torch="relu6",
    torch_code="a = F.relu6(z)",
    numpy="a = np.clip(z, 0, 6)",
    numpy_grad="grad_z = grad_a * ((z > 0) & (z < 6))",
    value=lambda z: np.clip(z, 0.0, 6.0),
    slope=lambda z, a: (z > 0.0) & (z < 6.0),
    kinks=(0.0, 6.0),
    source="Krizhevsky 2010; slope 0 at 0 and at 6 as in PyTorch",
)


def _leaky_relu(slope: float) -> Activation:
    part = "a hundredth" if slope == 0.01 else f"{slope:g} times"
    return elementwise(
        "leaky_relu",
        label="leaky ReLU",
        latex=rf"\max(z, {tex(slope)} \cdot z)",
        slope_latex=rf"[z > 0] + {tex(slope)} \cdot [z \leq 0]",
        sentence=f"Leaky ReLU lets positive z through and keeps {part} of the rest.",
        torch="leaky_relu",
        torch_code=f"a = F.leaky_relu(z, {slope:g})",
        numpy=f"a = np.where(z > 0, z, {slope:g} * z)",
        numpy_grad=f"grad_z = grad_a * np.where(z > 0, 1, {slope:g})",
        value=lambda z: np.where(z > 0.0, z, slope * z),
        slope=lambda z, a: np.where(z > 0.0, 1.0, slope).astype(z.dtype, copy=False),
        kinks=(0.0,),
        gain=math.sqrt(2.0 / (1.0 + slope**2)),
        source=f"Maas et al. 2013; slope {slope:g} at 0 as in PyTorch",
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
    ),
)


def _hardtanh(low: float, high: float) -> Activation:
    return elementwise(
        "hardtanh",
        label="hard tanh",
        latex=rf"\min(\max({tex(low)}, z), {tex(high)})",
        slope_latex=rf"[{tex(low)} < z < {tex(high)}]",
        sentence=f"Hard tanh cuts z off at {low:g} and at {high:g}; between them it passes z on.",
        torch="hardtanh",
        torch_code=f"a = F.hardtanh(z, {low:g}, {high:g})",
        numpy=f"a = np.clip(z, {low:g}, {high:g})",
        numpy_grad=f"grad_z = grad_a * ((z > {low:g}) & (z < {high:g}))",
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

HARDSIGMOID = elementwise(
    "hardsigmoid",
    label="hard sigmoid",
    latex=r"\min(\max(0, \frac{z + 3}{6}), 1)",
    slope_latex=r"\frac{1}{6} \cdot [-3 < z < 3]",
    sentence="The hard sigmoid climbs in a straight line from 0 at z = −3 to 1 at z = 3.",
    # the backward of F.hardsigmoid has 1/6 rounded to float32 in it, also for float64
    torch="F.hardtanh(z, -3.0, 3.0) / 6 + 0.5",
    torch_code="a = F.hardsigmoid(z)",
    numpy="a = np.clip(z + 3, 0, 6) / 6",
    numpy_grad="grad_z = grad_a * ((z > -3) & (z < 3)) / 6",
    value=lambda z: np.clip(z + 3.0, 0.0, 6.0) / 6.0,
    slope=lambda z, a: ((z > -3.0) & (z < 3.0)).astype(z.dtype) / 6.0,
    kinks=(-3.0, 3.0),
    gives="probabilities",
    threshold=0.5,
    source="Howard et al. 2019; slope 0 at both ends as in PyTorch, whose own slope is 1/6 rounded to float32",
)

HARDSWISH = elementwise(
    "hardswish",
    label="hard swish",
    latex=r"z \cdot \min(\max(0, \frac{z + 3}{6}), 1)",
    slope_latex=r"[z \geq 3] + (\frac{z}{3} + \frac{1}{2}) \cdot [-3 < z < 3]",
    sentence="Hard swish is z times the hard sigmoid of z: swish from straight pieces and a parabola.",
    torch="hardswish",
    torch_code="a = F.hardswish(z)",
    numpy="a = z * np.clip(z + 3, 0, 6) / 6",
    numpy_grad="grad_z = grad_a * np.where(z <= -3, 0, np.where(z < 3, z / 3 + 0.5, 1))",
    value=lambda z: z * np.clip(z + 3.0, 0.0, 6.0) / 6.0,
    slope=lambda z, a: np.where(z < 3.0, (z / 3.0 + 0.5) * (z > -3.0), 1.0),
    kinks=(-3.0, 3.0),
    source="Howard et al. 2019; slope 0 at −3 and 1 at 3 as in PyTorch",
)


def _softshrink(width: float) -> Activation:
    return elementwise(
        "softshrink",
        label="soft shrink",
        latex=rf"z - \min(\max(-{tex(width)}, z), {tex(width)})",
        slope_latex=rf"[|z| > {tex(width)}]",
        sentence=f"Soft shrink pulls z by {width:g} towards 0 and keeps what is nearer at 0.",
        torch="softshrink",
        torch_code=f"a = F.softshrink(z, {width:g})",
        numpy=f"a = z - np.clip(z, -{width:g}, {width:g})",
        numpy_grad=f"grad_z = grad_a * (np.abs(z) > {width:g})",
        value=lambda z: z - np.clip(z, -width, width),
        slope=lambda z, a: np.abs(z) > width,
        kinks=(-width, width),
        source="slope 0 at both kinks as in PyTorch",
    )


def _hardshrink(width: float) -> Activation:
    return elementwise(
        "hardshrink",
        label="hard shrink",
        latex=rf"z \cdot [|z| > {tex(width)}]",
        slope_latex=rf"[|z| > {tex(width)}]",
        sentence=f"Hard shrink sets z to 0 where it lies within {width:g} of 0 and passes the rest on.",
        torch="hardshrink",
        torch_code=f"a = F.hardshrink(z, {width:g})",
        numpy=f"a = np.where(np.abs(z) <= {width:g}, 0, z)",
        numpy_grad=f"grad_z = grad_a * (np.abs(z) > {width:g})",
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
        latex=rf"z \cdot [z > {tex(threshold)}] + {tex(value)} \cdot [z \leq {tex(threshold)}]",
        slope_latex=rf"[z > {tex(threshold)}]",
        sentence=f"The threshold passes z on above {threshold:g} and gives {value:g} for the rest.",
        torch="threshold",
        torch_code=f"a = F.threshold(z, {threshold:g}, {value:g})",
        numpy=f"a = np.where(z > {threshold:g}, z, {value:g})",
        numpy_grad=f"grad_z = grad_a * (z > {threshold:g})",
        value=lambda z: np.where(z <= threshold, value, z).astype(z.dtype, copy=False),
        slope=lambda z, a: z > threshold,
        kinks=(threshold,),
        source="slope 0 at the threshold as in PyTorch",
    )


THRESHOLD = configurable(
    _threshold,
    Hyperparameter("threshold", "threshold", 0.0, sentence="z must be above it to get through."),
    Hyperparameter("value", "value below", 0.0, sentence="What comes out otherwise."),
)

STEP = elementwise(
    "step",
    label="step",
    latex=r"[z > 0]",
    slope_latex="0",
    sentence="The step answers 1 or 0. Its slope is 0 on both sides, so no gradient gets through: the layers before "
    "it cannot learn by gradient descent.",
    # in PyTorch z > 0 has no gradient; that of the sign is 0
    torch="torch.relu(torch.sign(z))",
    torch_code="a = (z > 0).to(z.dtype)",
    numpy="a = (z > 0) * 1.0",
    numpy_grad="grad_z = grad_a * 0",
    value=lambda z: (z > 0.0).astype(z.dtype),
    slope=lambda z, a: np.zeros_like(z),
    kinks=(0.0,),
    is_flat=True,
    source="Rosenblatt 1958; 0 at 0; PyTorch has no gradient for it at all",
)

PIECEWISE = (
    *(RELU, LEAKY_RELU, RELU6, HARDTANH, HARDSIGMOID, HARDSWISH),
    *(SOFTSHRINK, HARDSHRINK, THRESHOLD, STEP),
)
