"""How close a program's numbers must be to those of the sheet, and for which networks none can be asserted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mlpviz.engine.losses.weighing import counts
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.exchange.programs.arrays import number_text
from mlpviz.network import Document, DocumentError
from mlpviz.sheet.values import values_on_screen

CLOSE = 1e-9
"""How far a number may be off from the twelve digits of the program, unless rounding alone can move it further."""


class Rounding(NamedTuple):
    """How far rounding alone can move the numbers of each block of a sheet."""

    sizes: Mapping[str, float]

    @classmethod
    def of(cls, document: Document) -> Rounding:
        """From passes in which every number is rounded in another way."""
        found: dict[str, float] = {}
        for tensor, size in rounding_error(document.trace()).items():
            last = len(document.layers) - 1
            layer = last if tensor.field == "loss" else -1 if tensor.layer is None else tensor.layer
            found[f"{tensor.field}.{layer + 1}"] = size
        step, slots = document.next_step, enumerate(document.spec.slots, start=1)
        if step.is_plain:
            rate = max(float(group.learning_rate) for group in step.groups or [step])
            largest = rate * max(found.values())
            found |= {f"new_{name}.{layer}": largest for layer, slot in slots for name in slot.names}
        return cls(found)

    def allowed(self, *blocks: str) -> float:
        """How far a number of these blocks may be off."""
        return max(CLOSE, *(16 * self.sizes.get(block, 0.0) for block in blocks))


def one_digit(value: float) -> str:
    """A tolerance as it stands in a program."""
    return number_text(float(f"{value:.0e}"))


def check_assertable(document: Document, rounding: Rounding) -> None:
    """Raises DocumentError where a program could assert nothing."""
    trace = document.trace()
    ignored = document.spec.loss.ignored
    if trace.target is not None and not counts(trace.target, ignored).any():
        raise DocumentError("every sample is of the ignored class, so the loss of the program would be 0 / 0")
    if document.spec.loss.reads_probabilities and not trace.output.all():
        raise DocumentError("an output is 0, and the line of the loss in code divides by it or takes its logarithm")
    with np.errstate(all="ignore"):
        values = values_on_screen(document)
    shown = [array for key, array in values.items() if not key.startswith(("divisor", "counts"))]
    if not all(np.isfinite(array).all() for array in shown):
        raise DocumentError("a number of the pass is infinite or NaN: the program could assert nothing")
    for block, size in rounding.sizes.items():
        if block in values and 16 * size > 1e-3 * max(1.0, float(np.abs(values[block]).max())):
            raise DocumentError("rounding alone moves a number of the pass by more than a thousandth of its size")
