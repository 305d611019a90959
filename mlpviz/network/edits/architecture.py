"""Edits of the architecture: layers, units, biases; weights are kept where shapes allow. Layer 0 is the input x."""

from __future__ import annotations

from typing import Any

from mlpviz.engine.activations import IDENTITY
from mlpviz.network import Document, DocumentError, DocumentPin, Matrix, Row, Target
from mlpviz.network.edits.refit import for_loss, loss_of_width, of_width, with_skips, with_ties
from mlpviz.network.edits.result import EditResult, index_of, kept_pins, layer_fields, notice, resized, resized_row
from mlpviz.network.edits.samples_and_targets import blank_number
from mlpviz.schema.fields import Count, Flag, FromZero


def _identity(width: int) -> Matrix:
    return tuple(tuple(float(i == j) for j in range(width)) for i in range(width))


def add_layer(document: Document, after: FromZero) -> EditResult:
    """One more layer after layer `after` (0: after x) with the identity as weight: the outputs stay the same.

    It is a ReLU layer after a ReLU layer and linear elsewhere. At the end it takes over the last activation.
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
    # dropout and skip stay with their layer
    takes_over = after == count and key != before.key and plain
    said = None
    if takes_over:
        # the last activation belongs to the loss, so it moves to the new end together with its pins
        layers[after - 1] = layer_fields(document, after - 1, activation=IDENTITY.key, alpha=None, slopes=None)
        new |= {name: getattr(neighbour, name) for name in ("activation", "alpha", "slopes")}
        said = f"Layer {after} is now linear: {before.key} moved on to the new last layer {after + 1}."
    first_moved = after if takes_over else after + 1
    pins = tuple(_moved(pin, pin.layer + (pin.layer >= first_moved)) for pin in document.pins)
    places = [*range(after), None, *range(after, count)]
    fitting, about_skips = with_skips(document, layers, places)
    fitting, ties, about_ties = with_ties(document, fitting, places)
    edited = document.replace(layers=fitting, pins=pins, ties=ties)
    return EditResult(edited, notice(said, about_skips, about_ties))


def remove_layer(document: Document, layer: Count) -> EditResult:
    """One layer less; the weights of its neighbours are cut, or filled with 0, to fit.

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
    fields = {"weight": resized(old.weight, height, width)} | of_width(old, height)
    if layer == count:
        fields |= {name: getattr(removed, name) for name in ("activation", "alpha", "slopes")}
    layers[changed] = layer_fields(document, changed, **fields)
    said = for_loss(layers[changed], document.loss.entry) if layer == count else None
    del layers[index]
    pins = tuple(
        _moved(pin, pin.layer - (pin.layer > layer))
        for pin in document.pins
        if pin.layer != layer and (pin.layer != changed + 1 or pin.unit <= height)
    )
    places = [place for place in range(count) if place != index]
    fitting, about_skips = with_skips(document, layers, places)
    fitting, ties, about_ties = with_ties(document, fitting, places)
    edited = document.replace(layers=fitting, pins=pins, ties=ties)
    place = changed + 1 - (changed > index)
    return EditResult(
        edited,
        notice(_about_fit(old.weight, height, width, place), said, about_skips, about_ties, kept_pins(document, pins)),
    )


def widen(document: Document, layer: FromZero) -> EditResult:
    """One more unit at the end (layer 0: one more feature of x, all 0) that changes no output.

    A hidden unit copies one of its inputs, and the next layer has weight 0 for it, but where the new numbers are tied;
    a new output has zero weights and target 0 (-1 as a sign).
    """
    width = _width(document, layer) + 1
    layers = _with_width(document, layer, width)
    if 0 < layer < len(document.layers):
        rows = layers[layer - 1]["weight"]
        inputs = len(rows[0])
        # all zeros would be a unit without a gradient
        copy = tuple(float(column == (width - 1) % inputs) for column in range(inputs))
        layers[layer - 1]["weight"] = (*rows[:-1], copy)
    x = tuple((*row, 0.0) for row in document.x) if layer == 0 else document.x
    target = _with_outputs(document, width) if layer == len(document.layers) else document.target
    fitting, about_skips = with_skips(document, layers, range(len(layers)))
    fitting, ties, about_ties = with_ties(document, fitting, range(len(layers)))
    loss = _loss(document, layer, width)
    edited = document.replace(layers=fitting, x=x, target=target, loss=loss, ties=ties)
    follows = edited.spec.sharing is not None and any(
        new.weight != old["weight"] for new, old in zip(edited.layers, fitting, strict=True)
    )
    said = "The new numbers are tied too, so the outputs are others." if follows else None
    return EditResult(edited, notice(about_skips, about_ties, said))


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
    fitting, ties, about_ties = with_ties(document, fitting, range(len(layers)))
    loss = _loss(document, layer, width)
    edited = document.replace(layers=fitting, x=x, target=target, pins=pins, loss=loss, ties=ties)
    return EditResult(edited, notice(said, about_skips, about_ties, kept_pins(document, pins)))


def set_bias(document: Document, layer: Count | None, on: Flag) -> EditResult:
    """Give a layer (None: every layer) a bias of zeros, or take its bias away; an existing bias is kept."""
    chosen = range(len(document.layers)) if layer is None else (index_of("layer", layer, len(document.layers)),)
    layers: list[Any] = list(document.layers)
    for index in chosen:
        old = document.layers[index]
        bias: Row | None = (old.bias or (0.0,) * len(old.weight)) if on else None
        if bias != old.bias:
            layers[index] = layer_fields(document, index, bias=bias)
    fitting, ties, said = with_ties(document, layers, range(len(layers)))
    return EditResult(document.replace(layers=fitting, ties=ties), said)


def _about_fit(old: Matrix, height: int, width: int, layer: int) -> str | None:
    if (len(old), len(old[0])) == (height, width):
        return None
    return (
        f"The weight of layer {layer} was {len(old)} x {len(old[0])} and is now {height} x {width}; "
        "what is new in it is 0."
    )


def _moved(pin: DocumentPin, layer: int) -> DocumentPin:
    return pin.model_copy(update={"layer": layer})


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
