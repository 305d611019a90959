"""The question which cell of a sheet was changed: one computed number stands there as another, all others are right.

What stands in other cells was computed before the change, so that one cell alone does not follow from those before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.practice.asked import AskedBlock, AskedCell
from mlpviz.practice.typed import tolerances
from mlpviz.schema.errors import DocumentError
from mlpviz.text.numbers import format_number


class ChangedNumber(NamedTuple):
    """The cell that was changed, its right number, and the one that stands there."""

    cell: AskedCell
    right: float
    shown: float


def check_change(
    change: ChangedNumber, asked: Collection[AskedCell], given: Sequence[AskedBlock], shown: Collection[AskedCell]
) -> None:
    """Raises DocumentError for a change that nobody can find, or that is none.

    `asked` are the cells that are asked for, of which there must be one; `shown` those of the `given` blocks.
    """
    if len(asked) != 1:
        raise DocumentError.at(("asked",), "expected one cell, since one number was changed")
    if any(part.cells is not None for part in given):
        raise DocumentError.at(("given",), "expected whole blocks, since one number in them was changed")
    if change.cell not in shown or len(shown) == 1:
        raise DocumentError.at(("given",), f"expected the block of {change.cell} and others, among which it is sought")
    if is_same(change.right, change.shown) or format_number(change.shown) == format_number(change.right):
        raise DocumentError.at(("changed",), "is the right number, expected another one")


def is_same(right: float, typed: float) -> bool:
    """Whether a number is the right one as near as a sheet asks for it."""
    return bool(abs(typed - right) <= tolerances(np.array([right])).allowed[0])


def claimed(texts: Mapping[str, str]) -> dict[str, str]:
    """The cells in which somebody typed something, of all texts."""
    return {name: text for name, text in texts.items() if text.strip()}
