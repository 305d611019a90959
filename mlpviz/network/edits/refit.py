"""How norms, masks, slopes and skips follow an edit of the architecture or of the batch, so that they still fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mlpviz.engine import ACTIVATIONS, Loss
from mlpviz.engine.ties import Place
from mlpviz.network import Document, DocumentError, Layer, Matrix, Row
from mlpviz.network.edits.result import resized, resized_row
from mlpviz.network.layer import FRESH
from mlpviz.schema.errors import FieldError
from mlpviz.schema.registry_choice import ChosenFrom


def of_width(layer: Layer, width: int) -> dict[str, Any]:
    """The layer's numbers per unit, cut or filled to another width: bias, those of a norm, those of each sample."""
    found: dict[str, Any] = {"bias": None if layer.bias is None else resized_row(layer.bias, width)}
    for name in layer.norm_tensors:
        if (row := getattr(layer, name)) is not None:
            found[name] = resized_row(row, width, FRESH[name])
    if layer.alpha is not None:
        found["alpha"] = resized_row(layer.alpha, layer.activation.entry.alphas(width), layer.first_slope)
    for name, (rows, blank) in per_sample(layer).items():
        found[name] = resized(rows, len(rows), width, blank)
    return found


def per_sample(layer: Layer) -> dict[str, tuple[Matrix, float]]:
    """The layer's matrices with a row per sample, each with the number that it has for a new unit or sample."""
    found = {"mask": (layer.mask, layer.kept), "slopes": (layer.slopes, layer.first_slope)}
    return {name: (rows, blank) for name, (rows, blank) in found.items() if rows is not None}


def with_samples(document: Document, change: Callable[[Matrix, float], Matrix]) -> tuple[Any, ...]:
    """The layers for another batch: `change` gives the new rows of every mask, and its blank number, and of slopes."""
    return tuple(
        layer.fields() | {name: change(*given) for name, given in found.items()}
        if (found := per_sample(layer))
        else layer
        for layer in document.layers
    )


def of_activation(layer: Layer, index: int, activation: Any) -> dict[str, Any]:
    """The layer (from 0) with another activation: the fields that follow. Slopes stay where they fit.

    Raises DocumentError for an activation that does not exist.
    """
    try:
        chosen = ChosenFrom(ACTIVATIONS).read(activation)
    except FieldError as error:
        raise DocumentError.at(("layers", index, "activation", *error.path), error.problem) from None
    alphas, alpha = chosen.entry.alphas(len(layer.weight)), layer.alpha
    if alpha is not None and len(alpha) != alphas:
        # one for all becomes the same for each; of several the first is kept
        alpha = (alpha[0],) * alphas or None
    return {"activation": chosen, "alpha": alpha, "slopes": layer.slopes if chosen.entry.alpha == "draw" else None}


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


def with_ties(
    before: Document, layers: Sequence[Any], places: Sequence[int | None]
) -> tuple[tuple[Any, ...], tuple[tuple[Place, ...], ...], str | None]:
    """The layers with their ties to the same layers as before, the single ties, and a sentence on ties that are gone.

    Arguments as for `with_skips`. A tie goes where the layer of the weight, or a number, is gone or does not fit.
    """
    fields = [layer.fields() if isinstance(layer, Layer) else dict(layer) for layer in layers]
    now = {was: at for at, was in enumerate(places) if was is not None}
    lost: list[str] = []
    for index, layer in enumerate(fields):
        if layer.get("one_bias") and layer.get("bias") is None:
            layer["one_bias"] = False
        if (source := layer.get("tied_to")) is None:
            continue
        at = now.get(source - 1)
        own = (len(layer["weight"]), len(layer["weight"][0]))
        if at is not None and at < index:
            weight = fields[at]["weight"]
            shape = (len(weight), len(weight[0]))
            if own == (shape[::-1] if layer["transposed"] else shape):
                layer["tied_to"] = at + 1
                continue
        layer |= {"tied_to": None, "transposed": False}
        lost.append(f"W of layer {index + 1} is its own again.")
    ties = []
    for group in before.ties:
        moved = [(now[place[0] - 1] + 1, *place[1:]) for place in group if place[0] - 1 in now]
        kept = tuple(place for place in moved if _is_there(fields[place[0] - 1], place))
        if len(kept) > 1:
            ties.append(kept)
        else:
            lost.append("A number is its own again: what it was tied to is gone.")
    return tuple(fields), tuple(ties), " ".join(dict.fromkeys(lost)) or None


def _is_there(fields: dict[str, Any], place: Place) -> bool:
    if len(place) == 2:
        return fields["bias"] is not None and place[1] <= len(fields["bias"])
    return place[1] <= len(fields["weight"]) and place[2] <= len(fields["weight"][0])


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
