"""In a browser in the place of the library safetensors, which is compiled for no browser: files in memory.

On a site this is the package `safetensors`. It has of the library what this program uses, and refuses the same files.
The format: https://huggingface.co/docs/safetensors#format
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = {
    **{f"F{8 * size}": np.dtype(f"<f{size}") for size in (2, 4, 8)},
    **{f"{sign}{8 * size}": np.dtype(f"<{sign.lower()}{size}") for sign in "IU" for size in (1, 2, 4, 8)},
    "BOOL": np.dtype(bool),
    "C64": np.dtype("<c8"),
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_BYTES = {"BF16": 2, "F8_E4M3": 1, "F8_E5M2": 1, **{name: kind.itemsize for name, kind in _KINDS.items()}}
_LONGEST_HEAD = 100_000_000
_TEXTS = "__metadata__"


class SafetensorError(Exception):
    """The bytes are no such file."""


def save(arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a file with these arrays, the widest numbers first, so that each begins where its kind may."""
    head: dict[str, Any] = {_TEXTS: dict(metadata)} if metadata else {}
    parts, end = [], 0
    for name, array in sorted(arrays.items(), key=lambda entry: (-entry[1].itemsize, entry[0])):
        data = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        head[name] = {
            "dtype": _NAMES[array.dtype.newbyteorder("<")],
            "shape": list(array.shape),
            "data_offsets": [end, end + len(data)],
        }
        end += len(data)
        parts.append(data)
    text = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return b"".join((len(text).to_bytes(8, "little"), text, *parts))


def deserialize(content: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Name, kind, shape and bytes of each array. Raises SafetensorError."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(len(content) - 8, _LONGEST_HEAD):
        raise SafetensorError("its head has another length")
    try:
        head = json.loads(content[8 : 8 + length])
        entries = [(name, _entry(**of_name)) for name, of_name in head.items() if name != _TEXTS]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise SafetensorError("its head is not what is expected") from None
    texts = head.get(_TEXTS)
    if texts is not None and not (isinstance(texts, dict) and all(isinstance(each, str) for each in texts.values())):
        raise SafetensorError("its texts are not what is expected")
    end, found = 0, []
    for name, (kind, shape, first, last) in sorted(entries, key=lambda entry: entry[1][2:]):
        if first != end or last - first != prod(shape) * _BYTES[kind]:
            raise SafetensorError(f"the array {name} has other bytes than its shape says")
        data = content[8 + length + first : 8 + length + last]
        found.append((name, {"dtype": kind, "shape": shape, "data": data}))
        end = last
    if 8 + length + end != len(content):
        raise SafetensorError("the arrays are not the rest of the file")
    return found


def _entry(dtype: Any, shape: Any, data_offsets: Any) -> tuple[str, list[int], int, int]:
    first, last = data_offsets
    if dtype not in _BYTES or not isinstance(shape, list):
        raise ValueError
    if not all(type(each) is int and each >= 0 for each in (*shape, first, last)):
        raise ValueError
    return dtype, shape, first, last


def load(content: bytes) -> dict[str, NDArray[Any]]:
    """The arrays in the bytes of a file. Raises SafetensorError; KeyError for a kind that NumPy does not have."""
    return {
        name: np.frombuffer(each["data"], _KINDS[each["dtype"]]).reshape(each["shape"])
        for name, each in deserialize(content)
    }
