"""Networks whose numbers are made so that a root, an exponential or a mean comes out simple."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice.topics.dense import DenseRecipe

Fields = dict[str, Any]

_SHARES = {
    2: ((1, 1), (1, 3), (3, 1), (1, 4), (2, 3)),
    3: ((1, 1, 2), (1, 2, 1), (1, 1, 3), (2, 1, 1)),
    4: ((1, 1, 1, 1),),
}
"""what eᶻ of the classes are to each other: their sums divide 100"""


@dataclass(frozen=True)
class SoftmaxRecipe:
    """One layer before softmax with cross-entropy, whose probabilities have two decimals.

    The rows of W differ only along a direction in which x has no part, so the classes differ by their biases alone,
    which are logarithms of whole numbers; without biases they are all alike.
    """

    classes: int
    samples: int = 1
    bias: bool = True

    def __call__(self, rng: np.random.Generator) -> Fields | None:
        """The fields of a document, or None where a class would have no weight of its own."""
        x = rng.integers(1, 4, (self.samples, self.samples + 1)).astype(float)
        direction = np.array([x[0, 1], -x[0, 0]]) if self.samples == 1 else np.cross(x[0], x[1])
        if not direction.all():
            return None
        base = rng.integers(-2, 3, x.shape[1]).astype(float)
        along = rng.choice(np.arange(-2, 3), self.classes, replace=False)
        weight = base + along[:, None] * direction
        shares = _SHARES[self.classes]
        share = shares[rng.integers(len(shares))] if self.bias else (1,) * self.classes
        layer = {
            "weight": weight.tolist(),
            "bias": [log(each) for each in share] if self.bias else None,
            "activation": "identity",
        }
        target = rng.integers(0, self.classes, self.samples).tolist()
        return {"layers": [layer], "x": x.tolist(), "target": target, "loss": "cross_entropy", "learning_rate": 0.5}


_DEVIATIONS = ((1, 1, -2), (1, 4, -5))
_EPS = 2.0
"""that makes their variances, 2 and 14, squares: no three whole numbers have a whole standard deviation"""


@dataclass(frozen=True)
class BatchNormRecipe:
    """One layer with batch norm over three samples: whole deviations from the mean, and √(σ² + ε) of 2 or 4."""

    units: int = 1
    activation: str = "identity"
    is_affine: bool = True

    def __call__(self, rng: np.random.Generator) -> Fields | None:
        """The fields of a document, or None where a mean has no end."""
        columns = [self._column(rng) for _ in range(self.units)]
        x = np.array(columns).T
        weight = np.diag(rng.choice([-1.0, 1.0], self.units))
        if self.units > 1:
            weight = weight[rng.permutation(self.units)]
        layer: Fields = {
            "weight": weight.tolist(),
            "bias": None,  # a norm takes it away again, and its gradient is 0
            "activation": self.activation,
            "norm": {"key": "batch_norm", "eps": _EPS, "affine": self.is_affine},
        }
        gamma, beta = rng.choice([-4.0, -2.0, 2.0, 4.0], self.units), rng.integers(-2, 3, self.units).astype(float)
        if self.is_affine:
            layer |= {"gamma": gamma.tolist(), "beta": beta.tolist()}
        z = x @ np.array(layer["weight"]).T
        ready = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + _EPS)
        n = ready * gamma + beta if self.is_affine else ready
        a = np.maximum(n, 0.0) if self.activation == "relu" else n
        grad = rng.integers(1, 7, a.shape) * rng.choice([-1.0, 1.0], a.shape)
        if (np.sum(grad * (a != 0.0), axis=0) % 3).any():  # else the mean over three samples has no end
            return None
        # half_sse gives ∂L/∂a = a − t
        return {"layers": [layer], "x": x.tolist(), "target": (a - grad).tolist(), "loss": "half_sse"}

    def _column(self, rng: np.random.Generator) -> Array:
        deviations = _DEVIATIONS[rng.integers(len(_DEVIATIONS))]
        return np.asarray(rng.permutation(deviations) * rng.choice([-1, 1]) + rng.integers(6, 9), dtype=float)


_FIRST_OVER_SECOND = (1, -5)
"""first gradients, in units of the second, for which m̂ and √v̂ of the second step are simple"""


@dataclass(frozen=True)
class AdamRecipe:
    """One neuron and one step of Adam with round numbers; ε is 0, and no gradient is.

    The second step has β₁ = β₂ = ½. With first gradients g₁ and second ones g, m̂ is (g₁ + 2g) / 3 and v̂ is
    (g₁² + 2g²) / 3.
    """

    inputs: int
    bias: bool = False
    is_second: bool = False

    def __call__(self, rng: np.random.Generator) -> Fields | None:
        """The fields of a document, in the second step with what the first one left."""
        share = 0.5 if self.is_second else None
        adam = {"key": "adam", "eps": 0.0} | ({} if share is None else {"beta1": share, "beta2": share})
        recipe = DenseRecipe(
            (self.inputs, 1), bias=self.bias, inputs=(1, 3),
            more={"optimizer": adam, "learning_rate": float(rng.choice([0.3, 0.6, 0.9]))},
        )  # fmt: skip
        fields = recipe(rng)
        if fields is None or share is None:
            return fields
        (x,), (layer,) = fields["x"], fields["layers"]
        y = float(np.dot(layer["weight"][0], x)) + (layer["bias"][0] if self.bias else 0.0)
        grad = 2.0 * (y - fields["target"][0][0]) * np.array([*x, *([1.0] if self.bias else [])])
        first = grad * rng.choice(_FIRST_OVER_SECOND, grad.size)
        slots = {"m": (first / 2.0).tolist(), "v": (first * first / 2.0).tolist()}
        return fields | {"optimizer_state": {"t": 1, "slots": slots}}


@dataclass(frozen=True)
class MomentumRecipe:
    """A network with a velocity of whole numbers from the steps before."""

    recipe: DenseRecipe
    momentum: float

    def __call__(self, rng: np.random.Generator) -> Fields | None:
        """The fields of a document with its velocity."""
        fields = self.recipe(rng)
        if fields is None:
            return None
        size = sum(np.size(layer["weight"]) + np.size(layer["bias"] or []) for layer in fields["layers"])
        velocity = rng.integers(1, 5, size) * rng.choice([-2.0, 2.0], size)
        state = {"t": 1, "slots": {"velocity": velocity.tolist()}}
        return fields | {"optimizer": {"key": "sgd", "momentum": self.momentum}, "optimizer_state": state}
