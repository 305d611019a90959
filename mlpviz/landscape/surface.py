"""The loss along a line between two points, and over a plane through one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.landscape.directions import coordinates
from mlpviz.landscape.objective import Objective


class LossLine(NamedTuple):
    """The `losses` (M,) at `shares` (M,) of the way from one point, 0, to another one, 1.

    `barrier` is how far the loss between the two rises above the straight line between their own losses; 0 without one.
    """

    shares: Array
    losses: Array
    barrier: float


class Plane(NamedTuple):
    """A plane through `center` (P,) with two directions (P,), and the part of it from `box`: x from, to, y from, to."""

    center: Array
    first: Array
    second: Array
    box: tuple[float, float, float, float]

    def at(self, places: Array) -> Array:
        """The points (..., P) of places (..., 2) on the plane."""
        return self.center + places[..., :1] * self.first + places[..., 1:] * self.second

    def places(self, points: Array) -> Array:
        """The places (..., 2) above which points (..., P) stand."""
        return coordinates(points, self.center, self.first, self.second)


class Surface(NamedTuple):
    """The `losses` (side, side) over a plane: losses[j, i] at x[i] and y[j]."""

    x: Array
    y: Array
    losses: Array


def line_between(objective: Objective, start: Array, end: Array, count: int = 101, beyond: float = 0.25) -> LossLine:
    """The loss on the line through two points (P,), and `beyond` them by this share of the way."""
    inside = np.linspace(0.0, 1.0, count)
    step = inside[1]
    outside = np.arange(1, round(beyond / step) + 1) * step
    shares = np.concatenate([-outside[::-1], inside, 1.0 + outside])
    losses = objective.losses(start + shares[:, None] * (end - start))
    within = losses[len(outside) : len(outside) + count]
    above = within - ((1.0 - inside) * within[0] + inside * within[-1])
    return LossLine(shares, losses, max(0.0, float(np.max(above))) if np.isfinite(above).all() else float("inf"))


def surface_of(objective: Objective, plane: Plane, side: int) -> Surface:
    """The loss at side · side points of a plane: one call over all of them."""
    left, right, low, high = plane.box
    x, y = np.linspace(left, right, side), np.linspace(low, high, side)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return Surface(x, y, objective.losses(plane.at(places)).reshape(side, side))
