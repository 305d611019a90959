"""What another tool's network does from x to its outputs, one operation after another; samples are rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import DocumentError


@dataclass(frozen=True)
class Dense:
    """z = x Wᵀ + b: weight (O, I), bias (O,) or None.

    `label` marks a layer that is no layer of the tool; no update changes it if it is `frozen`. With `skip` the layer
    adds what it reads to what it gives.
    """

    weight: Array
    bias: Array | None = None
    label: str = ""
    frozen: bool = False
    skip: bool = False


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


Operation = Dense | Rescale | Activate | Normalize | Dropout


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
