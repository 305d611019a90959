"""A pass with its Trace, captured: what `run_pass` does after its first times with arrays of the same shapes.

All arrays of the pass lie in one arena. A Trace gets a copy of the arena, which one flag freezes, and makes its views
when someone looks at them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.capture import CaptureError, Recording
from mlpviz.engine.captured_pass import PassBatch
from mlpviz.engine.parameters import Array
from mlpviz.engine.trace import LayerTrace, Trace, TracePlaces

MOST_BYTES = 200_000
"""of the arrays of one pass: a larger one spends its time in NumPy, and has nothing to gain"""


class PassArrays(NamedTuple):
    """What changes from one pass to the next of the same kind: checked arrays of one type."""

    params: Array
    buffers: Array
    """(..., B), before the pass"""
    batch: PassBatch

    @property
    def shapes(self) -> tuple[object, ...]:
        """What must be the same for the same calls."""
        return (self.params.shape, self.batch.shapes)

    def all(self) -> list[Array]:
        """All that there are."""
        x, target, masks = self.batch
        given = (self.params, self.buffers, x, *masks.values())
        return [*given] if target is None else [*given, target]

    def each(self, change: Callable[[Array], Array]) -> PassArrays:
        """With every array changed."""
        return PassArrays(change(self.params), change(self.buffers), self.batch.each(change))


RunTrace = Callable[[PassArrays, Array, Array], Trace]
"""A pass over arrays, which fills the gradient (..., P) and updates the buffers (..., B) that are its own."""


class CapturedTrace:
    """The calls of a pass over arrays of these shapes, for one thread at a time.

    Raises CaptureError where the pass cannot be captured, such as for an activation that looks at numbers.
    """

    def __init__(self, run: RunTrace, given: PassArrays) -> None:
        arena = np.zeros(MOST_BYTES // given.params.itemsize, given.params.dtype)
        recording = Recording(MOST_BYTES, arena)
        own = given.each(recording.keep)
        recording.steady = own.params.view(np.ndarray)
        new_buffers, grad = recording.keep(given.buffers), recording.keep(given.params)
        self._inputs = [each.view(np.ndarray) for each in own.all()]
        self._buffers, self._new_buffers = own.buffers.view(np.ndarray), new_buffers.view(np.ndarray)
        trace = run(own, new_buffers, grad)
        self._places = _places(trace, recording)
        self._calls = tuple(recording.calls)
        self._arena = arena[: recording.used]
        self._check(run, given)

    def _check(self, run: RunTrace, given: PassArrays) -> None:
        """What the capture has not seen would be the same for all numbers: other numbers show it."""
        for each in (given, given.each(_other)):
            expected = run(each.each(np.copy), each.buffers.copy(), np.empty_like(each.params))
            if not _same(expected, self.run(each)):
                raise CaptureError("not every call was captured")

    def run(self, given: PassArrays) -> Trace:
        """The pass over arrays of these shapes."""
        for own, new in zip(self._inputs, given.all(), strict=True):
            own[...] = new
        if self._buffers.size:
            self._new_buffers[...] = self._buffers
        for call in self._calls:
            call()
        return Trace.of_arena(self._arena.copy(), self._places)


def _places(trace: Trace, recording: Recording) -> TracePlaces:
    """Where the arrays of a captured trace lie; what it has besides arrays, as it is."""

    def place(value: Any) -> Any:
        if isinstance(value, LayerTrace):
            return LayerTrace(*map(place, value))
        if type(value) is tuple:
            return tuple(map(place, value))
        return recording.place_of(value) if isinstance(value, np.ndarray) else value

    return {field.name: place(getattr(trace, field.name)) for field in fields(Trace)}


def _other(array: Array) -> Array:
    """Numbers that differ from those of the pass, whatever they are."""
    return array[..., ::-1] * 0.5 + 0.25


def _same(one: Trace, other: Trace) -> bool:
    pairs = zip(_arrays(one), _arrays(other), strict=True)
    return all(np.array_equal(*pair, equal_nan=True) for pair in pairs)


def _arrays(trace: Trace) -> list[Any]:
    """All arrays of a trace, and its loss."""
    values = [getattr(trace, field.name) for field in fields(Trace)]
    inside = [each for layer in trace.layers for each in layer]
    found: list[Any] = [*values, *inside, *trace.unpinned]
    return [each for each in found if isinstance(each, np.ndarray | np.generic)]
