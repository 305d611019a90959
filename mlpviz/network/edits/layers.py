"""Edits of what one layer computes: activation, norm before it, dropout and skip after it."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import NORMS, Activation
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.refit import of_activation
from mlpviz.network.edits.result import EditResult, index_of, replaced_at, with_hyperparameter, with_layer
from mlpviz.network.layer import FRESH, norm_tensors
from mlpviz.schema.errors import FieldError
from mlpviz.schema.fields import ActivationChoice, Count, DropoutRate, FromZero, HyperparameterName, NormChoice, Seed
from mlpviz.schema.registry_choice import ChosenFrom


def set_activation(document: Document, layer: Count, key: ActivationChoice) -> EditResult:
    """The activation of a layer; the slopes of one that draws them are drawn at once."""
    return _with_activation(document, index_of("layer", layer, len(document.layers)), key)


def set_activation_hyperparameter(document: Document, layer: Count, name: HyperparameterName, value: Any) -> EditResult:
    """One hyperparameter of the activation of a layer."""
    index = index_of("layer", layer, len(document.layers))
    changed = with_hyperparameter(document.layers[index].activation, name, value)
    ends_move = document.layers[index].activation.entry.alpha == "draw"
    return _with_activation(document, index, changed, anew=ends_move)


def _with_activation(document: Document, index: int, activation: Any, anew: bool = False) -> EditResult:
    fields = of_activation(document.layers[index], index, activation)
    entry = fields["activation"].entry
    if entry.alpha == "draw" and (anew or fields["slopes"] is None):
        fields["slopes"] = _slopes(document, index, entry, 0)
    return EditResult(with_layer(document, index, **fields))


def redraw_slopes(document: Document, layer: Count, seed: Seed) -> EditResult:
    """Other slopes for the activation of a layer that draws them, the same ones for the same seed."""
    index = index_of("layer", layer, len(document.layers))
    entry = document.layers[index].activation.entry
    if entry.alpha != "draw":
        raise DocumentError(f"layer {layer} has an activation that draws no slopes: {entry.label}")
    return EditResult(with_layer(document, index, slopes=_slopes(document, index, entry, seed)))


def _slopes(document: Document, index: int, entry: Activation, seed: int) -> tuple[tuple[float, ...], ...]:
    shape = (document.samples, document.widths[index + 1])
    drawn = np.random.default_rng(seed).uniform(*entry.alpha_range, shape)
    return tuple(tuple(row) for row in drawn.tolist())


def set_norm(document: Document, layer: Count, key: NormChoice | None) -> EditResult:
    """Give a layer a norm, or take it away (None); scale and shift are kept if the new norm has them too."""
    index = index_of("layer", layer, len(document.layers))
    return _with_norm(document, index, key)


def set_norm_hyperparameter(document: Document, layer: Count, name: HyperparameterName, value: Any) -> EditResult:
    """One hyperparameter of the norm of a layer. Raises DocumentError if it has no norm."""
    index = index_of("layer", layer, len(document.layers))
    norm = document.layers[index].norm
    if norm is None:
        raise DocumentError(f"layer {layer} has no norm; turn it on first")
    return _with_norm(document, index, with_hyperparameter(norm, name, value))


def _with_norm(document: Document, index: int, norm: Any) -> EditResult:
    try:
        chosen = None if norm is None else ChosenFrom(NORMS).read(norm)
    except FieldError as error:
        raise DocumentError.at(("layers", index, "norm", *error.path), error.problem) from None
    old = document.layers[index]
    has = norm_tensors(None if chosen is None else chosen.entry)
    kept = {name: getattr(old, name) if name in has else None for name in FRESH}
    return EditResult(with_layer(document, index, norm=chosen, **kept))


def set_dropout(document: Document, layer: Count, rate: DropoutRate, seed: Seed = 0) -> EditResult:
    """The probability that a unit of this layer is dropped, with a mask drawn for it; 0 is no dropout."""
    index = index_of("layer", layer, len(document.layers))
    mask = _drawn(document, index, rate, seed) if rate else None
    return EditResult(with_layer(document, index, dropout=rate, mask=mask))


def redraw_mask(document: Document, layer: Count, seed: Seed) -> EditResult:
    """Another mask for the dropout of a layer, the same one for the same seed."""
    index = _with_dropout(document, layer)
    mask = _drawn(document, index, document.layers[index].dropout, seed)
    return EditResult(with_layer(document, index, mask=mask))


def toggle_mask(document: Document, layer: Count, sample: Count, unit: Count) -> EditResult:
    """Drop a unit for one sample, or keep it again."""
    index = _with_dropout(document, layer)
    mask = document.layers[index].mask or ()
    if document.layers[index].dropout == 1.0:
        raise DocumentError(f"the dropout rate of layer {layer} is 1, so every unit is dropped")
    row = index_of("sample", sample, len(mask))
    column = index_of("unit", unit, len(mask[row]))
    return EditResult(
        with_layer(
            document, index, mask=replaced_at(mask, row, replaced_at(mask[row], column, 1.0 - mask[row][column]))
        )
    )


def _with_dropout(document: Document, layer: int) -> int:
    index = index_of("layer", layer, len(document.layers))
    if not document.layers[index].dropout:
        raise DocumentError(f"layer {layer} has no dropout; turn it on first")
    return index


def _drawn(document: Document, index: int, rate: float, seed: int) -> tuple[tuple[float, ...], ...]:
    shape = (document.samples, document.widths[index + 1])
    # as `engine.draw_masks` draws one: a unit is kept where the number is not below the rate
    kept = np.random.default_rng(seed).random(shape) >= rate
    return tuple(tuple(row) for row in kept.astype(float).tolist())


def set_skip(document: Document, layer: Count, around: FromZero) -> EditResult:
    """Add to this layer's activation the input of the layer around - 1 places before; 0 removes the skip."""
    return EditResult(with_layer(document, index_of("layer", layer, len(document.layers)), skip=around))
