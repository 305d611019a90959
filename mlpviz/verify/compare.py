"""How much two arrays that should be equal differ, and whether rounding explains it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from mlpviz.engine.parameters import Array

_ALL_BUT_INFINITE = 1e300
"""Beyond it a right number may be infinity in another program, which multiplies before it divides."""


@dataclass(frozen=True)
class Difference:
    """The largest absolute and relative difference between two arrays; relative to the largest entry of both.

    Two equal arrays differ by 0, also if they are all zeros. `relative` is None if the difference is allowed but the
    entries are so small that it is only rounding. An entry that is finite in only one of the arrays is an infinite
    difference, unless it is all but infinity itself; entries that are infinity or NaN in both are left out.
    """

    absolute: float
    relative: float | None
    ok: bool


def compare(
    ours: Array,
    theirs: Array,
    relative: float,
    absolute: Array | float,
    *,
    meaningful: float,
    lenient: bool,
    rounding: Callable[[], float] = lambda: 0.0,
) -> Difference | None:
    """Compare arrays of one shape; each entry may differ by relative · (largest entry) + absolute + rounding.

    `rounding` takes long to find out, so it is asked only where the others do not allow a difference.

    An allowed difference above `meaningful`, as a share of the largest entry, is attributed to rounding. `lenient` also
    leaves out entries that are finite in only one of the arrays. None if nothing is left to compare.
    """
    with np.errstate(all="ignore"):
        difference = np.abs(ours - theirs)
        # the ufunc's own reduction: the method of the same name takes twice as long for a few numbers
        largest = np.maximum.reduce(difference, axis=None) if difference.size else math.nan
        if not math.isfinite(largest):
            finite = np.isfinite(ours) & np.isfinite(theirs)
            one_sided = ~finite & (ours != theirs) & ~(np.isnan(ours) & np.isnan(theirs))
            smaller = np.minimum(np.abs(ours), np.abs(theirs))
            overflows = (np.sign(ours) == np.sign(theirs)) & (smaller > _ALL_BUT_INFINITE)
            if (one_sided & ~overflows).any() and not lenient:
                return Difference(np.inf, np.inf, False)
            if not finite.any():
                return None
            absolute = np.broadcast_to(absolute, difference.shape)[finite]
            ours, theirs, difference = ours[finite], theirs[finite], difference[finite]
            largest = difference.max()
        if not largest:
            return Difference(0.0, 0.0, True)
        size = np.maximum(np.abs(ours), np.abs(theirs))
        scale = np.maximum.reduce(size, axis=None)
        allowed = relative * scale + absolute
        # where all may differ as much, the largest difference tells
        ok = largest <= allowed if isinstance(allowed, float) else bool((difference <= allowed).all())
        ok = bool(ok) or bool((difference <= allowed + rounding()).all())
        share = float(largest / scale)
    return Difference(float(largest), None if ok and share > meaningful else share, ok)


def worst(comparisons: Iterable[Difference | None]) -> Difference | None:
    """The largest differences of several comparisons, ok if all are; None if all are None."""
    made = [comparison for comparison in comparisons if comparison is not None]
    if not made:
        return None
    shares = [comparison.relative for comparison in made if comparison.relative is not None]
    return Difference(max(c.absolute for c in made), max(shares, default=None), all(c.ok for c in made))
