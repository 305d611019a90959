"""What scikit-learn's multilayer perceptrons and scalers compute, from their attributes: of a file or of an object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.one_or_two_outputs import one_probability
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale, numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_SCALERS = ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler")
ESTIMATORS = (*_SCALERS, "MLPClassifier", "MLPRegressor")
"""The classes that are read."""

_ACTIVATIONS = {"logistic": "sigmoid", "relu": "relu", "tanh": "tanh", "identity": "identity", "softmax": "softmax"}
_LOSSES = {
    "squared_error": "mse",
    "log_loss": "cross_entropy_probs",
    "binary_log_loss": "bce",
    "poisson": "poisson_nll",
}

Attributes = Callable[[str], Any]
"""The attribute of this name, None where there is none."""


def estimator_operations(kind: str, get: Attributes, reading: Reading) -> list[Operation]:
    """The operations of an estimator of one of the classes. Raises DocumentError for one that was not fitted."""
    return _scaler(kind, get, reading) if kind in _SCALERS else _perceptron(kind, get, reading)


def _scaler(kind: str, get: Attributes, reading: Reading) -> list[Operation]:
    scale = get("scale_")
    if kind == "MinMaxScaler":
        factor, shift = numbers(scale, "scale_"), numbers(get("min_"), "min_")
    elif kind == "MaxAbsScaler":
        factor = 1 / numbers(scale, "scale_")
        shift = np.zeros_like(factor)
    else:
        center = get("mean_" if kind == "StandardScaler" else "center_")
        known = scale if isinstance(scale, np.ndarray) else center
        if not isinstance(known, np.ndarray):
            return []
        spread = numbers(scale, "scale_") if isinstance(scale, np.ndarray) else np.ones(len(known))
        middle = numbers(center, "mean_") if isinstance(center, np.ndarray) else np.zeros(len(known))
        if get("with_mean") is False or get("with_centering") is False:
            middle = np.zeros(len(spread))
        factor, shift = 1 / spread, -middle / spread
    reading.understand(f"A {kind} comes first; its numbers are a layer of their own.")
    return [Rescale(factor, shift, "input scaling")]


def _perceptron(kind: str, get: Attributes, reading: Reading) -> list[Operation]:
    weights, biases = get("coefs_"), get("intercepts_")
    if not isinstance(weights, list) or not isinstance(biases, list) or len(weights) != len(biases):
        raise DocumentError(f"the {kind} has no coefs_ and intercepts_: it was not fitted")
    hidden, last = get("activation"), get("out_activation_")
    keys = [_ACTIVATIONS.get(str(each)) for each in (hidden, last)]
    if None in keys:
        raise DocumentError(f"the activations are {echo(hidden)} and {echo(last)}, which are not known here")
    reading.understand("Weights are stored as (inputs, units) and shown transposed, a row per unit.")
    found: list[Operation] = []
    for place, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        matrix = numbers(weight, f"coefs_[{place}]", (None, None))
        key = keys[1] if place == len(weights) - 1 else keys[0]
        found += [Dense(matrix.T, numbers(bias, f"intercepts_[{place}]", (None,))), Activate(str(key))]
    binary = kind == "MLPClassifier" and last == "logistic" and np.shape(weights[-1])[1:] == (1,)
    name = str(get("loss"))
    reading.loss = "bce" if last == "logistic" else _LOSSES.get(name, "")
    if last == "identity" and name == "squared_error":
        reading.understand("scikit-learn's squared error is halved; the penalty alpha is not part of the loss here.")
    classes = get("classes_")
    if isinstance(classes, np.ndarray) and classes.ndim == 1 and len(classes) <= 20:
        reading.understand(f"Classes in the order of the outputs: {', '.join(map(str, classes.tolist()))}.")
    return list(one_probability(found, reading)) if binary else found
