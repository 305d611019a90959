"""One step of SGD in few bits: which weights it leaves as they are, and what rounding at random makes of it."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.low_precision.number_format import NumberFormat, Rounding

_BLOCK = 32
"""numbers that PyTorch's loop on a processor takes at once; the last ones of a tensor it takes one by one"""


def updated(
    number_format: NumberFormat, weight: Array, gradient: Array, rate: float, rng: np.random.Generator | None = None
) -> Array:
    """weight − rate · gradient, all in the format, as PyTorch's SGD rounds it; with `rng` the last rounding is random.

    The rate is rounded too. PyTorch rounds rate · gradient in the numbers behind the last whole block of 32 only.
    """
    round_last = rounding_of(number_format, rng)
    with np.errstate(all="ignore"):
        step = float(number_format.round(np.array(rate))) * gradient.ravel()
        whole = len(step) // _BLOCK * _BLOCK
        step[whole:] = number_format.round(step[whole:])
        found = round_last(weight.ravel() - step.astype(np.float32))
    return found.reshape(weight.shape)


def rounding_of(number_format: NumberFormat, rng: np.random.Generator | None) -> Rounding:
    """Rounding to the nearest number; with `rng` at random."""
    return number_format.round if rng is None else lambda values: number_format.round_at_random(values, rng)


def lost(weight: Array, gradient: Array, new: Array) -> Array:
    """Which numbers have a gradient and did not move: half a unit of the weight is more than the step."""
    return (gradient != 0) & (new == weight)
