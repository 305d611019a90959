"""Every optimizer takes the steps of torch.optim, with every switch it has."""

import inspect
import json

import numpy as np
import pytest
import torch

from mlpviz.engine.hyperparameters import torch_arguments
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.verify.torch_optimizers import optimizer_class
from tests.support.optimizer_trajectories import GROUP, SHAPES, START, gradient, ours, torchs
from tests.support.torch_optimizers import BY_TORCH, CASES, CONFIGS, EXTRA, error, from_torch, loaded


@pytest.fixture(autouse=True)
def double():
    # torch keeps its scalar slots (mu_product, eta) in the default type
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def test_the_case_file_holds_70_configurations():
    assert len(CONFIGS) == 70
    # torch's list is older than its Adafactor, and has no optimizer with a closure
    listed = {name for name, _, _ in CONFIGS} | {"Adafactor", "LBFGS"}
    assert listed == {each.torch for each in OPTIMIZERS.values() if each.in_torch}


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [(name, kwargs) for name, _, kwargs in CONFIGS],
    ids=[f"{name}: {desc}" for name, desc, _ in CONFIGS],
)
def test_torchs_own_configurations(name, kwargs):
    optimizer = BY_TORCH[name]
    given = from_torch(optimizer, kwargs)
    bound = optimizer.configure(**given)
    assert {name: bound.settings[name] for name in given} == given
    path, _ = ours(bound, 50)
    expected, _ = torchs(name, 50, kwargs)
    assert not np.allclose(path[-1], START, atol=1e-6)
    off = error(path, expected)
    assert off[:10].max() < 1e-12
    assert off.max() < 1e-9


@pytest.mark.parametrize(("name", "given"), EXTRA, ids=str)
def test_more_switches(name, given):
    bound = BY_TORCH[name].configure(**given)
    path, _ = ours(bound, 50)
    expected, _ = torchs(name, 50, torch_arguments(bound.hyperparameters, bound.settings))
    off = error(path, expected)
    assert off[:10].max() < 1e-12
    assert off.max() < 1e-9


@pytest.mark.parametrize("optimizer", [each for each in OPTIMIZERS.values() if each.in_torch], ids=lambda one: one.key)
def test_defaults_are_torchs(optimizer):
    signature = inspect.signature(getattr(torch.optim, optimizer.torch)).parameters
    for name, value in torch_arguments(optimizer.hyperparameters, optimizer.settings).items():
        default = signature[name].default
        if optimizer.key == "adafactor" and name == "eps":  # PyTorch's None is that of the number type
            default = (torch.finfo(torch.float64).eps, default[1])
        ours = next((each for each in optimizer.hyperparameters if (each.torch or each.name) == name), None)
        assert value == default or (ours and ours.torch_default == default), name


def _vector_cases():
    for optimizer in OPTIMIZERS.values():
        for hyperparameter in optimizer.hyperparameters:
            if hyperparameter.vector and optimizer.combines != "network":
                low = max(hyperparameter.low, 0.0)
                high = hyperparameter.high if hyperparameter.high < np.inf else low + 0.2
                yield optimizer, hyperparameter, (low + 0.3 * (high - low), low + 0.7 * (high - low))


@pytest.mark.parametrize(
    ("optimizer", "hyperparameter", "pair"), list(_vector_cases()), ids=lambda value: getattr(value, "key", "")
)
def test_a_vector_hyperparameter_is_a_hyperparameter_per_parameter_group(optimizer, hyperparameter, pair):
    also = {"momentum": 0.5} if hyperparameter.name == "dampening" else {}
    if optimizer.key == "lion" and hyperparameter.name != "learning_rate":
        also = {"learning_rate": 0.1}  # in small steps no sign turns, whatever the means remember
    vector = optimizer.configure(**also, **{hyperparameter.name: np.array(pair)[GROUP]})
    path, _ = ours(vector, 12)
    one = optimizer.configure(**also, **{hyperparameter.name: pair[0]})
    two = optimizer.configure(**also, **{hyperparameter.name: pair[1]})
    second = torch_arguments(optimizer.hyperparameters, two.settings)
    expected, _ = torchs(optimizer.torch, 12, torch_arguments(optimizer.hyperparameters, one.settings), second)
    assert not np.array_equal(expected, torchs(optimizer.torch, 12, second)[0])
    assert error(path, expected).max() < 1e-12


