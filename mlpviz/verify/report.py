"""Whether the numbers of a pass are right: NumPy compared with PyTorch and with central differences, tensor by tensor.

From PyTorch a tensor may differ by 1e-12 of its largest entry, plus the rounding error where terms cancel. From central
differences it may differ by 1e-9 of its largest entry, plus their own error and the rounding error of the gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from mlpviz.engine.gradcheck import central_differences
from mlpviz.engine.optimizers import OptimizerStep
from mlpviz.engine.parameters import Array
from mlpviz.engine.rounding_error import rounding_error
from mlpviz.engine.tensor_names import Tensor, tensors, updated_tensors
from mlpviz.engine.trace import Trace
from mlpviz.text.numbers import NumberStyle, format_number
from mlpviz.verify import torch_reference
from mlpviz.verify.against_differences import HELD, ROUNDING_FLOOR, SAFETY, compare_with_differences, entries
from mlpviz.verify.compare import Difference, compare, worst
from mlpviz.verify.kink_sides import on_other_sides

TORCH_TOLERANCE = 1e-12
"""Allowed difference from PyTorch, relative to the largest entry of the tensor."""


_SHORT = NumberStyle(2)

BY_HAND = "compared with a step written by hand in PyTorch:"
"""How a note begins where the twin of an optimizer is ours."""


@dataclass(frozen=True)
class TensorCheck:
    """The result of the check for one tensor. A comparison that was not made, or had nothing to compare, is None."""

    tensor: Tensor
    shape: tuple[int, ...]
    torch: Difference | None
    differences: Difference | None
    note: str
    differentiated: int = 0
    """how many of the entries central differences were tried at"""

    @property
    def name(self) -> str:
        """The name on screen: "∂L/∂W of layer 3"."""
        return self.tensor.name

    @property
    def ok(self) -> bool:
        """Whether every comparison that was made is within its tolerance."""
        return all(comparison is None or comparison.ok for comparison in (self.torch, self.differences))


class Cells(NamedTuple):
    """One row of the check's table as texts; `ok` is its verdict."""

    tensor: str
    shape: str
    torch_absolute: str
    torch_relative: str
    differences_absolute: str
    differences_relative: str
    ok: bool
    note: str


@dataclass(frozen=True)
class Report:
    """The rows in order of computation, and their summary.

    `torch_version` is None if nothing was compared with PyTorch. `not_finite` is the first row with infinity or NaN.
    """

    rows: tuple[TensorCheck, ...]
    torch_version: str | None
    torch_installed: bool
    not_finite: TensorCheck | None

    @property
    def first_failure(self) -> TensorCheck | None:
        """The first row that disagrees: forward from the first layer, loss, backward from the last layer."""
        return next((row for row in self.rows if not row.ok), None)

    @property
    def ok(self) -> bool:
        """Whether no row disagrees."""
        return self.first_failure is None

    @property
    def torch(self) -> Difference | None:
        """The largest differences from PyTorch over all rows."""
        return worst(row.torch for row in self.rows)

    @property
    def differences(self) -> Difference | None:
        """The largest differences from central differences over all rows."""
        return worst(row.differences for row in self.rows)

    @property
    def sampled(self) -> str:
        """How many numbers of the gradients were differentiated, in words; empty if all of them were."""
        gradients = [row for row in self.rows if row.differentiated]
        tried = sum(row.differentiated for row in gradients)
        every = sum(math.prod(row.shape) for row in gradients)
        return "" if tried == every else f"{tried:,} of {every:,} numbers differentiated"

    @property
    def summary(self) -> str:
        """One sentence for the badge."""
        if (failure := self.first_failure) is not None:
            by_torch = failure.torch is not None and not failure.torch.ok
            witness, wrong = ("PyTorch", failure.torch) if by_torch else ("finite differences", failure.differences)
            if wrong is not None and np.isfinite(wrong.absolute):
                return f"{failure.name} disagrees with {witness} by {format_number(wrong.absolute, _SHORT)}"
            return f"{failure.name} disagrees with {witness}: only one of the two is a finite number"
        if self.not_finite is not None:
            return f"{self.not_finite.name} is not finite: what is computed from it cannot be proved"
        torch = "" if self.torch is None else " = PyTorch"
        differences = "" if self.differences is None else " = finite differences"
        caveats = []
        if self.torch_version is None:
            caveats.append(f"PyTorch {'was not asked' if self.torch_installed else 'is not installed'}")
        if self.differences is None:
            held = any(HELD in row.note for row in self.rows)
            caveats.append(
                "a bound of the loss holds every gradient" if held else "no finite difference is free of kinks"
            )
        if differences and self.sampled:
            caveats.append(self.sampled)
        if any(BY_HAND in row.note for row in self.rows):
            caveats.append("the step beside one by hand, torch.optim has none like it")
        if not torch and not differences:
            return f"Nothing to compare NumPy with ({', '.join(caveats)})"
        return f"NumPy{torch}{differences}" + (f" ({', '.join(caveats)})" if caveats else "")


