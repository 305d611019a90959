"""Activations with constants of other tools: the scaled tanh of LeCun, the steep sigmoids of FANN, Keras's ramps.

A steepness multiplies z inside of the function; tools that have one train the same weights differently.
"""

from __future__ import annotations

import math

import numpy as np

from mlpviz.engine import expressions
from mlpviz.engine.activations.activation import A, Activation, Z, elementwise
from mlpviz.engine.expressions import (
    Expression,
    Number,
    Rewritten,
    between,
    cases,
    clip,
    exp,
    in_torch,
    over,
    sqrt,
    tanh,
    torch_call,
)
from mlpviz.engine.hyperparameters import Hyperparameter, configurable, exact
from mlpviz.engine.logistic import sigmoid
from mlpviz.engine.parameters import Array

_STEEPNESS = Hyperparameter("steepness", "steepness", 1.0, 0.0, sentence="z is multiplied by it.", open_low=True)


def _times(factor: float, inner: Expression) -> Expression:
    return inner if factor == 1 else factor * inner


_NEVER = 1000.0
"""A cutoff that changes nothing: in double precision both functions have reached their ends long before."""

_CUTOFF = Hyperparameter(
    "cutoff", "cutoff", _NEVER, 0.0, sentence="Beyond this |z| the function stays as it is there.", open_low=True
)


def _scaled_tanh(amplitude: float, steepness: float, cutoff: float) -> Activation:
    cuts = cutoff < _NEVER
    inner = _times(steepness, clip(Z, -cutoff, cutoff) if cuts else Z)
    # the backward of torch.clamp is 1 at both ends
    library = _times(steepness, torch_call("F.hardtanh", Z, -cutoff, cutoff) if cuts else Z)
    slope = _times(amplitude * steepness, 1 - (over(A, amplitude) if amplitude != 1 else A) ** 2)

    def slope_at(z: Array, a: Array) -> Array:
        found = amplitude * steepness * (1.0 - (a / amplitude) ** 2)
        return np.where(np.abs(z) < cutoff, found, 0.0).astype(z.dtype) if cuts else found

    return elementwise(
        "scaled_tanh",
        aliases=("lecun_tanh",),
        label="scaled tanh",
        formula=in_torch(_times(amplitude, tanh(inner)), _times(amplitude, tanh(library))),
        derivative=slope * between(-cutoff, Z, cutoff) if cuts else slope,
        sentence=f"A tanh that is stretched to −{exact(amplitude)} and {exact(amplitude)} and takes "
        f"{exact(steepness)} · z.",
        value=lambda z: amplitude * np.tanh(steepness * np.clip(z, -cutoff, cutoff)),
        slope=slope_at,
        kinks=(-cutoff, cutoff) if cuts else (),
        threshold=0.0,
        source="LeCun et al. 1998: 1.7159 · tanh(⅔ z) has a(±1) = ±1; SNNS's TanH_Xdiv2 cuts z off at ±9",
    )


SCALED_TANH = configurable(
    _scaled_tanh,
    Hyperparameter("amplitude", "amplitude", 1.7159, 0.0, sentence="No a is larger than this.", open_low=True),
    Hyperparameter("steepness", "steepness", 2 / 3, 0.0, sentence="z is multiplied by it.", open_low=True),
    _CUTOFF,
)


def _scaled_sigmoid(steepness: float, cutoff: float) -> Activation:
    inner = _times(steepness, Z)
    curve = Rewritten(1 / (1 + exp(-inner)), expressions.sigmoid(inner), torch_call("torch.sigmoid", inner))
    slope = _times(steepness, A * (1 - A))
    cuts = cutoff < _NEVER

    def value(z: Array) -> Array:
        a = sigmoid(steepness * z)
        return np.where(z < -cutoff, 0.0, np.where(z > cutoff, 1.0, a)).astype(z.dtype) if cuts else a

    return elementwise(
        "scaled_sigmoid",
        label="scaled sigmoid",
        formula=cases((0, -cutoff > Z), (1, cutoff < Z), otherwise=curve) if cuts else curve,
        derivative=slope,
        sentence=f"A sigmoid of {exact(steepness)} · z: the larger this factor, the more it looks like a step.",
        value=value,
        slope=lambda z, a: steepness * a * (1.0 - a),
        kinks=(-cutoff, cutoff) if cuts else (),
        gives="probabilities",
        threshold=0.5,
        source="FANN has the factor 2 · steepness; R's nnet is 0 and 1 beyond |z| = 15",
    )


