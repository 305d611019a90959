"""The matrix of second derivatives against PyTorch's, against differences of the exact gradient, and its symmetry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
import torch
from torch.autograd.functional import hessian as torch_hessian
from torch.nn import functional

from mlpviz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    NORMS,
    LayerSpec,
    NetworkSpec,
    as_target,
    initial_parameters,
    loss_value,
)
from mlpviz.engine import hessian as module
from mlpviz.engine.hessian import hessian
from mlpviz.engine.parameters import Array
from mlpviz.engine.point_losses import gradients_of_points, losses_of_points

TORCH: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "tanh": torch.tanh,
    "identity": lambda z: z,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "gelu": functional.gelu,
    "elu": functional.elu,
    "softplus": functional.softplus,
    "softmax": partial(functional.softmax, dim=-1),
    "hardswish": functional.hardswish,
}


def network(keys: tuple[str, ...], loss: str, outputs: int = 1, width: int = 8, **more: object) -> NetworkSpec:
    widths = (2, *(width for _ in keys[1:]), outputs)
    layers = tuple(
        LayerSpec(before, after, ACTIVATIONS[key], **(more if after == width else {}))  # type: ignore[arg-type]
        for before, after, key in zip(widths, widths[1:], keys, strict=False)
    )
    return NetworkSpec(layers, LOSSES[loss])


def drawn(spec: NetworkSpec, rng: np.random.Generator) -> Array:
    params = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng)
    return params + 0.05 * rng.normal(size=spec.size)


@pytest.mark.parametrize(
    ("keys", "loss", "function"),
    [
        (("tanh", "tanh", "identity"), "mse", functional.mse_loss),
        (("relu", "gelu", "identity"), "mse", functional.mse_loss),
        (("elu", "softplus", "sigmoid"), "mse", functional.mse_loss),
        (("softmax", "tanh", "identity"), "huber", functional.huber_loss),
        (("hardswish", "relu", "identity"), "mae", functional.l1_loss),
        (("sigmoid", "tanh", "identity"), "cross_entropy", functional.cross_entropy),
    ],
)
def test_it_is_pytorchs_to_eight_digits(
    keys: tuple[str, ...], loss: str, function: Callable[..., torch.Tensor]
) -> None:
    rng = np.random.default_rng(3)
    spec = network(keys, loss, outputs=3 if loss == "cross_entropy" else 1)
    params, x = drawn(spec, rng), rng.normal(size=(60, 2))
    target = rng.integers(0, 3, 60) if loss == "cross_entropy" else rng.normal(size=(60, 1))

    def loss_of(flat: torch.Tensor) -> torch.Tensor:
        a = torch.tensor(x)
        for slot, key in zip(spec.slots, keys, strict=True):
            a = TORCH[key](a @ flat[slot.weight].reshape(slot.shape).T + flat[slot.bias])
        return function(a, torch.tensor(target))

    expected = torch_hessian(loss_of, torch.tensor(params)).numpy()  # type: ignore[no-untyped-call]
    found = hessian(spec, params, x, as_target(spec, target, 60))
    assert np.abs(found).max() > 1e-3
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)
    np.testing.assert_array_equal(found, found.T)


def test_both_ways_to_it_agree_and_parts_of_the_samples_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    spec = network(("tanh", "gelu", "identity"), "mse", width=4)
    params, x, target = drawn(spec, rng), rng.normal(size=(30, 2)), rng.normal(size=(30, 1))
    whole = hessian(spec, params, x, target)
    by_differences = module._differences(lambda points: gradients_of_points(spec, points, x, target)[1], params)
    np.testing.assert_allclose(whole, by_differences, atol=1e-9)
    monkeypatch.setattr(module, "HELD", 4 * spec.size * 7)
    np.testing.assert_allclose(hessian(spec, params, x, target), whole, atol=1e-13)


@pytest.mark.parametrize("norm", ["layer_norm", "batch_norm"])
def test_networks_with_norms_have_one_too(norm: str) -> None:
    rng = np.random.default_rng(5)
    spec = network(("tanh", "identity"), "mse", width=3, norm=NORMS[norm])
    params, x, target = drawn(spec, rng), rng.normal(size=(20, 2)), rng.normal(size=(20, 1))
    found, step = hessian(spec, params, x, target), 1e-5
    offsets = step * np.eye(spec.size)
    ends = [gradients_of_points(spec, params + sign * offsets, x, target)[1] for sign in (1.0, -1.0)]
    np.testing.assert_allclose(found, (ends[0] - ends[1]) / (2 * step), atol=1e-6)


def test_losses_and_gradients_in_parts_are_those_of_one_call() -> None:
    rng = np.random.default_rng(6)
    spec = network(("tanh", "relu", "identity"), "mse")
    x, target = rng.normal(size=(250, 2)), rng.normal(size=(250, 1))
    points = drawn(spec, rng) + rng.normal(size=(150, spec.size))
    expected = loss_value(spec, points, x, target)[0]
    np.testing.assert_allclose(losses_of_points(spec, points, x, target), expected, rtol=1e-13)
    losses, gradients = gradients_of_points(spec, points, x, target)
    np.testing.assert_allclose(losses, expected, rtol=1e-13)
    step = 1e-6 * rng.normal(size=spec.size)
    rise = losses_of_points(spec, points + step, x, target) - losses_of_points(spec, points - step, x, target)
    np.testing.assert_allclose(rise, 2 * gradients @ step, rtol=1e-4, atol=1e-9)
