"""Directions in the space of all parameters, and how much of a vector or of a path lies in the plane of two of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array


class MainDirections(NamedTuple):
    """The directions (2, P) along which a path moves most, of length 1, with their shares of its variance."""

    directions: Array
    shares: tuple[float, float]


def axis(size: int, index: int) -> Array:
    """The direction (P,) of one parameter."""
    found = np.zeros(size)
    found[index] = 1.0
    return found


def filter_normalised(spec: NetworkSpec, params: Array, rng: np.random.Generator) -> Array:
    """A random direction (P,) whose part in each unit is as long as the unit's weights; 0 for all but weights.

    Li et al. 2018: so that a step means as much for a unit with large weights as for one with small ones. As in their
    program biases and the numbers of norms do not move.
    """
    found = np.zeros_like(params)
    for weight, own in zip(spec.views(params), spec.views(found), strict=True):
        drawn = rng.normal(size=weight.weight.shape)
        lengths = np.linalg.norm(drawn, axis=-1, keepdims=True)
        own.weight[...] = (
            drawn / np.where(lengths > 0, lengths, 1.0) * np.linalg.norm(weight.weight, axis=-1, keepdims=True)
        )
    return found


def main_directions(path: Array, around: Array) -> MainDirections | None:
    """The two main directions of the points (T, P) of a path, as seen from one point (P,); None if it does not move.

    Their shares are of the sum of all squared distances from that point. A path along one line has a second direction
    that is perpendicular to it and a share of 0.
    """
    moved = path - around
    total = float(np.sum(moved * moved))
    if not total or not np.isfinite(total):
        return None
    _, sizes, directions = np.linalg.svd(moved, full_matrices=False)
    if len(directions) < 2 or sizes[1] <= 1e-12 * sizes[0]:
        other = axis(len(around), int(np.argmin(np.abs(directions[0]))))
        directions, sizes = np.stack([directions[0], perpendicular(other, directions[0])]), np.array([sizes[0], 0.0])
    # the sign of a singular vector is arbitrary: the path ends on its positive side
    ends = np.where(directions[:2] @ (moved[-1] - moved[0]) < 0, -1.0, 1.0)
    return MainDirections(directions[:2] * ends[:, None], (float(sizes[0] ** 2) / total, float(sizes[1] ** 2) / total))


def perpendicular(vector: Array, to: Array) -> Array:
    """The part of a direction that is perpendicular to another one, of length 1; 0 if there is none."""
    length = float(to @ to)
    rest = vector - (vector @ to / length) * to if length else vector
    size = float(np.linalg.norm(rest))
    return rest / size if size > 1e-12 * float(np.linalg.norm(vector)) else np.zeros_like(vector)


def share_in_plane(vectors: Array, first: Array, second: Array) -> float:
    """Which part of the squared length of vectors (..., P) lies in the plane of two directions: 0 to 1.

    0 for vectors of length 0.
    """
    total = float(np.sum(vectors * vectors))
    if not total or not np.isfinite(total):
        return 0.0
    basis = [each for each in (perpendicular(first, np.zeros_like(first)), perpendicular(second, first)) if each.any()]
    return min(1.0, float(sum(np.sum((vectors @ each) ** 2) for each in basis)) / total)


def coordinates(points: Array, center: Array, first: Array, second: Array) -> Array:
    """Where points (..., P) stand over a plane, after a fall perpendicular to it: (..., 2) in lengths of its axes."""
    basis = np.stack([first, second], axis=-1)
    return (points - center) @ np.linalg.pinv(basis).T
