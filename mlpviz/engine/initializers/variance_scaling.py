"""The standard deviation of initial weights: gains, the classical rules, and that of a truncated normal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mlpviz.engine.activations import ACTIVATIONS, IDENTITY
from mlpviz.engine.activations.piecewise import LEAKY_RELU
from mlpviz.engine.expressions import FormulaLine, Symbol, sqrt
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.initializers.formula import INPUTS, OUTPUTS, gain_number, letter

GAIN = Hyperparameter(
    "gain", "gain γ", 1.0, 0.0, sentence="Factor that makes up for the activation.", open_low=True, symbol=r"\gamma"
)

TRUNCATED_AT_2 = 0.87962566103423978
"""The standard deviation of a standard normal without what lies beyond ±2, as Keras and JAX write it."""

LINEAR = "linear"
"""PyTorch's name of the identity in `calculate_gain`."""


def _with_gain() -> tuple[str, ...]:
    return (LINEAR, *(key for key, entry in ACTIVATIONS.items() if entry.gain is not None))


_SLOPE = Hyperparameter(
    "slope", "slope below 0", 0.0, 0.0, 1.0, sentence="Of the leaky ReLU; 0 is the plain ReLU.", torch="a", symbol="s"
)

SCALED_HYPERPARAMETERS = (
    Hyperparameter(
        "mode",
        "fan",
        "fan_in",
        kind="choice",
        choices=("fan_in", "fan_out"),
        sentence="Keep the size of the signal (inputs) or of the gradient (outputs).",
    ),
    Hyperparameter(
        "nonlinearity",
        "activation",
        LEAKY_RELU.key,
        kind="choice",
        choices=tuple(key for key in _with_gain() if key != IDENTITY.key),
        sentence="The activation that follows; it sets the gain.",
    ),
    _SLOPE,
)


def calculate_gain(nonlinearity: str, slope: float = 0.01) -> float:
    """PyTorch's gain γ of an activation; `slope` is that of the leaky ReLU.

    Raises KeyError naming the activations that have a gain.
    """
    entry = IDENTITY if nonlinearity == LINEAR else ACTIVATIONS.get(nonlinearity)
    if entry is not None and "slope" in dict(entry.settings):
        entry = entry.configure(slope=slope)
    if entry is None or entry.gain is None:
        raise KeyError(f"no gain is known for {nonlinearity}; choose from {', '.join(_with_gain())}")
    return entry.gain


def gain_line(settings: Mapping[str, Any]) -> FormulaLine:
    """The line of γ for the activation that follows."""
    nonlinearity, slope = settings["nonlinearity"], settings["slope"]
    if nonlinearity == LEAKY_RELU.key:
        return FormulaLine(letter(GAIN), sqrt(2 / (1 + letter(_SLOPE) ** 2)))
    return FormulaLine(letter(GAIN), gain_number(calculate_gain(nonlinearity, slope)))


def fan_letter(settings: Mapping[str, Any]) -> Symbol:
    """The inputs or the outputs of the layer, whichever the mode says."""
    return INPUTS if settings["mode"] == "fan_in" else OUTPUTS


def xavier_std(shape: tuple[int, int], *, gain: float) -> float:
    """γ·√(2 / (I + O)) for shape (O, I)."""
    return gain * math.sqrt(2.0 / sum(shape))


def kaiming_std(shape: tuple[int, int], *, mode: str, nonlinearity: str, slope: float) -> float:
    """γ / √fan for shape (O, I)."""
    fan = shape[1] if mode == "fan_in" else shape[0]
    return calculate_gain(nonlinearity, slope) / math.sqrt(fan)


def lecun_std(shape: tuple[int, int]) -> float:
    """1 / √I for shape (O, I)."""
    return 1.0 / math.sqrt(shape[1])


def share_between(a: float, b: float) -> float:
    """The probability that a standard normal lies between a and b."""
    if a > 0.0:  # far above 0 the probability to lie above is exact, that to lie below is rounded to 1
        a, b = -b, -a
    return 0.5 * (math.erfc(-b * math.sqrt(0.5)) - math.erfc(-a * math.sqrt(0.5)))


def _density(z: float) -> float:
    return math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def truncated_std(_shape: tuple[int, int], *, mean: float, std: float, low: float, high: float) -> float:
    """The standard deviation of the truncated normal."""
    a, b = (low - mean) / std, (high - mean) / std
    share = share_between(a, b)
    shift = (_density(a) - _density(b)) / share
    # far in a tail the difference is rounded to 0, or slightly below
    return std * math.sqrt(max(0.0, 1.0 + (a * _density(a) - b * _density(b)) / share - shift * shift))
