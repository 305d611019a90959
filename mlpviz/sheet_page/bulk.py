"""The numbers of large blocks: they travel as arrays, when they are looked at, and only as far as they are new.

A block of 200,000 numbers takes 4 MB as a list and as long to write as a hundred edits. So an answer says of each large
block only which numbers it has now, by a stamp that changes with them, and the few places in which they differ from
those that the browser was sent last. What else it lacks the browser asks for, and is sent all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NotRequired, TypedDict

import numpy as np
from numpy.typing import NDArray

from mlpviz.app.numbering import first_number
from mlpviz.engine.parameters import Array

MOST = 2_000
"""numbers of a block that come in every answer"""

_FEW = 4_000
"""places of a large block that come unasked"""


class BulkMessage(TypedDict):
    """The numbers of one large block, whose name is `stamp`.

    Either `whole` is all of them, row by row; or they are those of the stamp `base` but for the `numbers` at `places`;
    or none are here. The three are arrays (`app/message_bytes.py`).
    """

    stamp: int
    whole: NotRequired[Array]
    base: NotRequired[int]
    places: NotRequired[NDArray[np.int32]]
    numbers: NotRequired[Array]


class _Numbers:
    """The numbers of a block, and their stamp."""

    def __init__(self, stamp: int, array: Array) -> None:
        self.stamp, self.array = stamp, np.ascontiguousarray(array).ravel()

    def changed(self, array: Array) -> NDArray[np.intp]:
        """The places at which another array differs in any bit: NaN is itself, and 0 is not -0."""
        return np.flatnonzero(self.array.view(np.int64) != np.ascontiguousarray(array).ravel().view(np.int64))


class Bulk:
    """The large blocks of one network on screen: their numbers now, and those that the browser was sent last."""

    def __init__(self) -> None:
        self._stamp = first_number()
        self._now: dict[str, _Numbers] = {}
        self._sent: dict[str, _Numbers] = {}
        self.wanted: frozenset[str] = frozenset()
        """the blocks that the next answer has to bring"""

    def message(self, blocks: Mapping[str, Array], more: Collection[str] = ()) -> dict[str, BulkMessage]:
        """What an answer says of these blocks; it brings those in `wanted` and `more` whole."""
        self._now = {key: self._stamped(key, array) for key, array in blocks.items()}
        self._sent = {key: numbers for key, numbers in self._sent.items() if key in blocks}
        wanted, self.wanted = self.wanted.union(more), frozenset()
        return {key: self._one(key, numbers, key in wanted) for key, numbers in self._now.items()}

    def _stamped(self, key: str, array: Array) -> _Numbers:
        before = self._now.get(key)
        if before is not None and before.array.size == array.size and not before.changed(array).size:
            return before
        self._stamp += 1
        return _Numbers(self._stamp, array)

    def _one(self, key: str, now: _Numbers, is_wanted: bool) -> BulkMessage:
        if is_wanted:
            self._sent[key] = now
            return {"stamp": now.stamp, "whole": now.array}
        sent = self._sent.get(key)
        if sent is None or sent.array.size != now.array.size:
            return {"stamp": now.stamp}
        places = sent.changed(now.array)
        if places.size > _FEW:
            return {"stamp": now.stamp}
        numbers = now.array[places]
        return {"stamp": now.stamp, "base": sent.stamp, "places": places.astype(np.int32), "numbers": numbers}