def test_momentum_in_one_group_only():
    bound = OPTIMIZERS["sgd"].configure(momentum=np.array([0.0, 0.9])[GROUP], dampening=0.5, learning_rate=0.01)
    path, _ = ours(bound, 12)
    expected, _ = torchs("SGD", 12, {"lr": 0.01, "dampening": 0.5, "momentum": 0.0}, {"momentum": 0.9})
    assert error(path, expected).max() < 1e-12


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_learning_rate_that_changes(optimizer):
    params, slots = START, optimizer.init(START, learning_rate=0.1)
    tensor = torch.tensor(START, requires_grad=True)
    twin = optimizer_class(optimizer)([tensor], lr=0.1)
    for t in range(1, 13):
        rate = 0.1 / t
        twin.param_groups[0]["lr"] = rate
        tensor.grad = torch.tensor(gradient(tensor.detach().numpy()))
        twin.step()
        params, slots = optimizer.step(params, gradient(params), slots, t, learning_rate=rate)
    assert error(params, tensor.detach().numpy()).max() < 1e-12


def test_every_hyperparameter_is_varied_here():
    varied = {
        (BY_TORCH[name].key, hyperparameter)
        for name, _, kwargs in CONFIGS
        for hyperparameter, value in from_torch(BY_TORCH[name], kwargs).items()
        if value != BY_TORCH[name].settings[hyperparameter]
    }
    varied |= {(BY_TORCH[name].key, hyperparameter) for name, given in EXTRA for hyperparameter in given}
    varied |= {(optimizer.key, hyperparameter.name) for optimizer, hyperparameter, _ in _vector_cases()}
    assert varied == {
        (optimizer.key, each.name) for optimizer in OPTIMIZERS.values() for each in optimizer.hyperparameters
    }


TORCH_SLOTS = {
    "velocity": "momentum_buffer",
    "m": "exp_avg",
    "v": ("exp_avg_sq", "square_avg", "exp_avg_var", "variance"),
    "v_max": "max_exp_avg_sq",
    "u": ("exp_inf", "acc_delta"),
    "mean": "grad_avg",
    "sum": "sum",
    "step_size": "step_size",
    "previous": "prev",
    "average": ("ax", "x"),
    "mu_product": "mu_product",
    "eta": "eta",
    "z": "z",
    "lr_max": "lr_max",
    "weight_sum": "weight_sum",
    "row": "row_var",
    "column": "col_var",
}


# L-BFGS keeps lists: see tests/verify/test_lbfgs.py
@pytest.mark.parametrize(
    "optimizer", [each for each in loaded() if each.combines != "network"], ids=lambda optimizer: optimizer.key
)
def test_slots_are_torchs_state(optimizer):
    _, slots = ours(optimizer, 10)
    _, states = torchs(optimizer.torch, 10, torch_arguments(optimizer.hyperparameters, optimizer.settings))
    for name, slot in slots.items():
        candidates = TORCH_SLOTS[name] if isinstance(TORCH_SLOTS[name], tuple) else (TORCH_SLOTS[name],)
        key = next(key for key in candidates if any(state.get(key) is not None for state in states))
        expected = np.concatenate(
            [
                np.zeros(np.prod(shape))  # a slot of other tensors
                if state.get(key) is None
                else np.broadcast_to(state[key].numpy(), shape if state[key].ndim else ()).ravel()
                for state, shape in zip(states, SHAPES, strict=True)
            ]
        )
        np.testing.assert_allclose(slot, expected if np.ndim(slot) else expected[0], rtol=1e-12, atol=1e-15)


def test_one_published_adam_step():
    case = json.loads((CASES / "cs231n_adam.json").read_text())
    hyper, state = case["hyper"], case["state"]
    adam = OPTIMIZERS["adam"].configure(
        learning_rate=hyper["lr"], beta1=hyper["beta1"], beta2=hyper["beta2"], eps=hyper["eps"]
    )
    slots = {name: np.ravel(state[name]) for name in ("m", "v")}
    params, slots = adam.step(np.ravel(case["w"]), np.ravel(case["dw"]), slots, hyper["t_before"] + 1)
    np.testing.assert_allclose(params, np.ravel(case["expected"]["w"]), rtol=0, atol=6e-9)
    for name in ("m", "v"):
        np.testing.assert_allclose(slots[name], np.ravel(case["expected"][name]), rtol=0, atol=6e-9)
