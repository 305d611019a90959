"""What the recording notes is called again on new numbers; what it cannot note ends the capture."""

import numpy as np
import pytest

from mlpviz.engine.capture import CaptureError, Recording

REPEATABLE = {
    "ufunc": lambda a: np.tanh(a) * 2 - a / 3,
    "in place": lambda a: np.add(a, 1.0, out=np.empty_like(a)),
    "transposed product": lambda a: np.dot(a.mT, a).mT + 1,
    "sums": lambda a: a.sum(axis=0) + a.mean() + np.add.reduce(a, axis=(-2, -1)) + a.max(axis=-1, keepdims=True),
    "choice": lambda a: np.where(a > 0, a, -1.0),
    "clip": lambda a: np.clip(a, -0.5, 0.5),
    "picked": lambda a: a[..., [1, 0]] + a[:, :1],
    "Boolean": lambda a: (a > 0).astype(float) * 3 + a.copy(),
    "written": lambda a: _written(a),
    "copied to another shape": lambda a: (a * 2).mT.reshape(4) + a.reshape(-1),
    "masked": lambda a: np.log(a, where=a > 0, out=np.zeros_like(a)),
}


def _written(a):
    found = np.zeros_like(a)
    found[0] = a[1]
    found += 1
    return found


@pytest.mark.parametrize("arena", [None, np.zeros(100)], ids=["apart", "in one arena"])
@pytest.mark.parametrize("key", list(REPEATABLE))
def test_calls_are_made_again_on_new_numbers(key, arena):
    function, rng = REPEATABLE[key], np.random.default_rng(0)
    x = rng.normal(size=(2, 2))
    recording = Recording(10_000, arena)
    result = function(recording.on(x)).view(np.ndarray)
    for _ in range(3):
        x[...] = rng.normal(size=(2, 2))
        for call in recording.calls:
            call()
        assert np.array_equal(result, function(x.copy()))


@pytest.mark.parametrize(
    "function",
    [
        lambda a: 1.0 if a.any() else 0.0,
        lambda a: float(a.sum()),
        lambda a: [each for each in a],  # noqa: C416  # to go through it is the point
        lambda a: a.argmax(-1),
        lambda a: np.modf(a),
        lambda a: np.add.accumulate(a),
        lambda a: np.nonzero(a),
    ],
)
def test_what_looks_at_numbers_cannot_be_captured(function):
    with pytest.raises(CaptureError):
        function(Recording(10_000).on(np.ones((2, 2))))


def test_arrays_lie_in_the_arena_one_behind_the_other_as_they_lie_by_themselves():
    arena = np.zeros(12)
    recording = Recording(1000, arena)
    rows, columns = recording.keep(np.arange(6.0).reshape(2, 3)), recording.keep(np.arange(6.0).reshape(3, 2).T)
    assert np.array_equal(arena, [*range(6), *range(6)])
    assert rows.flags.c_contiguous
    assert columns.flags.f_contiguous
    assert np.array_equal(columns.view(np.ndarray), np.arange(6.0).reshape(3, 2).T)
    assert not np.shares_memory(recording.keep(np.zeros(3, dtype=bool)).view(np.ndarray), arena)


def test_a_tape_keeps_no_more_bytes_than_it_may():
    with pytest.raises(CaptureError, match="too large"):
        np.tanh(Recording(31).on(np.ones((2, 2))))


def test_an_equal_call_is_made_once_until_its_numbers_are_written():
    recording, numbers = Recording(10_000), np.arange(4.0)
    recording.made = {}
    x = recording.on(numbers)
    first, second = x - 1.0, x - 1.0
    assert second is first
    x[0] = 7.0
    third = x - 1.0
    assert third is not first
    assert len(recording.calls) == 3
    with pytest.raises(CaptureError):
        second += 1.0
    numbers += 10.0
    for call in recording.calls:
        call()
    assert first.plain.tolist() == [16.0, 10.0, 11.0, 12.0]
    assert third.plain.tolist() == [6.0, 10.0, 11.0, 12.0]
