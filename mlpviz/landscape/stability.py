"""How a path behaves for each learning rate and momentum: it comes down evenly, swings, or runs away.

Measured by as many paths as the map has cells, which are one call of the optimizer with a rate and a momentum each;
and known exactly for SGD with momentum on a quadratic function, for which Polyak's recursion has two roots.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Optimizer
from mlpviz.engine.optimizers.optimizer import LEARNING_RATE, momentum_name
from mlpviz.engine.parameters import Array
from mlpviz.landscape.objective import Objective

Behaviour = Literal["monotone", "oscillating", "diverging"]
BEHAVIOURS: tuple[Behaviour, ...] = ("monotone", "oscillating", "diverging")

SMALL = 1e-6
"""A step below this share of the largest one no longer counts as a turn."""


class StabilityMap(NamedTuple):
    """`behaviour` (M, R): which of BEHAVIOURS, at momentum[m] and rate[r]; `losses` (M, R) after the last step."""

    rates: Array
    momenta: Array
    behaviour: NDArray[np.intp]
    losses: Array


def stability_map(
    objective: Objective, optimizer: Optimizer, start: Array, rates: Array, momenta: Array, steps: int, turns: int = 1
) -> StabilityMap:
    """What the optimizer does from `start` (P,) in so many steps, for each learning rate and momentum.

    A path diverges if it ends higher than it began, or is not finite; it oscillates if its steps along a main direction
    of curvature at the start turn round at least `turns` times. An optimizer without momentum has a map of one row.
    """
    name = momentum_name(optimizer)
    momenta = momenta if name else momenta[:1]
    grid_rate, grid_momentum = (each.reshape(-1, 1) for each in np.meshgrid(rates, momenta))
    settings = {LEARNING_RATE.name: grid_rate} | ({name: grid_momentum} if name else {})
    own = optimizer.configure(**settings)
    now = np.repeat(start[None].astype(float), len(grid_rate), axis=0)
    slots = own.init(now)
    _, basis = np.linalg.eigh(objective.hessian(start))
    signs = np.zeros(now.shape)
    counts = np.zeros(now.shape, dtype=int)
    largest = np.zeros(now.shape)
    first = objective.losses(now)
    with np.errstate(all="ignore"):
        for t in range(1, steps + 1):
            new, slots = own.step(now, objective.gradients(now)[1], slots, t)
            moved = (new - now) @ basis
            largest = np.fmax(largest, np.abs(moved))
            new_signs = np.where(np.abs(moved) > SMALL * largest, np.sign(moved), 0.0)
            counts += new_signs * signs < 0
            signs = np.where(new_signs == 0, signs, new_signs)
            now = new
        losses = objective.losses(now)
        runs_away = ~(losses <= first)
    behaviour = np.where(runs_away, 2, np.where(counts.max(axis=-1) >= turns, 1, 0))
    shape = (len(momenta), len(rates))
    return StabilityMap(rates, momenta, behaviour.reshape(shape), losses.reshape(shape))


def edge_of_divergence(curvature: float, momenta: Array) -> Array:
    """The learning rates 2(1 + μ)/λ above which SGD with momentum μ runs away."""
    return 2.0 * (1.0 + momenta) / curvature


def edge_of_swinging(curvature: float, momenta: Array) -> Array:
    """The learning rates (1 − √μ)²/λ above which SGD with momentum μ swings."""
    return (1.0 - np.sqrt(momenta)) ** 2 / curvature
