"""A message as bytes: JSON in UTF-8, and behind it the arrays that would be long lists of numbers in it.

A message without arrays is JSON alone, which begins with a brace. With arrays it is four bytes `ARRAYS`, the length of
the JSON as four bytes (the least first), the JSON, and then each array at the next multiple of eight bytes: its
numbers one after the other, the least byte first. In the JSON {"array": i} stands for array i, and `arrays` at the top
lists type and count of all of them. `web/shared/message_bytes.js` reads it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

ARRAYS = b"\x01\x00\x00\x00"
"""How a message with arrays begins."""

_ALIGNED = 8
_TYPES = {"float64": "<f8", "int32": "<i4"}
"""The types of arrays that travel, by their names in NumPy; the browser has typed arrays for them."""


def to_bytes(message: Mapping[str, Any]) -> bytes:
    """The message as bytes. Raises ValueError for a number that is not finite outside of an array.

    JSON cannot hold such a number, an array can.
    """
    arrays: list[NDArray[Any]] = []

    def placed(value: Any) -> dict[str, int]:
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{type(value).__name__} cannot be sent")
        arrays.append(np.ascontiguousarray(value.ravel(), dtype=_TYPES[value.dtype.name]))
        return {"array": len(arrays) - 1}

    text = json.dumps(message, allow_nan=False, default=placed)
    if not arrays:
        return text.encode()
    listed = json.dumps({"arrays": [[array.dtype.name, array.size] for array in arrays]})
    head = f"{listed[:-1]}, {text[1:]}".encode()
    parts = [_padded(ARRAYS + struct.pack("<I", len(head)) + head), *(_padded(array.tobytes()) for array in arrays)]
    return b"".join(parts)


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _ALIGNED)
