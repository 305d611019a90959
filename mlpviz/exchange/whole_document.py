"""What files of other tools' kinds hold of ours besides their arrays: the document, so that nothing is lost on the way.

The numbers of such a file are read from its arrays, which other programs may have changed, everything else from the
document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import Document, DocumentError

KEY = "mlpviz"
"""under which a file holds the document as JSON"""

_OF_LAYER = ("weight", "bias", "gamma", "beta", "alpha", "running_mean", "running_var")


def tensors_of(document: Document) -> dict[str, Array]:
    """Every array of numbers that a person may want, such as layers.0.weight (O, I), x (N, I) and target.

    Biases and the numbers of norms are (O,); a target of class numbers is (N,).
    """
    found: dict[str, Array] = {}
    for index, layer in enumerate(document.layers):
        there = {"weight", *layer.norm_tensors} | ({"bias"} if layer.bias is not None else set())
        there |= {"alpha"} if layer.activation.entry.learns else set()
        for name in _OF_LAYER:
            if name in there:
                given = getattr(layer, name)
                found[f"layers.{index}.{name}"] = np.array(layer.numbers_of(name) if given is None else given, float)
    found["x"] = np.array(document.x, float)
    if document.target is not None:
        found["target"] = np.array(document.target, int if document.has_class_numbers else float)
    return found


def restored(text: str | bytes, arrays: Mapping[str, Any]) -> Document:
    """The document in the JSON, with the numbers of the arrays, which have the names of `tensors_of`.

    Numbers that the document leaves out and that are what it would have anyway stay left out. Raises DocumentError.
    """
    document = Document.parse(text)
    own = tensors_of(document)
    changed = {}
    for name, array in arrays.items():
        if name not in own:
            raise DocumentError(f"the file has an array {name}, which its document does not have")
        if np.shape(array) != own[name].shape:
            raise DocumentError(
                f"{name} has the shape {_shape(np.shape(array))}, its document says {_shape(own[name].shape)}"
            )
        if not np.array_equal(array, own[name]) or np.any(np.signbit(array) != np.signbit(own[name])):
            changed[name] = np.asarray(array, own[name].dtype).tolist()
    if not changed:
        return document
    layers = [layer.fields() for layer in document.layers]
    for name, numbers in changed.items():
        if name.startswith("layers."):
            _, index, part = name.split(".")
            layers[int(index)][part] = numbers
    return document.replace(
        layers=[type(document.layers[0]).model_validate(layer) for layer in layers],
        **{name: changed[name] for name in ("x", "target") if name in changed},
    )


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"
