"""Random draws of initial weights: normal, uniform, truncated normal, orthogonal, sparse."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from mlpviz.engine.initializers.initializer import Shape
from mlpviz.engine.initializers.variance_scaling import TRUNCATED_AT_2, share_between
from mlpviz.engine.parameters import Array


def normal(std: Callable[..., float]) -> Callable[..., Array]:
    """A function that draws from the normal distribution around 0 with this standard deviation."""
    return lambda rng, shape, **hyperparameters: rng.normal(0.0, std(shape, **hyperparameters), shape)


def uniform(std: Callable[..., float]) -> Callable[..., Array]:
    """A function that draws from the uniform distribution around 0 with this standard deviation."""

    def draw(rng: np.random.Generator, shape: Shape, **hyperparameters: Any) -> Array:
        bound = math.sqrt(3.0) * std(shape, **hyperparameters)  # a uniform number from -b to b has variance b²/3
        return rng.uniform(-bound, bound, shape)

    return draw


def cut_off(std: Callable[..., float]) -> Callable[..., Array]:
    """A function that draws a normal cut off at 2σ, whose σ is larger so that the deviation is this one."""

    def draw(rng: np.random.Generator, shape: Shape, **hyperparameters: Any) -> Array:
        wide = std(shape, **hyperparameters) / TRUNCATED_AT_2
        return truncated_normal(rng, shape, mean=0.0, std=wide, low=-2.0 * wide, high=2.0 * wide)

    return draw


def orthogonal(rng: np.random.Generator, shape: Shape, *, gain: float) -> Array:
    """A random matrix (O, I) with orthogonal rows (O ≤ I) or columns, each of length `gain`."""
    rows, columns = max(shape), min(shape)
    q, r = np.linalg.qr(rng.normal(size=(rows, columns)))
    # without the signs, QR prefers some directions (Mezzadri 2007)
    q *= np.sign(np.diag(r))
    return gain * (q if shape[0] >= shape[1] else q.T)


def sparse(rng: np.random.Generator, shape: Shape, *, sparsity: float, std: float) -> Array:
    """A normal matrix (O, I) with equally many zeros, rounded up, at random positions of each column."""
    weight = rng.normal(0.0, std, shape)
    order = rng.permuted(np.tile(np.arange(shape[0])[:, None], shape[1]), axis=0)
    weight[order < math.ceil(sparsity * shape[0])] = 0.0
    return weight


def default_bias(rng: np.random.Generator, shape: Shape) -> Array:
    """The bias (O,) of torch.nn.Linear: uniform within 1 / √I."""
    bound = 1.0 / math.sqrt(shape[1])
    return rng.uniform(-bound, bound, shape[0])


def truncated_normal(
    rng: np.random.Generator, shape: Shape, *, mean: float, std: float, low: float, high: float
) -> Array:
    """A normal matrix (O, I) whose numbers out of bounds are drawn again.

    If few would lie within the bounds, it accepts uniform numbers with the normal's relative likelihood instead.
    """
    direct = share_between((low - mean) / std, (high - mean) / std) > 0.3
    nearest = min(max(mean, low), high)
    # more than ten σ from the likeliest number the likelihood is below e^-50: nothing is accepted there
    first, last = max(low, nearest - 10.0 * std), min(high, nearest + 10.0 * std)
    weight = np.empty(math.prod(shape))
    pending = np.arange(weight.size)
    while pending.size:
        if direct:
            drawn = rng.normal(mean, std, pending.size)
            kept = (drawn >= low) & (drawn <= high)
        else:
            drawn = rng.uniform(first, last, pending.size)
            likelihood = ((nearest - mean) ** 2 - (drawn - mean) ** 2) / (2.0 * std * std)
            kept = np.log1p(-rng.random(pending.size)) <= likelihood
        weight[pending[kept]] = drawn[kept]
        pending = pending[~kept]
    return weight.reshape(shape)
