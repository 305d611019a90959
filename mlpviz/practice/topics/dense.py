"""Networks of whole numbers, drawn layer by layer so that they stay small and gradients come through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import gcd
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.parameters import Array

_TRIES = 60
"""to draw one layer"""


@dataclass(frozen=True)
class DenseRecipe:
    """The shape of a network and the sizes of its numbers; called with a generator it gives a document's fields.

    `widths` from the input on. Weights lie within `weight`, inputs within `inputs`, and ∂L/∂a of the output within
    `steps`: the targets are chosen for that. `more` are further fields of the document.
    """

    widths: tuple[int, ...]
    samples: int = 1
    bias: bool = False
    hidden: Any = "relu"
    last: Any = "identity"
    loss: str = "mse"
    weight: int = 3
    inputs: tuple[int, int] = (1, 4)
    steps: int = 2
    largest: float = 30.0
    dropout: float = 0.0
    more: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, rng: np.random.Generator) -> dict[str, Any] | None:
        """The fields of a document, or None if no layer came out small."""
        x = rng.integers(self.inputs[0], self.inputs[1] + 1, (self.samples, self.widths[0])).astype(float)
        x[x == 0.0] = 1.0
        a, layers = x, []
        for number, (inputs, outputs) in enumerate(zip(self.widths, self.widths[1:], strict=False), start=1):
            is_last = number == len(self.widths) - 1
            layer = self._layer(rng, a, inputs, outputs, is_last=is_last)
            if layer is None:
                return None
            fields, a = layer
            layers.append(fields)
        target = a - self._differences(rng, a.shape)
        return {"layers": layers, "x": x.tolist(), "target": target.tolist(), "loss": self.loss, **self.more}

    def _layer(
        self, rng: np.random.Generator, a: Array, inputs: int, outputs: int, *, is_last: bool
    ) -> tuple[dict[str, Any], Array] | None:
        """One layer and what it gives: no z is 0 or too large, and every sample has a unit that passes something on."""
        activation = self.last if is_last else self.hidden
        key = activation if isinstance(activation, str) else activation["key"]
        phi = ACTIVATIONS[key]
        if not isinstance(activation, str):
            phi = phi.configure(**{name: value for name, value in activation.items() if name != "key"})
        for _ in range(_TRIES):
            weight = rng.integers(-self.weight, self.weight + 1, (outputs, inputs)).astype(float)
            bias = rng.integers(-3, 4, outputs).astype(float)
            # of a few numbers each, for which calls of NumPy take longer
            rows = weight.tolist()
            if not (all(map(any, zip(*rows, strict=True))) and all(map(any, rows))):
                continue
            z = a @ weight.T + (bias if self.bias else 0.0)
            sizes = np.abs(z).ravel().tolist()
            if not all(sizes) or max(sizes) > self.largest:
                continue
            fields = {"weight": rows, "bias": bias.tolist() if self.bias else None, "activation": activation}
            given = phi.value(z)
            if self.dropout and not is_last:
                mask = (rng.random(z.shape) >= self.dropout).astype(float)
                fields |= {"dropout": self.dropout, "mask": mask.tolist()}
                given = given * mask / (1.0 - self.dropout)
            # a network that passes on nothing in a sample has nothing to compute there
            if is_last or all(map(any, given.tolist())):
                return fields, given
        return None

    def _differences(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """a − t, such that ∂L/∂a are whole numbers and not 0."""
        unit = 1
        if self.loss == "mse":
            count = shape[0] * shape[1]
            unit = count // gcd(2, count)
        steps = rng.integers(1, self.steps + 1, shape) * rng.choice([-1, 1], shape)
        return np.asarray(steps * unit, dtype=float)
