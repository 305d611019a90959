"""The ways that optimizers take from one start, side by side, and where many starts lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Optimizer
from mlpviz.engine.optimizers import Slots
from mlpviz.engine.parameters import Array
from mlpviz.landscape.objective import Objective

MOST_OPTIMIZERS = 8
FAR = 1e6
"""A path that has come so far from its start has left every picture, and stays where it was."""


class Paths(NamedTuple):
    """The points (K, T + 1, P) of K optimizers from their start to their last step, and the losses there (K, T + 1).

    A path that is no longer finite, or too far away, has NaN from there on.
    """

    points: Array
    losses: Array


def paths_of(objective: Objective, optimizers: Sequence[Optimizer], start: Array, steps: int) -> Paths:
    """All paths together: one call of the engine gives the gradients of a step of all of them.

    Raises ValueError for more than eight optimizers.
    """
    if len(optimizers) > MOST_OPTIMIZERS:
        raise ValueError(f"{len(optimizers)} optimizers, at most {MOST_OPTIMIZERS} can be shown together")
    own = [objective.fitted(each) for each in optimizers]
    points = np.full((len(own), steps + 1, objective.size), np.nan)
    losses = np.full((len(own), steps + 1), np.nan)
    now = np.repeat(start[None].astype(float), len(own), axis=0)
    slots: list[Slots] = [each.init(row) for each, row in zip(own, now, strict=True)]
    with np.errstate(all="ignore"):
        for t in range(steps + 1):
            found, gradients = objective.gradients(now)
            alive = _alive(now, found, start)
            points[alive, t], losses[alive, t] = now[alive], found[alive]
            if t == steps or not alive.any():
                break
            for index in np.flatnonzero(alive):
                now[index], slots[index] = own[index].step(now[index], gradients[index], slots[index], t + 1)
            now[~alive] = np.nan
    return Paths(points, losses)


class Descent(NamedTuple):
    """Where many starts have come after `step` steps: points (M, P), losses (M,), both as they are."""

    step: int
    points: Array
    losses: Array


def descents(
    objective: Objective, optimizer: Optimizer, starts: Array, steps: int, every: int = 20
) -> Iterator[Descent]:
    """All starts (M, P) go downhill together; what they have reached, after every so many steps and at the end."""
    own, now = objective.fitted(optimizer), np.array(starts, dtype=float)
    slots = own.init(now)
    for t in range(1, steps + 1):
        losses, gradients = objective.gradients(now)
        if (t - 1) % every == 0:
            # outside of errstate: another thread may go on, and NumPy's state belongs to the one that set it
            yield Descent(t - 1, now.copy(), losses)
        with np.errstate(all="ignore"):
            now, slots = own.step(now, gradients, slots, t)
    yield Descent(steps, now, objective.losses(now))


def _alive(points: Array, losses: Array, start: Array) -> Array:
    reach = FAR * max(1.0, float(np.linalg.norm(start)))
    is_finite = np.isfinite(points).all(axis=-1) & np.isfinite(losses)
    return is_finite & (np.linalg.norm(np.where(np.isfinite(points), points, 0.0), axis=-1) < reach)
