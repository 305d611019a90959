"""The blocks of a pass in fewer bits beside those of float64: the same names, shapes and order as on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.low_precision.low_precision_pass import LowPrecisionPass, PassArithmetic, low_precision_pass
from mlpviz.low_precision.number_format import FLOAT32, NumberFormat
from mlpviz.low_precision.optimizer_steps import LowPrecisionOptimizer
from mlpviz.network import Document

BLOCKS = {
    "weight": "W",
    "bias": "b",
    "z": "z",
    "a": "a",
    "grad_a": "∂L/∂a",
    "grad_z": "∂L/∂z",
    "grad_weight": "∂L/∂W",
    "grad_bias": "∂L/∂b",
    "new_weight": "new W",
}
"""The blocks of a layer with their symbols; gradients are shown without the scale of the loss."""

GRADIENTS = ("grad_a", "grad_z", "grad_weight", "grad_bias")
"""Those that the scale of the loss multiplies."""


@dataclass(frozen=True)
class Compared:
    """One document, computed twice. `kept` is the format of the weights: that of the pass, or float32."""

    document: Document
    arithmetic: PassArithmetic
    adds_in_format: bool
    scale: float
    rate: float
    optimizer: LowPrecisionOptimizer
    keeps_float32: bool
    seed: int | None

    @cached_property
    def found(self) -> LowPrecisionPass:
        """The pass in fewer bits."""
        return low_precision_pass(self.document, self.arithmetic, adds_in_format=self.adds_in_format, scale=self.scale)

    @property
    def kept(self) -> NumberFormat:
        """The format in which weights are kept and updated."""
        return FLOAT32 if self.keeps_float32 else self.arithmetic.number_format

    @cached_property
    def blocks(self) -> dict[tuple[int, str], tuple[Array, Array]]:
        """By layer (from 0) and block: the numbers in fewer bits and in float64, both (rows, columns)."""
        rng = None if self.seed is None else np.random.default_rng(self.seed)
        pairs: dict[tuple[int, str], tuple[Array, Array]] = {}
        for index, (low, exact) in enumerate(zip(self.found.layers, self.document.trace().layers, strict=True)):
            for name in BLOCKS:
                if name == "new_weight":
                    start = self.kept.round(exact.weight) if self.keeps_float32 else low.weight
                    gradient = FLOAT32.round(low.grad_weight / self.scale)
                    memory = self.optimizer.begin(start)
                    new, _ = self.optimizer.step(self.kept, start, gradient, memory, 1, self.rate, rng)
                    pair = (new, self._exact_step(exact.weight, exact.grad_weight))
                else:
                    mine, theirs = getattr(low, name), getattr(exact, name)
                    if mine is None or theirs is None:
                        continue
                    pair = (mine / self.scale if name in GRADIENTS else mine, np.broadcast_to(theirs, mine.shape))
                pairs[index, name] = (np.atleast_2d(pair[0]), np.atleast_2d(pair[1]))
        return pairs

    def _exact_step(self, weight: Array, gradient: Array) -> Array:
        """The first step in float64."""
        exact = self.optimizer.exact.configure(learning_rate=self.rate)
        new, _ = exact.step(weight.ravel(), gradient.ravel(), exact.init(weight.ravel()), 1)
        return np.asarray(new).reshape(weight.shape)

    def start_of(self, index: int) -> Array:
        """The weight of a layer from which its update begins."""
        exact = self.document.trace().layers[index].weight
        return self.kept.round(exact) if self.keeps_float32 else self.found.layers[index].weight


def relative_errors(low: Array, exact: Array) -> Array:
    """(low − exact) / |exact|; infinite where a number came of 0, 0 where both are equal."""
    with np.errstate(all="ignore"):
        found = (low - exact) / np.abs(exact)
    found = np.where(exact == 0, np.where(low == 0, 0.0, np.inf), found)
    return np.where(np.isnan(low), np.inf, found)


def underflows(low: Array, exact: Array) -> int:
    """How many numbers became 0 that are not 0."""
    return int(np.sum((low == 0) & (exact != 0)))


def too_large(low: Array, exact: Array, number_format: NumberFormat, scale: float) -> int:
    """How many numbers times the scale lie beyond the largest of the format: infinity, NaN, or held at the largest."""
    is_held = np.abs(low) * scale >= number_format.largest
    return int(np.sum(np.isfinite(exact) & (~np.isfinite(low) | (is_held & (np.abs(exact) > np.abs(low))))))
