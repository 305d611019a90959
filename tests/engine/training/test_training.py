"""The training run: the same numbers for the same seed, by hand, resumed and branched."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import CLIPPINGS, OPTIMIZERS, PENALTIES, SCHEDULES, Workspace
from mlpviz.engine.training import DataSplits, EarlyStopping, Plan, train
from tests.support.dense_training import ADAM, SPEC, last, rng, sets, start
from tests.support.value_and_grad import value_and_grad


@pytest.mark.parametrize("batch_size", [1, 10, None])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_same_seed_gives_the_same_run(key, batch_size):
    plan = Plan(optimizer=OPTIMIZERS[key], batch_size=batch_size, epochs=3)
    one, two = (last(SPEC, start(), sets(), plan, rng(1)) for _ in range(2))
    assert np.array_equal(one.params, two.params)
    assert not np.array_equal(one.params, start())
    assert one.step == 3 * {1: 27, 10: 3, None: 1}[batch_size]
    if batch_size == 10:
        assert not np.array_equal(one.params, last(SPEC, start(), sets(), plan, rng(2)).params)


def test_a_full_batch_by_hand():
    part = sets().train
    found = list(
        train(SPEC, start(), sets(), Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=0.1), epochs=4), rng())
    )
    params = start()
    for snapshot in found[1:]:
        loss, grad = value_and_grad(Workspace(SPEC, params), *part)
        params = params - 0.1 * grad
        assert snapshot.loss == loss
        np.testing.assert_array_equal(snapshot.params, params)
    assert [snapshot.epoch for snapshot in found] == [0, 1, 2, 3, 4]
    assert [bool(snapshot.stopped) for snapshot in found] == [False] * 4 + [True]


def test_every_sample_is_seen_once_per_epoch():
    """With one sample per step and a rate of 0, the mean of the losses is the loss of the whole set."""
    plan = Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=0.0), batch_size=4, epochs=1)
    snapshot = last(SPEC, start(), sets(), plan, rng())
    assert float(snapshot.loss) == pytest.approx(float(snapshot.train.loss), rel=1e-13)


def test_momentum_survives_the_reused_gradient_buffer():
    optimizer = OPTIMIZERS["sgd"].configure(learning_rate=0.1, momentum=0.9)
    snapshot = last(SPEC, start(), sets(), Plan(optimizer=optimizer, epochs=3), rng())
    params, slots = start(), {}
    for t in range(1, 4):
        _, grad = value_and_grad(Workspace(SPEC, params), *sets().train)
        params, slots = optimizer.step(params, grad, slots, t)
    np.testing.assert_array_equal(snapshot.params, params)


def plans():
    cosine = SCHEDULES["cosine"].configure(T_max=20)
    plateau = SCHEDULES["reduce_on_plateau"].configure(patience=0, threshold=0.5)
    l2 = PENALTIES["l2"].configure(strength=0.1)
    yield Plan(optimizer=ADAM, batch_size=10, epochs=6)
    yield Plan(optimizer=ADAM.configure(amsgrad=True), batch_size=10, epochs=6, schedule=cosine, penalties=(l2,))
    yield Plan(optimizer=OPTIMIZERS["asgd"], epochs=6, schedule=plateau, schedule_counts="epochs", batch_size=7)
    yield Plan(optimizer=OPTIMIZERS["nadam"], epochs=6, batch_size=1, clipping=CLIPPINGS["norm"])
    yield Plan(optimizer=ADAM, epochs=6, batch_size=10, stopping=EarlyStopping(patience=1), dtype=np.float32)


@pytest.mark.parametrize("plan", list(plans()), ids=range(5))
def test_going_on_from_any_snapshot_gives_the_same_bits(plan):
    found = list(train(SPEC, start(), sets(dtype=plan.dtype), plan, rng(3), every="step"))
    for snapshot in found[1::7]:
        before = snapshot.params.copy(), {name: np.copy(slot) for name, slot in snapshot.slots.items()}
        rest = list(train(SPEC, snapshot, sets(dtype=plan.dtype), plan, every="step"))
        assert [s.step for s in rest] == [s.step for s in found if s.step > snapshot.step]
        if rest:
            np.testing.assert_array_equal(rest[-1].params, found[-1].params)
            assert rest[-1].loss == found[-1].loss
            assert rest[-1].learning_rate == found[-1].learning_rate
        np.testing.assert_array_equal(snapshot.params, before[0])
        for name, slot in snapshot.slots.items():
            np.testing.assert_array_equal(slot, before[1][name])


def test_a_branch_takes_another_plan():
    plan = Plan(optimizer=ADAM, batch_size=10, epochs=2)
    snapshot = last(SPEC, start(), sets(), plan, rng())
    branch = last(SPEC, snapshot, sets(), replace(plan, optimizer=OPTIMIZERS["sgd"], epochs=3))
    same = last(SPEC, snapshot, sets(), replace(plan, epochs=3))
    assert (branch.epoch, branch.slots) == (3, {})
    assert not np.array_equal(branch.params, same.params)
    assert np.array_equal(same.params, last(SPEC, start(), sets(), replace(plan, epochs=3), rng()).params)


def test_snapshots_cannot_be_changed():
    snapshot = last(SPEC, start(), sets(), Plan(optimizer=ADAM, epochs=1), rng())
    for array in (snapshot.params, *snapshot.slots.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_steps_and_epochs_are_the_same_run():
    plan = Plan(optimizer=ADAM, batch_size=10, epochs=3)
    by_step = list(train(SPEC, start(), sets(), plan, rng(), every="step"))
    by_epoch = list(train(SPEC, start(), sets(), plan, rng()))
    assert [s.step for s in by_step] == list(range(10))
    at = {s.step: s for s in by_step}
    for snapshot in by_epoch:
        np.testing.assert_array_equal(at[snapshot.step].params, snapshot.params)
        assert at[snapshot.step].loss == snapshot.loss
    assert [s.train is not None for s in by_step] == [s.step % 3 == 0 for s in by_step]


def test_float32_stays_float32():
    plan = Plan(optimizer=ADAM, batch_size=10, epochs=2, dtype=np.float32, penalties=(PENALTIES["elastic_net"],))
    snapshot = last(SPEC, start(), sets(dtype=np.float32), plan, rng())
    assert snapshot.params.dtype == np.float32
    assert all(slot.dtype == np.float32 for slot in snapshot.slots.values())
    assert snapshot.validation.loss.dtype == np.float32
    double = last(SPEC, start(), sets(), replace(plan, dtype=np.float64), rng())
    np.testing.assert_allclose(snapshot.params, double.params, atol=1e-4)
    assert not np.array_equal(snapshot.params, double.params)


def test_own_order_and_redrawn_sets():
    seen = []

    def order(chance, samples):
        seen.append(chance.permutation(samples))
        return np.arange(samples)

    plan = Plan(optimizer=ADAM, batch_size=10, epochs=2)
    in_order = last(SPEC, start(), sets(), replace(plan, shuffle=False), rng())
    np.testing.assert_array_equal(last(SPEC, start(), sets(), plan, rng(), order=order).params, in_order.params)
    assert len(seen) == 2

    pool = sets(samples=40)

    def redraw(chance):
        picked = chance.permutation(30)
        return DataSplits.of(
            SPEC, *((pool.train.x[rows], pool.train.target[rows]) for rows in (picked[:20], picked[20:]))
        )

    found = list(train(SPEC, start(), pool, plan, rng(), redraw=redraw, every="step"))
    again = last(SPEC, found[3], pool, plan, redraw=redraw)
    np.testing.assert_array_equal(again.params, found[-1].params)
    assert again.validation == found[-1].validation


def test_samples_that_fit_already_are_not_copied_and_never_written_to():
    width = SPEC.layers[-1].outputs
    x, target = np.ones((5, SPEC.inputs)), np.ones((5, width))
    found = DataSplits.of(SPEC, (x, target))
    assert np.shares_memory(found.train.x, x)
    assert not found.train.x.flags.writeable
    assert x.flags.writeable
    assert not np.shares_memory(DataSplits.of(SPEC, (x, target), dtype=np.float32).train.x, x)
