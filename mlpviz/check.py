"""Whether the numbers of a pass are right: NumPy beside PyTorch and central differences, tensor by tensor.

Against PyTorch a tensor may differ by 1e-12 of its largest entry, plus what rounding alone can do where terms cancel.
Against central differences it may differ by what these can resolve.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlpviz import reference
from mlpviz.comparison import Comparison, compare, worst
from mlpviz.engine.gradcheck import Differences, central_differences
from mlpviz.engine.optimizers import Taken
from mlpviz.engine.parameters import Array
from mlpviz.engine.rounding import rounding_spread
from mlpviz.engine.tensors import Tensor, tensors, updated_array, updated_tensors
from mlpviz.engine.trace import Trace
from mlpviz.number_text import format_number

TORCH_TOLERANCE = 1e-12
"""Against PyTorch, relative to the largest entry of the tensor."""

DIFFERENCES_TOLERANCE = 1e-9
"""Against central differences, relative to the largest entry of the tensor, on top of their resolution."""

_MEANINGFUL = 1e-6
"""Above this a relative difference from central differences says how coarse they are, not how good the gradient is."""

_FLOOR = 4.0 * float(np.finfo(float).eps)
"""Where the loss and all gradients are 0 nothing but the rounding of numbers around 1 is left of a difference."""

_SAFETY = 8.0
"""How many times the expected error is still believed to be rounding."""


@dataclass(frozen=True)
class Row:
    """What the check says about one tensor. A comparison that was not made, or has nothing to compare, is None."""

    tensor: Tensor
    shape: tuple[int, ...]
    torch: Comparison | None
    differences: Comparison | None
    note: str

    @property
    def name(self) -> str:
        """As on screen: "∂L/∂W of layer 3"."""
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
    """The rows in order of computation, and what they say together.

    `torch_version` is None if PyTorch took no part. `not_finite` is the first row with infinity or NaN in it.
    """

    rows: tuple[Row, ...]
    torch_version: str | None
    torch_installed: bool
    not_finite: Row | None

    @property
    def first_failure(self) -> Row | None:
        """Where a mistake shows first: forward from the first layer, loss, backward from the last layer."""
        return next((row for row in self.rows if not row.ok), None)

    @property
    def ok(self) -> bool:
        """Whether no row disagrees."""
        return self.first_failure is None

    @property
    def torch(self) -> Comparison | None:
        """The largest differences from PyTorch over all rows."""
        return worst(row.torch for row in self.rows)

    @property
    def differences(self) -> Comparison | None:
        """The largest differences from central differences over all rows."""
        return worst(row.differences for row in self.rows)

    @property
    def summary(self) -> str:
        """One sentence for the badge."""
        if (failure := self.first_failure) is not None:
            by_torch = failure.torch is not None and not failure.torch.ok
            witness, wrong = ("PyTorch", failure.torch) if by_torch else ("finite differences", failure.differences)
            if wrong is not None and np.isfinite(wrong.absolute):
                return f"{failure.name} disagrees with {witness} by {wrong.absolute:#.2g}"
            return f"{failure.name} disagrees with {witness}: only one of the two is a finite number"
        if self.not_finite is not None:
            return f"{self.not_finite.name} is not finite: what is computed from it cannot be proved"
        torch = "" if self.torch is None else " = PyTorch"
        differences = "" if self.differences is None else " = finite differences"
        caveats = []
        if self.torch_version is None:
            caveats.append(f"PyTorch {'was not asked' if self.torch_installed else 'is not installed'}")
        if self.differences is None:
            caveats.append("no finite difference is free of kinks")
        if not torch and not differences:
            return f"Nothing to compare NumPy with ({', '.join(caveats)})"
        return f"NumPy{torch}{differences}" + (f" ({', '.join(caveats)})" if caveats else "")


def table_of(
    rows: Sequence[Row], write: Callable[[float], str] = format_number, times: str = " × ", missing: str = "–"
) -> tuple[Cells, ...]:
    """The rows as texts: `write` writes a number, `times` stands in a shape, and `missing` for no number."""

    def pair(found: Comparison | None) -> tuple[str, str]:
        if found is None:
            return missing, missing
        # nothing is relative to an array of zeros
        return write(found.absolute), missing if found.relative is None else write(found.relative)

    return tuple(
        Cells(
            row.name, times.join(map(str, row.shape)) or "1", *pair(row.torch), *pair(row.differences), row.ok, row.note
        )
        for row in rows
    )


def check(trace: Trace, taken: Taken | None = None, *, with_torch: bool = True) -> Report:
    """Compare every tensor of the trace with PyTorch, if it is installed and wanted, and with central differences.

    With the update `taken` also every new parameter with `torch.optim`, which gets the same gradient: whether that is
    right is what the other rows say.

    Raises LookupError for an activation or a loss without a twin in PyTorch, ValueError for leading axes.
    """
    installed = reference.available()
    twin = reference.run(trace) if with_torch and installed else None
    gradients, spread = central_differences(trace), rounding_spread(trace)
    rows: list[Row] = []
    not_finite = parted = None  # where infinity came in; where NumPy and PyTorch went to different sides of a kink
    for tensor in tensors(trace.spec, trace.training):
        ours = tensor.of(trace)
        notes = []
        if trace.pins and (pinned := _pinned(trace, tensor)):
            notes.append(f"{pinned} pinned")
        if infinite := int((~np.isfinite(ours)).sum()):
            notes.append(f"{infinite} of {_entries(ours.size)} not finite: not compared")
        # what infinity has touched may be NaN in one program and 0 in the other, and neither is wrong
        lenient = not_finite is not None
        by_torch = None
        if parted is not None:
            notes.append(f"rounding put {parted.name} on different sides of a kink: not compared with PyTorch")
        elif twin is not None:
            theirs = tensor.of(twin)
            by_torch = compare(
                ours, theirs, TORCH_TOLERANCE, _SAFETY * spread[tensor], meaningful=TORCH_TOLERANCE, lenient=lenient
            )
            if by_torch is not None and by_torch.relative is None:
                notes.append("terms cancel or saturate: differs from PyTorch by rounding only")
            if by_torch is not None and by_torch.ok and _parted(trace, tensor, theirs):
                parted = tensor
        by_differences = None
        if tensor.is_gradient:
            by_differences, more = _beside_differences(ours, gradients[tensor], lenient)
            notes += more
        rows.append(Row(tensor, ours.shape, by_torch, by_differences, "; ".join(notes)))
        not_finite = not_finite or (rows[-1] if infinite else None)
    if taken is not None and twin is not None:
        rows += _updated(trace, taken, lenient=not_finite is not None)
    return Report(tuple(rows), reference.version() if twin is not None else None, installed, not_finite)


def _updated(trace: Trace, taken: Taken, lenient: bool) -> list[Row]:
    theirs, rows = reference.updated(taken), []
    for tensor in updated_tensors(trace.spec):
        ours = updated_array(tensor, trace.spec, taken.new_params)
        found = compare(
            ours, updated_array(tensor, trace.spec, theirs), TORCH_TOLERANCE, _FLOOR * taken.learning_rate,
            meaningful=TORCH_TOLERANCE, lenient=lenient,
        )  # fmt: skip
        infinite = int((~np.isfinite(ours)).sum())
        note = f"{infinite} of {_entries(ours.size)} not finite: not compared" if infinite else ""
        rows.append(Row(tensor, ours.shape, found, None, note))
    return rows


def _beside_differences(ours: np.ndarray, found: Differences, lenient: bool) -> tuple[Comparison | None, list[str]]:
    notes = []
    if found.entries.size < ours.size:
        notes.append(f"sampled {found.entries.size} of {_entries(ours.size)}")
    if straddling := int(found.straddles.sum()):
        verb = "straddles" if straddling == 1 else "straddle"
        notes.append(f"{straddling} of {_entries(found.entries.size)} {verb} a kink: not compared with differences")
    mine, resolution = ours.ravel()[found.entries], found.resolution
    usable = ~found.straddles & np.isfinite(found.value) & np.isfinite(resolution)
    if unusable := int((~usable & ~found.straddles).sum()):
        notes.append(f"the loss beside {unusable} of {_entries(found.entries.size)} is not finite")
    if not usable.any():
        return None, notes
    result = compare(
        mine[usable],
        found.value[usable],
        DIFFERENCES_TOLERANCE,
        _SAFETY * resolution[usable] + _FLOOR,
        meaningful=_MEANINGFUL,
        lenient=lenient,
    )
    if result is not None and result.relative is None:
        notes.append(
            f"differences below what central differences can resolve ({format_number(float(resolution[usable].max()))})"
        )
    return result, notes


def _parted(trace: Trace, tensor: Tensor, theirs: np.ndarray) -> bool:
    """Whether rounding has put what φ reads on two sides of a kink in the two programs: 0.1 + 0.2 - 0.3 does that.

    The same for an output and a corner of the loss.
    """
    ours = tensor.of(trace)
    if tensor.layer is None or tensor.field not in ("z", "n", "a"):
        return False
    read = "z" if trace.spec.layers[tensor.layer].norm is None else "n"
    if tensor.field != "a":
        if tensor.field != read:
            return False
        kinks = trace.spec.activations[tensor.layer].kinks
        return any(_beside(ours - kink, theirs - kink) for kink in kinks)
    corner, target = trace.spec.loss.corner, trace.target
    if corner is None or target is None or tensor.layer != len(trace.layers) - 1:
        return False
    with np.errstate(all="ignore"):
        return _beside(corner(ours, target), corner(theirs, target))


def _beside(ours: Array, theirs: Array) -> bool:
    return bool((((ours > 0.0) != (theirs > 0.0)) | ((ours < 0.0) != (theirs < 0.0))).any())


def _pinned(trace: Trace, tensor: Tensor) -> int:
    if tensor.field not in ("a", "grad_a", "grad_z"):
        return 0
    return len({(pin.sample, pin.unit) for pin in trace.pins if pin.layer == tensor.layer})


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
