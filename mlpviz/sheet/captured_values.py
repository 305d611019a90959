"""The numbers of a sheet as one array, computed by calls of NumPy that were captured: what an edit of a number costs.

A pass over a small network takes Python longer than NumPy, and so does cutting it into the blocks of the sheet. The
calls of both are the same as long as the architecture is, so that after some edits they are captured
(`engine/capture.py`) and made again: `values.py` has the only code that computes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import NetworkSpec, Pin
from mlpviz.engine.capture import CaptureError, Recording
from mlpviz.engine.dropout import DropoutMasks
from mlpviz.engine.kept_captures import KeptCaptures
from mlpviz.engine.norm_dropout_skip import pass_mode
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.run_trace import traced
from mlpviz.engine.trace import Trace
from mlpviz.network import Document
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.values import class_rows, rates_of_layers, values_after

MOST_BYTES = 200_000
"""of the arrays of one sheet: a larger one spends its time in NumPy, and has nothing to gain"""

MOST_KEPT = 32
"""kinds of sheets: together at most 6 MB"""


class SheetNumbers(NamedTuple):
    """The numbers of a sheet, block after block, each row by row, and the rows and columns of each block."""

    flat: Array
    sizes: Mapping[str, tuple[int, ...]]


class SheetInputs(NamedTuple):
    """What changes from one document to the next of the same architecture, as arrays."""

    params: Array
    x: Array
    target: Array | None
    classes: Array | None
    rate: Array
    rates: dict[int, Array]
    masks: DropoutMasks
    buffers: Array
    after: Array
    """the parameters (P,) after the update, which needs the gradient of the pass"""

    @classmethod
    def of(cls, document: Document) -> SheetInputs:
        """Those of a document; `after` is not filled."""
        is_plain = document.spec.is_plain
        return cls(
            document.params,
            np.array(document.x, dtype=float),
            document.read_target,
            class_rows(document),
            np.array([[document.rate]]),
            {number: np.array([[rate]]) for number, rate in rates_of_layers(document).items()},
            {} if is_plain or not document.training else document.masks,
            document.buffers,
            np.empty(document.spec.size),
        )

    def arrays(self) -> list[Array]:
        """All of them but `after`."""
        found = [self.params, self.x, self.target, self.classes, self.rate, *self.rates.values(), *self.masks.values()]
        return [each for each in (*found, self.buffers) if each is not None]

    def each(self, change: Callable[[Array], Array]) -> SheetInputs:
        """With every array changed."""
        target = None if self.target is None else change(self.target)
        classes = None if self.classes is None else change(self.classes)
        rates = {number: change(rate) for number, rate in self.rates.items()}
        masks = {place: change(mask) for place, mask in self.masks.items()}
        params, x, rate, buffers, after = map(change, (self.params, self.x, self.rate, self.buffers, self.after))
        return SheetInputs(params, x, target, classes, rate, rates, masks, buffers, after)


class SheetKind(NamedTuple):
    """What the numbers of a sheet are computed with; `is_plain`: the update is plain gradient descent."""

    spec: NetworkSpec
    samples: int
    pins: tuple[Pin, ...]
    training: bool
    is_plain: bool

    @classmethod
    def of(cls, document: Document) -> SheetKind:
        """That of a document."""
        is_plain = document.next_step.is_plain
        return cls(document.spec, document.samples, document.engine_pins, document.training, is_plain)

    def trace(self, given: SheetInputs, new_buffers: Array, grad: Array) -> Trace:
        """The pass."""
        pinned = pin_masks(self.spec, self.samples, self.pins)
        mode = pass_mode(self.spec, self.samples, self.training, given.masks, given.buffers)
        return traced(
            self.spec, given.params, given.x, given.target, self.pins, pinned, mode, given.buffers, new_buffers, grad
        )

    def values(self, trace: Trace, given: SheetInputs) -> dict[str, Array]:
        """All numbers by the names of their blocks."""
        found = values_after(trace, given.rate, given.classes, given.after, self.is_plain)
        return found | {f"learning_rate.{number}": rate for number, rate in given.rates.items()}


class CapturedValues:
    """The calls that give the numbers of one kind of sheet, for one thread at a time.

    `sizes` has the rows and columns of each block in the order of the numbers: first the blocks in `order`.
    Raises CaptureError where they cannot be captured, such as for an activation that looks at numbers.
    """

    @np.errstate(all="ignore")  # infinity and NaN are numbers of the sheet
    def __init__(self, document: Document, order: Sequence[str]) -> None:
        kind, given = SheetKind.of(document), SheetInputs.of(document)
        self._is_plain = kind.is_plain
        arena = np.zeros(MOST_BYTES // 8)
        recording = Recording(MOST_BYTES, arena)
        own = given.each(recording.keep)
        new_buffers, grad = recording.keep(given.buffers), recording.keep(given.params)
        self._own, self._new_buffers = own.each(_plain), _plain(new_buffers)
        self._inputs = self._own.arrays()
        self._grad = _plain(grad)
        trace = kind.trace(own, new_buffers, grad)
        self._pass = tuple(recording.calls)
        values = {name: _plain(array) for name, array in kind.values(trace, own).items()}
        self._rest = tuple(recording.calls[len(self._pass) :])
        names = [*order, *(name for name in values if name not in order)]
        self.sizes = {name: values[name].shape for name in names}
        everywhere = np.arange(arena.size, dtype=np.int64)  # as wide as the numbers of the arena
        self._places = np.concatenate([_places(values[name], recording, everywhere).ravel() for name in names])
        self._arena = arena[: recording.used]
        self._check(kind, given)

    def _check(self, kind: SheetKind, given: SheetInputs) -> None:
        """What the capture has not seen would be the same for all numbers: other numbers show it."""
        for each in (given, given.each(_other)):
            grad, new_buffers = np.empty_like(each.params), each.buffers.copy()
            trace = kind.trace(each.each(np.copy), new_buffers, grad)
            expected = kind.values(trace, each)
            self._run_pass(each)
            found = self._run_rest(each.after)
            flat = np.concatenate([expected[name].ravel() for name in self.sizes])
            if not (np.array_equal(found, flat, equal_nan=True) and np.array_equal(self._grad, grad, equal_nan=True)):
                raise CaptureError("not every call was captured")

    @np.errstate(all="ignore")
    def run(self, document: Document) -> Array | None:
        """The numbers of a document of this kind, block after block; None if its update is of another kind."""
        self._run_pass(SheetInputs.of(document))
        step = document.step_along(self._grad.copy())
        return self._run_rest(step.new_params) if step.is_plain == self._is_plain else None

    def _run_pass(self, given: SheetInputs) -> None:
        for own, new in zip(self._inputs, given.arrays(), strict=True):
            own[...] = new
        self._new_buffers[...] = given.buffers
        for call in self._pass:
            call()

    def _run_rest(self, after: Array) -> Array:
        self._own.after[...] = after
        for call in self._rest:
            call()
        return self._arena[self._places]


def _plain(array: Array) -> Array:
    return array.view(np.ndarray)


def _other(array: Array) -> Array:
    """Numbers that differ from those of the document, whatever they are."""
    return array[..., ::-1] * 0.5 + 0.25


def _places(array: Array, recording: Recording, everywhere: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the numbers of an array lie in the arena."""
    return recording.place_of(array).of(everywhere)


class KeptSheets:
    """What was captured, by the kind of sheet."""

    def __init__(self) -> None:
        self._kept: KeptCaptures[CapturedValues] = KeptCaptures(MOST_KEPT)

    def run(self, document: Document, shape: Shape, order: Sequence[str]) -> SheetNumbers | None:
        """The numbers of a document; None where they are not captured, or not yet. `order` follows from the shape."""
        kind = (document.spec, shape, document.engine_pins)
        captured = self._kept.take(kind, lambda: CapturedValues(document, order))
        numbers = None if captured is None else captured.run(document)
        if captured is None or numbers is None:
            return None
        self._kept.give_back(kind, captured)
        return SheetNumbers(numbers, captured.sizes)
