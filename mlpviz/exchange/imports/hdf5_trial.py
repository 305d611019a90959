"""Reads HDF5 files from stdin in a process of its own: damage makes the HDF5 library loop or crash, not raise.

Run: python hdf5_trial.py SECONDS ITEMS BYTES NUMBERS. It imports nothing of mlpviz, so that it starts quickly. Each
file is eight bytes of its length and its bytes; each answer is one byte: `READ` if all within the limits was read,
`RAISED` if the library said that something is wrong. No answer means that it did not come to its end.
"""

from __future__ import annotations

import io
import math
import sys
from contextlib import suppress
from typing import Any

DEPTH = 12
READ, RAISED = b"+", b"-"


class Trial:
    """One file: what may still be read of it (groups, arrays, bytes of a piece, numbers), and whether all was well."""

    def __init__(self, h5py: Any, items: int, most_bytes: int, numbers: int) -> None:
        self.h5py = h5py
        self.items, self.most_bytes, self.numbers = items, most_bytes, numbers
        self.raised = False

    def of(self, content: bytes) -> bytes:
        """The answer for one file."""
        try:
            with self.h5py.File(io.BytesIO(content), "r") as file:
                self.walk(file)
        except Exception:
            self.raised = True
        return RAISED if self.raised else READ

    def walk(self, group: Any, depth: int = 0) -> None:
        """Read the attributes and arrays of a group and of all below it, whatever they hold."""
        self._attributes(group)
        if depth > DEPTH or len(group) > self.items:
            return
        for name in group:
            self.items -= 1
            if self.items < 0 or not isinstance(group.get(name, getlink=True), self.h5py.HardLink):
                return
            try:
                item = group[name]
                if isinstance(item, self.h5py.Group):
                    self.walk(item, depth + 1)
                elif isinstance(item, self.h5py.Dataset):
                    self._array(item)
            except Exception:
                self.raised = True

    def _attributes(self, item: Any) -> None:
        for name in item.attrs:
            try:
                item.attrs[name]
            except Exception:
                self.raised = True

    def _array(self, item: Any) -> None:
        if item.external or item.is_virtual:
            return
        if item.chunks and math.prod(item.chunks) * item.dtype.itemsize > self.most_bytes:
            return
        self.numbers -= int(item.size or 0)
        if self.numbers >= 0:
            item[()]


def _allow(seconds: int) -> None:
    """Let this process compute for so many seconds more, after which it is killed."""
    with suppress(ImportError):  # of Unix alone
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(seconds: int, items: int, most_bytes: int, numbers: int) -> None:
    """Answer for each file on stdin until there are no more."""
    import h5py  # here, so that looking for formats does not load it

    while head := sys.stdin.buffer.read(8):
        content = sys.stdin.buffer.read(int.from_bytes(head, "little"))
        _allow(seconds)
        sys.stdout.buffer.write(Trial(h5py, items, most_bytes, numbers).of(content))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
