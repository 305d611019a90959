"""How the update treats each layer: frozen tensors, and layers with their own learning rate or weight decay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from mlpviz.engine import NetworkSpec, Penalty
from mlpviz.engine.optimizers import Optimizer, ParameterGroup, has_shared_rate, has_weight_decay
from mlpviz.engine.regularization import scaled
from mlpviz.network.layer import Layer
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.registry_choice import RegistryChoice


def parameter_groups(
    layers: Sequence[Layer], spec: NetworkSpec, learning_rate: float
) -> tuple[ParameterGroup, ...] | None:
    """The groups of parameters that a step changes, one for each rate and weight decay; None for all in one."""
    if not any(layer.frozen or layer.learning_rate is not None or layer.weight_decay is not None for layer in layers):
        return None
    found: dict[tuple[float, float | None], list[Any]] = {}
    for layer, views in zip(layers, spec.views(np.arange(spec.size)), strict=True):
        rate = learning_rate if layer.learning_rate is None else layer.learning_rate
        for name, indices in views._asdict().items():
            if indices is not None and name not in layer.frozen:
                found.setdefault((rate, layer.weight_decay), []).append(indices.ravel())
    return tuple(ParameterGroup(np.concatenate(parts), *settings) for settings, parts in found.items())


@lru_cache(maxsize=64)
def configured_penalty(choice: RegistryChoice[Penalty] | None) -> Penalty | None:
    """The record of a choice: the same object for equal choices, so that caches keyed by it are hit."""
    return None if choice is None else choice.entry


def penalty_of(choice: RegistryChoice[Penalty] | None, biases: bool, spec: NetworkSpec) -> Penalty | None:
    """The penalty with a strength for each parameter: 0 for all but weights, unless biases are penalised too."""
    if choice is None:
        return None
    return choice.entry if biases else scaled(choice.entry, spec.weight_mask)


def validate_groups(layers: Sequence[Layer], optimizer: RegistryChoice[Optimizer]) -> None:
    """Raises DocumentError for a rate or weight decay of a layer that the optimizer has no place for."""
    for index, layer in enumerate(layers):
        if layer.learning_rate is not None and has_shared_rate(optimizer.entry):
            raise DocumentError.at(
                ("layers", index, "learning_rate"),
                f"is set, expected null: {optimizer.entry.label} remembers one rate for the whole network",
            )
        if layer.weight_decay is not None and not has_weight_decay(optimizer.entry):
            raise DocumentError.at(
                ("layers", index, "weight_decay"), f"is set, expected null: {optimizer.entry.label} has no weight decay"
            )
