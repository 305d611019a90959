"""Lines, planes, directions, copies, paths of optimizers and the map of their behaviour."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mlpviz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    LayerSpec,
    NetworkSpec,
    initial_parameters,
    loss_value,
    run_pass,
)
from mlpviz.engine.parameters import Array
from mlpviz.landscape.classic import CLASSIC_FUNCTIONS
from mlpviz.landscape.directions import axis, coordinates, filter_normalised, main_directions, share_in_plane
from mlpviz.landscape.objective import Objective, objective_of
from mlpviz.landscape.paths import descents, paths_of
from mlpviz.landscape.stability import edge_of_divergence, edge_of_swinging, stability_map
from mlpviz.landscape.surface import Plane, line_between, surface_of
from mlpviz.landscape.symmetry import count_of_copies, has_copies, is_odd, some_copies


def small(activation: str = "tanh") -> tuple[NetworkSpec, Objective]:
    rng = np.random.default_rng(2)
    hidden = ACTIVATIONS[activation]
    spec = NetworkSpec(
        (LayerSpec(2, 3, hidden), LayerSpec(3, 3, hidden), LayerSpec(3, 1, ACTIVATIONS["identity"])), LOSSES["mse"]
    )
    params = initial_parameters(spec, INITIALIZERS["xavier_uniform"], rng) + 0.1 * rng.normal(size=spec.size)
    return spec, objective_of(run_pass(spec, params, rng.normal(size=(12, 2)), rng.normal(size=(12, 1))))


def test_a_plane_has_the_losses_of_its_points() -> None:
    spec, objective = small()
    rng = np.random.default_rng(0)
    first, second = (filter_normalised(spec, objective.start, rng) for _ in range(2))
    plane = Plane(objective.start, first, second, (-1.0, 1.0, -2.0, 2.0))
    surface = surface_of(objective, plane, 5)
    assert surface.losses[2, 2] == pytest.approx(objective.loss(objective.start))
    assert surface.losses[4, 1] == pytest.approx(objective.loss(objective.start - 0.5 * first + 2.0 * second))
    np.testing.assert_allclose(plane.places(plane.at(np.array([[0.3, -1.7]]))), [[0.3, -1.7]])


def test_a_random_direction_is_as_long_as_the_weights_of_each_unit() -> None:
    spec, objective = small()
    drawn = filter_normalised(spec, objective.start, np.random.default_rng(1))
    for weights, own in zip(spec.views(objective.start), spec.views(drawn), strict=True):
        np.testing.assert_allclose(np.linalg.norm(own.weight, axis=1), np.linalg.norm(weights.weight, axis=1))
        assert own.bias is not None
        assert not own.bias.any()


def test_the_main_directions_hold_a_path_that_lies_in_a_plane() -> None:
    rng = np.random.default_rng(3)
    basis = np.linalg.qr(rng.normal(size=(9, 2)))[0].T
    path = np.cumsum(rng.normal(size=(20, 2)), axis=0) @ basis
    found = main_directions(path, path[-1])
    assert found is not None
    assert sum(found.shares) == pytest.approx(1.0)
    assert share_in_plane(path - path[-1], *found.directions) == pytest.approx(1.0)
    np.testing.assert_allclose(
        coordinates(path, path[-1], *found.directions) @ found.directions, path - path[-1], atol=1e-12
    )
    assert main_directions(path[:1], path[0]) is None
    straight = main_directions(np.outer(np.arange(4.0), basis[0]), np.zeros(9))
    assert straight is not None
    assert straight.shares[1] == 0.0
    assert straight.directions[0] @ straight.directions[1] == pytest.approx(0.0, abs=1e-12)


def test_the_share_of_a_plane_of_random_directions_is_small() -> None:
    rng = np.random.default_rng(4)
    vectors, first, second = rng.normal(size=(3, 2000))
    assert share_in_plane(vectors, first, second) < 0.01
    assert share_in_plane(first - 3 * second, first, second) == pytest.approx(1.0)
    # directions that are not perpendicular, or are the same
    assert share_in_plane(axis(3, 1), axis(3, 0), axis(3, 0) + axis(3, 1)) == pytest.approx(1.0)
    assert share_in_plane(axis(3, 0), axis(3, 0), axis(3, 0)) == pytest.approx(1.0)
    assert share_in_plane(np.zeros(3), axis(3, 0), axis(3, 1)) == 0.0


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_copies_compute_the_same_with_a_barrier_between(activation: str) -> None:
    spec, objective = small(activation)
    copies = some_copies(spec, objective.start)
    assert len(copies) == (6 if activation == "tanh" else 4)
    assert count_of_copies(spec) == (6 * 8) ** 2 if activation == "tanh" else 36
    x = np.random.default_rng(5).normal(size=(7, 2))
    expected = loss_value(spec, objective.start, x, np.zeros((7, 1)))[2]
    for name, copy in copies:
        np.testing.assert_allclose(loss_value(spec, copy, x, np.zeros((7, 1)))[2], expected, atol=1e-13, err_msg=name)
        line = line_between(objective, objective.start, copy)
        assert line.losses[np.isclose(line.shares, 1.0)] == pytest.approx(line.losses[line.shares == 0.0])
    if activation == "tanh":
        assert max(line_between(objective, objective.start, copy).barrier for _, copy in copies) > 0.01


def test_which_activations_are_odd_and_which_networks_have_copies() -> None:
    assert {key for key, each in ACTIVATIONS.items() if is_odd(each)} >= {"identity", "tanh", "softsign", "hardtanh"}
    assert not any(is_odd(ACTIVATIONS[key]) for key in ("relu", "sigmoid", "gelu", "softmax", "prelu"))
    spec = NetworkSpec((LayerSpec(2, 2, ACTIVATIONS["tanh"], skip=1),), LOSSES["mse"])
    assert not has_copies(spec)
    assert some_copies(spec, np.zeros(spec.size)) == ()


def test_the_paths_of_optimizers_are_theirs_alone() -> None:
    objective = CLASSIC_FUNCTIONS["beale"].objective()
    optimizers = [OPTIMIZERS[key] for key in ("sgd", "adam", "rmsprop", "lbfgs", "muon")]
    together = paths_of(objective, optimizers, objective.start, 12)
    for index, optimizer in enumerate(optimizers):
        alone = paths_of(objective, [optimizer], objective.start, 12)
        np.testing.assert_array_equal(together.points[index], alone.points[0])
    assert (together.losses[:, -1] < together.losses[:, 0]).all()
    with pytest.raises(ValueError, match="at most 8"):
        paths_of(objective, [OPTIMIZERS["sgd"]] * 9, objective.start, 1)


def test_a_path_that_runs_away_ends() -> None:
    objective = CLASSIC_FUNCTIONS["rosenbrock"].objective()
    found = paths_of(objective, [OPTIMIZERS["sgd"].configure(learning_rate=1.0)], objective.start, 30)
    assert np.isfinite(found.points[0, :2]).all()
    assert np.isnan(found.points[0, -1]).all()


def test_many_starts_find_the_four_minima_of_himmelblau() -> None:
    entry = CLASSIC_FUNCTIONS["himmelblau"]
    objective = entry.objective()
    starts = np.random.default_rng(0).uniform(-5, 5, (64, 2))
    *before, last = descents(objective, OPTIMIZERS["sgd"].configure(learning_rate=0.01), starts, 300, every=100)
    assert [each.step for each in before] == [0, 100, 200]
    nearest = np.linalg.norm(last.points[:, None] - np.array(entry.minima), axis=-1)
    assert set(nearest.argmin(axis=1)) == {0, 1, 2, 3}
    assert (nearest.min(axis=1) < 1e-6).mean() > 0.9


def exact_behaviour(curvature: float, rate: Array, momentum: Array) -> NDArray[np.intp]:
    """0 even, 1 swinging, 2 running away: by the roots of r² − (1 + μ − ηλ)·r + μ, Polyak's recursion on ½·λ·w²."""
    rate, momentum = np.broadcast_arrays(rate, momentum)
    half = 0.5 * (1.0 + momentum - rate * curvature) + 0j
    roots = np.array([half + sign * np.sqrt(half**2 - momentum) for sign in (1, -1)])
    swings = (np.abs(roots.imag) > 1e-12).any(axis=0) | (roots.real < -1e-12).any(axis=0)
    return np.where((np.abs(roots) > 1.0).any(axis=0), 2, swings.astype(int))


