"""What an edit or an update changed: every number of the sheet before and after, cell by cell.

Refuses to say why; `stops.py` says where a change died, `forecast.py` what a first look would have promised.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.explain.last_edit.alignment import Alignment, counterpart
from mlpviz.explain.last_edit.differences import ROUNDING
from mlpviz.sheet.blocks import Block


class TensorChange(NamedTuple):
    """One block before and after, (R, C) as on screen.

    `changed` marks the numbers that differ by more than rounding, `has` those that the old network had at all.
    """

    before: Array
    after: Array
    changed: NDArray[np.bool_]
    has: NDArray[np.bool_]


def changes_of(
    blocks: Mapping[str, Block], old: Mapping[str, Array], new: Mapping[str, Array], match: Alignment
) -> dict[str, TensorChange]:
    """The change of every block of the new network, in their order. A number that was not there has not changed."""
    found: dict[str, TensorChange] = {}
    for key, block in blocks.items():
        after = np.asarray(new[key], dtype=float)
        before, has = counterpart(block, old, match)
        found[key] = TensorChange(before, after, differ(before, after) & has, has)
    return found


def differ(one: Array, other: Array) -> NDArray[np.bool_]:
    """Where two arrays of one shape differ by more than rounding; NaN is equal to NaN."""
    with np.errstate(all="ignore"):
        near = np.abs(other - one) <= ROUNDING * np.maximum(np.abs(one), np.abs(other))
    return ~((one == other) | (near & np.isfinite(one) & np.isfinite(other)) | (np.isnan(one) & np.isnan(other)))
