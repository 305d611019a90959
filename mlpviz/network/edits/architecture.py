"""Edits of the architecture: layers, units, biases; weights are kept where shapes allow."""

from __future__ import annotations

from typing import Any

from mlpviz.engine.activations import IDENTITY
from mlpviz.network import Document, DocumentError, DocumentPin, Matrix, Row
from mlpviz.network.edits.refit import for_loss, of_width, with_skips
from mlpviz.network.edits.result import EditResult, index_of, kept_pins, layer_fields, notice, resized
from mlpviz.network.edits.widths import narrow, widen
from mlpviz.schema.fields import Count, Flag, FromZero

__all__ = ["add_layer", "narrow", "remove_layer", "set_bias", "widen"]


def _identity(width: int) -> Matrix:
    return tuple(tuple(float(i == j) for j in range(width)) for i in range(width))


def add_layer(document: Document, after: FromZero) -> EditResult:
    """One more layer behind layer `after` (0: behind x) that passes its inputs on: the outputs stay the same.

    It is a ReLU layer behind a ReLU layer and linear elsewhere. At the end it takes over the last activation.
    """
    count = len(document.layers)
    if after != 0:
        index_of("after", after, count)
    width = document.widths[after]
    neighbour = document.layers[max(after - 1, 0)]
    before = neighbour.activation.entry if after else IDENTITY
    plain = not (neighbour.dropout or neighbour.skip) if after else True
    negative = any(pin.layer == after and pin.value < 0 for pin in document.pins)
    key = (before if before.is_repeatable and plain and not negative else IDENTITY).key
    new: dict[str, Any] = {
        "weight": _identity(width),
        "bias": None if neighbour.bias is None else (0.0,) * width,
        "activation": key,
    }
    layers: list[Any] = [*document.layers[:after], new, *document.layers[after:]]
    # what makes a out of φ's output stays with its layer
    takes_over = after == count and key != before.key and plain
    said = None
    if takes_over:
        # the last activation belongs to the loss, so it moves to the new end together with its pins
        layers[after - 1] = layer_fields(document, after - 1, activation=IDENTITY.key)
        new["activation"] = neighbour.activation
        said = f"Layer {after} is now linear: {before.key} moved on to the new last layer {after + 1}."
    first_moved = after if takes_over else after + 1
    pins = tuple(_moved(pin, pin.layer + (pin.layer >= first_moved)) for pin in document.pins)
    fitting, about_skips = with_skips(document, layers, [*range(after), None, *range(after, count)])
    return EditResult(document.replace(layers=fitting, pins=pins), notice(said, about_skips))


def remove_layer(document: Document, layer: Count) -> EditResult:
    """One layer less; the weights of its neighbours are cut, or filled up with 0, to fit.

    Without the last layer the one before becomes last, with the same outputs and activation as the removed one.
    """
    index, count = index_of("layer", layer, len(document.layers)), len(document.layers)
    if count == 1:
        raise DocumentError("the only layer cannot be removed")
    layers: list[Any] = list(document.layers)
    removed = document.layers[index]
    changed, height = (index - 1, len(removed.weight)) if layer == count else (index + 1, document.widths[layer + 1])
    width = document.widths[changed] if layer == count else document.widths[index]
    old = document.layers[changed]
    layers[changed] = layer_fields(
        document,
        changed,
        weight=resized(old.weight, height, width),
        **of_width(old, height),
        activation=removed.activation if layer == count else old.activation,
    )
    said = for_loss(layers[changed], document.loss.entry) if layer == count else None
    del layers[index]
    pins = tuple(
        _moved(pin, pin.layer - (pin.layer > layer))
        for pin in document.pins
        if pin.layer != layer and (pin.layer != changed + 1 or pin.unit <= height)
    )
    fitting, about_skips = with_skips(document, layers, [place for place in range(count) if place != index])
    edited = document.replace(layers=fitting, pins=pins)
    place = changed + 1 - (changed > index)
    return EditResult(
        edited, notice(_about_fit(old.weight, height, width, place), said, about_skips, kept_pins(document, pins))
    )


def _about_fit(old: Matrix, height: int, width: int, layer: int) -> str | None:
    if (len(old), len(old[0])) == (height, width):
        return None
    return (
        f"The weight of layer {layer} was {len(old)} x {len(old[0])} and is now {height} x {width}; "
        "what is new in it is 0."
    )


def _moved(pin: DocumentPin, layer: int) -> DocumentPin:
    return pin.model_copy(update={"layer": layer})


def set_bias(document: Document, layer: Count | None, on: Flag) -> EditResult:
    """Give a layer (None: every layer) a bias of zeros, or take its bias away; one that is there already is kept."""
    chosen = range(len(document.layers)) if layer is None else (index_of("layer", layer, len(document.layers)),)
    layers: list[Any] = list(document.layers)
    for index in chosen:
        old = document.layers[index]
        bias: Row | None = (old.bias or (0.0,) * len(old.weight)) if on else None
        if bias != old.bias:
            layers[index] = layer_fields(document, index, bias=bias)
    return EditResult(document.replace(layers=tuple(layers)))
