"""The training pass over batches of one shape, captured: what `passes.Workspace` runs after its first times."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from mlpviz.engine.capture import CaptureError, Recording
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.parameters import Array

MOST_BYTES = 1_000_000
"""of the arrays that a captured pass keeps: one with more spends its time in NumPy, and has nothing to gain"""


class PassBatch(NamedTuple):
    """What changes from one pass to the next: x (..., N, I), the target and the masks of this batch."""

    x: Array
    target: Array | None
    masks: DropoutMasks

    def each(self, change: Callable[[Array], Array]) -> PassBatch:
        """The batch with every array changed."""
        target = None if self.target is None else change(self.target)
        return PassBatch(change(self.x), target, {place: change(mask) for place, mask in self.masks.items()})

    @property
    def shapes(self) -> tuple[object, ...]:
        """What must be the same for the same calls."""
        target = None if self.target is None else self.target.shape
        masks = tuple([(place, mask.shape) for place, mask in self.masks.items()]) if self.masks else ()
        return (self.x.shape, target, masks)


class RunPass(Protocol):
    """A pass over a batch that fills the gradient (..., P) and the buffers (..., B) and gives the loss (...,)."""

    def __call__(self, params: Array, grad: Array, buffers: Array, batch: PassBatch) -> Array:
        """Fills `grad` and `buffers`."""


class CapturedPass:
    """The calls of a pass over batches of these shapes, with the arrays of params, gradient and buffers in them.

    Raises CaptureError where the pass cannot be captured. The buffers are as before; the gradient is overwritten.
    """

    def __init__(self, run: RunPass, params: Array, grad: Array, buffers: Array, batch: PassBatch) -> None:
        recording = Recording(MOST_BYTES)
        recording.steady, recording.made = params, {}
        self._batch = batch.each(np.array)
        before = buffers.copy()
        loss = run(recording.on(params), recording.on(grad), recording.on(buffers), self._batch.each(recording.on))
        self._loss = np.asarray(loss).view(np.ndarray)
        self._is_many = self._loss.ndim > 0
        self._calls = tuple(recording.calls)
        buffers[...] = before
        # what a capture has not seen would be the same for every batch: another batch shows it
        for each in (batch, batch.each(_other)):
            expected = [np.array(run(params, grad, buffers, each)), grad.copy(), buffers.copy()]
            buffers[...] = before
            found = [self.run(each), grad, buffers]
            same = all(np.array_equal(*pair, equal_nan=True) for pair in zip(expected, found, strict=True))
            buffers[...] = before
            if not same:
                raise CaptureError("not every call was captured")

    def run(self, batch: PassBatch) -> Array:
        """The loss (...,) of a batch of these shapes; fills gradient and buffers."""
        own = self._batch
        own.x[...] = batch.x
        if own.target is not None:
            own.target[...] = batch.target
        for place, mask in own.masks.items():
            mask[...] = batch.masks[place]
        for call in self._calls:
            call()
        return self._loss.copy() if self._is_many else self._loss[()]


def _other(array: Array) -> Array:
    """Numbers that differ from those of the batch, whatever they are."""
    return array[..., ::-1, :] * 0.5 + 0.25
