"""A gradient compared with its central differences, as far as these are exact."""

from __future__ import annotations

import numpy as np

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
    ours: Array, found: Differences, rounding: float, lenient: bool
) -> tuple[Difference | None, list[str]]:
    """The comparison of a gradient with its central differences, None if none is usable, and notes on the rest.

    `rounding` is what rounding alone can change in the gradient; the differences have their own error.
    """
    notes = []
    if found.entries.size < ours.size:
        notes.append(f"sampled {found.entries.size} of {entries(ours.size)}")
    if clamped := int(found.clamped.sum()):
        notes.append(f"{clamped} of {entries(found.entries.size)} {HELD}: not compared with differences")
    outside = found.straddles & ~found.clamped
    if straddling := int(outside.sum()):
        verb = "straddles" if straddling == 1 else "straddle"
        notes.append(f"{straddling} of {entries(found.entries.size)} {verb} a kink: not compared with differences")
    if coarse := int((found.coarse & ~found.clamped).sum()):
        notes.append(
            f"no step is small enough for {coarse} of {entries(found.entries.size)}: not compared with differences"
        )
    mine, resolution = ours.ravel()[found.entries], found.resolution
    left_out = found.straddles | found.coarse | found.clamped
    usable = ~left_out & np.isfinite(found.value) & np.isfinite(resolution)
    if unusable := int((~usable & ~left_out).sum()):
        notes.append(f"the loss beside {unusable} of {entries(found.entries.size)} is not finite")
    if not usable.any():
        return None, notes
    result = compare(
        mine[usable],
        found.value[usable],
        DIFFERENCES_TOLERANCE,
        SAFETY * (resolution[usable] + rounding) + ROUNDING_FLOOR,
        meaningful=_MEANINGFUL,
        lenient=lenient,
    )
    if result is not None and result.relative is None:
        notes.append(
            f"differences below what central differences can resolve ({format_number(float(resolution[usable].max()))})"
        )
    return result, notes


def entries(count: int) -> str:
    """The count with its noun."""
    return "1 entry" if count == 1 else f"{count} entries"
