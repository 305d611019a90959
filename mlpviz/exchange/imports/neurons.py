"""Networks that a file lists unit by unit, each with its sources: grouped into dense layers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpviz.exchange.imports.operations import Activate, Dense, Operation, check_width
from mlpviz.network import DOCUMENT_LIMITS, DocumentError
from mlpviz.schema.errors import echo


@dataclass(frozen=True)
class Unit:
    """One unit: its name, the weights by the names of its sources, its bias, and what follows its sum."""

    name: Hashable
    weights: Mapping[Any, float]
    bias: float
    after: tuple[Operation, ...] = ()
    factor: float = 1.0
    """multiplied into weights and bias, where a tool has a steepness that only scales the sum"""


def layered(inputs: Sequence[Hashable], units: Sequence[Unit], biases: bool = True) -> Sequence[Operation]:
    """Dense layers with what follows each, for units in any order. A missing connection is a weight of 0.

    Raises DocumentError for cycles, for connections that leave out a layer, and for two functions in one layer.
    """
    check_width(len(inputs))
    depth: dict[Hashable, int] = dict.fromkeys(inputs, 0)
    open_units = {unit.name: unit for unit in units}
    if len(open_units) != len(units) or any(name in depth for name in open_units):
        raise DocumentError("two units have the same name")
    level = 0
    while open_units:
        level += 1
        if level > DOCUMENT_LIMITS.layers:
            raise DocumentError(
                f"the units make more than {DOCUMENT_LIMITS.layers} layers, the most that the sheet has"
            )
        ready = [unit for unit in open_units.values() if all(source in depth for source in unit.weights)]
        if not ready:
            raise DocumentError(
                "units read each other in a circle, or something that the file does not have: a feed-forward network "
                "has neither"
            )
        # one level at a time: a unit that is ready because of this level belongs to the next one
        for unit in ready:
            depth[unit.name] = 1 + max((depth[source] for source in unit.weights), default=0)
            del open_units[unit.name]
    operations: list[Operation] = []
    before = list(inputs)
    for level in range(1, max(depth.values(), default=0) + 1):
        layer = [unit for unit in units if depth[unit.name] == level]
        check_width(len(layer))
        known = set(before)
        for unit in layer:
            skipping = next((source for source in unit.weights if source not in known), None)
            if skipping is not None:
                raise DocumentError(
                    f"unit {echo(str(unit.name))} reads {echo(str(skipping))} past the layer between them: such "
                    "connections with weights are not held here"
                )
        if any(unit.after != layer[0].after for unit in layer):
            raise DocumentError(f"the units of layer {level} have different activations: a layer here has one")
        weight = np.array([[unit.factor * unit.weights.get(source, 0.0) for source in before] for unit in layer])
        bias = np.array([unit.factor * unit.bias for unit in layer])
        operations += [Dense(weight, bias if biases or bias.any() else None), *layer[0].after]
        before = [unit.name for unit in layer]
    return operations


def active(key: str, **settings: float) -> tuple[Activate, ...]:
    """One activation as what follows a sum; nothing for the identity."""
    return () if key == "identity" else (Activate(key, settings),)
