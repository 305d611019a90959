"""A captured pass gives the bits of a pass that is run, for every batch, and is what training runs."""

import gc
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, LayerSpec, NetworkSpec, Workspace, draw_masks, run_pass, run_trace
from mlpviz.engine.capture import Recording
from mlpviz.engine.captured_pass import MOST_BYTES, CapturedPass, PassBatch
from mlpviz.engine.kept_captures import CAPTURED_AFTER, KeptCaptures
from mlpviz.engine.pass_inputs import as_target
from tests.support.random_networks import chain, example, mixed_examples, target_for

NOT_CAPTURED = {"gelu"}
"""Activations that look at numbers."""


@pytest.fixture(autouse=True, scope="module")
def _plain_run_pass():
    """`run_pass` is the oracle here: it captures nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_trace, "_CAPTURES", KeptCaptures(0))
        yield


@pytest.fixture
def captured(monkeypatch):
    """The batches for which a pass was captured."""
    found, init = [], CapturedPass.__init__

    def noted(self, run, params, grad, buffers, batch):
        init(self, run, params, grad, buffers, batch)
        found.append(batch)

    monkeypatch.setattr(CapturedPass, "__init__", noted)
    return found


def _batches(spec, samples, count, rng, dtype=np.float64, lead=()):
    for _ in range(count):
        target = as_target(spec, target_for(spec.loss.key, samples, spec.outputs, rng), samples)
        yield PassBatch(
            (5 * rng.normal(size=(samples, spec.inputs))).astype(dtype),
            None if target is None else target.astype(dtype),
            draw_masks(spec, samples, rng, lead, dtype),
        )


def _assert_same_bits(spec, params, samples, rng, training=True):
    """Passes over several batches with other parameters each time, beside `run_pass`."""
    workspace = Workspace(spec, params.copy())
    buffers = workspace.buffers.copy()
    for batch in _batches(spec, samples, CAPTURED_AFTER + 3, rng, params.dtype):
        mode = {"training": training, "masks": batch.masks if training else {}, "buffers": buffers}
        expected = run_pass(
            spec, workspace.params, batch.x, batch.target, dtype=params.dtype, as_read=True, **mode
        )  # fmt: skip
        with np.errstate(all="ignore"):
            loss = workspace.run(batch if training else batch._replace(masks={}), training)
        assert np.array_equal(loss, expected.loss, equal_nan=True)
        assert np.array_equal(workspace.grad, expected.grad, equal_nan=True)
        assert np.array_equal(workspace.buffers, expected.new_buffers, equal_nan=True)
        buffers = expected.new_buffers
        workspace.params += 0.01 * rng.normal(size=params.shape).astype(params.dtype)


@settings(max_examples=60)
@given(mixed_examples(max_pins=0), st.sampled_from((np.float64, np.float32)))
def test_any_network_gives_the_bits_of_the_pass(one, dtype):
    spec, training = one.spec, one.training
    _assert_same_bits(spec, one.params.astype(dtype), max(2, len(one.x)), np.random.default_rng(1), training)


@pytest.mark.parametrize("key", list(ACTIVATIONS))
def test_every_activation_is_captured(key, captured):
    spec = NetworkSpec(
        (LayerSpec(3, 4, ACTIVATIONS[key], True), LayerSpec(4, 2, ACTIVATIONS["identity"], True)), LOSSES["mse"]
    )
    _assert_same_bits(spec, example(spec, 5, 0).params, 5, np.random.default_rng(0))
    assert bool(captured) != (key in NOT_CAPTURED)


@pytest.mark.parametrize("key", list(LOSSES))
@pytest.mark.parametrize("samples", [1, 7])
def test_every_loss_is_captured(key, samples, captured):
    loss = LOSSES[key]
    last = (*loss.last_activations, "identity")[0]
    spec = chain((3, 4, loss.outputs or 3), ("tanh", last), key)
    _assert_same_bits(spec, example(spec, samples, 0).params, samples, np.random.default_rng(0))
    assert captured


@pytest.mark.parametrize("key", list(NORMS))
def test_every_norm_is_captured_with_dropout_and_skip(key, captured):
    layer = LayerSpec(3, 3, ACTIVATIONS["tanh"], True, NORMS[key], 0.5, 1)
    spec = NetworkSpec((layer, LayerSpec(3, 2, ACTIVATIONS["identity"], True)), LOSSES["mse"])
    _assert_same_bits(spec, example(spec, 5, 0).params, 5, np.random.default_rng(0))
    assert captured


def test_networks_side_by_side_are_captured(captured):
    spec = chain((2, 4, 1), "tanh")
    rng = np.random.default_rng(0)
    params = rng.normal(size=(3, spec.size))
    workspace, fresh = Workspace(spec, params), Workspace(spec, params)
    for batch in _batches(spec, 6, CAPTURED_AFTER + 3, rng):
        loss = workspace.run(batch, True)
        assert loss.shape == (3,)
        fresh = Workspace(spec, params)
        assert np.array_equal(loss, fresh.run(batch, True))
        assert np.array_equal(workspace.grad, fresh.grad)
    assert captured


def test_a_loss_that_was_given_back_stays_what_it_is():
    spec = chain((2, 4, 1), "tanh")
    workspace = Workspace(spec, np.random.default_rng(0).normal(size=(3, spec.size)))
    batches = list(_batches(spec, 6, CAPTURED_AFTER + 3, np.random.default_rng(0)))
    losses = [workspace.run(batch, True) for batch in batches]
    assert len({float(loss[0]) for loss in losses}) == len(batches)


def test_batches_of_another_size_have_a_pass_of_their_own(captured):
    spec = chain((2, 4, 1), "relu")
    workspace = Workspace(spec, example(spec, 5, 0).params)
    rng = np.random.default_rng(0)
    for _ in range(CAPTURED_AFTER + 2):
        for samples in (5, 3):
            (batch,) = _batches(spec, samples, 1, rng)
            loss = workspace.run(batch, True)
            assert loss == run_pass(spec, workspace.params, batch.x, batch.target).loss
    assert {len(batch.x) for batch in captured} == {3, 5}


def test_a_pass_over_many_numbers_keeps_no_arrays(captured):
    spec = chain((2, 8, 1), "tanh")
    samples = MOST_BYTES // 64
    workspace = Workspace(spec, example(spec, 2, 0).params)
    for batch in _batches(spec, samples, CAPTURED_AFTER + 2, np.random.default_rng(0)):
        assert workspace.run(batch, True) == run_pass(spec, workspace.params, batch.x, batch.target).loss
    assert not captured


def test_repeated_parameters_are_written_out_and_follow_them(captured):
    """A bias is one row for all samples: the captured add reads it once for each, filled anew for each pass."""
    spec = chain((3, 8, 8, 2), "tanh")
    _assert_same_bits(spec, example(spec, 9, 0).params, 9, np.random.default_rng(0))
    many = np.stack([example(spec, 9, seed).params for seed in range(3)])
    (batch,) = _batches(spec, 9, 1, np.random.default_rng(0))
    workspace = Workspace(spec, many)
    for _ in range(CAPTURED_AFTER + 2):
        workspace.params += 0.5
        fresh = Workspace(spec, workspace.params.copy())
        assert np.array_equal(workspace.run(batch, True), fresh.run(batch, True))
        assert np.array_equal(workspace.grad, fresh.grad)
    assert captured


@pytest.mark.parametrize("samples", [3, 40])
def test_a_pass_that_nobody_has_any_more_gives_its_arrays_back(samples, monkeypatch):
    recordings, init = [], Recording.__init__

    def noted(self, *arguments):
        init(self, *arguments)
        recordings.append(weakref.ref(self))

    monkeypatch.setattr(Recording, "__init__", noted)
    spec = chain((3, 16, 2), ("tanh", "identity"), "mse")
    _assert_same_bits(spec, example(spec, samples, 0).params, samples, np.random.default_rng(0))
    gc.collect()
    assert recordings
    assert [each() for each in recordings] == [None] * len(recordings)
