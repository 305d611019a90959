"""How the update treats each layer: frozen tensors, and layers with their own learning rate or weight decay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import NetworkSpec, Penalty
from mlpviz.engine.optimizers import Optimizer, ParameterGroup, has_shared_rate, has_weight_decay, steps_tensors
from mlpviz.engine.regularization import scaled
from mlpviz.engine.ties import Place
from mlpviz.network.layer import Layer
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.registry_choice import RegistryChoice


def parameter_groups(
    layers: Sequence[Layer], spec: NetworkSpec, learning_rate: float
) -> tuple[ParameterGroup, ...] | None:
    """The groups of parameters that a step changes, one for each rate and weight decay; None for all in one.

    A tied number is in the group of its first place alone, and in none if any of its places is frozen.
    """
    if not has_groups(layers):
        return None
    found: dict[tuple[float, float | None], list[Any]] = {}
    kept = _stepped(layers, spec)
    for layer, views in zip(layers, spec.views(np.arange(spec.size)), strict=True):
        rate = learning_rate if layer.learning_rate is None else layer.learning_rate
        for name, indices in views._asdict().items():
            if indices is not None and name not in layer.frozen:
                at = indices.ravel() if kept is None else indices[kept[indices]]
                if at.size:
                    found.setdefault((rate, layer.weight_decay), []).append(at)
    return tuple(ParameterGroup(np.concatenate(parts), *settings) for settings, parts in found.items())


def has_groups(layers: Sequence[Layer]) -> bool:
    """Whether any layer is frozen in part or has a rate or weight decay of its own."""
    return any(layer.frozen or layer.learning_rate is not None or layer.weight_decay is not None for layer in layers)


def _stepped(layers: Sequence[Layer], spec: NetworkSpec) -> Any:
    """(P,): which parameters are stepped if numbers are tied; None without ties."""
    if spec.sharing is None:
        return None
    return (spec.sharing.first == np.arange(spec.size)) & ~held(layers, spec)


def held(layers: Sequence[Layer], spec: NetworkSpec) -> NDArray[np.bool_]:
    """(P,): which numbers no update changes. A tied number is held in all its places if one of them is frozen."""
    found = np.zeros(spec.size, dtype=bool)
    for layer, views in zip(layers, spec.views(found), strict=True):
        for name in layer.frozen:
            if (view := getattr(views, name)) is not None:
                view[...] = True
    if spec.sharing is None:
        return found
    by_group = np.zeros(spec.size, dtype=bool)
    np.logical_or.at(by_group, spec.sharing.first, found)
    return by_group[spec.sharing.first]


@lru_cache(maxsize=64)
def configured_penalty(choice: RegistryChoice[Penalty] | None) -> Penalty | None:
    """The record of a choice: the same object for equal choices, so that caches keyed by it are hit."""
    return None if choice is None else choice.entry


def penalty_of(choice: RegistryChoice[Penalty] | None, biases: bool, spec: NetworkSpec) -> Penalty | None:
    """The penalty with a strength for each parameter: 0 for all but weights, unless biases are penalised too."""
    if choice is None:
        return None
    return choice.entry if biases else scaled(choice.entry, spec.weight_mask)


def validate_groups(
    layers: Sequence[Layer], optimizer: RegistryChoice[Optimizer], ties: Sequence[Sequence[Place]] = ()
) -> None:
    """Raises DocumentError for a rate or weight decay of a layer, or ties of places, that the optimizer cannot have."""
    if ties and steps_tensors(optimizer.entry):
        raise DocumentError.at(
            ("ties",),
            f"are given, expected none: {optimizer.entry.label} steps each weight as a whole matrix, not its places",
        )
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
