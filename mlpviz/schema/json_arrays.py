"""Arrays in JSON messages: lists of numbers with null for what is not finite, bytes for pictures."""

from __future__ import annotations

import base64
import math
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

_LARGEST = 1e30
"""What infinity is shown as: a range that can be divided by."""


class Grid(TypedDict):
    """A picture of height × width numbers as bytes in base64; byte b stands for low + (high - low) * b / 255."""

    width: int
    height: int
    low: float
    high: float
    bytes: str


def nullable(values: Any) -> Any:
    """An array of any shape as nested lists, None where it is not finite."""
    array = np.asarray(values)
    finite = np.isfinite(array)
    if finite.all():
        return array.tolist()
    return np.where(finite, array.astype(object), np.array(None)).tolist()


def json_number(value: Any) -> float | None:
    """One number, None if it is not finite or there is none."""
    if value is None:
        return None
    found = float(value)
    return found if math.isfinite(found) else None


def grid(values: NDArray[Any], low: float | None = None, high: float | None = None) -> Grid:
    """A picture (height, width) as bytes between low and high, by default its own range."""
    finite = values if np.isfinite(values).all() else np.clip(np.nan_to_num(values), -_LARGEST, _LARGEST)
    low = float(finite.min()) if low is None else low
    high = float(finite.max()) if high is None else high
    spread = high - low or 1.0
    levels = np.clip((finite - low) * (255.0 / spread) + 0.5, 0, 255).astype(np.uint8)
    return _grid(levels, low, high)


def numbered(values: NDArray[Any]) -> Grid:
    """A picture (height, width) of small whole numbers, each its own byte."""
    return _grid(values.astype(np.uint8), 0.0, 255.0)


def _grid(levels: NDArray[np.uint8], low: float, high: float) -> Grid:
    height, width = levels.shape
    text = base64.b64encode(levels.tobytes()).decode("ascii")
    return Grid(width=width, height=height, low=low, high=high, bytes=text)