def test_the_map_of_behaviour_is_the_exact_one_on_a_bowl() -> None:
    condition = 10.0
    objective = CLASSIC_FUNCTIONS["quadratic"].objective(condition)
    rates, momenta = np.linspace(0.011, 0.43, 22), np.array([0.0, 0.1, 0.3, 0.5, 0.7])
    found = stability_map(objective, OPTIMIZERS["sgd"], objective.start, rates, momenta, 200)
    expected = np.maximum(*(exact_behaviour(each, rates, momenta[:, None]) for each in (1.0, condition)))
    # close to an edge a path of 200 steps has not shown yet what it is
    assert (found.behaviour == expected).mean() > 0.95
    assert {0, 1, 2} == set(expected.ravel().tolist())
    for row, momentum in enumerate(momenta):
        diverging, swinging = edge_of_divergence(condition, momentum), edge_of_swinging(condition, momentum)
        assert (found.behaviour[row, rates > 1.03 * diverging] == 2).all()
        assert (found.behaviour[row, (rates > 1.1 * swinging) & (rates < 0.97 * diverging)] == 1).all()


def test_an_optimizer_without_momentum_has_one_row() -> None:
    objective = CLASSIC_FUNCTIONS["quadratic"].objective()
    found = stability_map(
        objective, OPTIMIZERS["adagrad"], objective.start, np.array([0.1, 0.2]), np.array([0.0, 0.5]), 20
    )
    assert found.behaviour.shape == (1, 2)
