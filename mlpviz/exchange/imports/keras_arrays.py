"""The arrays in an HDF5 file of Keras, within limits: nothing outside of the file is read, no link is followed."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.foreign import NotThisFormatError
from mlpviz.exchange.imports.hdf5_ends import MOST, MOST_BYTES, ends
from mlpviz.exchange.imports.operations import check_count
from mlpviz.schema.library import library


class Room:
    """What may still be read of a file: the same group may be linked from many places."""

    def __init__(self) -> None:
        self._items = self._numbers = 0

    def take(self, numbers: int) -> None:
        """Count a group or a data set. Raises DocumentError for too many of them, or of numbers in them."""
        self._items += 1
        self._numbers += numbers
        if self._items > MOST:
            raise NotThisFormatError(f"has more than {MOST:,} groups and arrays")
        check_count(self._numbers)


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """An HDF5 file in memory, without links to other files."""
    h5py = library("h5py", "keras")
    damaged = "is a damaged HDF5 file"
    if not ends(content):
        raise NotThisFormatError(damaged)
    try:
        file = h5py.File(io.BytesIO(content), "r")
    except (OSError, RuntimeError, ValueError, KeyError):
        raise NotThisFormatError(damaged) from None
    with file:
        try:
            yield file
        except (OSError, RuntimeError, KeyError, MemoryError, UnicodeDecodeError):
            raise NotThisFormatError(damaged) from None


def datasets(group: Any, room: Room, path: str = "", depth: int = 0) -> Iterator[tuple[str, Array]]:
    """All arrays below a group with their paths; soft and external links are not followed."""
    h5py = library("h5py", "keras")
    if depth > 12 or len(group) > MOST:
        raise NotThisFormatError("is nested too deeply for a network")
    for name in group:
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise NotThisFormatError(f"has a link at {path}{name}, which is not followed")
        item = group[name]
        if isinstance(item, h5py.Group):
            room.take(0)
            yield from datasets(item, room, f"{path}{name}/", depth + 1)
        elif isinstance(item, h5py.Dataset):
            if item.external or item.is_virtual:
                raise NotThisFormatError(f"keeps {path}{name} in another file, which is not opened")
            if item.chunks and math.prod(item.chunks) * item.dtype.itemsize > MOST_BYTES:
                raise NotThisFormatError(f"unpacks to more than {MOST_BYTES // 1_000_000} MB at {path}{name}")
            room.take(int(item.size or 0))
            if np.dtype(item.dtype).kind in "fiu":
                yield f"{path}{name}", np.asarray(item[()], dtype=np.float64)


def arrays_by_path(group: Any) -> dict[str, list[Array]]:
    """The arrays of each layer in their order, by the path of the layer's group: dense, sequential/layers/dense."""
    found: dict[str, dict[int, Array]] = {}
    for path, value in datasets(group.get("layers", group), Room()):
        *where, last = path.split("/")
        if len(where) >= 2 and where[-1] == "vars" and last.isdigit() and "seed_generator" not in where:
            found.setdefault("/".join(where[:-1]), {})[int(last)] = value
    return {name: [parts[index] for index in sorted(parts)] for name, parts in found.items()}


def groups_by_path(group: Any, groups: Collection[str]) -> dict[str, str]:
    """From the paths of layers, by their names in the config, to their groups, which newer files say."""
    where = group.get("layers", group)
    found: dict[str, str] = {}
    for each in groups:
        parts = each.split("/")
        above = ["/".join(parts[: end + 1]) for end, part in enumerate(parts) if part != "layers"]
        names = [text_of(where[one]["vars"].attrs.get("name", "")) if "vars" in where[one] else "" for one in above]
        if all(names):
            found["/".join(names)] = each
    return found


def text_of(value: Any) -> str:
    """An attribute as text, which h5py gives as bytes or as text."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