SCALED_SIGMOID = configurable(_scaled_sigmoid, _STEEPNESS, _CUTOFF)


def _gaussian(steepness: float) -> Activation:
    inner = _times(steepness, Z)
    return elementwise(
        "gaussian",
        aliases=("radial basis", "rbf"),
        label="Gaussian",
        formula=exp(-(inner**2)),
        derivative=_times(-2 * steepness**2, Z * A),
        sentence="The Gaussian is 1 at 0 and falls to 0 on both sides: a unit that answers to one value of z.",
        value=lambda z: np.exp(-((steepness * z) ** 2)),
        slope=lambda z, a: -2.0 * steepness**2 * z * a,
    )


GAUSSIAN = configurable(_gaussian, _STEEPNESS)


def _squareplus(b: float) -> Activation:
    root, edge = sqrt(Z**2 + b), math.sqrt(b)
    library = torch_call("torch.hypot", Z, torch_call("torch.full_like", Z, edge))  # z² overflows, this does not
    return elementwise(
        "squareplus",
        label="squareplus",
        formula=in_torch(over(Z + root, 2), over(Z + library, 2)),
        derivative=(1 + Z / root) / 2,
        sentence="Squareplus is a smooth ReLU made of a square root, without an exponential.",
        value=lambda z: (z + np.hypot(z, edge)) / 2.0,
        slope=lambda z, a: (1.0 + z / np.hypot(z, edge)) / 2.0,
        cancels=True,
        source="Barron 2021",
    )


SQUAREPLUS = configurable(
    _squareplus,
    Hyperparameter("b", "roundness b", 4.0, 0.0, sentence="The larger, the rounder the corner.", open_low=True),
)


def _ramp(slope: float, offset: float) -> Activation:
    line = _times(slope, Z) + offset
    low, high = -offset / slope, (1 - offset) / slope
    return elementwise(
        "ramp",
        aliases=("piecewise linear",),
        label="ramp",
        # the backward of torch.clamp is 1 at both ends
        formula=in_torch(clip(line, 0, 1), torch_call("F.hardtanh", line, 0, 1)),
        derivative=_times(slope, between(0, line, 1)),
        sentence=f"A straight line from 0 at z = {exact(low)} to 1 at z = {exact(high)}: a sigmoid without curves.",
        value=lambda z: np.clip(slope * z + offset, 0.0, 1.0),
        slope=lambda z, a: np.where((slope * z + offset > 0.0) & (slope * z + offset < 1.0), slope, 0.0).astype(
            z.dtype
        ),
        kinks=(low, high),
        gives="probabilities",
        threshold=0.5,
        source="Keras 2's hard sigmoid is min(max(0, 0.2 z + 0.5), 1)",
    )


RAMP = configurable(
    _ramp,
    Hyperparameter("slope", "slope", 0.2, 0.0, sentence="How fast it climbs.", open_low=True),
    Hyperparameter("offset", "a at z = 0", 0.5, sentence="Added to slope · z."),
)


