"""The type of an initializer, and the initial parameters of a whole network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from mlpviz.engine.hyperparameters import Configurable, torch_arguments
from mlpviz.engine.initializers.formula import WeightRule, torch_init
from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec

Shape = tuple[int, int]
"""(O, I): outputs (fan out) and inputs (fan in) of a layer."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Initializer(Configurable):
    """One rule: `draw(rng, shape) -> weight` for shape (O, I), float64; `bias(rng, shape)` gives (O,).

    `std(shape)` is the standard deviation of the rule's distribution, None for a rule that draws nothing.
    `formula(settings)` says what W is drawn from. `torch` names the function in `torch.nn.init`, called with
    `torch_arguments`.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("draw", "std")

    key: str
    label: str
    formula: Callable[[Mapping[str, Any]], WeightRule]
    sentence: str
    torch: str
    draw: Callable[..., Array]
    std: Callable[..., float] | None = None
    bias: Callable[[np.random.Generator, Shape], Array] = lambda rng, shape: np.zeros(shape[0])
    fixed: tuple[tuple[str, Any], ...] = ()
    """arguments of PyTorch's function that are not hyperparameters here"""
    by_layer: bool = False
    """PyTorch's function takes a deviation that depends on the shape of the layer"""
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    @property
    def torch_arguments(self) -> dict[str, Any]:
        """The settings under the names of the arguments of PyTorch's function."""
        return {**torch_arguments(self.hyperparameters, self.settings), **dict(self.fixed)}

    @property
    def rule(self) -> WeightRule:
        """The formula of W with these settings."""
        return self.formula(self.settings)

    @property
    def used_settings(self) -> dict[str, Any]:
        """The settings that are in the formula, which its lines of code take by their names."""
        rule = self.rule
        formulas = (*rule.parts, *(line.formula for line in rule.definitions))
        names = {symbol.name for formula in formulas for symbol in formula.symbols()}
        return {name: value for name, value in self.settings.items() if name in names}

    @property
    def torch_code(self) -> tuple[str, ...]:
        """Lines in PyTorch that draw `weight`; where σ depends on the layer, they compute it from O and I."""
        rule = self.rule
        if not self.by_layer:
            return (torch_init(self.torch, self.torch_arguments),)
        before = [text for line in reversed(rule.definitions) for text in line.code("numpy")]
        return (*before, f"nn.init.{self.torch}(weight, std=std, a=-2 * std, b=2 * std)")


def initial_parameters(spec: NetworkSpec, initializer: Initializer, rng: np.random.Generator) -> Array:
    """The flat vector (P,) of the network: weight and bias of each layer, drawn in this order from the first layer on.

    A norm begins with gamma 1 and beta 0, a learned slope as its activation says.
    """
    layers: list[tuple[Array | None, ...]] = []
    for layer in spec.layers:
        shape = (layer.outputs, layer.inputs)
        weight = initializer.draw(rng, shape)
        norm = layer.norm.parameters if layer.norm is not None else ()
        affine = [np.full(layer.outputs, {"gamma": 1.0, "beta": 0.0}[name]) for name in norm]
        alpha = np.full(layer.activation.alphas(layer.outputs), layer.activation.alpha_range[0])
        layers.append((weight, initializer.bias(rng, shape) if layer.bias else None, *affine, alpha))
    return spec.flatten(layers)
