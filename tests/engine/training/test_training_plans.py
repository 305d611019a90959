"""Training follows its plan: schedules, live hyperparameters, penalty, clipping, early stopping."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine import CLIPPINGS, OPTIMIZERS, PENALTIES, SCHEDULES
from mlpviz.engine.hyperparameters import HyperparameterError
from mlpviz.engine.training import DataSplits, EarlyStopping, LiveHyperparameters, Plan, train
from tests.support.dense_training import ADAM, SPEC, last, rng, sets, start


def test_hyperparameters_change_during_a_run():
    plan = Plan(optimizer=OPTIMIZERS["sgd"], epochs=4)
    live_settings = LiveHyperparameters(plan.optimizer)
    rates = []
    for snapshot in train(SPEC, start(), sets(), plan, rng(), live=live_settings):
        rates.append(snapshot.learning_rate)
        live_settings.set_hyperparameters(learning_rate=0.1 * (snapshot.epoch + 1))
        if snapshot.epoch == 2:
            live_settings.set_hyperparameters(momentum=0.5)
    assert rates == [None, 0.1, 0.2, pytest.approx(0.3), 0.4]
    assert set(snapshot.slots) == {"velocity"}
    with pytest.raises(HyperparameterError, match="learning_rate is -1, expected a number from 0 up"):
        live_settings.set_hyperparameters(learning_rate=-1)
    going_on = last(SPEC, snapshot, sets(), replace(plan, epochs=5))
    assert going_on.learning_rate == 0.4


@pytest.mark.parametrize("counts", ["steps", "epochs"])
@pytest.mark.parametrize("key", [key for key, schedule in SCHEDULES.items() if schedule.observe is None])
def test_a_schedule_counts_steps_or_epochs_that_are_done(key, counts):
    schedule = SCHEDULES[key]
    plan = Plan(optimizer=ADAM, batch_size=10, epochs=12, schedule=schedule, schedule_counts=counts)
    found = list(train(SPEC, start(), sets(), plan, rng(), every="step"))
    per_epoch = 3
    assert found[-1].step == 12 * per_epoch
    for snapshot in found[1:]:
        done = snapshot.step - 1
        expected = schedule.learning_rate(0.01, done if counts == "steps" else done // per_epoch)
        assert snapshot.learning_rate == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("validated", [True, False])
def test_the_plateau_watches_the_validation_loss_where_there_is_one(validated):
    torch = pytest.importorskip("torch")
    data = sets(noise=1.0) if validated else DataSplits(sets(noise=1.0).train)
    hyperparameters = {"patience": 1, "factor": 0.5}
    schedule = SCHEDULES["reduce_on_plateau"].configure(**hyperparameters)
    plan = Plan(
        optimizer=ADAM.configure(learning_rate=0.3),
        batch_size=5,
        epochs=30,
        schedule=schedule,
        schedule_counts="epochs",
    )
    found = list(train(SPEC, start(), data, plan, rng()))
    stepper = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(stepper, **hyperparameters)
    watched, other = ("validation", "train") if validated else ("train", "validation")
    for snapshot in found[1:]:
        assert snapshot.learning_rate == pytest.approx(stepper.param_groups[0]["lr"], rel=1e-14)
        scheduler.step(float(getattr(snapshot, watched).loss))
    assert found[-1].learning_rate < 0.3
    if not validated:
        return
    blind = torch.optim.lr_scheduler.ReduceLROnPlateau(torch.optim.SGD([torch.zeros(1)], lr=0.3), **hyperparameters)
    for snapshot in found[1:]:
        blind.step(float(getattr(snapshot, other).loss))
    assert blind.optimizer.param_groups[0]["lr"] != stepper.param_groups[0]["lr"], "the other loss would tell otherwise"


def test_the_penalty_is_part_of_the_loss_and_spares_biases():
    penalty = PENALTIES["l2"].configure(strength=0.5)
    sgd = OPTIMIZERS["sgd"].configure(learning_rate=0.1)
    with_it = list(train(SPEC, start(), sets(), Plan(optimizer=sgd, penalties=(penalty,), epochs=1), rng()))
    without = list(train(SPEC, start(), sets(), Plan(optimizer=sgd, epochs=1), rng()))
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
    clipping = CLIPPINGS["norm"].configure(max_norm=1e-3)
    plan = Plan(optimizer=OPTIMIZERS["sgd"].configure(learning_rate=1.0), clipping=clipping, epochs=1)
    moved = last(SPEC, start(), sets(), plan, rng()).params - start()
    assert np.linalg.norm(moved) == pytest.approx(1e-3, rel=1e-2)


def test_early_stopping_goes_back_to_the_best():
    plan = Plan(
        optimizer=ADAM.configure(learning_rate=0.1), batch_size=5, epochs=300, stopping=EarlyStopping(patience=5)
    )
    data = sets(samples=24, noise=1.0)
    found = list(train(SPEC, start(), data, plan, rng()))
    losses = [float(s.validation.loss) for s in found[1:-1]]
    best = int(np.argmin(losses)) + 1
    assert found[-1].epoch == best + 6 < 300
    assert found[-1].stopped == f"no progress for 6 epochs; the best was epoch {best}"
    np.testing.assert_array_equal(found[-1].params, found[best].params)
    assert found[-1].validation == found[best].validation
    keep = replace(plan, stopping=EarlyStopping(patience=5, restore_best=False))
    assert not np.array_equal(last(SPEC, start(), data, keep, rng()).params, found[best].params)
    asking = replace(plan, stopping=EarlyStopping(patience=5, min_change=10.0))
    assert last(SPEC, start(), data, asking, rng()).epoch == 7
