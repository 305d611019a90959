"""What an initializer is, and how a whole network begins.

Refuses to draw from global randomness.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from mlpviz.engine.hyperparameters import Configurable, torch_arguments
from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec

Shape = tuple[int, int]
"""(O, I): outputs (fan out) and inputs (fan in) of a layer."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Initializer(Configurable):
    """One rule: `draw(rng, shape) -> weight` for shape (O, I), float64; `bias(rng, shape)` gives (O,).

    `std(shape)` is the standard deviation that the rule aims at, None for rules without chance.
    `torch` names the twin in `torch.nn.init`, called with `torch_arguments`; empty if there is none.
    """

    configured: ClassVar[tuple[str, ...]] = ("draw", "std")

    key: str
    label: str
    latex: str
    sentence: str
    torch: str
    draw: Callable[..., Array]
    std: Callable[..., float] | None = None
    bias: Callable[[np.random.Generator, Shape], Array] = lambda rng, shape: np.zeros(shape[0])
    fixed: tuple[tuple[str, Any], ...] = ()
    """arguments of the twin that are no knobs here"""
    source: str = ""

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of the twin's arguments."""
        return {**torch_arguments(self.hyperparameters, self.settings), **dict(self.fixed)}


def initial_parameters(spec: NetworkSpec, initializer: Initializer, rng: np.random.Generator) -> Array:
    """A flat vector (P,) for the network: each layer's weight, then its bias, in order from the first layer.

    A norm begins with gamma 1 and beta 0.
    """
    layers: list[tuple[Array | None, ...]] = []
    for layer in spec.layers:
        shape = (layer.outputs, layer.inputs)
        weight = initializer.draw(rng, shape)
        affine = (np.ones(layer.outputs), np.zeros(layer.outputs)) if layer.norm and layer.norm.affine else ()
        layers.append((weight, initializer.bias(rng, shape) if layer.bias else None, *affine))
    return spec.flatten(layers)
