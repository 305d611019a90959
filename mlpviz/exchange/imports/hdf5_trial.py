"""Reads all of an HDF5 file from stdin in a process of its own: damage makes the HDF5 library loop or crash, not raise.

Run: python hdf5_trial.py SECONDS ITEMS BYTES NUMBERS. It imports nothing of mlpviz, so that it starts quickly, and
ends with 0 if everything within the limits could be read or raised an error.
"""

from __future__ import annotations

import io
import math
import sys
from contextlib import suppress
from typing import Any

DEPTH = 12


class Trial:
    """What may still be read: groups and arrays, the bytes that a piece unpacks to, numbers."""

    def __init__(self, h5py: Any, items: int, most_bytes: int, numbers: int) -> None:
        self.h5py = h5py
        self.items, self.most_bytes, self.numbers = items, most_bytes, numbers

    def walk(self, group: Any, depth: int = 0) -> None:
        """Read the attributes and arrays of a group and of all below it, whatever they hold."""
        self._attributes(group)
        if depth > DEPTH or len(group) > self.items:
            return
        for name in group:
            self.items -= 1
            if self.items < 0 or not isinstance(group.get(name, getlink=True), self.h5py.HardLink):
                return
            with suppress(Exception):
                item = group[name]
                if isinstance(item, self.h5py.Group):
                    self.walk(item, depth + 1)
                elif isinstance(item, self.h5py.Dataset):
                    self._array(item)

    def _attributes(self, item: Any) -> None:
        for name in item.attrs:
            with suppress(Exception):
                item.attrs[name]

    def _array(self, item: Any) -> None:
        if item.external or item.is_virtual:
            return
        if item.chunks and math.prod(item.chunks) * item.dtype.itemsize > self.most_bytes:
            return
        self.numbers -= int(item.size or 0)
        if self.numbers >= 0:
            item[()]


def main(seconds: int, items: int, most_bytes: int, numbers: int) -> None:
    """Read the file on stdin; the process is killed once it has computed for so many seconds."""
    with suppress(ImportError):  # of Unix alone
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import h5py  # here, so that looking for formats does not load it

    content = io.BytesIO(sys.stdin.buffer.read())
    with suppress(Exception), h5py.File(content, "r") as file:
        Trial(h5py, items, most_bytes, numbers).walk(file)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
