"""Arrays that remember how they were computed, so that the operation that first gave infinity or NaN can be named.

The functions of the registries (activations, losses, norms) run on them as on any array; what is recorded are NumPy's
own operations, so that the operation that is named is the one that the engine carried out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array

Index = tuple[int, ...]


class ArrayOperation(NamedTuple):
    """One operation on numbers: NumPy's name of it ("log", "add.reduce" for a sum), its operands, its result."""

    name: str
    operands: tuple[float, ...]
    result: float


class Origin(NamedTuple):
    """The operation whose result is not finite though its operands are, and the one that made NaN of infinity, if any.

    They are the same where NaN came at once.
    """

    first: ArrayOperation
    turned: ArrayOperation | None = None


class _Made(NamedTuple):
    name: str
    inputs: tuple[Any, ...]
    axis: int | None


class RecordedArray(np.ndarray[Any, Any]):
    """An array that remembers the operation that made it; see `recorded`."""

    made: _Made | None

    def __array_finalize__(self, source: Any) -> None:
        self.made = None

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
        """The result of the operation, with the operation."""
        kept = tuple(_snapshot(each) for each in inputs) if out is not None else inputs
        result = np.asarray(getattr(ufunc, method)(*map(_plain, inputs), **options))
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        if out is not None:
            (target,) = out
            np.asarray(target)[...] = result
            if not isinstance(target, RecordedArray):
                return target
            target.made = _Made(name, kept, options.get("axis"))
            return target
        return _with(result, _Made(name, kept, options.get("axis")))

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        """The result of a function such as np.where, with the function."""
        result = function(*map(_plain, arguments), **{name: _plain(value) for name, value in options.items()})
        return _with(np.asarray(result), _Made(function.__name__, tuple(arguments), options.get("axis")))

    def astype(self, *arguments: Any, **options: Any) -> Any:
        """The same numbers in another type, made in the same way."""
        return _with(np.asarray(self).astype(*arguments, **options), self.made)


def recorded(array: Array) -> Array:
    """The array as a given number: operations on it are remembered by their results."""
    return np.array(array, dtype=float).view(RecordedArray)


def _with(array: Any, made: _Made | None) -> RecordedArray:
    found: RecordedArray = np.asarray(array).view(RecordedArray)
    found.made = made
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, RecordedArray):
        return np.asarray(value)
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def _snapshot(value: Any) -> Any:
    return _with(np.array(_plain(value)), value.made) if isinstance(value, RecordedArray) else value


def origin_at(array: Array, index: Index) -> Origin | None:
    """Where the number at `index`, which is not finite, began to be so; None if it was given, or by unknown ways."""
    if not isinstance(array, RecordedArray) or array.made is None:
        return None
    operands = _operands(array.made, array.shape, index)
    if operands is None:
        return None
    numbers = [float(np.asarray(source)[at]) for source, at in operands]
    here = ArrayOperation(array.made.name, tuple(numbers), float(np.asarray(array)[index]))
    broken = [place for place, number in enumerate(numbers) if not np.isfinite(number)]
    if not broken:
        return Origin(here, here if np.isnan(here.result) else None)
    broken.sort(key=lambda place: not np.isnan(numbers[place]))
    for place in broken:
        source, at = operands[place]
        found = origin_at(source, at)
        if found is None:
            continue
        turns = np.isnan(here.result) and found.turned is None
        return Origin(found.first, here) if turns else found
    return None


def _operands(made: _Made, shape: tuple[int, ...], index: Index) -> list[tuple[Any, Index]] | None:
    """The numbers that one result was computed from: an array and a place in it each. None where that is not known."""
    if made.name == "where":
        condition, one, other = made.inputs
        chosen = one if np.asarray(condition)[_in(condition, index)] else other
        return [(chosen if isinstance(chosen, np.ndarray) else np.asarray(chosen), _in(chosen, index))]
    if made.name.endswith(".reduce"):
        (source,) = made.inputs
        axis = (source.ndim - 1 if made.axis is None else made.axis) % source.ndim
        at = list(index)
        if len(at) < source.ndim:
            at.insert(axis, 0)
        return [(source, (*at[:axis], place, *at[axis + 1 :])) for place in range(source.shape[axis])]
    found = []
    for each in made.inputs:
        source = each if isinstance(each, np.ndarray) else np.asarray(each)
        if source.dtype.kind not in "fiub" or len(source.shape) > len(shape):
            return None
        found.append((source, _in(source, index)))
    return found


def _in(source: Any, index: Index) -> Index:
    """The place that broadcasting reads for a place of the result."""
    shape = np.shape(source)
    own = index[len(index) - len(shape) :]
    return tuple(0 if size == 1 else place for size, place in zip(shape, own, strict=True))
