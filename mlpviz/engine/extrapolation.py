"""From losses at +h and -h, for several h of which each is an eighth of the one before, to a slope and its error.

Neighbouring h give extrapolated values (Richardson 1911), of which the one with the smallest expected error is taken
(Ridders 1982).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array

RATIO = 8.0
"""Each h is smaller by this than the one before."""

_SMOOTH = RATIO**1.5
"""Between neighbouring h an error that falls with h² falls by more than this, and one that falls with h by less."""


def extrapolate(slope: Array, bent: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Slopes (E, S) for S decreasing h -> value and error (E, S - 2), from three neighbouring h each.

    `bent` (E, S - 2): a function is known to have a corner of its slope at the place itself.
    """
    gain = RATIO**2 - 1.0  # the error of a central difference falls with h²
    coarse, fine = slope[:, :-1], slope[:, 1:]
    value = fine + (fine - coarse) / gain
    moves = np.abs(fine - coarse)
    # two estimates, because one can be small by chance
    error = np.maximum(moves[:, 1:], np.abs(value[:, 1:] - value[:, :-1])) / gain
    # where φ' has a corner, as softsign's at 0, the error falls with h instead; curvature beside it may hide that
    bends = bent | (moves[:, 1:] > moves[:, :-1] / _SMOOTH)
    error = np.where(bends, np.maximum(error, moves[:, 1:] / (RATIO - 1.0)), error)
    return value[:, 1:], error


def is_rough(loss: Array, plain: float, noise: float) -> NDArray[np.bool_]:
    """(E,), whether the losses (E, 2, S) at +h and -h change between the last three h as no smooth function does.

    Where h is small enough the error of their slope falls with h², and so does their even part beside `plain`, until
    rounding is all of it. A narrow peak shows in the even part alone: at +h and -h, both outside, the loss is the same.
    """
    last = loss[:, :, -3:] - plain
    h = RATIO ** -np.arange(3.0)  # in units of the first of them
    slopes = (last[:, 0] - last[:, 1]) / h
    moves = np.abs(np.diff(slopes, axis=1))
    even = np.abs(last[:, 0] + last[:, 1])
    bends = moves[:, 1] > moves[:, 0] / _SMOOTH + 4.0 * noise / h[2]
    peaks = (even[:, 1:] > even[:, :-1] / _SMOOTH + 8.0 * noise).all(axis=1)
    found: NDArray[np.bool_] = bends | peaks
    return found


def in_three(beside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is true at +h or -h (E, 2, S), or at those of a smaller h: whether it is of three neighbours, (E, S - 2)."""
    either: NDArray[np.bool_] = np.logical_or(beside[:, 0], beside[:, 1])
    found: NDArray[np.bool_] = np.logical_or.accumulate(either[:, ::-1], axis=1)[:, :1:-1]
    return found


def best(value: Array, error: Array) -> tuple[Array, Array]:
    """Of values (E, K) of decreasing h and their errors, infinite for useless ones: value and error (E,) of the best.

    A value that one from smaller h contradicts is wrong by what they differ: coarse steps can agree by chance.
    """
    raised = error.copy()
    with np.errstate(all="ignore"):
        for finer in range(1, value.shape[1]):
            apart = np.abs(value[:, :finer] - value[:, finer : finer + 1]) - 2.0 * error[:, finer : finer + 1]
            raised[:, :finer] = np.fmax(raised[:, :finer], apart)
    chosen = raised.argmin(axis=1)[:, None]
    value, raised = (np.take_along_axis(each, chosen, axis=1)[:, 0] for each in (value, raised))
    return value, raised
