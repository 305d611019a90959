"""Schedule-free AdamW beside its authors' package: 50 steps in double precision, and the mean to evaluate with."""

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS

torch = pytest.importorskip("torch")
schedulefree = pytest.importorskip("schedulefree")

STEPS = 50
CASES = [
    {},
    {"weight_decay": 0.3, "beta1": 0.6, "beta2": 0.9, "eps": 1e-3},
    {"warmup_steps": 9, "r": 1.5, "weight_lr_power": 1.0},
    {"weight_lr_power": 0.0, "weight_decay": 0.1},
]


@pytest.mark.parametrize("falls", [False, True], ids=["one rate", "a falling rate"])
@pytest.mark.parametrize("settings", CASES, ids=str)
def test_50_steps_are_those_of_their_package(settings, falls):
    optimizer = OPTIMIZERS["schedule_free_adamw"].configure(learning_rate=0.05, **settings)
    rng = np.random.default_rng(11)
    params = rng.normal(size=6)
    slots = optimizer.init(params)
    tensor = torch.tensor(params.reshape(3, 2), requires_grad=True)
    arguments = {name: value for name, value in optimizer.torch_arguments.items() if name != "maximize"}
    theirs = schedulefree.AdamWScheduleFree([tensor], **arguments)
    theirs.train()
    for t in range(1, STEPS + 1):
        rate = 0.05 / t if falls else 0.05
        theirs.param_groups[0]["lr"] = rate
        grad = rng.normal(size=6) * 10.0 ** rng.integers(-3, 3, size=6)
        params, slots = optimizer.step(params, grad, slots, t, learning_rate=rate)
        tensor.grad = torch.tensor(grad.reshape(3, 2))
        theirs.step()
        np.testing.assert_allclose(params, tensor.detach().numpy().ravel(), rtol=1e-12, atol=1e-13)
    theirs.eval()
    np.testing.assert_allclose(slots["average"], tensor.detach().numpy().ravel(), rtol=1e-12, atol=1e-12)


def test_theta_lies_between_the_steps_and_their_mean():
    optimizer = OPTIMIZERS["schedule_free_adamw"].configure(beta1=0.8)
    rng = np.random.default_rng(12)
    params = rng.normal(size=4)
    slots, seen = optimizer.init(params), []
    for t in range(1, 20):
        params, slots = optimizer.step(params, rng.normal(size=4), slots, t)
        seen.append(slots["z"])
        np.testing.assert_allclose(params, 0.2 * slots["z"] + 0.8 * slots["average"], rtol=1e-12)
        np.testing.assert_allclose(slots["average"], np.mean(seen, axis=0), rtol=1e-12)


def test_rates_of_0_change_nothing():
    optimizer = OPTIMIZERS["schedule_free_adamw"]
    params = np.array([1.0, -2.0])
    after, slots = optimizer.step(params, np.ones(2), optimizer.init(params), 1, learning_rate=0.0)
    np.testing.assert_array_equal(after, params)
    np.testing.assert_array_equal(slots["average"], params)
