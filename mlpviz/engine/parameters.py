"""How weights and biases lie in one flat vector. Refuses to know what they are used for."""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

Array = NDArray[Any]
"""A float array; Any because a slope may be Boolean, which multiplies as 0 or 1."""


class Slot(NamedTuple):
    """The place of one layer in the flat vector: weight (O, I) row by row, then bias (O,)."""

    weight: slice
    shape: tuple[int, int]
    bias: slice
    has_bias: bool


class LayerViews(NamedTuple):
    """One layer's parameters, or anything shaped like them: weight (..., O, I), bias (..., O) or None."""

    weight: Array
    bias: Array | None
