"""Training, validation and test samples as arrays that fit the network, checked once, and their batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import as_target
from mlpviz.engine.spec import NetworkSpec, SpecError

CHUNK = 4_000_000
"""Bytes of inputs that are shuffled at once: slices of shuffled rows are cheaper than picking rows for each step."""


class Samples(NamedTuple):
    """Inputs x (N, I) and targets as the loss reads them: (N, O), or None for a loss without target."""

    x: Array
    target: Array | None


@dataclass(frozen=True)
class DataSplits:
    """Training, validation and test samples; the last two may be None."""

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
        """Pairs of x (N, I) and target as arrays of this dtype that fit the network; x is copied only if it must be.

        Raises SpecError naming the split: no samples, a wrong shape, a number that is not finite, a class out of range.
        """
        splits = {"train": train, "validation": validation, "test": test}
        return cls(*(None if pair is None else _samples(spec, name, *pair, dtype) for name, pair in splits.items()))  # type: ignore[arg-type]


def _samples(spec: NetworkSpec, name: str, x: Any, target: Any, dtype: Any) -> Samples:
    # no copy of an array that fits: one of all of MNIST would take 220 MB
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
    # minimum and maximum need no mask as large as the data
    if array.size and not (np.isfinite(array.min()) and np.isfinite(array.max())):
        row, column = np.argwhere(~np.isfinite(array))[0]
        value = array[row, column]
        raise SpecError(f"{name} row {row + 1} column {column + 1} is {value}, expected a finite number")


def batches(samples: Samples, order: NDArray[np.intp] | None, size: int, first: int = 0) -> Iterator[Samples]:
    """Batches of `size` samples from number `first` on, in this order: (N,) indices, or (R, N) of R networks at once.

    An order of None leaves the samples as they are.
    """
    count = len(samples.x)
    if order is None:
        for start in range(first * size, count, size):
            yield _slice(samples, start, start + size)
        return
    bytes_each = samples.x.itemsize * samples.x.shape[-1] * (order.size // count)
    chunk = size * max(1, CHUNK // max(1, size * bytes_each))
    for begin in range(first * size, count, chunk):
        picked = order[..., begin : begin + chunk]
        shuffled = Samples(samples.x[picked], None if samples.target is None else samples.target[picked])
        for start in range(0, picked.shape[-1], size):
            yield _slice(shuffled, start, start + size)


def _slice(samples: Samples, start: int, stop: int) -> Samples:
    x, target = samples
    return Samples(x[..., start:stop, :], None if target is None else target[..., start:stop, :])
