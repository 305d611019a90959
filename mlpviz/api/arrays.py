"""`from_arrays`: a network from its weights and biases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mlpviz.api.network import Network
from mlpviz.api.samples import LossChoice, array_of, with_samples
from mlpviz.network import DocumentError
from mlpviz.network.transposed import read_document

Activation = str | Mapping[str, Any] | None
"""An activation by its name, or with its settings: {"key": "leaky_relu", "slope": 0.2}; None is the identity."""


def from_arrays(
    weights: Sequence[Any],
    biases: Sequence[Any] | None,
    activations: Activation | Sequence[Activation],
    x: Any,
    y: Any = None,
    loss: LossChoice = None,
) -> Network:
    """A network from one weight and one bias per layer.

    A weight has a row per unit, as in PyTorch; a bias is a row, or None. One activation stands for every layer. `x` has
    a row per sample, `y` a row or a class number. The loss is the mean squared error unless it is named. Raises
    DocumentError: one sentence that names the place.
    """
    for word, value in (("weights", weights), ("biases", [] if biases is None else biases)):
        if not _is_list(value):
            raise DocumentError(f"{word} is a {type(value).__name__}, expected a list of one per layer")
    count = len(weights)
    each: list[Any] = (
        list(activations)
        if isinstance(activations, Sequence) and not isinstance(activations, str)
        else [activations] * count
    )
    for activation in each:
        if not isinstance(activation, str | Mapping | None):
            kind = type(activation).__name__
            raise DocumentError(f"an activation is a {kind}, expected its name, or an object with its key and settings")
    every: Sequence[Any] = [None] * count if biases is None else biases
    for word, given in (("biases", every), ("activations", each)):
        if len(given) != count:
            raise DocumentError(f"there are {count} weights and {len(given)} {word}, expected as many")
    matrices = [array_of(weight, f"weight {number}") for number, weight in enumerate(weights, start=1)]
    layers = [
        {
            "weight": matrix.tolist(),
            "bias": None if bias is None else array_of(bias, f"bias {number}").tolist(),
            "activation": activation,
        }
        for number, (matrix, bias, activation) in enumerate(zip(matrices, every, each, strict=True), start=1)
    ]
    inputs = matrices[0].shape[1] if matrices and matrices[0].ndim == 2 else 1
    document = {"version": 1, "layers": layers, "x": [[1.0] * inputs], "target": None, "loss": "sum"}
    network = Network(read_document(json.dumps(document)))
    return with_samples(network, x, y, loss or ("mse" if y is not None else None))


def _is_list(value: Any) -> bool:
    return hasattr(value, "__len__") and hasattr(value, "__getitem__") and not isinstance(value, str | bytes | Mapping)
