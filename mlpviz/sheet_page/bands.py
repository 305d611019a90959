"""What the band of a layer shows beside its blocks: name, activation with hyperparameters, norm, dropout, skip."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import Activation, Loss, NetworkSpec, Norm, Penalty, Schedule
from mlpviz.engine.optimizers import Optimizer, has_shared_rate, has_weight_decay
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.in_words import extras_in_words, in_words
from mlpviz.sheet.quantities import QUANTITIES


def bands_of(spec: NetworkSpec, shape: Shape) -> list[dict[str, Any]]:
    """One dictionary per band, the input first.

    `activationInput` names the input of the activation, `inner` says whether dropout and a skip are allowed, `skips`
    are the choices of a skip as [layers around, label], `ties` those of whose weight it has as [layer with T for its
    transpose, label], `chosen` (short, long) and `extras` say in words which activation it is, and what the layer has
    besides.
    """
    bands: list[dict[str, Any]] = [{"layer": 0, "label": "x", "units": spec.inputs}]
    for number, layer in enumerate(spec.layers, start=1):
        bands.append(
            {
                "layer": number,
                "label": f"layer {number}",
                "units": layer.outputs,
                "activation": layer.activation.key,
                "chosen": in_words(layer.activation),
                "hyperparameters": hyperparameters_of(layer.activation),
                "bias": layer.bias,
                "activationInput": layer_tensors(layer, shape.training).activation_input,
                "draws": layer.activation.alpha == "draw",
                "norm": layer.norm.key if layer.norm else "",
                "normHyperparameters": hyperparameters_of(layer.norm),
                "dropout": layer.dropout,
                "skip": layer.skip,
                "skips": _skips(spec, number),
                "inner": number < len(spec.layers) or not spec.loss.needs_activation,
                "parameters": _parameters(spec, number, shape),
                "decay": shape.update_of(number).weight_decay,
                "hasRate": not has_shared_rate(shape.optimizer),
                "hasDecay": has_weight_decay(shape.optimizer),
                "tie": "" if layer.tied_to is None else f"{layer.tied_to + 1}{'T' * layer.transposed}",
                "ties": _ties(spec, number),
                "oneBias": layer.one_bias,
                "extras": extras_in_words(
                    layer, shape.update_of(number), shape.labels[number - 1] if shape.labels else ""
                ),
            }
        )
    return bands


def hyperparameters_of(entry: Activation | Loss | Norm | Optimizer | Penalty | Schedule | None) -> list[dict[str, Any]]:
    """The hyperparameters of an entry as the browser draws them, with their values."""
    if entry is None:
        return []
    settings = dict(entry.settings)
    return [
        {
            "name": each.name,
            "label": each.label,
            "kind": each.kind,
            "value": settings[each.name],
            "choices": each.choices,
            "sentence": f"{each.sentence} Allowed: {each.allowed}.",
        }
        for each in entry.hyperparameters
    ]


def _skips(spec: NetworkSpec, number: int) -> list[list[Any]]:
    """[0, "none"], and every skip that adds as many numbers as the layer has units."""
    found: list[list[Any]] = [[0, "none"]]
    for around in range(1, number + 1):
        first = number - around + 1
        if spec.layers[first - 1].inputs == spec.layers[number - 1].outputs:
            found.append([around, f"around layer {number}" if around == 1 else f"around layers {first} to {number}"])
    return found


def _ties(spec: NetworkSpec, number: int) -> list[list[str]]:
    """["", "its own"], and every layer before whose weight fits, as it is or transposed."""
    found, own = [["", "its own"]], spec.layers[number - 1]
    for source, layer in enumerate(spec.layers[: number - 1], start=1):
        for mark, words, shape in (
            ("", "", (layer.outputs, layer.inputs)),
            ("T", ", transposed", (layer.inputs, layer.outputs)),
        ):
            if shape == (own.outputs, own.inputs):
                found.append([f"{source}{mark}", f"that of layer {source}{words}"])
    return found


def _parameters(spec: NetworkSpec, number: int, shape: Shape) -> list[list[Any]]:
    """The tensors that an optimizer changes as [name, symbol, frozen]."""
    views, frozen = spec.views(np.empty(spec.size))[number - 1]._asdict(), shape.update_of(number).frozen
    return [[name, QUANTITIES[name].symbol, name in frozen] for name, view in views.items() if view is not None]
