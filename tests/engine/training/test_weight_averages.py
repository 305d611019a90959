"""Averages of the weights beside PyTorch's AveragedModel, and after a run was stopped and went on."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.optim import swa_utils

from mlpviz.engine import OPTIMIZERS
from mlpviz.engine.averages import AVERAGES
from mlpviz.engine.training import DataSplits, Plan, Samples, train
from tests.support.code_lines import run_line
from tests.support.random_networks import chain

SPEC = chain((3, 2), "identity", "mse")
RNG = np.random.default_rng(4)
X, TARGET, START = RNG.normal(size=(8, 3)), RNG.normal(size=(8, 2)), RNG.normal(size=SPEC.size)
SETS = DataSplits(Samples(X, TARGET), Samples(X[:4] + 0.1, TARGET[:4]))
VARIED = [("ema", {}), ("ema", {"decay": 0.7}), ("ema", {"decay": 0.4, "first": 3}), ("swa", {}), ("swa", {"first": 4})]
EPOCHS, BATCHES = 8, 2


@pytest.fixture(autouse=True)
def double():
    # torch divides by its count of networks in the default type, so that 1 / 3 would have 8 digits
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def plan_with(key, given):
    optimizer = OPTIMIZERS["sgd"].configure(learning_rate=0.1, momentum=0.5)
    average = AVERAGES[key].configure(**given)
    return Plan(optimizer=optimizer, epochs=EPOCHS, batch_size=4, shuffle=False, average=average)


def torch_averages(average):
    """The averaged parameters after each epoch, None before the first."""
    model = torch.nn.Linear(3, 2, dtype=torch.float64)
    with torch.no_grad():
        model.weight.copy_(torch.tensor(START[:6].reshape(2, 3)))
        model.bias.copy_(torch.tensor(START[6:]))
    make, update = average.torch_lines
    averaged = run_line(make, swa_utils=swa_utils, model=model)["averaged"]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    for epoch in range(1, EPOCHS + 1):
        counts = epoch >= average.settings["first"]
        for start in range(0, 8, 4):
            optimizer.zero_grad()
            y = model(torch.tensor(X[start : start + 4]))
            torch.nn.functional.mse_loss(y, torch.tensor(TARGET[start : start + 4])).backward()
            optimizer.step()
            if counts and average.each == "step":
                run_line(update, averaged=averaged, model=model)
        if counts and average.each == "epoch":
            run_line(update, averaged=averaged, model=model)
        flat = torch.cat([each.detach().ravel() for each in averaged.module.parameters()]).numpy()
        yield flat if averaged.n_averaged else None


@pytest.mark.parametrize(("key", "given"), VARIED, ids=str)
def test_an_average_is_that_of_torch(key, given):
    plan = plan_with(key, given)
    _, *snapshots = train(SPEC, START, SETS, plan, RNG)
    for snapshot, theirs in zip(snapshots, torch_averages(plan.average), strict=True):
        assert (snapshot.average is None) == (theirs is None)
        if theirs is not None:
            np.testing.assert_allclose(snapshot.average, theirs, rtol=1e-12, atol=1e-14)
            weight, bias = snapshot.average[:6].reshape(2, 3), snapshot.average[6:]
            expected = np.mean((SETS.validation.x @ weight.T + bias - SETS.validation.target) ** 2)
            assert float(snapshot.average_measure.loss) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("key", "given"), VARIED, ids=str)
def test_the_lines_of_numpy_give_the_engines_average(key, given):
    average = AVERAGES[key].configure(**given)
    old, theta = RNG.normal(size=(2, 5))
    names = {"average": old, "theta": theta, "count": 3, **average.settings}
    found = run_line("\n".join(average.numpy_lines), **names)["average"]
    np.testing.assert_allclose(found, average.update(old, theta, 3), rtol=1e-12)


@pytest.mark.parametrize(("key", "given"), VARIED, ids=str)
@pytest.mark.parametrize("after", [1, 5, 11])
def test_a_run_goes_on_with_its_average(key, given, after):
    plan = plan_with(key, given)
    steps = list(train(SPEC, START, SETS, plan, RNG, every="step"))
    rest = list(train(SPEC, steps[after], SETS, plan, every="step"))
    np.testing.assert_array_equal(rest[-1].average, steps[-1].average)
    assert rest[-1].averaged == steps[-1].averaged > 0


def test_networks_side_by_side_have_an_average_each():
    plan, starts = plan_with("ema", {"decay": 0.7}), np.stack([START, 2 * START])
    *_, both = train(SPEC, starts, SETS, plan, RNG)
    for place, start in enumerate(starts):
        *_, alone = train(SPEC, start, SETS, plan, RNG)
        np.testing.assert_allclose(both.average[place], alone.average, rtol=1e-13)
        assert both.average_measure.loss[place] == pytest.approx(float(alone.average_measure.loss), rel=1e-12)


def test_the_network_that_learns_is_not_touched():
    plan = plan_with("ema", {})
    *_, plain = train(SPEC, START, SETS, replace(plan, average=None), RNG)
    *_, averaged = train(SPEC, START, SETS, plan, RNG)
    np.testing.assert_array_equal(plain.params, averaged.params)


def test_every_hyperparameter_is_varied_here():
    varied = {(key, name) for key, given in VARIED for name in given}
    assert varied == {(key, each.name) for key, entry in AVERAGES.items() for each in entry.hyperparameters}
