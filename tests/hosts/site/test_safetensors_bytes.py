"""What a site has in the place of safetensors: it writes, reads and refuses the same as the library."""

import json

import numpy as np
import pytest
import safetensors
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from mlpviz.hosts.site import safetensors_bytes as ours

KINDS = st.sampled_from(["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?"]).map(np.dtype)
TENSORS = st.dictionaries(
    st.text(max_size=5).filter(lambda name: name != "__metadata__" and name.isprintable()),
    KINDS.flatmap(lambda kind: arrays_of.arrays(kind, arrays_of.array_shapes(min_dims=0, max_dims=3, min_side=0))),
    max_size=4,
)


def same(one, other):
    assert one.keys() == other.keys()
    for name, array in one.items():
        assert (array.dtype, array.shape, array.tobytes()) == (
            other[name].dtype,
            other[name].shape,
            other[name].tobytes(),
        )


@given(TENSORS)
def test_each_reads_what_the_other_wrote(tensors):
    same(tensors, safetensors.numpy.load(ours.save(tensors, {"a": "b"})))
    same(tensors, ours.load(safetensors.numpy.save(tensors, {"a": "b"})))


GOOD = ours.save({"w": np.arange(6.0).reshape(2, 3), "b": np.zeros(2, np.float32)}, {"setup": "é"})


def file_of(head, rest=b""):
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return len(text).to_bytes(8, "little") + text + rest


def entry(dtype="F64", shape=(1,), offsets=(0, 8)):
    return {"w": {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}}


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\0" * 7, b"\xff" * 8, GOOD[:-1], GOOD + b"\0", GOOD[:20]),
        *(file_of(b"{"), file_of(b"[]"), file_of(b"3"), file_of(b"\xff"), file_of({"w": 3}), file_of({"w": {}})),
        file_of(entry(dtype="F7"), bytes(8)),
        file_of(entry(shape=(2,)), bytes(8)),
        file_of(entry(offsets=(8, 16)), bytes(16)),
        file_of(entry(shape=(-1,)), bytes(8)),
        file_of(entry(shape=(2**70,)), bytes(8)),
        file_of(entry(offsets=(0, "8")), bytes(8)),
        file_of(entry() | {"v": entry()["w"]}, bytes(8)),
        file_of({"__metadata__": {"a": 3}}),
        *(file_of({"__metadata__": each}) for each in (3, 0, False)),
    ],
)
def test_both_refuse_the_same(content):
    with pytest.raises(safetensors.SafetensorError):
        safetensors.numpy.load(content)
    with pytest.raises(ours.SafetensorError):
        ours.load(content)
