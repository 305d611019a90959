"""Edits of ties: a layer with the weight of another, one bias for a layer, single numbers that are one."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from mlpviz.engine.ties import Place
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.result import EditResult, index_of, layer_fields, notice, with_layer
from mlpviz.schema.fields import Count, Flag


def set_tied(document: Document, layer: Count, to: Count | None, transposed: Flag = False) -> EditResult:
    """Give a layer the weight of a layer before it, or its transpose; None: a weight of its own, with its numbers kept.

    Raises DocumentError for a layer that is not before it, or whose weight does not fit.
    """
    index = index_of("layer", layer, len(document.layers))
    edited = with_layer(document, index, tied_to=to, transposed=transposed if to is not None else False)
    changed = to is not None and edited.layers[index].weight != document.layers[index].weight
    said = f"W of layer {layer} is now that of layer {to}{', transposed' * transposed}; its own numbers are gone."
    return EditResult(edited, said if changed else None)


def set_one_bias(document: Document, layer: Count | None, on: Flag) -> EditResult:
    """Give all units of a layer (None: of every layer with a bias) one bias, that of its first unit, or free them."""
    chosen = range(len(document.layers)) if layer is None else (index_of("layer", layer, len(document.layers)),)
    layers: list[Any] = list(document.layers)
    for index in chosen:
        if layer is not None or document.layers[index].bias is not None:
            layers[index] = layer_fields(document, index, one_bias=on)
    edited = document.replace(layers=tuple(layers))
    lost = [
        str(number)
        for number, (old, new) in enumerate(zip(document.layers, edited.layers, strict=True), start=1)
        if old.bias != new.bias
    ]
    return EditResult(
        edited, notice(f"Layer {' and '.join(lost)}: all units have the bias of the first." if lost else None)
    )


class TiedNumber(NamedTuple):
    """One weight or bias of the document; the fields are the first arguments of `set_number`."""

    tensor: Literal["weight", "bias"]
    layer: Count
    row: Count
    column: Count | None = None

    @property
    def place(self) -> Place:
        """Where it is, as a document writes it."""
        if self.tensor == "bias":
            return (self.layer, self.row)
        return (self.layer, self.row, self.column or 1)


def tie_numbers(document: Document, first: TiedNumber, second: TiedNumber) -> EditResult:
    """Make two weights, or two biases, one number, that of the first; what is tied to either of them joins in."""
    one, other = first.place, second.place
    if one == other:
        raise DocumentError("a number cannot be tied to itself; choose two")
    touched = [group for group in document.ties if one in group or other in group]
    joined = tuple(dict.fromkeys([one, other, *(place for group in touched for place in group)]))
    rest = tuple(group for group in document.ties if group not in touched)
    before = document.replace(ties=rest)
    return EditResult(before.replace(ties=(*rest, joined)))


def untie_number(document: Document, number: TiedNumber) -> EditResult:
    """Let a number be by itself again; it keeps its value. Raises DocumentError if it is not tied."""
    place = number.place
    if not any(place in group for group in document.ties):
        raise DocumentError("this number is not tied to a single other one; a layer's ties are in its menu")
    left = (tuple(each for each in group if each != place) for group in document.ties)
    return EditResult(document.replace(ties=tuple(group for group in left if len(group) > 1)))
