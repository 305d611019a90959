"""The training run: the same numbers for the same seed, resumed, branched, steered, stopped."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import (
    CLIPPINGS,
    INITIALIZERS,
    OPTIMIZERS,
    PENALTIES,
    SCHEDULES,
    NetworkSpec,
    SpecError,
    Workspace,
    initial_parameters,
    value_and_grad,
)
from mlpviz.engine.knobs import KnobError
from mlpviz.engine.training import Controls, Plan, PlanError, Sets, Stopping, run

SPEC = NetworkSpec.dense((2, 6, 5, 1), ("tanh", "relu", "identity"))
ADAM = OPTIMIZERS["adam"].bind(learning_rate=0.01)


def rng(seed=0):
    return np.random.default_rng(seed)


def start(spec=SPEC, seed=0):
    return initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng(seed))


def sets(samples=37, dtype=np.float64, noise=0.1):
    chance = rng(5)
    x = chance.normal(size=(samples, 2))
    target = np.sin(x[:, :1]) * x[:, 1:] + noise * chance.normal(size=(samples, 1))
    cut = samples * 3 // 4
    return Sets.of(SPEC, (x[:cut], target[:cut]), (x[cut:], target[cut:]), dtype=dtype)


def last(*args, **kwargs):
    *_, snapshot = run(*args, **kwargs)
    return snapshot


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
    found = list(run(SPEC, start(), sets(), Plan(optimizer=OPTIMIZERS["sgd"].bind(learning_rate=0.1), epochs=4), rng()))
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
    plan = Plan(optimizer=OPTIMIZERS["sgd"].bind(learning_rate=0.0), batch_size=4, epochs=1)
    snapshot = last(SPEC, start(), sets(), plan, rng())
    assert float(snapshot.loss) == pytest.approx(float(snapshot.train.loss), rel=1e-13)


def test_momentum_survives_the_reused_gradient_buffer():
    optimizer = OPTIMIZERS["sgd"].bind(learning_rate=0.1, momentum=0.9)
    snapshot = last(SPEC, start(), sets(), Plan(optimizer=optimizer, epochs=3), rng())
    params, slots = start(), {}
    for t in range(1, 4):
        _, grad = value_and_grad(Workspace(SPEC, params), *sets().train)
        params, slots = optimizer.step(params, grad, slots, t)
    np.testing.assert_array_equal(snapshot.params, params)


def plans():
    cosine = SCHEDULES["cosine"].bind(T_max=20)
    plateau = SCHEDULES["reduce_on_plateau"].bind(patience=0, threshold=0.5)
    l2 = PENALTIES["l2"].bind(strength=0.1)
    yield Plan(optimizer=ADAM, batch_size=10, epochs=6)
    yield Plan(optimizer=ADAM.bind(amsgrad=True), batch_size=10, epochs=6, schedule=cosine, penalties=(l2,))
    yield Plan(optimizer=OPTIMIZERS["asgd"], epochs=6, schedule=plateau, schedule_counts="epochs", batch_size=7)
    yield Plan(optimizer=OPTIMIZERS["nadam"], epochs=6, batch_size=1, clipping=CLIPPINGS["norm"])
    yield Plan(optimizer=ADAM, epochs=6, batch_size=10, stopping=Stopping(patience=1), dtype=np.float32)


@pytest.mark.parametrize("plan", list(plans()), ids=range(5))
def test_going_on_from_any_snapshot_gives_the_same_bits(plan):
    found = list(run(SPEC, start(), sets(dtype=plan.dtype), plan, rng(3), every="step"))
    for snapshot in found[1::7]:
        before = snapshot.params.copy(), {name: np.copy(slot) for name, slot in snapshot.slots.items()}
        rest = list(run(SPEC, snapshot, sets(dtype=plan.dtype), plan, every="step"))
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
    by_step = list(run(SPEC, start(), sets(), plan, rng(), every="step"))
    by_epoch = list(run(SPEC, start(), sets(), plan, rng()))
    assert [s.step for s in by_step] == list(range(10))
    at = {s.step: s for s in by_step}
    for snapshot in by_epoch:
        np.testing.assert_array_equal(at[snapshot.step].params, snapshot.params)
        assert at[snapshot.step].loss == snapshot.loss
    assert [s.train is not None for s in by_step] == [s.step % 3 == 0 for s in by_step]


def test_knobs_turn_while_it_runs():
    plan = Plan(optimizer=OPTIMIZERS["sgd"], epochs=4)
    controls = Controls(plan.optimizer)
    rates = []
    for snapshot in run(SPEC, start(), sets(), plan, rng(), controls=controls):
        rates.append(snapshot.learning_rate)
        controls.turn(learning_rate=0.1 * (snapshot.epoch + 1))
        if snapshot.epoch == 2:
            controls.turn(momentum=0.5)
    assert rates == [None, 0.1, 0.2, pytest.approx(0.3), 0.4]
    assert set(snapshot.slots) == {"velocity"}
    with pytest.raises(KnobError, match="learning_rate is -1, expected a number from 0 up"):
        controls.turn(learning_rate=-1)
    going_on = last(SPEC, snapshot, sets(), replace(plan, epochs=5))
    assert going_on.learning_rate == 0.4


@pytest.mark.parametrize("counts", ["steps", "epochs"])
@pytest.mark.parametrize("key", [key for key, schedule in SCHEDULES.items() if schedule.observe is None])
def test_a_schedule_counts_steps_or_epochs_that_are_done(key, counts):
    schedule = SCHEDULES[key]
    plan = Plan(optimizer=ADAM, batch_size=10, epochs=12, schedule=schedule, schedule_counts=counts)
    found = list(run(SPEC, start(), sets(), plan, rng(), every="step"))
    per_epoch = 3
    assert found[-1].step == 12 * per_epoch
    for snapshot in found[1:]:
        done = snapshot.step - 1
        expected = schedule.learning_rate(0.01, done if counts == "steps" else done // per_epoch)
        assert snapshot.learning_rate == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("validated", [True, False])
def test_the_plateau_watches_the_validation_loss_where_there_is_one(validated):
    torch = pytest.importorskip("torch")
    data = sets(noise=1.0) if validated else Sets(sets(noise=1.0).train)
    knobs = {"patience": 1, "factor": 0.5}
    schedule = SCHEDULES["reduce_on_plateau"].bind(**knobs)
    plan = Plan(
        optimizer=ADAM.bind(learning_rate=0.3), batch_size=5, epochs=30, schedule=schedule, schedule_counts="epochs"
    )
    found = list(run(SPEC, start(), data, plan, rng()))
    stepper = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(stepper, **knobs)
    watched, other = ("validation", "train") if validated else ("train", "validation")
    for snapshot in found[1:]:
        assert snapshot.learning_rate == pytest.approx(stepper.param_groups[0]["lr"], rel=1e-14)
        scheduler.step(float(getattr(snapshot, watched).loss))
    assert found[-1].learning_rate < 0.3
    if not validated:
        return
    blind = torch.optim.lr_scheduler.ReduceLROnPlateau(torch.optim.SGD([torch.zeros(1)], lr=0.3), **knobs)
    for snapshot in found[1:]:
        blind.step(float(getattr(snapshot, other).loss))
    assert blind.optimizer.param_groups[0]["lr"] != stepper.param_groups[0]["lr"], "the other loss would tell otherwise"


def test_the_penalty_is_part_of_the_loss_and_spares_biases():
    penalty = PENALTIES["l2"].bind(strength=0.5)
    sgd = OPTIMIZERS["sgd"].bind(learning_rate=0.1)
    with_it = list(run(SPEC, start(), sets(), Plan(optimizer=sgd, penalties=(penalty,), epochs=1), rng()))
    without = list(run(SPEC, start(), sets(), Plan(optimizer=sgd, epochs=1), rng()))
    weights = np.concatenate([start()[slot.weight] for slot in SPEC.slots])
    cost = 0.25 * float(weights @ weights)
    assert float(with_it[0].train.penalty) == pytest.approx(cost)
    assert float(with_it[0].train.loss - without[0].train.loss) == pytest.approx(cost)
    assert float(with_it[1].loss - without[1].loss) == pytest.approx(cost)
    difference = without[1].params - with_it[1].params
    for slot in SPEC.slots:
        np.testing.assert_allclose(difference[slot.weight], 0.1 * 0.5 * start()[slot.weight], rtol=1e-9)
        assert not difference[slot.bias].any()
    both = last(SPEC, start() + 1, sets(), Plan(penalties=(penalty,), penalize_biases=True, epochs=0), rng())
    assert float(both.train.penalty) == pytest.approx(0.25 * float((start() + 1) @ (start() + 1)))


def test_clipping_cuts_the_step():
    clipping = CLIPPINGS["norm"].bind(max_norm=1e-3)
    plan = Plan(optimizer=OPTIMIZERS["sgd"].bind(learning_rate=1.0), clipping=clipping, epochs=1)
    moved = last(SPEC, start(), sets(), plan, rng()).params - start()
    assert np.linalg.norm(moved) == pytest.approx(1e-3, rel=1e-2)


def test_early_stopping_goes_back_to_the_best():
    plan = Plan(optimizer=ADAM.bind(learning_rate=0.1), batch_size=5, epochs=300, stopping=Stopping(patience=5))
    data = sets(samples=24, noise=1.0)
    found = list(run(SPEC, start(), data, plan, rng()))
    losses = [float(s.validation.loss) for s in found[1:-1]]
    best = int(np.argmin(losses)) + 1
    assert found[-1].epoch == best + 6 < 300
    assert found[-1].stopped == f"no progress for 6 epochs; the best was epoch {best}"
    np.testing.assert_array_equal(found[-1].params, found[best].params)
    assert found[-1].validation == found[best].validation
    keep = replace(plan, stopping=Stopping(patience=5, restore_best=False))
    assert not np.array_equal(last(SPEC, start(), data, keep, rng()).params, found[best].params)
    asking = replace(plan, stopping=Stopping(patience=5, min_change=10.0))
    assert last(SPEC, start(), data, asking, rng()).epoch == 7


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
        return Sets.of(SPEC, *((pool.train.x[rows], pool.train.target[rows]) for rows in (picked[:20], picked[20:])))

    found = list(run(SPEC, start(), pool, plan, rng(), redraw=redraw, every="step"))
    again = last(SPEC, found[3], pool, plan, redraw=redraw)
    np.testing.assert_array_equal(again.params, found[-1].params)
    assert again.validation == found[-1].validation


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Plan(epochs=-1), "epochs is -1, expected a whole number from 0 up"),
        (lambda: Plan(batch_size=0), "batch_size is 0, expected a whole number from 1 up"),
        (lambda: Plan(batch_size=True), "batch_size is True, expected a whole number"),
        (lambda: Plan(dtype=np.int64), "dtype is int64, expected one of float32, float64"),
        (lambda: Plan(schedule_counts="days"), "schedule_counts is 'days', expected one of steps, epochs"),
        (lambda: Plan(schedule=SCHEDULES["reduce_on_plateau"]), "schedule_counts is steps, expected epochs"),
        (lambda: Stopping(patience=-1), "patience is -1, expected a whole number from 0 up"),
        (lambda: Stopping(min_change=float("nan")), "min_change is nan, expected a number from 0 up"),
        (lambda: Stopping(watch="test"), "watch is 'test', expected one of validation, train"),
        (lambda: run(SPEC, start(), sets(), Plan()), "rng is None"),
        (lambda: run(SPEC, start(), sets(), Plan(), rng(), every="day"), "every is 'day', expected one of"),
        (
            lambda: run(SPEC, start(), Sets(sets().train), Plan(stopping=Stopping()), rng()),
            "stopping watches the validation loss, and validation is empty",
        ),
        (lambda: run(SPEC, start(), sets(), Plan(dtype=np.float32), rng()), "train x is float64, expected float32"),
        (lambda: run(SPEC, start()[:-1], sets(), Plan(), rng()), "the network has 59 parameters, 58 given"),
    ],
)
def test_bad_plans(make, message):
    with pytest.raises((PlanError, SpecError), match=message):
        make()


@pytest.mark.parametrize(
    ("train", "message"),
    [
        ((np.zeros((0, 2)), np.zeros((0, 1))), "train has 0 samples, expected at least 1"),
        ((np.zeros((3, 3)), np.zeros((3, 1))), "train x has shape 3 x 3, expected N x 2"),
        ((np.zeros((3, 2)), np.zeros((2, 1))), "train target has shape 2 x 1, expected 3 x 1"),
        (([[0, 1], [np.nan, 0]], np.zeros((2, 1))), "train x row 2 column 1 is nan, expected a finite number"),
        (([[0, 1], [1, 0]], [[0], [np.inf]]), "train target row 2 column 1 is inf, expected a finite number"),
    ],
)
def test_bad_data(train, message):
    with pytest.raises(SpecError, match=message):
        Sets.of(SPEC, train)


def test_a_class_out_of_range():
    spec = NetworkSpec.dense((2, 3), "identity", "cross_entropy")
    with pytest.raises(SpecError, match="validation target 2 is class 3, expected a class from 0 to 2"):
        Sets.of(spec, (np.zeros((1, 2)), [0]), (np.zeros((2, 2)), [0, 3]))
