"""How the update of a training treats each layer: what is frozen, own rates and weight decays, and ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlpviz.config.sections import LayerConfig
from mlpviz.engine import NetworkSpec
from mlpviz.engine.optimizers import Optimizer, ParameterGroup, has_shared_rate, has_weight_decay, steps_tensors
from mlpviz.engine.ties import Place
from mlpviz.schema.errors import DocumentError, given
from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.text.sentences import sentence


def validate_updates(
    layers: Sequence[LayerConfig], optimizer: RegistryChoice[Optimizer], ties: Sequence[Sequence[Place]] = ()
) -> None:
    """Raises DocumentError at the first setting of a layer that the layer or the optimizer has no place for.

    So for ties of single places under an optimizer that steps whole matrices.
    """
    if ties and steps_tensors(optimizer.entry):
        raise DocumentError.at(
            ("ties",),
            f"are given, expected none: {optimizer.entry.label} steps each weight as a whole matrix, not its places",
        )
    for index, layer in enumerate(layers):
        here = index + 1
        for name in layer.frozen:
            if name not in layer.parameters:
                problem = f"has {name}, which layer {here} does not have"
                raise DocumentError.at(("layers", index, "frozen"), problem)
        if layer.learning_rate is not None and has_shared_rate(optimizer.entry):
            _refuse(index, "learning_rate", f"{optimizer.entry.label} remembers one rate for the whole network")
        if layer.weight_decay is not None and not has_weight_decay(optimizer.entry):
            _refuse(index, "weight_decay", f"{optimizer.entry.label} has no weight decay")
        if layer.tied_to is not None and not 1 <= layer.tied_to <= index:
            expected = f"1 to {index}: a layer before layer {here}, so that no ties go in a circle"
            problem = f"is {layer.tied_to}, expected " + (expected if index else "none: no layer is before the first")
            raise DocumentError.at(("layers", index, "tied_to"), problem)
        if layer.transposed and layer.tied_to is None:
            said = sentence("is {on}, expected {off} without a tie", on=given(True), off=given(False))
            raise DocumentError.at(("layers", index, "transposed"), said)
        if layer.one_bias and not layer.bias:
            said = sentence("is {on}, expected {off}: the layer has no bias", on=given(True), off=given(False))
            raise DocumentError.at(("layers", index, "one_bias"), said)


def _refuse(index: int, name: str, why: str) -> None:
    problem = sentence("is set, expected {none}: {why}", none=given(None), why=why)
    raise DocumentError.at(("layers", index, name), problem)


def groups_of(layers: Sequence[LayerConfig], spec: NetworkSpec) -> tuple[ParameterGroup, ...] | None:
    """The parameters that learn, one group for each rate and weight decay; None for all in one.

    A tied number is in the group of its first place, and in none if one of its places is frozen.
    """
    if not any(layer.frozen or layer.learning_rate is not None or layer.weight_decay is not None for layer in layers):
        return None
    frozen = np.zeros(spec.size, dtype=bool)
    for layer, views in zip(layers, spec.views(frozen), strict=True):
        for name in layer.frozen:
            if (view := getattr(views, name)) is not None:
                view[...] = True
    free = ~frozen
    if spec.sharing is not None:
        held = np.zeros(spec.size, dtype=bool)
        np.logical_or.at(held, spec.sharing.first, frozen)
        free = ~held & (spec.sharing.first == np.arange(spec.size))
    found: dict[tuple[float | None, float | None], list[int]] = {}
    for layer, slot in zip(layers, spec.slots, strict=True):
        places = np.arange(slot.weight.start, slot.stop)
        found.setdefault((layer.learning_rate, layer.weight_decay), []).extend(places[free[places]].tolist())
    return tuple(ParameterGroup(np.array(places), *settings) for settings, places in found.items() if places)
