import math

import latex2mathml.converter
import numpy as np
import pytest
import torch

from mlpviz.engine.hyperparameters import HyperparameterError, torch_arguments
from mlpviz.engine.schedules import SCHEDULES
from tests.support.torch_schedules import BASE, PLATEAUS, VARIED, torch_rates

CLOCKED = [schedule for schedule in SCHEDULES.values() if schedule.observe is None]


@pytest.mark.parametrize("schedule", CLOCKED, ids=lambda schedule: schedule.key)
def test_defaults_against_torch(schedule):
    ours = [schedule.learning_rate(BASE, t) for t in range(100)]
    np.testing.assert_allclose(ours, torch_rates(schedule, 100), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(("key", "given"), VARIED, ids=str)
def test_each_hyperparameter_against_torch(key, given):
    schedule = SCHEDULES[key].configure(**given)
    ours = [schedule.learning_rate(BASE, t) for t in range(100)]
    assert len(set(ours)) > 1
    np.testing.assert_allclose(ours, torch_rates(schedule, 100), rtol=1e-12, atol=1e-13)


def test_every_hyperparameter_of_every_schedule_is_varied_here():
    varied = {(key, name) for key, given in [*VARIED, *((p[0], p[1]) for p in PLATEAUS)] for name in given}
    missing = {(s.key, k.name) for s in SCHEDULES.values() for k in s.hyperparameters} - varied
    assert missing == {("one_cycle", "total_steps")}


@pytest.mark.parametrize("total_steps", [2, 10, 37])
def test_one_cycle_of_other_lengths_stays_at_its_end(total_steps):
    schedule = SCHEDULES["one_cycle"].configure(total_steps=total_steps, pct_start=0.4)
    ours = [schedule.learning_rate(BASE, t) for t in range(total_steps + 5)]
    np.testing.assert_allclose(ours[:total_steps], torch_rates(schedule, total_steps), rtol=1e-12)
    assert set(ours[total_steps:]) == {ours[total_steps - 1]}


def test_one_cycle_whose_climb_is_one_step_begins_at_the_peak():
    schedule = SCHEDULES["one_cycle"].configure(total_steps=10, pct_start=0.1)  # torch divides by zero here
    assert schedule.learning_rate(BASE, 0) == BASE


@pytest.mark.parametrize(("key", "given"), PLATEAUS, ids=str)
def test_plateau_against_torch(key, given):
    schedule = SCHEDULES[key].configure(**given)
    rng = np.random.default_rng(1)
    metrics = np.abs(np.linspace(1.0, 0.4, 100) + 0.1 * rng.normal(size=100))
    metrics[50] = math.nan
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, **torch_arguments(schedule.hyperparameters, schedule.settings)
    )
    state = schedule.start(BASE)
    seen = set()
    for t, metric in enumerate(metrics):
        before = state
        state = schedule.observe(state, float(metric))
        assert before is not state
        scheduler.step(float(metric))
        rate = schedule.learning_rate(BASE, t, state=state)
        assert rate == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-12)
        assert (state.best, state.bad, state.cooldown) == (
            scheduler.best,
            scheduler.num_bad_epochs,
            scheduler.cooldown_counter,
        )
        seen.add(rate)
    assert len(seen) > 1


@pytest.mark.parametrize("schedule", CLOCKED, ids=lambda schedule: schedule.key)
def test_one_rate_per_network(schedule):
    bases = np.array([[0.1], [0.4]])
    for t in (0, 3, 50, 99):
        rates = schedule.learning_rate(bases, t)
        expected = [[schedule.learning_rate(0.1, t)], [schedule.learning_rate(0.4, t)]]
        np.testing.assert_allclose(rates, expected, rtol=1e-14)


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_words_and_formula(schedule):
    assert schedule.sentence.endswith(".")
    assert all(each.sentence for each in schedule.hyperparameters)
    latex2mathml.converter.convert(schedule.line.latex)
    assert hasattr(torch.optim.lr_scheduler, schedule.torch)


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("step", {"step_size": 0}, "step_size is 0, expected a whole number from 1 up"),
        ("one_cycle", {"three_phase": True, "pct_start": 0.6}, "pct_start is 0.6, expected at most 0.5 with three"),
        ("warm_up_cosine", {"warm_up": 100}, "warm_up is 100, expected less than total_iters, 100"),
        ("cyclic", {"mode": "round"}, "mode is 'round', expected one of triangular, triangular2, exp_range"),
        ("reduce_on_plateau", {"factor": 1.0}, "factor is 1.0, expected a number from 0 below 1"),
    ],
)
def test_bad_hyperparameters(key, given, message):
    with pytest.raises(HyperparameterError, match=message):
        SCHEDULES[key].configure(**given)
