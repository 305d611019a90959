"""Named arrays and texts in one file, in the safetensors format: nothing in it is ever carried out.

Refuses to know what the arrays are. The format: 8 bytes with the length of a JSON text, the text, then the arrays.
https://huggingface.co/docs/safetensors describes it; PyTorch, JAX and NumPy users open it with `load_file`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.document.errors import DocumentError, quote
from mlpviz.document.reading import read_json

Arrays = Mapping[str, NDArray[Any]]

_TYPES: dict[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "I64": np.dtype("<i8"),
    "U8": np.dtype("u1"),
}
_LONGEST_TEXT = 60_000_000
_MOST_AXES = 8
_TEXTS = "__metadata__"


def is_tensor_file(content: bytes) -> bool:
    """Whether this begins as such a file does; a JSON text never has a brace in the ninth byte after its length."""
    return len(content) > 8 and content[8:9] == b"{" and int.from_bytes(content[:8], "little") <= len(content) - 8


def pack(arrays: Arrays, texts: Mapping[str, str]) -> bytes:
    """The file. Arrays are of float64, float32, int64 or bytes."""
    names = {dtype: name for name, dtype in _TYPES.items()}
    head: dict[str, Any] = {_TEXTS: dict(texts)}
    pieces: list[bytes] = []
    at = 0
    # the widest numbers first, so that each array begins where the processor likes it
    for name, array in sorted(arrays.items(), key=lambda item: -item[1].dtype.itemsize):
        dtype = array.dtype.newbyteorder("<")
        piece = np.ascontiguousarray(array, dtype).tobytes()
        head[name] = {"dtype": names[dtype], "shape": list(array.shape), "data_offsets": [at, at + len(piece)]}
        pieces.append(piece)
        at += len(piece)
    text = json.dumps(head, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *pieces])


def unpack(content: bytes, whole: str) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """Arrays, which are read-only views of the content, and texts; `whole` is what messages call the file.

    Raises DocumentError: one sentence that says what is damaged.
    """
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(len(content) - 8, _LONGEST_TEXT):
        raise DocumentError(f"{whole} ends too early: it is damaged")
    head = read_json(content[8 : 8 + length], whole, _LONGEST_TEXT)
    if not isinstance(head, dict):
        raise DocumentError(f"{whole} begins with {quote(head)}, expected an object")
    texts = head.pop(_TEXTS, {})
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise DocumentError(f"{whole} has no texts in {_TEXTS}: it is damaged")
    data = memoryview(content)[8 + length :]
    places = sorted((_place(name, entry, whole) for name, entry in head.items()), key=lambda place: place[1:3])
    arrays: dict[str, NDArray[Any]] = {}
    at = 0
    for name, begin, end, dtype, shape in places:
        if begin != at or end - begin != prod(shape) * dtype.itemsize:
            raise DocumentError(f"{whole} has no room for {quote(name)} where it says so: it is damaged")
        if end > len(data):
            raise DocumentError(f"{whole} ends within {quote(name)}: it is damaged")
        arrays[name] = np.frombuffer(data[begin:end], dtype).reshape(shape)
        at = end
    if at != len(data):
        raise DocumentError(f"{whole} has {len(data) - at:,} bytes that belong to nothing: it is damaged")
    return arrays, texts


def _place(name: str, entry: Any, whole: str) -> tuple[str, int, int, np.dtype[Any], tuple[int, ...]]:
    """Name, begin, end, kind of number and shape of one array, as the head says them."""
    try:
        dtype = _TYPES[entry["dtype"]]
        shape, (begin, end) = tuple(entry["shape"]), entry["data_offsets"]
    except (KeyError, TypeError, ValueError):
        raise DocumentError(f"{whole} does not say what {quote(name)} is: it is damaged") from None
    counts = (*shape, begin, end)
    if len(shape) > _MOST_AXES or any(type(count) is not int or not 0 <= count < 2**50 for count in counts):
        raise DocumentError(f"{whole} says {quote(name)} has an impossible shape: it is damaged")
    return name, begin, end, dtype, shape
