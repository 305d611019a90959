import math
import warnings

import latex2mathml.converter
import numpy as np
import pytest
import torch

from mlpviz.engine.hyperparameters import HyperparameterError, torch_arguments
from mlpviz.engine.schedules import SCHEDULES
from tests.support.torch_schedules import scheduler_of

BASE = 0.3
CLOCKED = [schedule for schedule in SCHEDULES.values() if schedule.observe is None]
VARIED = [
    ("constant", {"factor": 0.25, "total_iters": 7}),
    ("step", {"step_size": 7, "gamma": 0.5}),
    ("multi_step", {"milestones": (40, 10, 10, 90), "gamma": 0.3}),
    ("exponential", {"gamma": 0.9}),
    ("cosine", {"T_max": 30, "eta_min": 0.01}),
    ("cosine", {"T_max": 1}),
    ("cosine_restarts", {"T_0": 7, "T_mult": 2, "eta_min": 0.02}),
    ("cosine_restarts", {"T_0": 3, "T_mult": 3}),
    ("linear", {"start_factor": 0.2, "end_factor": 0.9, "total_iters": 13}),
    ("linear", {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 60}),
    ("polynomial", {"total_iters": 60, "power": 2.5}),
    ("warm_up", {"start_factor": 0.01, "total_iters": 20}),
    ("warm_up_cosine", {"warm_up": 20, "total_iters": 101, "start_factor": 0.1, "eta_min": 0.02}),
    ("one_cycle", {"pct_start": 0.45, "anneal_strategy": "linear", "div_factor": 5.0, "final_div_factor": 50.0}),
    ("one_cycle", {"pct_start": 0.25, "three_phase": True}),
    ("one_cycle", {"pct_start": 0.0}),
    ("one_cycle", {"pct_start": 0.9}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 13}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 3, "mode": "triangular2"}),
    ("cyclic", {"max_lr": 0.9, "step_size_up": 7, "step_size_down": 7, "mode": "exp_range", "gamma": 0.97}),
]


def torch_rates(schedule, steps):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    with warnings.catch_warnings():
        # SequentialLR calls its parts in a way that the parts warn about
        warnings.filterwarnings("ignore", message="The epoch parameter|Detected call of", category=UserWarning)
        scheduler = scheduler_of(schedule, optimizer)
        rates = []
        for _ in range(steps):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    return rates


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


PLATEAUS = [
    ("reduce_on_plateau", {}),
    ("reduce_on_plateau", {"patience": 2, "factor": 0.5, "cooldown": 3, "min_lr": 0.02}),
    ("reduce_on_plateau", {"patience": 0, "mode": "max", "threshold": 0.05, "threshold_mode": "abs"}),
    ("reduce_on_plateau", {"patience": 1, "mode": "max", "threshold": 0.1, "threshold_mode": "rel", "factor": 0.7}),
    ("reduce_on_plateau", {"patience": 1, "mode": "min", "threshold": 0.05, "threshold_mode": "abs", "eps": 0.01}),
]


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
    latex2mathml.converter.convert(schedule.latex)
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
