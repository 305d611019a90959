"""Edits of what the update does besides the optimizer: frozen tensors, a layer's own rate and decay, a penalty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.result import EditResult, index_of, layer_fields, with_hyperparameter, with_layer
from mlpviz.schema.fields import Count, Flag, FromZeroUp, HyperparameterName, LearningRate, PenaltyChoice
from mlpviz.schema.parameter_fields import ParameterName


def set_frozen(document: Document, layer: Count | None, tensor: ParameterName, on: Flag) -> EditResult:
    """Freeze a tensor of a layer (None: of every layer), so that no update changes it, or let it learn again.

    A weight that several layers have is frozen or released in all of them.
    """
    chosen: Sequence[int] = range(len(document.layers))
    if layer is not None:
        chosen = (index_of("layer", layer, len(document.layers)),)
    if tensor == "weight" and layer is not None:
        chosen = tuple(use.layer for use in document.spec.weight_uses(chosen[0]))
    layers: list[Any] = list(document.layers)
    for index in chosen:
        others = tuple(name for name in document.layers[index].frozen if name != tensor)
        layers[index] = layer_fields(document, index, frozen=(*others, tensor) if on else others)
    return EditResult(document.replace(layers=tuple(layers)))


def set_layer_rate(document: Document, layer: Count, value: LearningRate | None) -> EditResult:
    """The learning rate of one layer; None for that of the document."""
    index = index_of("layer", layer, len(document.layers))
    return EditResult(with_layer(document, index, learning_rate=value))


def set_layer_decay(document: Document, layer: Count, value: FromZeroUp | None) -> EditResult:
    """The weight decay of one layer; None for that of the optimizer."""
    index = index_of("layer", layer, len(document.layers))
    return EditResult(with_layer(document, index, weight_decay=value))


def set_penalty(document: Document, key: PenaltyChoice | None) -> EditResult:
    """The penalty on large parameters that is added to the loss; None for no penalty."""
    return EditResult(document.replace(penalty=key))


def set_penalty_hyperparameter(document: Document, name: HyperparameterName, value: Any) -> EditResult:
    """One hyperparameter of the penalty, such as its strength. Raises DocumentError without a penalty."""
    if document.penalty is None:
        raise DocumentError("the loss has no penalty; choose one first")
    return EditResult(document.replace(penalty=with_hyperparameter(document.penalty, name, value)))


def penalize_biases(document: Document, on: Flag) -> EditResult:
    """Whether the penalty is also on biases and on the scale and shift of norms."""
    return EditResult(document.replace(penalize_biases=on))
