"""Tied numbers of a document: fields, what may be left out, checks, and how the others follow when one is edited.

A layer may have the weight of a layer before it, or its transpose; its units may have one bias; and single places may
share one number. `engine/ties.py` says what that means for gradients and updates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.ties import Place
from mlpviz.network.layer import Layer
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.parameter_fields import counted_from_zero
from mlpviz.schema.spelling import field_of


def fill_in(given: Any) -> Any:
    """A document as plain values with the weights that tied layers leave out, and one number as the bias of all units.

    Anything that does not fit stays as it is, for the checks to name.
    """
    layers = given.get("layers") if isinstance(given, Mapping) else None
    if not isinstance(layers, list | tuple) or not any(isinstance(layer, Mapping) for layer in layers):
        return given
    found: list[Any] = list(layers)
    for index, layer in enumerate(found):
        if not isinstance(layer, Mapping):
            continue
        weight = _first_of(layer, "weight")
        source = layer.get("tied_to")
        if weight is None and isinstance(source, int) and not isinstance(source, bool):
            if not 1 <= source <= index:
                raise _wrong_source(index, source)
            taken = _weight_of(found[source - 1], bool(layer.get("transposed")))
            if taken is not None:
                weight = taken
                found[index] = layer = {**layer, "weight": taken}
        for name in (name for name in layer if field_of(Layer, name) == "bias"):
            bias = layer[name]
            if isinstance(bias, int | float) and not isinstance(bias, bool) and isinstance(weight, list | tuple):
                found[index] = layer = {**layer, name: [bias] * len(weight), "one_bias": True}
    return {**given, "layers": found}


def _weight_of(layer: Any, transposed: bool) -> Any:
    weight = None
    if isinstance(layer, Layer):
        weight = layer.weight
    elif isinstance(layer, Mapping):
        weight = _first_of(layer, "weight")
    if not isinstance(weight, list | tuple) or not transposed:
        return weight
    if not weight or not all(isinstance(row, list | tuple) and len(row) == len(weight[0]) for row in weight):
        return None
    return [list(column) for column in zip(*weight, strict=True)]


def _first_of(layer: Mapping[str, Any], name: str) -> Any:
    return next((value for key, value in layer.items() if field_of(Layer, key) == name), None)


def _wrong_source(index: int, source: int) -> DocumentError:
    here = index + 1
    if source == here:
        problem = f"is {source}, the layer itself, expected a layer before it"
    elif not index:
        problem = f"is {echo(source)}, expected null: no layer is before the first"
    else:
        problem = (
            f"is {echo(source)}, expected 1 to {index}: a layer before layer {here}, so that no ties go in a circle"
        )
    return DocumentError.at(("layers", index, "tied_to"), problem)


def validate_ties(layers: Sequence[Layer], ties: tuple[tuple[Place, ...], ...]) -> None:
    """Raises DocumentError at the first tie of layers or places that are not there, do not fit, or are not equal."""
    for index, layer in enumerate(layers):
        if layer.tied_to is not None:
            _check_weight(layers, index, layer)
        elif layer.transposed:
            raise DocumentError.at(("layers", index, "transposed"), "is true, expected false without tied_to")
        if layer.one_bias:
            if layer.bias is None:
                raise DocumentError.at(("layers", index, "one_bias"), "is true, expected false: the layer has no bias")
            for unit, number in enumerate(layer.bias):
                if number != layer.bias[0]:
                    problem = f"is {echo(number)}, expected {echo(layer.bias[0])}: the layer has one bias for all units"
                    raise DocumentError.at(("layers", index, "bias", unit), problem)
    for number, group in enumerate(ties):
        for at, place in enumerate(group):
            _check_place(layers, number, at, place)
        first = _number(layers, group[0])
        for at, place in enumerate(group):
            if len(place) != len(group[0]):
                raise DocumentError.at(
                    ("ties", number, at), "is a bias, expected a weight like the first place"
                    if len(place) == 2 else "is a weight, expected a bias like the first place",
                )  # fmt: skip
            if (value := _number(layers, place)) != first:
                raise DocumentError.at(
                    ("ties", number, at), f"holds {echo(value)}, expected {echo(first)} as the first place"
                )


def _check_weight(layers: Sequence[Layer], index: int, layer: Layer) -> None:
    source = layer.tied_to or 0
    if not 1 <= source <= index:
        raise _wrong_source(index, source)
    wanted = layers[source - 1].weight
    shape, own = (len(wanted), len(wanted[0])), (len(layer.weight), len(layer.weight[0]))
    shape = shape[::-1] if layer.transposed else shape
    if shape != own:
        turned = "transposed" if layer.transposed else "as it is"
        hint = "; the other way round it would fit" if shape[::-1] == own else ""
        raise DocumentError.at(
            ("layers", index, "tied_to"),
            f"is {source}: its weight is {shape[0]} x {shape[1]} {turned}, expected {own[0]} x {own[1]}{hint}",
        )
    for row, numbers in enumerate(layer.weight):
        for column, number in enumerate(numbers):
            other = wanted[column][row] if layer.transposed else wanted[row][column]
            if number != other:
                problem = f"is {echo(number)}, expected {echo(other)} as in layer {source}, which it is tied to"
                raise DocumentError.at(("layers", index, "weight", row, column), problem)


def _check_place(layers: Sequence[Layer], number: int, at: int, place: Place) -> None:
    layer, row, *column = place
    if layer > len(layers):
        raise DocumentError.at(("ties", number, at), f"has layer {echo(layer)}, expected 1 to {len(layers)}")
    own = layers[layer - 1]
    if not column and own.bias is None:
        raise DocumentError.at(("ties", number, at), f"is a bias of layer {layer}, which has none")
    for name, found, most in (
        ("row" if column else "unit", row, len(own.weight)),
        ("column", column[0] if column else 1, len(own.weight[0])),
    ):
        if found > most:
            raise DocumentError.at(
                ("ties", number, at), f"has {name} {echo(found)}, expected 1 to {most} in layer {layer}"
            )


def _number(layers: Sequence[Layer], place: Place) -> float:
    layer, row, *column = (number - 1 for number in place)
    own = layers[layer]
    return own.weight[row][column[0]] if column else (own.bias or ())[row]


def has_ties(layers: Sequence[Any], ties: object) -> bool:
    """Whether any number of these layers (as Layers or their fields) is tied."""
    return bool(ties) or any(_field(layer, "tied_to") is not None or _field(layer, "one_bias") for layer in layers)


def followed(before: Sequence[Layer], after: Sequence[Any], ties: tuple[tuple[Place, ...], ...]) -> tuple[Any, ...]:
    """The layers after an edit, as Layers or their fields, with every tied number like the one that was edited.

    Where several of a group have changed, or none, the first of them counts. What does not fit stays as it is.
    """
    fields = [layer.fields() if isinstance(layer, Layer) else dict(layer) for layer in after]
    weights = [np.array(layer["weight"], dtype=float) for layer in fields]
    biases = [None if layer.get("bias") is None else np.array(layer["bias"], dtype=float) for layer in fields]
    same = len(before) == len(fields)
    moved = [_changed(array, layer.weight if same else None) for array, layer in _beside(weights, before)]
    shifted = [_changed(array, layer.bias if same else None) for array, layer in _beside(biases, before)]
    # a number may be in several ties: what has followed makes others follow
    for _ in range(len(fields) + len(ties) + 1):
        if not _follow_once(fields, weights, biases, moved, shifted, ties):
            break
    for layer, weight, bias in zip(fields, weights, biases, strict=True):
        layer["weight"] = tuple(map(tuple, weight.tolist()))
        layer["bias"] = None if bias is None else tuple(bias.tolist())
    return tuple(fields)


def _beside(arrays: Sequence[Any], before: Sequence[Layer]) -> Iterator[tuple[Any, Layer]]:
    for index, array in enumerate(arrays):
        yield array, before[min(index, len(before) - 1)]


def _changed(array: Array | None, old: Any) -> Any:
    """Which entries differ from before; none where the shapes do."""
    if array is None:
        return None
    was = None if old is None else np.array(old)
    return array != was if was is not None and was.shape == array.shape else np.zeros(array.shape, dtype=bool)


def _follow_once(
    fields: list[dict[str, Any]],
    weights: list[Array],
    biases: list[Any],
    moved: list[Any],
    shifted: list[Any],
    ties: tuple[tuple[Place, ...], ...],
) -> bool:
    again = False
    for index, layer in enumerate(fields):
        source = layer.get("tied_to")
        if source is not None and 1 <= source <= index:
            turn = layer.get("transposed", False)
            one, other = weights[source - 1], weights[index].T if turn else weights[index]
            if one.shape == other.shape:
                here, there = moved[source - 1], moved[index].T if turn else moved[index]
                again |= bool((one != other).any())
                value = np.where(there & ~here, other, one)
                one[...], other[...] = value, value
                here |= there
                there |= here
        if layer.get("one_bias") and biases[index] is not None:
            own, was = biases[index], shifted[index]
            again |= bool((own != own[0]).any())
            own[...] = own[int(was.argmax())]
            was[...] = was.any()
    for group in counted_from_zero(ties):
        found = [place for place in group if _is_there(place, weights, biases)]
        if not found:
            continue
        tables = [weights if len(place) == 3 else biases for place in found]
        marks = [moved if len(place) == 3 else shifted for place in found]
        values = [float(table[place[0]][place[1:]]) for table, place in zip(tables, found, strict=True)]
        flags = [bool(mark[place[0]][place[1:]]) for mark, place in zip(marks, found, strict=True)]
        number = values[flags.index(True)] if any(flags) else values[0]
        again |= any(each != number for each in values)
        for table, mark, place in zip(tables, marks, found, strict=True):
            table[place[0]][place[1:]] = number
            mark[place[0]][place[1:]] = any(flags)
    return again


def _is_there(place: Place, weights: list[Array], biases: list[Any]) -> bool:
    layer, *inside = place
    # a place below the first one is no place from the end
    array = None if not 0 <= layer < len(weights) else weights[layer] if len(inside) == 2 else biases[layer]
    return array is not None and all(0 <= at < size for at, size in zip(inside, array.shape, strict=True))


def _field(layer: Any, name: str) -> Any:
    return layer.get(name) if isinstance(layer, Mapping) else getattr(layer, name)


def tied_words(layer: Layer) -> str:
    """How a weight is tied, in words; empty if it has its own."""
    if layer.tied_to is None:
        return ""
    return f"W of layer {layer.tied_to}{', transposed' if layer.transposed else ''}"
