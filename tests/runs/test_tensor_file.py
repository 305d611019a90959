"""A file of arrays brings back every one, and a head that lies about its data is refused in one sentence."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest

from mlpviz.network import DocumentError
from mlpviz.runs.checkpoint_format import SavedCheckpoint
from mlpviz.runs.tensor_file import pack, unpack
from tests.support.errors import assert_one_line


def with_head(head: Any, data: bytes = b"") -> bytes:
    """A file with this head, which may be a lie about the data."""
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return struct.pack("<Q", len(text)) + text + data


def one(kind: str = "F64", shape: tuple[int, ...] = (1,), begin: int = 0, end: int = 8) -> dict[str, Any]:
    return {"dtype": kind, "shape": shape, "data_offsets": [begin, end]}


HOSTILE = {
    "more numbers than memory": with_head({"a": one(shape=(2**60, 2**10))}, bytes(8)),
    "no numbers in a shape of all memory": with_head({"a": one(shape=(2**62, 0), end=0)}),
    "an edge of less than nothing": with_head({"a": one(shape=(-1,))}, bytes(8)),
    "a hundred axes": with_head({"a": one(shape=(1,) * 100)}, bytes(8)),
    "two in one place": with_head({"a": one(), "b": one()}, bytes(8)),
    "a hole": with_head({"a": one(begin=8, end=16)}, bytes(16)),
    "one name twice": with_head(b'{"a": 1, "a": 2}'),
    "an unknown kind": with_head({"a": one("Q" * 10_000)}, bytes(8)),
    "a kind that NumPy has not": with_head({"a": one("BF16", (4,))}, bytes(8)),
    "a kind that no run has": with_head({"a": one("BOOL", (8,))}, bytes(8)),
    "texts that are none": with_head({"__metadata__": {"mlpviz": 1}}),
    "no texts": with_head({"__metadata__": None}),
    "a deep head": with_head(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "no UTF-8": with_head(b'{"\xff": 1}'),
    "half a character": with_head(b'{"\\ud800": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}}', bytes(8)),
    "a list": with_head([]),
}


@pytest.mark.parametrize("way", HOSTILE)
def test_a_hostile_head_is_refused_in_one_sentence(way: str) -> None:
    with pytest.raises(DocumentError) as caught:
        SavedCheckpoint.parse(HOSTILE[way])
    assert_one_line(caught.value)


def test_an_array_is_written_as_it_is_whatever_its_memory() -> None:
    arrays = {
        "turned": np.arange(12.0).reshape(3, 4).T, "empty": np.zeros((0, 9)), "one": np.array(3, np.int64),
        "float32": np.float32([[0.1, np.nan]]), "bytes": np.frombuffer(b"abc", np.uint8),
    }  # fmt: skip
    found, texts = unpack(pack(arrays, {"mlpviz": "a text\n"}), "the run")
    assert texts == {"mlpviz": "a text\n"}
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert np.array_equal(found[name], array, equal_nan=True)
        assert not found[name].flags.writeable
