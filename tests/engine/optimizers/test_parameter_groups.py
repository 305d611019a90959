"""Groups of parameters with a rate and a weight decay of their own, and frozen ones, as in torch.optim."""

import numpy as np
import pytest

from mlpviz.engine.optimizers import (
    OPTIMIZERS,
    ParameterGroup,
    first_slots,
    has_shared_rate,
    has_weight_decay,
    take_step,
)
from mlpviz.verify.torch_optimizers import optimizer_class

torch = pytest.importorskip("torch")

PARAMETERS = 7
FIRST, SECOND = np.array([0, 2, 5]), np.array([1, 6])  # 3 and 4 are frozen


@pytest.mark.parametrize("key", [key for key, entry in OPTIMIZERS.items() if not has_shared_rate(entry)])
def test_each_group_is_stepped_as_one_of_torch(key):
    optimizer = OPTIMIZERS[key]
    decay = 0.3 if has_weight_decay(optimizer) else None
    rng = np.random.default_rng(4)
    start = rng.normal(size=PARAMETERS)
    groups = (ParameterGroup(FIRST, 0.02), ParameterGroup(SECOND, 0.2, decay))
    tensors = [torch.tensor(start[group.indices], requires_grad=True) for group in groups]
    own = [{"params": [tensor], "lr": group.learning_rate} for tensor, group in zip(tensors, groups, strict=True)]
    if decay is not None:
        own[1]["weight_decay"] = decay
    theirs = optimizer_class(optimizer)(own, **optimizer.torch_arguments)

    step = None
    for _ in range(12):
        grad = rng.normal(size=PARAMETERS)
        if step is None:
            step = take_step(optimizer, 0.5, start, grad, first_slots(optimizer, start, 0.5, groups), 1, groups)
        else:
            step = step.after(step.new_params, grad)
        for tensor, group in zip(tensors, groups, strict=True):
            tensor.grad = torch.tensor(grad[group.indices])
        theirs.step()
        for tensor, group in zip(tensors, groups, strict=True):
            # PyTorch keeps the product of NAdam's momenta in single precision
            bound = 1e-6 if key == "nadam" else 1e-11
            np.testing.assert_allclose(step.new_params[group.indices], tensor.detach().numpy(), rtol=bound, atol=1e-14)
        assert np.array_equal(step.new_params[3:5], start[3:5])
        assert step.group_of(3) is None
        assert step.group_of(6) is groups[1]


def test_one_group_of_all_parameters_is_the_step_without_groups():
    rng = np.random.default_rng(5)
    for optimizer in OPTIMIZERS.values():
        params, grad = rng.normal(size=(2, PARAMETERS))
        slots = optimizer.init(params, learning_rate=0.1)
        plain = take_step(optimizer, 0.1, params, grad, slots, 1)
        grouped = take_step(optimizer, 0.1, params, grad, slots, 1, (ParameterGroup(np.arange(PARAMETERS), 0.1),))
        assert np.array_equal(plain.new_params, grouped.new_params)
        assert all(np.array_equal(slot, grouped.new_slots[name]) for name, slot in plain.new_slots.items())


def test_nothing_moves_where_everything_is_frozen():
    rng = np.random.default_rng(6)
    params, grad = rng.normal(size=(2, PARAMETERS))
    for optimizer in OPTIMIZERS.values():
        slots = optimizer.init(params, learning_rate=0.1)
        step = take_step(optimizer, 0.1, params, grad, slots, 1, ())
        assert np.array_equal(step.new_params, params)
        assert all(np.array_equal(slot, step.new_slots[name]) for name, slot in slots.items())


def test_a_rate_that_is_remembered_for_all_is_not_for_one_group():
    assert [key for key, entry in OPTIMIZERS.items() if has_shared_rate(entry)] == ["asgd", "lbfgs"]
