"""Samples, targets and loss that come with a model: lists of numbers from arrays, and the document that has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.api.network import Network
from mlpviz.exchange.imports.network import WITHOUT_SAMPLES
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError

LossChoice = str | Mapping[str, Any] | None
"""A loss by its name, or with its settings: {"key": "huber", "delta": 2}."""


def array_of(values: Any, name: str) -> np.ndarray[Any, Any]:
    """The values as an array; of a tensor that has a gradient or lies on another device its numbers."""
    for method in ("detach", "cpu"):
        values = getattr(values, method)() if hasattr(values, method) else values
    if str(getattr(values, "dtype", "")) == "torch.bfloat16":  # which NumPy does not have
        values = values.double()
    try:
        found = np.asarray(values)
    except (TypeError, ValueError):
        found = np.asarray(None)
    if found.dtype.kind == "b":
        found = found.astype(int)
    if found.dtype.kind not in "iuf":
        raise DocumentError(f"{name} has something that is no number, or rows of different lengths")
    return found


def rows_of(x: Any) -> list[list[float]]:
    """The samples as rows, whatever shape one has. Raises DocumentError."""
    found = array_of(x, "x")
    if found.ndim == 0 or found.size == 0:
        raise DocumentError("x has no numbers, expected a row per sample")
    rows: list[list[float]] = (found[None] if found.ndim == 1 else found.reshape(len(found), -1)).tolist()
    return rows


def with_samples(network: Network, x: Any, y: Any, loss: LossChoice) -> Network:
    """The network with these samples and targets; without `y` its loss is the sum of the outputs.

    A loss of None keeps the one that the network has. Raises DocumentError.
    """
    rows, most = rows_of(x), DOCUMENT_LIMITS.samples
    targets = None if y is None else _targets(y, len(rows))
    notes = [note for note in network.notes if note != WITHOUT_SAMPLES]
    if len(rows) > most:
        notes.append(f"left out: the sheet shows {most} samples, the first of {len(rows)}")
    if loss is not None or y is None:
        notes = [note for note in notes if not note.startswith("guessed loss=")]
    document = network.document.to_json_value()
    for layer in document["layers"]:
        if "mask" in layer:
            layer["mask"] = [[1] * len(layer["mask"][0])] * min(len(rows), most)
    document |= {"x": rows[:most], "target": None if targets is None else targets[:most]}
    if y is None:
        document["loss"] = loss or "sum"
    elif loss is not None:
        document["loss"] = loss
    return Network(Document.parse(document), tuple(notes))


def _targets(y: Any, samples: int) -> list[Any]:
    found = array_of(y, "y")
    if found.ndim == 0:
        raise DocumentError("y is a single number, expected a list of one target per sample")
    if len(found) != samples:
        raise DocumentError(f"y has {len(found)} targets and x has {samples} samples")
    targets: list[Any] = (found if found.ndim == 1 else found.reshape(samples, -1)).tolist()
    return targets
