"""A gradient compared with its central differences, as far as these are exact."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.gradcheck import Differences
from mlpviz.engine.parameters import Array
from mlpviz.text.numbers import format_number
from mlpviz.verify.compare import Difference, compare

DIFFERENCES_TOLERANCE = 1e-9
"""Allowed difference from central differences, relative to the largest entry of the tensor, besides their own error."""

_MEANINGFUL = 1e-6
"""A larger relative difference shows how inexact the central differences are, not how exact the gradient is."""

ROUNDING_FLOOR = 4.0 * float(np.finfo(float).eps)
"""The rounding of numbers of size 1: the allowed difference if the loss and all gradients are 0."""

HELD = "held by a bound in the formula of the loss"
"""The note on a gradient that a clamp of the loss holds."""

SAFETY = 8.0
"""A difference of up to so many times the expected error is attributed to rounding."""


def compare_with_differences(
    ours: Array, found: Differences, rounding: Callable[[], float], lenient: bool
) -> tuple[Difference | None, list[str]]:
    """The comparison of a gradient with its central differences, None if none is usable, and notes on the rest.

    `rounding` gives what rounding alone may make of the gradient; the differences have their own error.
    """
    notes = []
    if found.entries.size < ours.size:
        notes.append(f"sampled {found.entries.size} of {entries(ours.size)}")
    mine, value, resolution = ours.ravel()[found.entries], found.value, found.resolution
    left_out = found.straddles | found.coarse | found.clamped
    usable = ~left_out & np.isfinite(value) & np.isfinite(resolution)
    # the ufunc's own reduction: the method of the same name takes twice as long for a few numbers
    if not np.logical_and.reduce(usable):
        notes += _left_out(found, usable | left_out)
        mine, value, resolution = mine[usable], value[usable], resolution[usable]
    if not mine.size:
        return None, notes
    result = compare(
        mine,
        value,
        DIFFERENCES_TOLERANCE,
        SAFETY * resolution + ROUNDING_FLOOR,
        meaningful=_MEANINGFUL,
        lenient=lenient,
        rounding=rounding,
    )
    if result is not None and result.relative is None:
        notes.append(
            f"differences below what central differences can resolve ({format_number(float(resolution.max()))})"
        )
    return result, notes


def _left_out(found: Differences, finite: NDArray[np.bool_]) -> list[str]:
    """What is said of the entries that are not compared."""
    all_entries = entries(found.entries.size)
    straddling = int((found.straddles & ~found.clamped).sum())
    counts = {
        f"{HELD}: not compared with differences": int(found.clamped.sum()),
        f"straddle{'s' * (straddling == 1)} a kink: not compared with differences": straddling,
    }
    notes = [f"{count} of {all_entries} {what}" for what, count in counts.items() if count]
    if coarse := int((found.coarse & ~found.clamped).sum()):
        notes.append(f"no step is small enough for {coarse} of {all_entries}: not compared with differences")
    if unusable := int((~finite).sum()):
        notes.append(f"the loss beside {unusable} of {all_entries} is not finite")
    return notes


def entries(count: int) -> str:
    """The count with its noun."""
    return "1 entry" if count == 1 else f"{count} entries"
