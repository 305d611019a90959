"""What another tool's network does from x to its outputs, one operation after another; samples are rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import DOCUMENT_LIMITS, DocumentError


@dataclass(frozen=True)
class Dense:
    """z = x Wᵀ + b: weight (O, I), bias (O,) or None.

    `label` marks a layer that is no layer of the tool; no update changes it if it is `frozen`.
    """

    weight: Array
    bias: Array | None = None
    label: str = ""
    frozen: bool = False


@dataclass(frozen=True)
class Rescale:
    """x · factor + shift, number by number: both (I,). What it is for stands in `label`, such as input scaling."""

    factor: Array
    shift: Array
    label: str


@dataclass(frozen=True)
class Activate:
    """An activation of our registry with its settings, and the slopes that it has learned: one, or one per unit."""

    key: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    alpha: Array | None = None


@dataclass(frozen=True)
class Normalize:
    """A norm of our registry: scale, shift and, for batch norm, running mean and variance, each (O,) or None."""

    key: str
    eps: float
    gamma: Array | None = None
    beta: Array | None = None
    running_mean: Array | None = None
    running_var: Array | None = None
    momentum: float | None = field(default=None, kw_only=True)
    """the share of the newest batch in the running statistics, if it is not the default"""


@dataclass(frozen=True)
class Dropout:
    """Dropout with this probability: it drops nothing when the network is used."""

    rate: float


@dataclass(frozen=True)
class AddEarlier:
    """Adds the numbers that the first `place` operations gave; with 0 that is x."""

    place: int


Operation = Dense | Rescale | Activate | Normalize | Dropout | AddEarlier


MOST_NUMBERS = 4_000_000
"""of all arrays of a file; a document has far fewer"""


def check_width(width: int) -> None:
    """Raise DocumentError for a layer that reads or gives more numbers than the sheet has room for."""
    if width > DOCUMENT_LIMITS.width:
        raise DocumentError(
            f"a layer has {width:,} numbers side by side, the sheet has room for {DOCUMENT_LIMITS.width:,}"
        )


def check_count(count: int) -> None:
    """Raise DocumentError for more numbers than a reader takes, before it copies them."""
    if count > MOST_NUMBERS:
        raise DocumentError(
            f"the file has {count:,} numbers, the sheet has room for {DOCUMENT_LIMITS.parameters:,} weights and biases"
        )


def check_arrays(arrays: Mapping[str, Any]) -> None:
    """Raise DocumentError for more arrays, or more numbers in them, than a reader takes."""
    most = 10 * DOCUMENT_LIMITS.layers
    if len(arrays) > most:
        raise DocumentError(f"the file has {len(arrays):,} arrays, expected at most {most}")
    check_count(sum(int(np.size(array)) for array in arrays.values()))


def numbers(values: Any, what: str, shape: tuple[int | None, ...] | None = None) -> Array:
    """The values as float64 of this shape, where None is any length; `what` names them in the sentence of an error.

    Raises DocumentError for another shape, for what is no number and for numbers that are not finite.
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise DocumentError(f"{what} has something that is no number, or rows of different lengths") from None
    if shape is not None and (
        array.ndim != len(shape) or any(want not in (None, have) for want, have in zip(shape, array.shape, strict=True))
    ):
        expected = " × ".join("any" if length is None else str(length) for length in shape)
        found = " × ".join(map(str, array.shape)) or "a single number"
        raise DocumentError(f"{what} has the shape {found}, expected {expected}")
    if not np.isfinite(array).all():
        raise DocumentError(f"{what} has infinity or NaN in it: such a network has no outputs to show")
    return array
