"""Edits of one width: a unit more or a unit less, at the end of a layer. Layer 0 is the input x."""

from __future__ import annotations

from typing import Any

from mlpviz.network import Document, DocumentError, Target
from mlpviz.network.edits.refit import loss_of_width, of_width, with_skips
from mlpviz.network.edits.result import EditResult, index_of, kept_pins, layer_fields, notice, resized, resized_row
from mlpviz.network.edits.targets import blank_number
from mlpviz.schema.fields import FromZero


def widen(document: Document, layer: FromZero) -> EditResult:
    """One more unit (layer 0: one more feature of x, all 0) that does not change the outputs there were.

    A hidden unit copies one of its inputs and is not yet read by the next layer; a new output has zero weights and
    target 0 (-1 as a sign).
    """
    width = _width(document, layer) + 1
    layers = _with_width(document, layer, width)
    if 0 < layer < len(document.layers):
        rows = layers[layer - 1]["weight"]
        inputs = len(rows[0])
        # all zeros would be a dead unit that no gradient ever reaches
        copy = tuple(float(column == (width - 1) % inputs) for column in range(inputs))
        layers[layer - 1]["weight"] = (*rows[:-1], copy)
    x = tuple((*row, 0.0) for row in document.x) if layer == 0 else document.x
    target = _with_outputs(document, width) if layer == len(document.layers) else document.target
    fitting, said = with_skips(document, layers, range(len(layers)))
    return EditResult(document.replace(layers=fitting, x=x, target=target, loss=_loss(document, layer, width)), said)


def narrow(document: Document, layer: FromZero) -> EditResult:
    """One unit less, the last one (layer 0: one feature of x less). Raises DocumentError if it is the only one."""
    width = _width(document, layer) - 1
    if width == 0:
        what = "x has one feature, which" if layer == 0 else f"layer {layer} has one unit, which"
        raise DocumentError(f"{what} cannot be removed")
    x = tuple(row[:-1] for row in document.x) if layer == 0 else document.x
    pins = tuple(pin for pin in document.pins if pin.layer != layer or pin.unit <= width)
    target, said = document.target, None
    if layer == len(document.layers):
        target = _with_outputs(document, width)
        if target and isinstance(target[0], int) and target != document.target:
            said = f"Targets of class {width} are now class {width - 1}."
    layers = _with_width(document, layer, width)
    fitting, about_skips = with_skips(document, layers, range(len(layers)))
    loss = _loss(document, layer, width)
    edited = document.replace(layers=fitting, x=x, target=target, pins=pins, loss=loss)
    return EditResult(edited, notice(said, about_skips, kept_pins(document, pins)))


def _width(document: Document, layer: int) -> int:
    if layer != 0:
        index_of("layer", layer, len(document.layers))
    return document.widths[layer]


def _with_width(document: Document, layer: int, width: int) -> list[Any]:
    layers: list[Any] = list(document.layers)
    if layer > 0:
        old = document.layers[layer - 1]
        layers[layer - 1] = layer_fields(
            document,
            layer - 1,
            weight=resized(old.weight, width, len(old.weight[0])),
            **of_width(old, width),
        )
    if layer < len(layers):
        reader = document.layers[layer].weight
        layers[layer] = layer_fields(document, layer, weight=resized(reader, len(reader), width))
    return layers


def _loss(document: Document, layer: int, width: int) -> Any:
    return loss_of_width(document, width) if layer == len(document.layers) else document.loss


def _with_outputs(document: Document, outputs: int) -> Target:
    target, blank = document.target, blank_number(document.spec.loss.target)
    if target is None:
        return None
    return tuple(  # type: ignore[return-value]  # rows stay rows, classes stay classes
        resized_row(row, outputs, blank) if isinstance(row, tuple) else min(row, outputs - 1) for row in target
    )
