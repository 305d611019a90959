"""Which items of a long sequence are kept: every n-th of those that arrive, or a selection of all that exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Items = TypeVar("Items", bound=Sequence[Any] | NDArray[Any])


class Thinning:
    """The stride for items that arrive one at a time: the first is kept, and every `stride`-th after it.

    The caller adds 1 to `came` for each item that has arrived.
    """

    def __init__(self) -> None:
        self.stride, self.came = 1, 0

    @property
    def due(self) -> bool:
        """Whether the next item is to be kept."""
        return self.came % self.stride == 0

    def halve(self, kept: Items) -> Items:
        """Double the stride; gives every second of the items kept so far, beginning with the first."""
        self.stride *= 2
        return kept[::2]  # type: ignore[return-value]  # a slice of a sequence is of its kind


def every_nth(count: int, most: int) -> slice:
    """A slice of every n-th of `count` items from the first on, with the smallest n that leaves at most `most`."""
    return slice(None, None, max(1, -(-count // most)))


def evenly_spaced(count: int, most: int) -> list[int]:
    """At most `most` indices from 0 to count - 1, the first and the last among them; all of so few."""
    found = np.linspace(0, count - 1, min(count, most)).round().astype(int)
    # they grow, so what stands twice stands together; `np.unique` takes ten times as long, and longer in a browser
    return list(dict.fromkeys(found.tolist()))
