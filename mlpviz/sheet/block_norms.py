"""How large the numbers of each block are as a whole: its Euclidean norm, so that layers can be compared."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.sheet.blocks import Block

_MEASURED = ("weight", "z", "n", "h", "a")
"""Besides all gradients."""


def block_norms(blocks: Mapping[str, Block], values: Mapping[str, Array]) -> dict[str, float]:
    """‖·‖, the root of the sum of all squares, for the gradients of every layer and for W, z, n, h and a."""
    found = {}
    with np.errstate(all="ignore"):
        for key, block in blocks.items():
            if block.quantity.phase == "backward" or block.quantity.key in _MEASURED:
                array = values[key]
                # squares of numbers above 1e154 do not fit, those below 1e-162 are 0
                top = float(np.abs(array).max(initial=0.0))
                scaled = array / top if top > 0.0 and np.isfinite(top) else array
                found[key] = float(np.sqrt(np.square(scaled).sum())) * (top if scaled is not array else 1.0)
    return found