def _bounded_relu(ceiling: float, slope: float, threshold: float) -> Activation:
    def value(z: Array) -> Array:
        return np.where(z >= ceiling, ceiling, np.where(z >= threshold, z, slope * (z - threshold))).astype(z.dtype)

    below = slope * (Z - threshold) if threshold else slope * Z
    rows = cases((ceiling, ceiling <= Z), (Z, threshold <= Z), otherwise=below)
    return elementwise(
        "bounded_relu",
        aliases=("clipped relu",),
        label="bounded ReLU",
        formula=rows,
        derivative=cases((0, ceiling <= Z), (1, threshold <= Z), otherwise=Number(slope)),
        sentence=f"ReLU with a ceiling of {exact(ceiling)}: from z = {exact(threshold)} on it passes z, below "
        f"{exact(slope)} times the distance to it.",
        value=value,
        slope=lambda z, a: np.where(z >= ceiling, 0.0, np.where(z >= threshold, 1.0, slope)).astype(z.dtype),
        kinks=(threshold, ceiling),
        source="Keras's ReLU layer: max_value, negative_slope, threshold",
    )


BOUNDED_RELU = configurable(
    _bounded_relu,
    Hyperparameter("ceiling", "ceiling", 6.0, 0.0, sentence="No a is larger.", open_low=True, aliases=("max_value",)),
    Hyperparameter(
        "slope", "slope below", 0.0, 0.0, sentence="For z below the threshold.", aliases=("negative_slope",)
    ),
    Hyperparameter("threshold", "threshold", 0.0, sentence="From here on z itself gets through."),
)

_FANN_POINTS = (
    (-2.64665246009826660156, 0.00499999988824129104614),
    (-1.47221946716308593750, 0.0500000007450580596924),
    (-0.549306154251098632812, 0.25),
    (0.549306154251098632812, 0.75),
    (1.47221934795379638672, 0.949999988079071044922),
    (2.64665293693542480469, 0.995000004768371582031),
)
"""The six points of FANN's stepwise sigmoid for steepness 1 in single precision, z and a; its two sides differ."""


def _stepwise_sigmoid(steepness: float) -> Activation:
    places = [z / steepness for z, _ in _FANN_POINTS]
    heights = [a for _, a in _FANN_POINTS]
    slopes = [
        (a2 - a1) / (high - low) for low, high, a1, a2 in zip(places, places[1:], heights, heights[1:], strict=False)
    ]
    lines = [slope * (Z - low) + a for slope, low, a in zip(slopes, places, heights, strict=False)]
    # the last piece last, so that what is no number stays none
    ends = [(0, places[0] > Z), (1, places[-1] <= Z)]
    inside = [high > Z for high in places[1:-1]]

    def value(z: Array) -> Array:
        a = np.interp(z, places, heights)
        return np.where(z < places[0], 0.0, np.where(z >= places[-1], 1.0, a)).astype(z.dtype)

    def slope_at(z: Array, a: Array) -> Array:
        piece = np.searchsorted(places, z, side="right")
        # picked by a function that is called again: a list that is indexed by captured numbers would stay as it is now
        steps = np.choose(np.where(np.isnan(a), len(slopes), piece), [0.0, *slopes, 0.0])
        return steps.astype(z.dtype)

    return elementwise(
        "stepwise_sigmoid",
        label="stepwise sigmoid",
        formula=cases(*ends, *zip(lines[:-1], inside, strict=True), otherwise=lines[-1]),
        derivative=cases(
            *((0, when) for _, when in ends), *zip(slopes[:-1], inside, strict=True), otherwise=Number(slopes[-1])
        ),
        sentence="A sigmoid of straight pieces: quick to compute, 0 and 1 outside of its last points.",
        value=value,
        slope=slope_at,
        kinks=tuple(places),
        gives="probabilities",
        threshold=0.5,
        source="FANN's default, SIGMOID_STEPWISE",
    )


STEPWISE_SIGMOID = configurable(
    _stepwise_sigmoid,
    Hyperparameter("steepness", "steepness", 0.5, 0.0, sentence="z is multiplied by it.", open_low=True),
)

SCALED = (SCALED_TANH, SCALED_SIGMOID, STEPWISE_SIGMOID, RAMP, BOUNDED_RELU, GAUSSIAN, SQUAREPLUS)