def table_of(
    rows: Sequence[TensorCheck], write: Callable[[float], str] = format_number, times: str = " × ", missing: str = "–"
) -> tuple[Cells, ...]:
    """The rows as texts: `write` formats a number, `times` joins a shape, `missing` replaces a number that is None."""

    def pair(found: Difference | None) -> tuple[str, str]:
        if found is None:
            return missing, missing
        return write(found.absolute), missing if found.relative is None else write(found.relative)

    return tuple(
        Cells(
            row.name, times.join(map(str, row.shape)) or "1", *pair(row.torch), *pair(row.differences), row.ok, row.note
        )
        for row in rows
    )


def check(trace: Trace, step: OptimizerStep | None = None, *, with_torch: bool = True) -> Report:
    """Compare every tensor of the trace with PyTorch, if it is installed and wanted, and with central differences.

    With an optimizer `step` also every new parameter with `torch.optim`, which gets the gradient of the step: the other
    rows check that gradient. A note says so where `torch.optim` lacks the optimizer and the twin is written by hand.

    Raises LookupError for a loss that PyTorch lacks, ValueError for leading axes.
    """
    installed = torch_reference.available()
    torch_pass = torch_reference.run(trace) if with_torch and installed else None
    gradients, spread = central_differences(trace), _Rounding(trace)
    rows: list[TensorCheck] = []
    overflowed = False  # in PyTorch
    not_finite = crossed = None  # the first row that is not finite; the first tensor on two sides of a kink
    for tensor in tensors(trace.spec, trace.training):
        ours = tensor.of(trace)
        notes = []
        if trace.pins and (pinned := _pinned(trace, tensor)):
            notes.append(f"{pinned} pinned")
        if infinite := _infinite(ours):
            notes.append(f"{infinite} of {entries(ours.size)} not finite: not compared")
        # after an infinity a number may be NaN in one program and 0 in the other, and neither is wrong
        lenient = not_finite is not None or overflowed
        by_torch = None
        if crossed is not None:
            notes.append(f"rounding put {crossed.name} on different sides of a kink: not compared with PyTorch")
        elif torch_pass is not None:
            theirs = tensor.of(torch_pass)
            overflowed |= _infinite(theirs) > 0
            by_torch = compare(
                ours, theirs, TORCH_TOLERANCE, 0.0, meaningful=TORCH_TOLERANCE, lenient=lenient,
                rounding=partial(spread.of, tensor),
            )  # fmt: skip
            if by_torch is not None and by_torch.relative is None:
                notes.append("terms cancel or saturate: differs from PyTorch by rounding only")
            if by_torch is not None and by_torch.ok and on_other_sides(trace, tensor, theirs):
                crossed = tensor
        by_differences, tried = None, 0
        if tensor.is_gradient:
            tried = gradients[tensor].entries.size
            by_differences, more = compare_with_differences(
                ours, gradients[tensor], partial(spread.of, tensor), lenient
            )
            notes += more
        rows.append(TensorCheck(tensor, ours.shape, by_torch, by_differences, "; ".join(notes), tried))
        not_finite = not_finite or (rows[-1] if infinite else None)
    if step is not None and torch_pass is not None:
        rows += _check_step(trace, step, lenient=not_finite is not None)
    return Report(tuple(rows), torch_reference.version() if torch_pass is not None else None, installed, not_finite)


class _Rounding:
    """What rounding may make of each tensor of a trace; found out when it is asked for first."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def of(self, tensor: Tensor) -> float:
        """The difference that rounding alone explains."""
        return SAFETY * self._spread[tensor]

    @cached_property
    def _spread(self) -> dict[Tensor, float]:
        return rounding_error(self._trace)


def _check_step(trace: Trace, step: OptimizerStep, lenient: bool) -> list[TensorCheck]:
    theirs, rows = torch_reference.updated(step), []
    optimizer = step.optimizer
    reason = optimizer.torch_note or f"torch.optim has no {optimizer.label} as it is set"
    by_hand = [] if optimizer.is_torchs else [f"{BY_HAND} {reason}"]
    of_torch = updated_tensors(trace.spec, theirs)
    for tensor, ours in updated_tensors(trace.spec, step.new_params).items():
        found = compare(
            ours, of_torch[tensor], TORCH_TOLERANCE, ROUNDING_FLOOR * step.learning_rate,
            meaningful=TORCH_TOLERANCE, lenient=lenient,
        )  # fmt: skip
        infinite = _infinite(ours)
        notes = [f"{infinite} of {entries(ours.size)} not finite: not compared"] * bool(infinite)
        rows.append(TensorCheck(tensor, ours.shape, found, None, "; ".join(by_hand + notes)))
    return rows


def _infinite(numbers: Array) -> int:
    """How many numbers are infinity or NaN."""
    finite = np.isfinite(numbers)
    return 0 if np.logical_and.reduce(finite, axis=None) else int((~finite).sum())


def _pinned(trace: Trace, tensor: Tensor) -> int:
    if tensor.field not in ("a", "grad_a", "grad_z"):
        return 0
    return len({(pin.sample, pin.unit) for pin in trace.pins if pin.layer == tensor.layer})
