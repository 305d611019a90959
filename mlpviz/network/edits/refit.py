"""How norms, dropout masks and skips follow an edit of the architecture or of the batch, so that they still fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mlpviz.engine import Loss
from mlpviz.network import Document, Layer, Matrix, Row
from mlpviz.network.edits.result import resized, resized_row
from mlpviz.network.layer import FRESH

KEPT = 1.0
"""The mask of a new unit or sample: dropout keeps it."""


def of_width(layer: Layer, width: int) -> dict[str, Any]:
    """The layer's numbers per unit, cut or filled to another width: bias, those of a norm, the columns of a mask."""
    found: dict[str, Any] = {"bias": None if layer.bias is None else resized_row(layer.bias, width)}
    for name in layer.norm_tensors:
        if (row := getattr(layer, name)) is not None:
            found[name] = resized_row(row, width, FRESH[name])
    if layer.mask is not None:
        found["mask"] = resized(layer.mask, len(layer.mask), width, KEPT)
    return found


def with_masks(document: Document, change: Callable[[Matrix], Matrix]) -> tuple[Any, ...]:
    """The layers for another batch: `change` gives the new rows of every dropout mask."""
    return tuple(
        layer if layer.mask is None else layer.fields() | {"mask": change(layer.mask)} for layer in document.layers
    )


def with_skips(
    before: Document, layers: Sequence[Any], places: Sequence[int | None]
) -> tuple[tuple[Any, ...], str | None]:
    """The layers with their skips from the same source as before, and a sentence on skips that no longer fit.

    `layers` are Layers or their fields; `places` says which one of `before` (from 0) each was, None if it is new.
    """
    fields = [layer.fields() if isinstance(layer, Layer) else dict(layer) for layer in layers]
    widths = [len(fields[0]["weight"][0]), *(len(layer["weight"]) for layer in fields)]
    lost: list[int] = []
    for index, (layer, place) in enumerate(zip(fields, places, strict=True)):
        old = 0 if place is None else before.layers[place].skip
        layer["skip"] = 0
        if place is None or not old:
            continue
        # the skip begins at the input of this layer of before
        source = place - old + 1
        begin = next((at for at, was in enumerate(places) if was is not None and was >= source), index)
        skip = index - begin + 1
        if widths[begin] == widths[index + 1]:
            layer["skip"] = skip
        else:
            lost.append(index + 1)
    said = None
    if lost:
        names = " and ".join(str(number) for number in lost)
        said = f"The skip to layer {names} was removed: what it adds no longer has as many units."
    return tuple(fields), said


def for_loss(fields: dict[str, Any], loss: Loss) -> str | None:
    """Remove dropout and skip from the fields of a last layer if the loss allows none there; a sentence if it did."""
    if not loss.needs_activation:
        return None
    found = [name for name in ("dropout", "skip") if fields.get(name)]
    fields |= {"dropout": 0.0, "mask": None, "skip": 0}
    if not found:
        return None
    return f"{loss.label} reads the activation itself: the last layer has no {' and no '.join(found)} any more."


def loss_of_width(document: Document, outputs: int) -> Any:
    """The loss with as many weights of classes and outputs as there are outputs, if it has any; new ones are 1."""
    given = dict(document.loss.hyperparameters)
    per_output = ("weight", "term_weight", "pos_weight")
    changed = {name: resized_row(given[name], outputs, 1.0) for name in per_output if name in given}
    return {"key": document.loss.key, **given, **changed} if changed else document.loss


def loss_of_samples(document: Document, change: Callable[[Row], Row]) -> Any:
    """The loss for another batch: `change` gives the new weights of the samples, if there are any."""
    given = dict(document.loss.hyperparameters)
    if "sample_weight" not in given:
        return document.loss
    return {"key": document.loss.key, **given, "sample_weight": change(given["sample_weight"])}
