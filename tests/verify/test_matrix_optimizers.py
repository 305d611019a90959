"""Optimizers of whole matrices: beside torch.optim.Muon with its bfloat16 and without, and in parts of networks."""

import itertools

import numpy as np
import pytest

from mlpviz.engine.optimizers import OPTIMIZERS, ParameterGroup, first_slots, take_step
from mlpviz.engine.optimizers.muon import newton_schulz
from mlpviz.engine.optimizers.tensor_layout import TensorPlace, within
from mlpviz.verify.torch_optimizers import optimizer_class

torch = pytest.importorskip("torch")

SHAPES = [(3, 2), (2, 4), (1, 3), (3, 1)]
SETTINGS = [
    {},
    {"momentum": 0.5, "nesterov": False, "weight_decay": 0.0},
    {"adjust_lr_fn": "match_rms_adamw", "ns_steps": 3},
    {"ns_a": 2.0, "ns_b": -1.5, "ns_c": 0.5, "ns_steps": 8, "ns_eps": 0.5},
]


def muon_walks(settings, shape):
    """The parameters after each of 50 steps of ours and of torch.optim.Muon, from the same gradients."""
    optimizer = OPTIMIZERS["muon"].configure(learning_rate=0.05, **settings)
    optimizer = optimizer.with_layout((TensorPlace(slice(0, shape[0] * shape[1]), shape),))
    rng = np.random.default_rng(5)
    params = rng.normal(size=shape[0] * shape[1])
    slots = optimizer.init(params)
    tensor = torch.tensor(params.reshape(shape), requires_grad=True)
    given = {name: value for name, value in optimizer.torch_arguments.items() if name not in ("betas", "vector_eps")}
    theirs = torch.optim.Muon([tensor], **given)
    for t in range(1, 51):
        grad = rng.normal(size=params.size) * 10.0 ** rng.integers(-2, 2)
        params, slots = optimizer.step(params, grad, slots, t)
        tensor.grad = torch.tensor(grad.reshape(shape))
        theirs.step()
        yield params, tensor.detach().numpy().ravel()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_50_steps_are_those_of_torchs_muon_without_its_rounding(settings, shape, monkeypatch):
    monkeypatch.setattr(torch.Tensor, "bfloat16", lambda tensor: tensor.clone())
    for ours, theirs in muon_walks(settings, shape):
        np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-12)


def test_torchs_muon_itself_is_two_digits_away():
    steps = [np.abs(ours - theirs).max() for ours, theirs in muon_walks({}, (3, 2))]
    # of steps of 0.05
    assert 1e-6 < steps[0] < 0.05 * 0.03


@pytest.mark.parametrize("shape", [(2, 3), (4, 2), (3, 3)], ids=str)
def test_a_round_is_a_polynomial_of_each_singular_value(shape):
    a, b, c = 3.4445, -4.775, 2.0315
    rounds = newton_schulz(np.random.default_rng(8).normal(size=shape), (a, b, c), 5, 1e-7)
    assert len(rounds) == 6
    values = [np.linalg.svd(each, compute_uv=False) for each in rounds]
    for before, after in itertools.pairwise(values):
        expected = a * before + b * before**3 + c * before**5
        np.testing.assert_allclose(after, np.sort(np.abs(expected))[::-1], rtol=1e-9)
    assert ((values[-1] > 0.6) & (values[-1] < 1.3)).all()


@pytest.mark.parametrize("key", ["muon", "adafactor"])
def test_groups_of_whole_tensors_are_stepped_as_those_of_torch(key):
    shapes = [(3, 2), (3,), (2, 3), (2,)]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    starts = [0, *ends[:-1]]
    layout = tuple(TensorPlace(slice(*at), shape) for *at, shape in zip(starts, ends, shapes, strict=True))
    optimizer = OPTIMIZERS[key].with_layout(layout)
    indices = [np.arange(*at) for at in zip(starts, ends, strict=True)]
    # the second tensor is frozen
    groups = (ParameterGroup(np.concatenate([indices[0], indices[3]]), 0.02), ParameterGroup(indices[2], 0.2, 0.3))
    rng = np.random.default_rng(4)
    start = rng.normal(size=int(ends[-1]))
    tensors = [
        torch.tensor(start[own].reshape(shape), requires_grad=True) for own, shape in zip(indices, shapes, strict=True)
    ]
    theirs = optimizer_class(optimizer)(
        [
            {"params": [tensors[0], tensors[3]], "lr": 0.02},
            {"params": [tensors[2]], "lr": 0.2, "weight_decay": 0.3},
        ],
        **optimizer.torch_arguments,
    )
    params, slots = start, first_slots(optimizer, start, 0.5, groups)
    for t in range(1, 13):
        grad = rng.normal(size=start.size)
        step = take_step(optimizer, 0.5, params, grad, slots, t, groups)
        params, slots = step.new_params, step.new_slots
        for tensor, own in zip(tensors, indices, strict=True):
            tensor.grad = torch.tensor(grad[own].reshape(tensor.shape))
        theirs.step()
        for tensor, own in zip([tensors[0], *tensors[2:]], [indices[0], *indices[2:]], strict=True):
            np.testing.assert_allclose(params[own], tensor.detach().numpy().ravel(), rtol=1e-11, atol=1e-14)
        np.testing.assert_array_equal(params[indices[1]], start[indices[1]])


def test_a_part_of_a_tensor_is_a_vector():
    layout = (TensorPlace(slice(0, 6), (3, 2)), TensorPlace(slice(6, 9), (3,)))
    found = within(layout, np.array([0, 1, 2, 3, 4, 5, 7]))
    assert [place.shape for place in found] == [(3, 2), (1,)]
    assert [place.shape for place in within(layout, np.array([0, 5, 6]))] == [(2,), (1,)]
    assert within(layout, np.array([], int)) == ()
