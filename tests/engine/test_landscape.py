"""Many parameter vectors at once give the losses of one at a time, whatever the pieces."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import NetworkSpec, SpecError, loss_value
from mlpviz.engine.landscape import landscape, losses
from tests.support.trained_networks import SPEC, sets, start


def one_by_one(spec, rows, x, target, **mode):
    return np.array([loss_value(spec, row, x, target, training=False, **mode)[0] for row in rows])


@settings(max_examples=40)
@given(lead=st.sampled_from([(), (1,), (7,), (3, 5)]), memory=st.sampled_from([1, 3_000, 20_000, 10**7]))
def test_losses_are_a_loop(lead, memory):
    rng = np.random.default_rng(0)
    params, buffers = start() + rng.normal(size=(*lead, SPEC.size)), rng.uniform(0.5, 2.0, SPEC.buffer_size)
    part = sets().train
    found = losses(SPEC, params, *part, buffers=buffers, memory=memory)
    expected = one_by_one(SPEC, params.reshape(-1, SPEC.size), *part, buffers=buffers)
    assert found.shape == lead
    np.testing.assert_allclose(found.ravel(), expected, rtol=1e-11)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_plane_is_its_vectors(dtype):
    rng = np.random.default_rng(1)
    spec = NetworkSpec.dense((2, 5, 1), ("tanh", "identity"))
    origin, directions = start(spec).astype(dtype), rng.normal(size=(2, spec.size)).astype(dtype)
    places = np.stack(np.meshgrid(np.linspace(-1, 1, 6), np.linspace(-1, 1, 4)), axis=-1)
    part = sets(spec, dtype=dtype).train
    found = landscape(spec, origin, directions, places, *part, memory=5_000)
    assert (found.shape, found.dtype) == ((4, 6), np.dtype(dtype))
    rows = (origin + places.reshape(-1, 2).astype(dtype) @ directions).astype(dtype)
    np.testing.assert_allclose(
        found.ravel(), one_by_one(spec, rows, *part), rtol=1e-4 if dtype == np.float32 else 1e-11
    )
    line = landscape(spec, origin, directions[:1], places[0, :, :1], *part)
    np.testing.assert_allclose(
        line[2], loss_value(spec, origin + places[0, 2, 0].astype(dtype) * directions[0], *part)[0], rtol=1e-5
    )


def test_memory_is_bounded():
    """All 10,201 vectors of this network would take 300 MB, and their z and a 700 MB."""
    spec = NetworkSpec.dense((60, 60, 10), ("tanh", "identity"))
    rng = np.random.default_rng(2)
    origin, directions = rng.normal(size=spec.size), rng.normal(size=(2, spec.size))
    places = np.stack(np.meshgrid(*[np.linspace(-1, 1, 101)] * 2), axis=-1)
    x, target = rng.normal(size=(6, 60)), rng.normal(size=(6, 10))
    tracemalloc.start()
    found = landscape(spec, origin, directions, places, x, target, memory=2_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.shape == (101, 101)
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda part: losses(SPEC, np.zeros(3), *part), "parameters, 3 given"),
        (lambda part: landscape(SPEC, np.zeros(3), np.zeros((1, 3)), np.zeros(1), *part), "3 given in the origin"),
        (
            lambda part: landscape(SPEC, start(), np.zeros((2, SPEC.size)), np.zeros((4, 1)), *part),
            "a place has 1 coordinates, expected 2, one per direction",
        ),
    ],
)
def test_what_does_not_fit_is_named(call, message):
    with pytest.raises(SpecError, match=message):
        call(sets().train)
