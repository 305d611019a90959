"""From a drawing to the features of a digit: cropped, scaled and centred as the data set's own digits were."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError, Table

BOX = {28: 20}
"""The pixels of the square that a digit is scaled to, by the height of the picture; the whole picture for others."""


def drawn_digit(drawing: Any, table: Table) -> NDArray[np.float64]:
    """The features (I,) of a drawing (height, width) of any size, 0 for paper and above for ink.

    For 28 × 28 as in MNIST (LeCun and others 1998): scaled into 20 × 20 with its proportions, then its centre of mass
    moved to the centre. For 8 × 8 as in the digits of Alpaydin and Kaynak: scaled to the whole, centred.
    Ink is as dark as the darkest of the table. Raises DataError for an empty drawing, or a table without pictures.
    """
    if table.image_shape is None:
        raise DataError("the data hold no pictures, so nothing can be drawn for them")
    ink = np.asarray(drawing, np.float64)
    if ink.ndim != 2 or not np.isfinite(ink).all():
        raise DataError(f"the drawing has shape {ink.shape}, expected rows of finite numbers")
    ink = np.clip(ink, 0.0, None)
    if not ink.any():
        raise DataError("nothing is drawn yet")
    height, width = table.image_shape
    fitted = _fit(_cut(ink / ink.max()), BOX.get(height, height), BOX.get(height, width))
    picture = _placed(fitted, height, width, by_mass=height in BOX)
    return (picture * float(table.x.max())).ravel()


def _cut(ink: NDArray[np.float64]) -> NDArray[np.float64]:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fit(ink: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    scale = min(height / ink.shape[0], width / ink.shape[1])
    rows, columns = (max(1, round(length * scale)) for length in ink.shape)
    return _shares(ink.shape[0], rows) @ ink @ _shares(ink.shape[1], columns).T


def _shares(old: int, new: int) -> NDArray[np.float64]:
    """(new, old): how much of each new pixel each old one covers; rows add up to 1."""
    edges = np.arange(new + 1) * (old / new)
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(old)
    covered = np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0.0, None)
    return np.asarray(covered / covered.sum(axis=1, keepdims=True))


def _placed(ink: NDArray[np.float64], height: int, width: int, by_mass: bool) -> NDArray[np.float64]:
    if by_mass:
        mass = ink.sum()
        middle = [(ink.sum(axis=1 - axis) * (np.arange(ink.shape[axis]) + 0.5)).sum() / mass for axis in (0, 1)]
    else:
        middle = [length / 2.0 for length in ink.shape]
    picture = np.zeros((height, width))
    top, left = (
        int(np.clip(round(whole / 2.0 - centre), 0, whole - length))
        for whole, centre, length in zip((height, width), middle, ink.shape, strict=True)
    )
    picture[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return picture
