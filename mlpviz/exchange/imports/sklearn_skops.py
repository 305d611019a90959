"""scikit-learn's multilayer perceptrons as skops saves them: JSON and arrays, read without running anything."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import Archive, is_zip, json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.one_or_two_outputs import one_probability
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale, numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_ACTIVATIONS = {"logistic": "sigmoid", "relu": "relu", "tanh": "tanh", "identity": "identity", "softmax": "softmax"}
_LOSSES = {
    "squared_error": "mse",
    "log_loss": "cross_entropy_probs",
    "binary_log_loss": "bce",
    "poisson": "poisson_nll",
}


def recognises(file: ForeignFile) -> bool:
    """A zip that ends in .skops, or has skops's table of contents."""
    return is_zip(file.head()) and (file.ends(".skops") or b"schema.json" in file.content[-65_536:])


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the estimator or pipeline. Raises DocumentError."""
    archive = Archive(file)
    schema = json_in(archive.read("schema.json"), f"schema.json in {file.name}")
    return _Tree(archive, reading).estimator(schema)


class _Tree:
    def __init__(self, archive: Archive, reading: Reading) -> None:
        self._archive, self._reading = archive, reading

    def estimator(self, node: Any) -> list[Operation]:
        kind = node.get("__class__") if isinstance(node, Mapping) else None
        match kind:
            case "Pipeline":
                steps = self.value(self._entries(node).get("steps"))
                if not isinstance(steps, list):
                    raise NotThisFormatError("has a pipeline without steps")
                return [operation for step in steps for operation in self.estimator(step[-1])]
            case "StandardScaler" | "MinMaxScaler" | "MaxAbsScaler" | "RobustScaler":
                return self._scaler(str(kind), node)
            case "MLPClassifier" | "MLPRegressor":
                return self._perceptron(str(kind), node)
            case _:
                raise DocumentError(
                    f"the file has a {echo(kind)}, expected an MLPClassifier or MLPRegressor, alone or after scalers"
                )

    def _entries(self, node: Any) -> Mapping[str, Any]:
        content = node.get("content") if isinstance(node, Mapping) else None
        if isinstance(content, Mapping) and "__loader__" in content:  # an object holds a dictionary of its attributes
            content = content.get("content")
        if not isinstance(content, Mapping):
            raise NotThisFormatError("has an object without attributes")
        return content

    def value(self, node: Any) -> Any:
        """Numbers, texts, lists and arrays; other objects stay nodes."""
        if not isinstance(node, Mapping):
            return None
        loader, content = node.get("__loader__"), node.get("content")
        if loader == "JsonNode":
            return json_in(str(content), "a value in schema.json")
        if loader in ("ListNode", "TupleNode"):
            return [self.value(each) for each in content] if isinstance(content, list) else None
        if loader == "NdArrayNode" and node.get("type") == "numpy":
            return self._array(str(node.get("file")))
        return node

    def _array(self, name: str) -> Array:
        try:
            return np.load(io.BytesIO(self._archive.read(name)), allow_pickle=False)
        except (ValueError, OSError, EOFError, SyntaxError):
            raise NotThisFormatError(f"has a damaged array {name}") from None

    def _scaler(self, kind: str, node: Any) -> list[Operation]:
        entries = self._entries(node)

        def get(name: str) -> Any:
            return self.value(entries.get(name))

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
        self._reading.understand(f"A {kind} comes first; its numbers are a layer of their own.")
        return [Rescale(factor, shift, "input scaling")]

    def _perceptron(self, kind: str, node: Any) -> list[Operation]:
        entries = self._entries(node)
        weights, biases = self.value(entries.get("coefs_")), self.value(entries.get("intercepts_"))
        if not isinstance(weights, list) or not isinstance(biases, list) or len(weights) != len(biases):
            raise DocumentError(f"the {kind} has no coefs_ and intercepts_: it was saved before it was fitted")
        hidden, last = self.value(entries.get("activation")), self.value(entries.get("out_activation_"))
        keys = [_ACTIVATIONS.get(str(each)) for each in (hidden, last)]
        if None in keys:
            raise DocumentError(f"the activations are {echo(hidden)} and {echo(last)}, which are not known here")
        self._reading.understand("Weights are stored as (inputs, units) and shown transposed, a row per unit.")
        found: list[Operation] = []
        for place, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            matrix = numbers(weight, f"coefs_[{place}]", (None, None))
            key = keys[1] if place == len(weights) - 1 else keys[0]
            found += [Dense(matrix.T, numbers(bias, f"intercepts_[{place}]", (None,))), Activate(str(key))]
        binary = kind == "MLPClassifier" and last == "logistic" and np.shape(weights[-1])[1:] == (1,)
        name = str(self.value(entries.get("loss")))
        self._reading.loss = "bce" if last == "logistic" else _LOSSES.get(name, "")
        if last == "identity" and name == "squared_error":
            self._reading.understand(
                "scikit-learn's squared error is halved; the penalty alpha is not part of the loss here."
            )
        classes = self.value(entries.get("classes_"))
        if isinstance(classes, np.ndarray) and classes.ndim == 1 and len(classes) <= 20:
            self._reading.understand(f"Classes in the order of the outputs: {', '.join(map(str, classes.tolist()))}.")
        return list(one_probability(found, self._reading)) if binary else found


IMPORT = Import(
    "sklearn_skops",
    "scikit-learn (skops)",
    "MLPClassifier and MLPRegressor, alone or in a pipeline after scalers, as skops saves them.",
    (".skops",),
    recognises,
    read,
)
