"""Whether norm, dropout and skips of a document fit the layers they stand in. One sentence naming the place if not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlpviz.network.layer import FRESH
from mlpviz.schema.errors import DocumentError, Path, counted, echo

if TYPE_CHECKING:
    from mlpviz.network.document import Document
    from mlpviz.network.layer import Layer


def validate_rows(place: Path, rows: Sequence[Sequence[float]], width: int) -> None:
    """Raises DocumentError for the first row that has another number of entries."""
    for index, row in enumerate(rows):
        if len(row) != width:
            raise DocumentError.at((*place, index), f"has {counted(len(row), 'number')}, expected {width}")


def validate_extras(document: Document) -> None:
    """Raises DocumentError at the first norm, dropout or skip that does not fit; the widths of the layers do."""
    for index, layer in enumerate(document.layers):
        if layer.is_bare:
            continue
        _check_norm(document, index, layer)
        _check_dropout(document, index, layer)
        if layer.skip:
            _check_skip(document, index, layer)
    _check_loss(document)


def _check_norm(document: Document, index: int, layer: Layer) -> None:
    has, outputs = layer.of_norm, len(layer.weight)
    for name in FRESH:
        given = getattr(layer, name)
        if given is None:
            continue
        if name not in has:
            owner = "batch norm" if name.startswith("running") else "norm with gamma and beta"
            raise DocumentError.at(("layers", index, name), f"is a list, expected null: the layer has no {owner}")
        if len(given) != outputs:
            raise DocumentError.at(("layers", index, name), f"has {counted(len(given), 'number')}, expected {outputs}")
    if document.training and document.samples < 2 and layer.norm is not None and layer.norm.entry.running:
        raise DocumentError.at(
            ("layers", index, "norm"),
            f"is {layer.norm.key}, which in training needs at least 2 samples; x has {document.samples}",
        )


def _check_dropout(document: Document, index: int, layer: Layer) -> None:
    place, outputs, samples = ("layers", index, "mask"), len(layer.weight), document.samples
    if not layer.dropout:
        if layer.mask is not None:
            raise DocumentError.at(place, "is a list, expected null: the layer has no dropout")
        return
    if layer.mask is None:
        rows = f"{counted(samples, 'row')} of {counted(outputs, 'number')}"
        raise DocumentError.at(place, f"is missing, expected {rows}: 1 where dropout keeps a unit, 0 where it drops it")
    if len(layer.mask) != samples:
        raise DocumentError.at(place, f"has {counted(len(layer.mask), 'row')}, expected {samples} like x")
    validate_rows(place, layer.mask, outputs)


def _check_skip(document: Document, index: int, layer: Layer) -> None:
    place = ("layers", index, "skip")
    if layer.skip > index + 1:
        raise DocumentError.at(place, f"is {echo(layer.skip)}, expected 0 to {index + 1}")
    width, outputs = document.widths[index + 1 - layer.skip], len(layer.weight)
    if width != outputs:
        source = "inputs of the network" if layer.skip == index + 1 else f"units of layer {index + 1 - layer.skip}"
        raise DocumentError.at(
            place, f"is {layer.skip}: it adds the {width} {source} to {counted(outputs, 'unit')}, expected as many"
        )


def _check_loss(document: Document) -> None:
    loss, last, index = document.loss.entry, document.layers[-1], len(document.layers) - 1
    if loss.needs_activation:
        # such a loss reads what its activation gives, and nothing else
        for name in ("dropout", "skip"):
            if getattr(last, name):
                raise DocumentError.at(
                    ("layers", index, name), f"is {echo(getattr(last, name))}, expected 0 in the last layer", loss.key
                )
    outputs = len(last.weight)
    if loss.outputs not in (None, outputs):
        raise DocumentError.at(
            ("loss", "weight"),
            f"has {counted(len(loss.weight), 'class weight')}, expected {outputs} like the last layer's units",
        )
