"""What a network is trained on and measured with: arrays that fit it, checked once.

Refuses to know where they come from, how they were split or scaled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, SpecError
from mlpviz.engine.targets import as_target

STRETCH = 4_000_000
"""Bytes of inputs that are put in order at once: a slice per step is cheaper than picking rows per step."""


class Samples(NamedTuple):
    """Inputs x (N, I) and targets as the loss reads them: (N, O), or None for a loss without target."""

    x: Array
    target: Array | None


@dataclass(frozen=True)
class DataSplits:
    """Training, validation and test samples; the last two may be missing."""

    train: Samples
    validation: Samples | None = None
    test: Samples | None = None

    @classmethod
    def of(
        cls,
        spec: NetworkSpec,
        train: tuple[Any, Any],
        validation: tuple[Any, Any] | None = None,
        test: tuple[Any, Any] | None = None,
        dtype: Any = np.float64,
    ) -> DataSplits:
        """Pairs of x (N, I) and target as arrays that fit the network, in this dtype; x is not copied where it is so.

        Raises SpecError naming the set: no samples, a wrong shape, a number that is not finite, a class out of range.
        """
        parts = {"train": train, "validation": validation, "test": test}
        return cls(*(None if pair is None else _part(spec, name, *pair, dtype) for name, pair in parts.items()))  # type: ignore[arg-type]


def _part(spec: NetworkSpec, name: str, x: Any, target: Any, dtype: Any) -> Samples:
    # of what fits already no copy: a copy of all of MNIST would be another 220 MB
    x = np.asarray(x, dtype=dtype, order="C").view()
    x.flags.writeable = False
    if x.ndim != 2 or x.shape[1] != spec.inputs:
        raise SpecError(f"{name} x has shape {' x '.join(map(str, x.shape))}, expected N x {spec.inputs}")
    if not len(x):
        raise SpecError(f"{name} has 0 samples, expected at least 1")
    _check_finite(f"{name} x", x)
    try:
        read = as_target(spec, target, len(x))
    except SpecError as error:
        raise SpecError(f"{name} {error}") from None
    if read is not None:
        _check_finite(f"{name} target", read)
        read = read.astype(dtype, copy=False)
    return Samples(x, read)


def _check_finite(name: str, array: Array) -> None:
    # a look at the extremes needs no mask as large as the data
    if array.size and not (np.isfinite(array.min()) and np.isfinite(array.max())):
        row, column = np.argwhere(~np.isfinite(array))[0]
        found = array[row, column]
        raise SpecError(f"{name} row {row + 1} column {column + 1} is {found}, expected a finite number")


def batches(part: Samples, order: NDArray[np.intp] | None, size: int, first: int = 0) -> Iterator[Samples]:
    """The part in pieces of `size` samples, in this order (N,) or (R, N) for networks side by side, from piece `first`.

    An order of None leaves the samples as they are: a full batch is the part itself.
    """
    samples = len(part.x)
    if order is None:
        for start in range(first * size, samples, size):
            yield _slice(part, start, start + size)
        return
    bytes_each = part.x.itemsize * part.x.shape[-1] * (order.size // samples)
    stretch = size * max(1, STRETCH // max(1, size * bytes_each))
    for begin in range(first * size, samples, stretch):
        picked = order[..., begin : begin + stretch]
        whole = Samples(part.x[picked], None if part.target is None else part.target[picked])
        for start in range(0, picked.shape[-1], size):
            yield _slice(whole, start, start + size)


def _slice(part: Samples, start: int, stop: int) -> Samples:
    x, target = part
    return Samples(x[..., start:stop, :], None if target is None else target[..., start:stop, :])
