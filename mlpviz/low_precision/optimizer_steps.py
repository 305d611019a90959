"""Steps of optimizers whose memory is kept in few bits too, each operation rounded as PyTorch's loops round it.

An operation of PyTorch on a tensor of few bits computes in float32 and rounds its result once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import OPTIMIZERS, Optimizer
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry
from mlpviz.low_precision.number_format import NumberFormat
from mlpviz.low_precision.update import rounding_of, updated

MOMENTUM, BETA_1, BETA_2, EPS = 0.9, 0.9, 0.999, 1e-8

Memory = tuple[Array, ...]
StepInFormat = Callable[
    [NumberFormat, Array, Array, Memory, int, float, "np.random.Generator | None"], tuple[Array, Memory]
]


@dataclass(frozen=True, eq=False)
class LowPrecisionOptimizer:
    """`step(number_format, weight, gradient, memory, t, rate, rng)` gives the new weight and memory; t counts from 1.

    `names` are the symbols of what it remembers, all 0 at first. `exact` is the same in float64, without a rate.
    """

    key: str
    label: str
    names: tuple[str, ...]
    step: StepInFormat
    exact: Optimizer

    def begin(self, weight: Array) -> Memory:
        """What it remembers before the first step."""
        return tuple(np.zeros(weight.shape) for _ in self.names)


def _plain(
    number_format: NumberFormat, weight: Array, gradient: Array, _: Memory, __: int, rate: float,
    rng: np.random.Generator | None,
) -> tuple[Array, Memory]:  # fmt: skip
    return updated(number_format, weight, gradient, rate, rng), ()


def _with_momentum(
    number_format: NumberFormat, weight: Array, gradient: Array, memory: Memory, t: int, rate: float,
    rng: np.random.Generator | None,
) -> tuple[Array, Memory]:  # fmt: skip
    velocity = gradient
    if t > 1:
        kept = number_format.round(_single(MOMENTUM) * _single(memory[0]))
        velocity = number_format.round(_single(kept) + _single(gradient))
    return updated(number_format, weight, velocity, rate, rng), (velocity,)


def _adam(
    number_format: NumberFormat, weight: Array, gradient: Array, memory: Memory, t: int, rate: float,
    rng: np.random.Generator | None,
) -> tuple[Array, Memory]:  # fmt: skip
    store = number_format.round
    with np.errstate(all="ignore"):
        g, (m, v) = _single(gradient), map(_single, memory)
        mean = store(m + _single(1 - BETA_1) * (g - m))
        square = store(_single(store(_single(BETA_2) * v)) + _single(1 - BETA_2) * g * g)
        root = store(_single(store(np.sqrt(_single(square)))) / _single((1 - BETA_2**t) ** 0.5))
        divisor = store(_single(root) + _single(EPS))
        step = _single(rate / (1 - BETA_1**t)) * _single(mean) / _single(divisor)
        new = rounding_of(number_format, rng)(_single(weight) - step)
    return new, (mean, square)


def _single(values: Array | float) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)


LOW_PRECISION_OPTIMIZERS: Registry[LowPrecisionOptimizer] = Registry(
    "optimizer in few bits",
    (
        LowPrecisionOptimizer("sgd", "SGD", (), _plain, OPTIMIZERS["sgd"]),
        LowPrecisionOptimizer(
            "momentum", f"SGD with momentum {MOMENTUM}", ("v",), _with_momentum,
            OPTIMIZERS["sgd"].configure(momentum=MOMENTUM),
        ),
        LowPrecisionOptimizer("adam", "Adam", ("m", "v"), _adam, OPTIMIZERS["adam"]),
    ),
)  # fmt: skip
"""In the order of the menu."""
