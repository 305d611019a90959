"""Optimizers that torch.optim lacks: their twins beside numbers worked out by hand, and what the check says of them."""

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import apply
from mlpviz.verify.report import check
from mlpviz.verify.torch_optimizers import optimizer_class

torch = pytest.importorskip("torch")


MAZUR = PRESETS["mazur"].document
INSIDE = {"learning_rate": 0.1, "momentum": 0.5, "rate_in_velocity": True}
LACKED = [
    "lion",
    "adabelief",
    {"key": "sgd", "momentum": 0.9, "rate_in_velocity": True},
    {"key": "sgd", "momentum": 0.9, "rate_in_velocity": True, "nesterov": True},
    {"key": "rmsprop", "eps_in_root": True},
    {"key": "rmsprop", "momentum": 0.9, "rate_in_velocity": True},
    {"key": "adam", "eps_before_correction": True},
    {"key": "adamw", "eps_in_root": True, "amsgrad": True},
    {"key": "adamax", "eps_after_maximum": True},
    {"key": "adagrad", "eps_in_root": True},
]


def walk(key, start, gradients, **settings):
    """The numbers after every step of the engine's and of the twin, each from the same gradients."""
    optimizer = OPTIMIZERS[key].configure(**settings)
    assert not optimizer.is_torchs
    params, slots = np.array([start]), optimizer.init(np.array([start]))
    tensor = torch.tensor([start], dtype=torch.float64, requires_grad=True)
    twin = optimizer_class(optimizer)([tensor], **optimizer.torch_arguments)
    for t, gradient in enumerate(gradients, start=1):
        params, slots = optimizer.step(params, np.array([gradient]), slots, t)
        tensor.grad = torch.tensor([gradient], dtype=torch.float64)
        twin.step()
        yield float(params[0]), tensor.item()


@pytest.mark.parametrize(
    ("key", "settings", "gradients", "expected"),
    [
        # c = 0.5·m + 0.5·g: 1, then 0.5·0.4 - 0.5·0.3 > 0, then 0.5·0.12 - 0.5 < 0, with m = 0.4, 0.12
        ("lion", {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.6}, [1.0, -0.3, -1.0], [0.9, 0.8, 0.9]),
        # decay first: 1·(1 - 0.1·0.5) - 0.1
        ("lion", {"learning_rate": 0.1, "weight_decay": 0.5}, [2.0], [0.85]),
        # m = 1, v = 0.5·(2 - 1)² = 0.5: both corrections double, 1 - 0.1·2/1
        ("adabelief", {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.5, "eps": 0.0}, [2.0], [0.8]),
        # ε joins v and the root: v = 0.5 + 0.25, doubled 1.5; 1 - 0.1·2/(√1.5 + 0.25)
        ("adabelief", {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.5, "eps": 0.25}, [2.0], [0.8643833222411702]),
        # v = -0.1·2, then 0.5·v - 0.1·1
        ("sgd", INSIDE, [2.0, 1.0], [0.8, 0.6]),
        # Keras: θ + 0.5·v - 0.1·g with the same v: 1 - 0.1 - 0.2, then 0.7 - 0.1 - 0.1
        ("sgd", INSIDE | {"nesterov": True}, [2.0, 1.0], [0.7, 0.5]),
        # v = 0.25·4 = 1, √(1 + 3) = 2 where PyTorch has 1 + 3
        ("rmsprop", {"learning_rate": 0.1, "alpha": 0.75, "eps": 3.0, "eps_in_root": True}, [2.0], [0.9]),
        # v = 0.25·4 = 1, so b = 0.1·2/(1 + 1) = 0.1; then v = 0.75 + 1, b = 0.05 + 0.1·2/(√1.75 + 1)
        (
            "rmsprop",
            {"learning_rate": 0.1, "alpha": 0.75, "eps": 1.0, "momentum": 0.5, "rate_in_velocity": True},
            [2.0, 2.0],
            [0.9, 0.9 - (0.05 + 0.2 / (1.75**0.5 + 1))],
        ),
        # m = 1, v = 0.5·4 = 2; η̂ = 0.1·√0.5/0.5; without the setting ε = 1 stands beside √4
        (
            "adam",
            {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.5, "eps": 1.0, "eps_before_correction": True},
            [2.0],
            [1 - 0.1 * 2**0.5 / (2**0.5 + 1)],
        ),
        # v̂ = 4: √(4 + 5) = 3
        ("adam", {"learning_rate": 0.3, "beta2": 0.5, "eps": 5.0, "eps_in_root": True}, [2.0], [0.8]),
        # u = max(0, 2), and 2 + 2 below; PyTorch: u = 4 from then on
        ("adamax", {"learning_rate": 0.2, "eps": 2.0, "eps_after_maximum": True}, [2.0], [0.9]),
        # s = 4, √(4 + 5) = 3
        ("adagrad", {"learning_rate": 0.3, "eps": 5.0, "eps_in_root": True}, [2.0], [0.8]),
    ],
)  # fmt: skip
def test_numbers_worked_out_by_hand(key, settings, gradients, expected):
    paths = zip(*walk(key, 1.0, gradients, **settings), strict=True)
    for path in paths:
        assert list(path) == pytest.approx(expected, rel=1e-14)


def test_nesterov_with_the_rate_inside_is_sutskevers_look_ahead():
    # his velocity takes its gradient at θ + μ·v; those points are what the optimizer keeps, under a changing rate too
    def slope(at):
        return np.sin(3 * at) + at

    mu, theta, velocity = 0.9, 1.0, 0.0
    sgd = OPTIMIZERS["sgd"].configure(momentum=mu, rate_in_velocity=True, nesterov=True)
    point, slots = np.array([theta]), sgd.init(np.array([theta]))
    for t in range(1, 30):
        rate = 0.1 / t
        point, slots = sgd.step(point, slope(point), slots, t, learning_rate=rate)
        velocity = mu * velocity - rate * slope(theta + mu * velocity)
        theta += velocity
        assert point[0] == pytest.approx(theta + mu * velocity, rel=1e-12)


def test_a_rate_inside_the_velocity_differs_only_where_the_rate_changes():
    theirs = OPTIMIZERS["sgd"].configure(momentum=0.9)
    keras = theirs.configure(rate_in_velocity=True)
    for fall, same in ((1.0, True), (0.5, False)):
        paths = []
        for sgd in (theirs, keras):
            params, slots = np.array([1.0, -2.0]), sgd.init(np.array([1.0, -2.0]))
            for t in range(1, 10):
                params, slots = sgd.step(params, np.cos(params), slots, t, learning_rate=0.1 * fall**t)
            paths.append(params)
        assert np.allclose(*paths, rtol=1e-13) == same


@pytest.mark.parametrize("choice", LACKED, ids=str)
def test_the_check_says_that_the_step_beside_it_is_by_hand(choice):
    document = apply(MAZUR, {"type": "set_optimizer", "key": choice}).document
    report = check(document.trace(), document.next_step)
    assert report.ok
    assert "the step beside one by hand, torch.optim has none like it" in report.summary
    rows = [row for row in report.rows if row.name.startswith("new")]
    assert all(row.torch is not None and "torch.optim has no" in row.note for row in rows)
    taken = document.next_step
    wrong = taken.new_params.copy()
    wrong[0] += 1e-9
    assert not check(document.trace(), taken._replace(new_params=wrong)).ok


def test_the_check_of_an_optimizer_of_torch_says_nothing_of_hands():
    document = apply(MAZUR, {"type": "set_optimizer", "key": "adam"}).document
    assert "by hand" not in check(document.trace(), document.next_step).summary
