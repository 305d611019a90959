"""Curvature, places and Newton's step; classic functions against PyTorch and at their known minima."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.autograd.functional import hessian as torch_hessian

from mlpviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, LayerSpec, NetworkSpec, initial_parameters, run_pass
from mlpviz.engine.parameters import Array
from mlpviz.landscape.classic import CLASSIC_FUNCTIONS
from mlpviz.landscape.curvature import curvature_at
from mlpviz.landscape.objective import MOST_CURVED, Objective, objective_of


@pytest.mark.parametrize("key", CLASSIC_FUNCTIONS)
def test_a_classic_function_has_the_derivatives_of_pytorch(key: str) -> None:
    entry = CLASSIC_FUNCTIONS[key]
    more = (7.0,) if entry.takes_condition else ()
    objective = entry.objective(7.0)

    def value(flat: torch.Tensor) -> Any:
        if key == "beale":  # its terms are added up by NumPy
            return sum((c - flat[0] + flat[0] * flat[1] ** p) ** 2 for p, c in ((1, 1.5), (2, 2.25), (3, 2.625)))
        return entry.value(flat[0], flat[1], *more)  # type: ignore[arg-type]

    for point in np.random.default_rng(0).uniform(-2, 2, (4, 2)):
        flat = torch.tensor(point, requires_grad=True)
        (gradient,) = torch.autograd.grad(value(flat), flat)
        second = torch_hessian(value, flat.detach())  # type: ignore[no-untyped-call]
        np.testing.assert_allclose(objective.loss(point), value(flat.detach()).item(), rtol=1e-12)
        np.testing.assert_allclose(objective.gradient(point), gradient.numpy(), rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(objective.hessian(point), second.numpy(), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("key", CLASSIC_FUNCTIONS)
def test_its_minima_are_minima(key: str) -> None:
    entry = CLASSIC_FUNCTIONS[key]
    objective = entry.objective()
    left, right, low, high = entry.box
    x, y = np.meshgrid(np.linspace(left, right, 201), np.linspace(low, high, 201))
    least = objective.losses(np.column_stack([x.ravel(), y.ravel()])).min()
    for minimum in entry.minima:
        found = curvature_at(objective, np.array(minimum))
        assert found is not None
        assert found.place == "minimum"
        assert objective.loss(np.array(minimum)) <= least + 1e-12


def test_a_saddle_and_a_slope_are_named_and_newton_jumps_to_the_bottom() -> None:
    saddle = CLASSIC_FUNCTIONS["saddle"].objective()
    found = curvature_at(saddle, np.zeros(2))
    assert found is not None
    assert found.place == "saddle"
    np.testing.assert_allclose(found.values, [1.0, -1.0])
    bowl = CLASSIC_FUNCTIONS["quadratic"].objective(20.0)
    point = np.array([-1.8, 0.8])
    found = curvature_at(bowl, point)
    assert found is not None
    assert (found.place, found.stable_rate, found.condition) == ("slope", 0.1, 20.0)
    np.testing.assert_allclose(point + found.newton, 0.0, atol=1e-12)
    np.testing.assert_allclose(np.abs(found.sharpest), [0.0, 1.0])


def _plain(values: list[list[float]], slope: float = 0.0) -> Objective:
    matrix = np.array(values)
    gradient = np.full(len(matrix), slope)

    def gradients(points: Array) -> tuple[Array, Array]:
        return 0 * points[:, 0], 0 * points + gradient

    return Objective(len(matrix), np.zeros(len(matrix)), lambda p: 0 * p[:, 0], gradients, lambda _: matrix)


def test_flat_places_are_told_apart() -> None:
    places = [
        ([[0.0, 0.0], [0.0, 0.0]], 0.0, "plateau"),
        ([[2.0, 0.0], [0.0, 0.0]], 0.0, "flat valley"),
        ([[-2.0, 0.0], [0.0, -1.0]], 0.0, "maximum"),
        ([[2.0, 0.0], [0.0, 0.0]], 1.0, "slope"),
    ]
    for matrix, slope, place in places:
        found = curvature_at(_plain(matrix, slope), np.zeros(2))
        assert found is not None
        assert found.place == place
        assert found.stable_rate == (1.0 if matrix[0][0] > 0 else float("inf"))


def test_a_network_too_large_or_not_finite_has_none() -> None:
    large = Objective(MOST_CURVED + 1, np.zeros(1), *[lambda _: None] * 3)  # type: ignore[arg-type]
    assert curvature_at(large, np.zeros(MOST_CURVED + 1)) is None
    assert curvature_at(_plain([[np.nan, 0.0], [0.0, 1.0]]), np.zeros(2)) is None


def test_shared_numbers_count_once() -> None:
    tanh, identity = ACTIVATIONS["tanh"], ACTIVATIONS["identity"]
    tied = NetworkSpec(
        (LayerSpec(2, 2, tanh), LayerSpec(2, 2, tanh, tied_to=0), LayerSpec(2, 1, identity)), LOSSES["mse"]
    )
    rng = np.random.default_rng(1)
    params = initial_parameters(tied, INITIALIZERS["xavier_uniform"], rng)
    params[tied.slots[1].weight] = params[tied.slots[0].weight]
    objective = objective_of(run_pass(tied, params, rng.normal(size=(9, 2)), rng.normal(size=(9, 1))))
    assert objective.size == tied.size - 4
    step, offsets = 1e-5, 1e-5 * np.eye(objective.size)
    up, down = (objective.losses(objective.start + sign * offsets) for sign in (1, -1))
    np.testing.assert_allclose(objective.gradient(objective.start), (up - down) / (2 * step), atol=1e-9)
    ends = [objective.gradients(objective.start + sign * offsets)[1] for sign in (1, -1)]
    np.testing.assert_allclose(objective.hessian(objective.start), (ends[0] - ends[1]) / (2 * step), atol=1e-8)
