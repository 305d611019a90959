"""A Trace of captured calls has the bits of one that was computed, nothing can change it, and no two share an arena."""

import threading
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import Pin, Trace, draw_masks, run_pass, run_trace
from mlpviz.engine.captured_trace import MOST_BYTES, CapturedTrace
from mlpviz.engine.kept_captures import CAPTURED_AFTER, KeptCaptures
from mlpviz.verify.report import check
from tests.support.random_networks import chain, example, mixed_examples, target_for


@pytest.fixture(autouse=True)
def captures(monkeypatch):
    """The captures of `run_pass`, none so far."""
    kept = KeptCaptures(32)
    monkeypatch.setattr(run_trace, "_CAPTURES", kept)
    return kept


def other_numbers(one, rng):
    """The network with other parameters, x, target, masks and statistics of the same shapes."""
    target, masks = one.target, one.masks
    if target is not None:
        target = target_for(one.spec.loss.key, len(one.x), one.spec.outputs, rng)
        while target.shape != one.target.shape:
            target = target_for(one.spec.loss.key, len(one.x), one.spec.outputs, rng)
    if masks:
        masks = draw_masks(one.spec, len(one.x), rng)
    params = (one.params * rng.normal(size=one.params.shape)).astype(one.params.dtype)
    return replace(one, params=params, x=rng.normal(size=one.x.shape), target=target, masks=masks)


def run(one, kept, dtype=float, **more):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_trace, "_CAPTURES", kept)
        return run_pass(one.spec, one.params, one.x, one.target, one.pins, dtype=dtype, **one.mode, **more)


def arrays(trace):
    found = {field.name: getattr(trace, field.name) for field in fields(Trace)}
    found |= {
        f"{name}.{number}": array
        for number, layer in enumerate(trace.layers)
        for name, array in layer._asdict().items()
        if array is not None
    }
    found |= {f"unpinned.{number}": array for number, array in enumerate(trace.unpinned)}
    return {name: array for name, array in found.items() if isinstance(array, np.ndarray | np.generic)}


def assert_same_bits(found, expected):
    ours, theirs = arrays(found), arrays(expected)
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        assert (type(array), array.dtype, array.shape) == (type(theirs[name]), theirs[name].dtype, theirs[name].shape)
        assert array.tobytes() == theirs[name].tobytes(), name
    assert (found.spec, found.pins, found.training) == (expected.spec, expected.pins, expected.training)


def is_captured(trace):
    return all(array.base is trace.params.base is not None for array in (trace.x, trace.grad, trace.layers[0].z))


@settings(max_examples=30)
@given(mixed_examples(), st.sampled_from((np.float64, np.float32)), st.integers(0, 2**32 - 1))
def test_any_network_has_the_bits_of_the_plain_pass_and_agrees_with_pytorch(one, dtype, seed):
    rng, kept = np.random.default_rng(seed), KeptCaptures(4)
    for _ in range(CAPTURED_AFTER + 2):
        one = other_numbers(one, rng)
        trace = run(one, kept, dtype)
        assert_same_bits(trace, run(one, KeptCaptures(0), dtype))
        for array in arrays(trace).values():
            assert not array.flags.writeable
            if is_captured(trace) and isinstance(array, np.ndarray):
                with pytest.raises(ValueError, match="WRITEABLE"):
                    array.setflags(write=True)
    if is_captured(trace) and dtype is np.float64 and np.isfinite(trace.grad).all():
        pytest.importorskip("torch")
        assert check(trace).ok


def test_one_flag_freezes_the_whole_trace_and_views_are_made_when_looked_at():
    one = example(chain((2, 3, 2), "tanh"), samples=3, seed=0)
    traces = [one.run() for _ in range(CAPTURED_AFTER + 1)]
    assert [is_captured(trace) for trace in traces] == [False] * CAPTURED_AFTER + [True]
    trace = one.run()
    assert not {"layers", "grad", "x"} & vars(trace).keys()
    arena = trace.grad.base
    assert not arena.flags.writeable
    assert {"layers", "x"} & vars(trace).keys() == set()
    assert all(np.may_share_memory(array, arena) for array in arrays(trace).values() if array.size and array.ndim)
    assert trace.layers is trace.layers
    with pytest.raises(AttributeError, match="a Trace has no weights"):
        _ = trace.weights


def test_a_trace_stays_what_it_is_when_others_follow():
    one, rng = example(chain((2, 3, 2), "tanh"), samples=3, seed=0, pins=1), np.random.default_rng(0)
    made = []
    for _ in range(CAPTURED_AFTER + 4):
        made.append((one, one.run()))
        one = other_numbers(one, rng)
    for given_one, trace in made:  # nobody has looked at them before
        assert_same_bits(trace, run(given_one, KeptCaptures(0)))


def test_two_threads_never_share_an_arena(monkeypatch):
    one = example(chain((2, 3, 2), "tanh"), samples=3, seed=0)
    other = other_numbers(one, np.random.default_rng(1))
    for _ in range(CAPTURED_AFTER + 1):
        one.run()
    inside, go, real, found = threading.Event(), threading.Event(), CapturedTrace.run, []

    def slow(self, given):
        inside.set()
        assert go.wait(10)
        return real(self, given)

    monkeypatch.setattr(CapturedTrace, "run", slow)
    thread = threading.Thread(target=lambda: found.append(one.run()))
    thread.start()
    assert inside.wait(10)
    beside = other.run()  # would wait if it took the captured calls
    go.set()
    thread.join()
    assert not is_captured(beside)
    assert is_captured(found[0])
    assert_same_bits(beside, run(other, KeptCaptures(0)))
    assert_same_bits(found[0], run(one, KeptCaptures(0)))


def test_many_threads_at_once_get_their_own_numbers(captures):
    spec, wrong = chain((3, 5, 2), "tanh"), []
    given_ones = [example(spec, samples=4, seed=seed) for seed in range(4)]
    expected = [run(one, KeptCaptures(0)) for one in given_ones]

    def work(one, right):
        for _ in range(200):
            found = run_pass(one.spec, one.params, one.x, one.target)
            if found.grad.tobytes() != right.grad.tobytes() or found.loss != right.loss:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(given_ones, expected, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert captures.take((spec, np.dtype(float), (), True, ((spec.size,), ((4, 3), (4, 2), ()))), list) is not None


def test_pins_another_dtype_and_evaluation_are_kinds_of_their_own(captures):
    spec = chain((2, 3, 2), "tanh")
    one = example(spec, samples=3, seed=0)
    for _ in range(CAPTURED_AFTER + 2):
        for changed, dtype in (
            (one, float),
            (one, np.float32),
            (replace(one, pins=(Pin(0, 1, 2, 7.0),)), float),
            (replace(one, pins=(Pin(0, 1, 2, 8.0),)), float),
            (replace(one, training=False), float),
        ):
            trace = run(changed, captures, dtype)
            assert_same_bits(trace, run(changed, KeptCaptures(0), dtype))


def test_a_pass_over_many_numbers_and_one_that_looks_at_them_are_not_captured():
    for spec, samples in ((chain((2, 8, 1), "tanh"), MOST_BYTES // 64), (chain((2, 3, 1), "gelu"), 3)):
        one = example(spec, samples, 0)
        assert not any(is_captured(one.run()) for _ in range(CAPTURED_AFTER + 2))
