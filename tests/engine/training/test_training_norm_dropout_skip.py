"""Norm, dropout and skip in a training run: the passes of the Trace, resumed, side by side, measured, refused."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    NORMS,
    OPTIMIZERS,
    PENALTIES,
    LayerSpec,
    NetworkSpec,
    SpecError,
    draw_masks,
    initial_parameters,
    loss_value,
    run_pass,
)
from mlpviz.engine.training import DataSplits, EarlyStopping, Plan, PlanError, train
from tests.support.trained_networks import SPEC, sets, start

ADAM = OPTIMIZERS["adam"].configure(learning_rate=0.01)
PLAN = Plan(optimizer=ADAM, batch_size=7, epochs=3)


def rng(seed=1):
    return np.random.default_rng(seed)


def last(*args, **kwargs):
    *_, snapshot = train(*args, **kwargs)
    return snapshot


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_run_is_the_trace_step_by_step(key, dtype):
    """Training takes the fast pass and the optimizer in place; the Trace and the pure step give the same bits."""
    seen = []

    def draw(chance, samples):
        seen.append(draw_masks(SPEC, samples, chance, dtype=dtype))
        return seen[-1]

    optimizer = OPTIMIZERS[key].laid_out(SPEC.slots)
    plan = replace(PLAN, optimizer=OPTIMIZERS[key], shuffle=False, dtype=dtype)
    found = list(train(SPEC, start(), sets(dtype=dtype), plan, rng(), every="step", masks=draw))
    params, buffers = start().astype(dtype), SPEC.initial_buffers(dtype=dtype)
    slots, (x, target) = optimizer.init(params), sets(dtype=dtype).train
    for index, (snapshot, masks) in enumerate(zip(found[1:], seen, strict=True)):
        rows = slice(index % 4 * 7, index % 4 * 7 + 7)
        trace = run_pass(SPEC, params, x[rows], target[rows], masks=masks, buffers=buffers, dtype=dtype)
        params, slots = optimizer.step(params, trace.grad, slots, index + 1)
        buffers = trace.new_buffers
        assert {array.dtype for array in (params, buffers, snapshot.params, snapshot.buffers)} == {np.dtype(dtype)}
        np.testing.assert_array_equal(snapshot.params, params)
        np.testing.assert_array_equal(snapshot.buffers, buffers)
    assert snapshot.step == 12


def test_each_step_has_fresh_masks_and_each_seed_its_own():
    still = replace(PLAN, optimizer=OPTIMIZERS["sgd"].configure(learning_rate=0.0), batch_size=None, epochs=4)
    losses = [float(s.loss) for s in train(SPEC, start(), sets(), still, rng()) if s.step]
    assert len(set(losses)) == 4
    again = [float(s.loss) for s in train(SPEC, start(), sets(), still, rng()) if s.step]
    other = [float(s.loss) for s in train(SPEC, start(), sets(), still, rng(2)) if s.step]
    assert losses == again
    assert not set(losses) & set(other)


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_going_on_in_the_middle_gives_the_same_bits(key, dtype):
    plan = replace(
        PLAN, optimizer=OPTIMIZERS[key], dtype=dtype, penalties=(PENALTIES["l2"],), stopping=EarlyStopping(patience=5)
    )
    found = list(train(SPEC, start(), sets(dtype=dtype), plan, rng(), every="step"))
    for snapshot in found[1::3]:
        before = snapshot.buffers.copy()
        for mine, its in zip(
            train(SPEC, snapshot, sets(dtype=dtype), plan, every="step"), found[snapshot.step + 1 :], strict=True
        ):
            np.testing.assert_array_equal(mine.params, its.params)
            np.testing.assert_array_equal(mine.buffers, its.buffers)
            assert mine.loss == its.loss
            assert mine.validation == its.validation
            assert mine.random == its.random
        np.testing.assert_array_equal(snapshot.buffers, before)
        with pytest.raises(ValueError, match="read-only"):
            snapshot.buffers[0] = 1.0


def test_a_branch_keeps_the_running_statistics():
    snapshot = last(SPEC, start(), sets(), PLAN, rng())
    still = replace(PLAN, optimizer=OPTIMIZERS["sgd"].configure(learning_rate=0.0), epochs=4)
    branch = last(SPEC, snapshot, sets(), still)
    np.testing.assert_array_equal(branch.params, snapshot.params)
    assert not np.array_equal(branch.buffers, snapshot.buffers)
    other = replace(SPEC, layers=(replace(SPEC.layers[0], norm=NORMS["layer_norm"]), *SPEC.layers[1:]))
    with pytest.raises(SpecError, match="the network has 0 running statistics, the snapshot 12"):
        train(other, snapshot, sets(), PLAN)


def test_networks_side_by_side_have_masks_and_statistics_of_their_own():
    starts = np.stack([start(seed=seed) for seed in range(3)])
    seen = []

    def draw(chance, samples):
        seen.append(draw_masks(SPEC, samples, chance, (3,)))
        return seen[-1]

    plan = replace(PLAN, metric=lambda y, t: np.abs(y - t).mean(axis=(-2, -1)))
    together = last(SPEC, starts, sets(), plan, rng(), masks=draw)
    np.testing.assert_array_equal(together.params, last(SPEC, starts, sets(), plan, rng()).params)
    assert together.buffers.shape == (3, 12)
    for index in range(3):
        own = iter([{layer: mask[index] for layer, mask in masks.items()} for masks in seen])
        alone = last(SPEC, starts[index], sets(), plan, rng(), masks=lambda *_, own=own: next(own))
        np.testing.assert_allclose(together.params[index], alone.params, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(together.buffers[index], alone.buffers, rtol=1e-10, atol=1e-12)
        for name in ("loss", "metric"):
            ours, theirs = (getattr(s.validation, name) for s in (together, alone))
            np.testing.assert_allclose(ours[index], theirs, rtol=1e-10)
    assert not np.array_equal(seen[0][0][0], seen[0][0][1])


def test_going_on_side_by_side_gives_the_same_bits():
    starts = np.stack([start(seed=seed) for seed in range(3)])
    found = list(train(SPEC, starts, sets(), replace(PLAN, shuffles="own"), rng(), every="step"))
    again = last(SPEC, found[6], sets(), replace(PLAN, shuffles="own"))
    np.testing.assert_array_equal(again.params, found[-1].params)
    np.testing.assert_array_equal(again.buffers, found[-1].buffers)


def test_measures_are_taken_in_evaluation():
    for snapshot in train(SPEC, start(), sets(), PLAN, rng()):
        for measure, part in ((snapshot.train, sets().train), (snapshot.validation, sets().validation)):
            loss, *_ = loss_value(SPEC, snapshot.params, *part, training=False, buffers=snapshot.buffers)
            assert measure.loss == loss
    # a single row can be measured, though it could not be trained on
    assert last(SPEC, start(), sets(validation=1), PLAN, rng()).validation is not None


def test_early_stopping_goes_back_to_the_statistics_of_the_best_epoch():
    plan = replace(PLAN, optimizer=ADAM.configure(learning_rate=0.3), epochs=60, stopping=EarlyStopping(patience=3))
    found = list(train(SPEC, start(), sets(), plan, rng()))
    best = int(np.argmin([float(s.validation.loss) for s in found[1:-1]])) + 1
    assert found[-1].epoch == best + 4 < 60
    np.testing.assert_array_equal(found[-1].params, found[best].params)
    np.testing.assert_array_equal(found[-1].buffers, found[best].buffers)
    assert found[-1].validation == found[best].validation
    assert not np.array_equal(found[-1].buffers, found[-2].buffers)


def test_a_penalty_spares_gamma_and_beta_unless_told():
    penalty = PENALTIES["l2"].configure(strength=0.5)
    alone = last(SPEC, start(), sets(), replace(PLAN, epochs=0, penalties=(penalty,)), rng())
    weights = sum(float((view.weight**2).sum()) for view in SPEC.views(start()))
    assert float(alone.train.penalty) == pytest.approx(0.25 * weights)
    everything = replace(PLAN, epochs=0, penalties=(penalty,), penalize_biases=True)
    assert float(last(SPEC, start(), sets(), everything, rng()).train.penalty) == pytest.approx(
        0.25 * float(start() @ start())
    )


def normed(**changes):
    layers = (
        LayerSpec(2, 3, ACTIVATIONS["identity"], norm=NORMS["batch_norm"].configure(**changes)),
        LayerSpec(3, 1, ACTIVATIONS["identity"]),
    )
    return NetworkSpec(layers, SPEC.loss)


@pytest.mark.parametrize(
    ("field", "name"), [("gamma", "gamma of layer 1"), ("beta", "beta of layer 1"), ("bias", "bias of layer 1")]
)
def test_a_parameter_that_is_not_finite_is_named(field, name):
    spec = normed()
    params = start(spec)
    getattr(spec.views(params)[0], field)[1] = np.inf
    snapshot = last(spec, params, sets(spec), PLAN, rng())
    assert (snapshot.step, snapshot.failure.tensor.name) == (0, name)


def test_gamma_made_by_the_last_step_is_named():
    spec = normed()
    plan = Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=1e308), epochs=1, clipping=None)
    params = start(spec)
    params[spec.slots[0].weight] = 1.0
    params[spec.slots[1].weight] = [1e3, 1.0, 1.0]
    x = sets(spec).train.x
    snapshot = last(spec, params, DataSplits.of(spec, (x, 1e3 * x[:, :1])), plan, rng())
    assert snapshot.failure.tensor.name in ("gamma of layer 1", "weight of layer 1")
    assert not np.isfinite(snapshot.params).all()


def test_statistics_that_are_not_finite_end_the_run_before_the_step():
    """An infinite variance makes every ẑ 0: the loss and its gradient are finite, what evaluation will use is not."""
    spec = normed()
    params = np.zeros(spec.size, dtype=np.float32)
    params[spec.slots[0].weight] = 1.0
    x = np.zeros((2, 2))
    x[:, 0] = (0.0, 1e20)
    plan = Plan(optimizer=OPTIMIZERS["sgd"], epochs=2, dtype=np.float32)
    snapshot = last(spec, params, DataSplits.of(spec, (x, np.zeros((2, 1))), dtype=np.float32), plan, rng())
    assert (snapshot.step, snapshot.failure.step) == (0, 1)
    assert snapshot.stopped == "Training stopped in step 1: σ² of layer 1 is not finite."
    np.testing.assert_array_equal(snapshot.buffers, spec.initial_buffers(dtype=np.float32))


def test_a_step_that_is_not_taken_leaves_the_statistics_as_they_were():
    plan = Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=1e80), epochs=50)
    found = list(train(SPEC, start(), sets(), plan, rng(), every="step"))
    assert found[-1].failure is not None
    assert np.isfinite(found[-1].buffers).all()
    np.testing.assert_array_equal(found[-1].buffers, found[-2].buffers)


@pytest.mark.parametrize(
    ("batch_size", "samples", "message"),
    [
        (1, 27, "batch_size is 1, expected at least 2 for the batch norm of layer 1"),
        (
            13,
            27,
            "batch_size is 13: the last batch of 27 training samples has 1, expected at least 2 for the batch norm",
        ),
        (None, 1, "train has 1 sample, expected at least 2 for the batch norm of layer 1"),
        (10, 1, "train has 1 sample"),
    ],
)
def test_a_batch_of_one_is_refused_before_the_run_begins(batch_size, samples, message):
    plan = replace(PLAN, batch_size=batch_size)
    with pytest.raises((PlanError, SpecError), match=message):
        train(SPEC, start(), sets(train=samples), plan, rng())
    without = replace(SPEC, layers=(replace(SPEC.layers[0], norm=NORMS["layer_norm"]), *SPEC.layers[1:]))
    assert last(without, start(without), sets(train=samples), plan, rng()).epoch == 3


def test_a_batch_of_one_after_a_redraw_is_refused():
    with pytest.raises(PlanError, match="the last batch of 15 training samples has 1"):
        list(train(SPEC, start(), sets(), PLAN, rng(), redraw=lambda _: sets(train=15)))


def test_masks_that_do_not_fit_are_refused():
    with pytest.raises(SpecError, match="layer 1 has dropout: a training pass needs its mask"):
        list(train(SPEC, start(), sets(), PLAN, rng(), masks=lambda *_: {}))


SLOPES = NetworkSpec(
    (
        LayerSpec(2, 4, ACTIVATIONS["prelu"], norm=NORMS["rms_norm"]),
        LayerSpec(4, 4, ACTIVATIONS["rrelu"], dropout=0.5),
        LayerSpec(4, 3, ACTIVATIONS["prelu"].configure(per_unit=True)),
        LayerSpec(3, SPEC.outputs, SPEC.layers[-1].activation),
    ),
    SPEC.loss,
)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learned_and_drawn_slopes_are_those_of_the_trace_step_by_step(dtype):
    spec = replace(SLOPES, layers=(replace(SLOPES.layers[0], inputs=SPEC.inputs), *SLOPES.layers[1:]))
    first = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng(3))
    views = spec.views(first)
    assert [view.alpha if view.alpha is None else view.alpha.tolist() for view in views] == [
        [0.25], None, [0.25] * 3, None
    ]  # fmt: skip
    seen = []

    def draw(chance, samples):
        seen.append(draw_masks(spec, samples, chance, dtype=dtype))
        return seen[-1]

    plan = replace(PLAN, shuffle=False, dtype=dtype)
    found = list(train(spec, first, sets(dtype=dtype), plan, rng(), every="step", masks=draw))
    params, (x, target) = first.astype(dtype), sets(dtype=dtype).train
    slots = ADAM.init(params)
    for index, (snapshot, masks) in enumerate(zip(found[1:], seen, strict=True)):
        rows = slice(index % 4 * 7, index % 4 * 7 + 7)
        trace = run_pass(spec, params, x[rows], target[rows], masks=masks, dtype=dtype)
        params, slots = ADAM.step(params, trace.grad, slots, index + 1)
        np.testing.assert_array_equal(snapshot.params, params)
    learned = spec.views(found[-1].params)
    assert abs(learned[0].alpha[0] - 0.25) > 1e-3
    assert len(set(learned[2].alpha.tolist())) == 3
    assert np.array_equal(found[-1].params, last(spec, first, sets(dtype=dtype), plan, rng()).params)
    assert not np.array_equal(found[-1].params, last(spec, first, sets(dtype=dtype), plan, rng(2)).params)
