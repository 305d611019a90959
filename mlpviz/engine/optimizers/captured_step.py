"""The steps of an optimizer on the same arrays: after the first ones as calls that were captured."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.capture import CaptureError, Recording
from mlpviz.engine.kept_captures import CAPTURED_AFTER
from mlpviz.engine.optimizers.apply import apply_step
from mlpviz.engine.optimizers.optimizer import Optimizer, Slots
from mlpviz.engine.parameters import Array

MOST_BYTES = 200_000
"""of the arrays that a captured step keeps: with larger ones the time goes to NumPy"""


class CapturedStep:
    """The calls of a step that writes `params` (..., P) and `slots` in place, along the gradient in `grads`.

    From one step to the next the learning rate may change, and what the optimizer names as its `scales`. Raises
    CaptureError where more changes, or a slot is no array. All arrays are as before.
    """

    def __init__(self, optimizer: Optimizer, params: Array, grads: Array, slots: Slots, t: int, rate: float) -> None:
        self.optimizer, self.slots = optimizer, slots
        if params.nbytes > MOST_BYTES:
            raise CaptureError("the arrays are too large")
        if not all(isinstance(slot, np.ndarray) and slot.ndim for slot in slots.values()):
            raise CaptureError("a slot is no array")
        self._settings = dict(optimizer.settings)
        places = params, *slots.values()
        before = [place.copy() for place in places]
        recording = Recording(MOST_BYTES)
        # the plain step computes them as numbers of Python, in float64
        recording.arrays_only = params.dtype != np.float64
        self._numbers = [np.array(number, params.dtype) for number in self._numbers_of(t, rate)]
        learning_rate, *scales = map(recording.on, self._numbers)
        own, own_slots = recording.on(params), {name: recording.on(slot) for name, slot in slots.items()}
        given: dict[str, Any] = {"learning_rate": learning_rate}
        if optimizer.write is not None:
            given |= {"scales": tuple(scales)} if scales else {}
            optimizer.write(own, recording.on(grads), own_slots, t, own, own_slots, **given)
        else:
            own[...], found = optimizer.step(own, recording.on(grads), own_slots, t, **given)
            for name, slot in own_slots.items():
                slot[...] = found[name]
        self._calls = tuple(recording.calls)
        # what a capture has not seen would be the same for every step: another step shows it
        for number, other in ((t, rate), (t + 7, 0.5 * rate)):
            expected, *rest = (each.copy() for each in before)
            copies = dict(zip(slots, rest, strict=True))
            copies = apply_step(optimizer, expected, grads, copies, number, learning_rate=other)
            _write_all(places, before)
            self.run(number, other)
            pairs = zip(places, (expected, *copies.values()), strict=True)
            same = all(np.array_equal(*pair, equal_nan=True) for pair in pairs)
            _write_all(places, before)
            if not same:
                raise CaptureError("not every call was captured")

    def _numbers_of(self, t: int, learning_rate: float) -> tuple[Any, ...]:
        self._settings["learning_rate"] = learning_rate
        scales = self.optimizer.scales
        return (learning_rate,) if scales is None else (learning_rate, *scales(t, **self._settings))

    def run(self, t: int, learning_rate: float) -> None:
        """Step number t, from 1."""
        for place, number in zip(self._numbers, self._numbers_of(t, learning_rate), strict=True):
            place[...] = number
        for call in self._calls:
            call()


def _write_all(places: tuple[Array, ...], numbers: list[Array]) -> None:
    for place, each in zip(places, numbers, strict=True):
        place[...] = each


class StepsInPlace:
    """Steps that write `params` (..., P) along the gradient in `grads`, which a training loop fills each time."""

    def __init__(self, params: Array, grads: Array) -> None:
        self._params, self._grads = params, grads
        self._optimizer: Optimizer | None = None
        self._done = 0
        """with this optimizer, in the plain way"""
        self._captured: CapturedStep | None = None

    def take(self, optimizer: Optimizer, slots: Slots, t: int, learning_rate: Any, **momentum: float) -> Slots:
        """One step as `apply_step` takes it, with the same bits; gives the new slots."""
        if optimizer is not self._optimizer:
            self._optimizer, self._done, self._captured = optimizer, 0, None
        # beside float32 a float64 of NumPy's is no number of Python's: it computes in float64
        is_steady = type(learning_rate) is float and not momentum
        captured = self._captured
        if captured is not None and captured.slots is slots and is_steady:
            captured.run(t, learning_rate)
            return slots
        self._done += 1
        if self._done == CAPTURED_AFTER and is_steady and not optimizer.combines:
            try:
                self._captured = CapturedStep(optimizer, self._params, self._grads, slots, t, learning_rate)
            except CaptureError:
                self._captured = None
            else:
                self._captured.run(t, learning_rate)
                return slots
        return apply_step(optimizer, self._params, self._grads, slots, t, learning_rate=learning_rate, **momentum)
