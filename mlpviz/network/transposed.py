"""A network written the other way round: the document that it would be with its weights, x or target transposed.

Rows of a weight are units here, as in PyTorch, and rows of x and target are samples. Keras writes kernels with a row
for each input, and some courses write samples as columns. Nothing is transposed silently: what fits is offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlpviz.network.document import Document
from mlpviz.network.layer import Layer
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.json_io import read_json
from mlpviz.schema.matrix_text import parse_matrix
from mlpviz.schema.offer import Offer
from mlpviz.schema.spelling import field_of

_LONGEST = 200_000
"""characters of a text that is tried the other way round"""


class _Way(NamedTuple):
    """One way of transposing: what is transposed in words, and the words of the button."""

    said: str
    label: str
    tensors: tuple[str, ...]


_WAYS = (
    _Way("every weight", "Transpose the weights", ("weight",)),
    _Way("x", "Transpose x", ("x",)),
    _Way("target", "Transpose target", ("target",)),
    _Way("x and target", "Transpose x and target", ("x", "target")),
    _Way("every weight and x", "Transpose the weights and x", ("weight", "x")),
    _Way("every weight, x and target", "Transpose the weights, x and target", ("weight", "x", "target")),
)


def read_document(source: str | bytes) -> Document:
    """The document in a JSON text. Where only transposed matrices fit, the DocumentError says so and offers them."""
    try:
        return Document.parse(source)
    except DocumentError as error:
        found = None if len(source) > _LONGEST else _way_that_fits(source)
        if found is None:
            raise
        way, document = found
        offering = DocumentError(f"{error}; with {way.said} transposed it would fit")
        event = {"type": "open", "text": document.to_json()}
        offering.offer = Offer(way.label, event)
        raise offering from None


def _way_that_fits(source: str | bytes) -> tuple[_Way, Document] | None:
    """The first way that fits; the ways that change least come first."""
    try:
        given = read_json(source)
    except DocumentError:
        return None
    if not isinstance(given, Mapping) or not isinstance(given.get("layers"), list):
        return None
    for way in _WAYS:
        try:
            return way, Document.parse(_with_transposed(given, way.tensors))
        except DocumentError:
            continue
    return None


def _with_transposed(given: Mapping[str, Any], tensors: tuple[str, ...]) -> dict[str, Any]:
    found = {name: _other_way(value) if field_of(Document, name) in tensors else value for name, value in given.items()}
    if "weight" in tensors:
        found["layers"] = [
            {name: _other_way(value) if field_of(Layer, name) == "weight" else value for name, value in layer.items()}
            if isinstance(layer, Mapping)
            else layer
            for layer in given["layers"]
        ]
    return found


def _other_way(rows: Any) -> Any:
    """The matrix with its rows as columns; what is no matrix stays as it is."""
    if isinstance(rows, str):
        rows = parse_matrix(rows)
    if not (isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)):
        return rows
    if len({len(row) for row in rows}) > 1:
        return rows
    return [list(column) for column in zip(*rows, strict=True)]
