"""Named arrays and texts in one file, in the safetensors format: reading it runs no code.

PyTorch, JAX and NumPy users open it with `load_file`; https://huggingface.co/docs/safetensors describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.json_io import read_json
from mlpviz.schema.library import library

Arrays = Mapping[str, NDArray[Any]]

_KINDS = frozenset(np.dtype(kind) for kind in (np.float64, np.float32, np.int64, np.uint8))
_LONGEST_HEAD = 60_000_000
_TEXTS = "__metadata__"


def is_tensor_file(content: bytes) -> bool:
    """Whether this begins as such a file does; a JSON text never has a brace in the ninth byte after its length."""
    return len(content) > 8 and content[8:9] == b"{" and int.from_bytes(content[:8], "little") <= len(content) - 8


def pack(arrays: Arrays, texts: Mapping[str, str]) -> bytes:
    """The file. Arrays are of float64, float32, int64 or bytes."""
    # the library writes the memory of an array in its order
    content: bytes = library("safetensors.numpy", None).save(
        {name: np.asarray(array, order="C") for name, array in arrays.items()}, dict(texts)
    )
    return content


def unpack(content: bytes, whole: str) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """Arrays, read-only, and texts; `whole` is what messages call the file.

    Raises DocumentError: one sentence that says what is damaged.
    """
    failed, load = library("safetensors", None).SafetensorError, library("safetensors.numpy", None).load
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(len(content) - 8, _LONGEST_HEAD):
        raise DocumentError(f"{whole} ends too early: it is damaged")
    # the library gives no texts of a file in memory, and takes a name twice
    head = read_json(content[8 : 8 + length], whole, _LONGEST_HEAD)
    if not isinstance(head, dict):
        raise DocumentError(f"{whole} begins with {echo(head)}, expected an object")
    try:
        arrays = load(content)
    except (failed, ValueError, KeyError):  # KeyError: a kind of number that NumPy does not have
        raise DocumentError(f"{whole} is damaged: its arrays are not what its head says") from None
    for name, array in arrays.items():
        if array.dtype not in _KINDS:
            raise DocumentError(f"{whole} has {echo(name)} in {array.dtype} numbers, which no run has")
        array.flags.writeable = False
    return arrays, head.get(_TEXTS) or {}
