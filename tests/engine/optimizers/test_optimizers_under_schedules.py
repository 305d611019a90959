"""50 steps of every optimizer under every schedule, beside torch.optim and torch.optim.lr_scheduler."""

import warnings

import numpy as np
import pytest
import torch

from mlpviz.engine import OPTIMIZERS, SCHEDULES
from mlpviz.engine.hyperparameters import torch_arguments
from mlpviz.engine.optimizers.optimizer import momentum_name
from mlpviz.engine.training import DataSplits, LiveHyperparameters, Plan, Samples, train
from mlpviz.verify.torch_optimizers import optimizer_class
from tests.support.random_networks import chain
from tests.support.torch_schedules import scheduler_of

STEPS = 50
# the first step size of Rprop and the rate of ASGD are memory: they begin with the rate of the first step
CLOCKED = [key for key, schedule in SCHEDULES.items() if schedule.observe is None]
SPEC = chain((3, 2), "identity", "mse")
RNG = np.random.default_rng(3)
X, TARGET, START = RNG.normal(size=(6, 3)), RNG.normal(size=(6, 2)), RNG.normal(size=SPEC.size)


@pytest.fixture(autouse=True)
def double():
    # torch keeps its scalar slots (mu_product, eta) in the default type
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def ours(optimizer, schedule, live=None):
    plan = Plan(optimizer=optimizer, schedule=schedule, epochs=STEPS, shuffle=False)
    splits = DataSplits(Samples(X, TARGET))
    return [snapshot.params for snapshot in train(SPEC, START, splits, plan, RNG, live=live)][1:]


def theirs(optimizer, schedule):
    weight, bias = (torch.tensor(part, requires_grad=True) for part in (START[:6].reshape(2, 3), START[6:]))
    arguments = torch_arguments(optimizer.hyperparameters, optimizer.settings)
    stepper = optimizer_class(optimizer)([weight, bias], **arguments)
    scheduler = scheduler_of(schedule, stepper)
    for _ in range(STEPS):
        stepper.zero_grad()
        torch.nn.functional.mse_loss(torch.tensor(X) @ weight.T + bias, torch.tensor(TARGET)).backward()
        stepper.step()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="The epoch parameter", category=UserWarning)
            scheduler.step()
        yield np.concatenate([weight.detach().numpy().ravel(), bias.detach().numpy()])


@pytest.mark.parametrize("schedule", CLOCKED)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_50_steps_are_those_of_torch(optimizer, schedule):
    pair = OPTIMIZERS[optimizer].configure(learning_rate=0.05), SCHEDULES[schedule]
    for mine, its in zip(ours(*pair), theirs(*pair), strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-10, atol=1e-12)


CYCLES = [("one_cycle", {"total_steps": STEPS, "three_phase": True}), ("cyclic", {"step_size_up": 7, "max_lr": 0.08})]


@pytest.mark.parametrize(("schedule", "given"), CYCLES, ids=str)
# PyTorch's Muon rounds to bfloat16, which its own tests take out
@pytest.mark.parametrize(
    "optimizer", [key for key, entry in OPTIMIZERS.items() if momentum_name(entry) and key != "muon"]
)
def test_the_momentum_moves_as_in_torch(optimizer, schedule, given):
    moved = SCHEDULES[schedule].configure(cycle_momentum=True, base_momentum=0.6, max_momentum=0.93, **given)
    pair = OPTIMIZERS[optimizer].configure(learning_rate=0.05), moved
    still = [SCHEDULES[schedule].configure(**given)]
    found = ours(*pair)
    assert not np.allclose(found[-1], ours(pair[0], *still)[-1], rtol=1e-6)
    for mine, its in zip(found, theirs(*pair), strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("key", ["rprop", "asgd"])
def test_a_rate_that_is_set_before_the_first_step_is_the_first_rate(key):
    slow, fast = (OPTIMIZERS[key].configure(learning_rate=rate) for rate in (0.02, 0.3))
    live = LiveHyperparameters(fast)
    live.set_hyperparameters(learning_rate=0.02)
    np.testing.assert_array_equal(ours(fast, None, live), ours(slow, None))


@pytest.mark.parametrize("key", ["adam", "adamw", "nadam", "radam", "adamax"])
def test_a_mean_that_forgets_at_once_keeps_the_whole_gradient(key):
    # m + 1 · (g - m) is 0 for m = 1e20 and g = 1
    optimizer = OPTIMIZERS[key].configure(beta1=0.0)
    params = np.zeros(2)
    slots = optimizer.init(params) | {"m": np.array([1e20, 0.0])}
    _, new = optimizer.step(params, np.array([1.0, 1.0]), slots, 2)
    assert new["m"].tolist() == [1.0, 1.0]
    _, new = optimizer.step(params, np.array([1.0, 1.0]), slots, 2, beta1=np.array([0.0, 0.9]))
    np.testing.assert_allclose(new["m"], [1.0, 0.1])


def test_the_mean_of_a_centered_rmsprop_keeps_the_gradient_too():
    optimizer = OPTIMIZERS["rmsprop"].configure(alpha=0.25, centered=True)
    slots = optimizer.init(np.zeros(1)) | {"mean": np.array([1.0])}
    _, new = optimizer.step(np.zeros(1), np.array([3.0]), slots, 2)
    assert new["mean"] == 0.25 * 1.0 + 0.75 * 3.0
