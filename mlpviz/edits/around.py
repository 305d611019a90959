"""Edits of what a layer does around its activation: norm before it, dropout and skip behind it."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.document import Document, DocumentError
from mlpviz.document.choice import From
from mlpviz.document.errors import InsideError
from mlpviz.document.fields import Count, DropoutRate, FromZero, KnobName, NormChoice, Seed
from mlpviz.document.layer import FRESH, numbers_of_norm
from mlpviz.edits.choices import turned
from mlpviz.edits.edited import Edited, index_of, swapped, with_layer
from mlpviz.engine import NORMS


def set_norm(document: Document, layer: Count, key: NormChoice | None) -> Edited:
    """Give a layer a norm, or take it away (None); scale and shift are kept if the new norm has them too."""
    index = index_of("layer", layer, len(document.layers))
    return _with_norm(document, index, key)


def set_norm_knob(document: Document, layer: Count, name: KnobName, value: Any) -> Edited:
    """One knob of the norm of a layer. Raises DocumentError if it has no norm."""
    index = index_of("layer", layer, len(document.layers))
    norm = document.layers[index].norm
    if norm is None:
        raise DocumentError(f"layer {layer} has no norm; turn it on first")
    return _with_norm(document, index, turned(norm, name, value))


def _with_norm(document: Document, index: int, norm: Any) -> Edited:
    try:
        chosen = None if norm is None else From(NORMS).read(norm)
    except InsideError as error:
        raise DocumentError.at(("layers", index, "norm", *error.path), error.problem) from None
    old = document.layers[index]
    has = numbers_of_norm(None if chosen is None else chosen.entry)
    kept = {name: getattr(old, name) if name in has else None for name in FRESH}
    return Edited(with_layer(document, index, norm=chosen, **kept))


def set_dropout(document: Document, layer: Count, rate: DropoutRate, seed: Seed = 0) -> Edited:
    """The chance of a unit of this layer to be dropped, with a mask drawn for it; 0 turns dropout off."""
    index = index_of("layer", layer, len(document.layers))
    mask = _drawn(document, index, rate, seed) if rate else None
    return Edited(with_layer(document, index, dropout=rate, mask=mask))


def redraw_mask(document: Document, layer: Count, seed: Seed) -> Edited:
    """Another mask for the dropout of a layer, the same one for the same seed."""
    index = _with_dropout(document, layer)
    mask = _drawn(document, index, document.layers[index].dropout, seed)
    return Edited(with_layer(document, index, mask=mask))


def toggle_mask(document: Document, layer: Count, sample: Count, unit: Count) -> Edited:
    """Drop a unit for one sample, or keep it again."""
    index = _with_dropout(document, layer)
    mask = document.layers[index].mask or ()
    row = index_of("sample", sample, len(mask))
    column = index_of("unit", unit, len(mask[row]))
    return Edited(
        with_layer(document, index, mask=swapped(mask, row, swapped(mask[row], column, 1.0 - mask[row][column])))
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


def set_skip(document: Document, layer: Count, around: FromZero) -> Edited:
    """Add to this layer's activation what the layer around - 1 places before reads; 0 takes the skip away."""
    return Edited(with_layer(document, index_of("layer", layer, len(document.layers)), skip=around))
