"""What the browser reads in a message from Python, as web/shared/message_bytes.js does."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.app.message_bytes import ARRAYS, to_bytes

_ALIGNED = 8


def read_message(content: bytes | str) -> dict[str, Any]:
    """The message, in which an array stands in the place of its number."""
    if isinstance(content, str) or not content.startswith(ARRAYS):
        return json.loads(content)
    (length,) = struct.unpack("<I", content[4:8])
    listed = json.loads(content[8 : 8 + length])["arrays"]
    at, arrays = _next(8 + length), []
    for kind, count in listed:
        arrays.append(np.frombuffer(content, dtype=np.dtype(kind).newbyteorder("<"), count=count, offset=at))
        at = _next(at + arrays[-1].nbytes)
    assert at == len(content)
    return json.loads(
        content[8 : 8 + length], object_hook=lambda found: arrays[found["array"]] if [*found] == ["array"] else found
    )


def in_base64(message: Mapping[str, Any]) -> str:
    """The message as text, for a browser that is driven by text."""
    return base64.b64encode(to_bytes(message)).decode()


def _next(at: int) -> int:
    return -(-at // _ALIGNED) * _ALIGNED
