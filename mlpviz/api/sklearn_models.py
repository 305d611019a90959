"""`from_sklearn`: a fitted multilayer perceptron of scikit-learn, alone or at the end of a pipeline."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from mlpviz.api.files import of_import
from mlpviz.api.network import Network
from mlpviz.api.samples import LossChoice, array_of, with_samples
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile
from mlpviz.exchange.imports.network import assembled
from mlpviz.exchange.imports.operations import Operation
from mlpviz.exchange.imports.sklearn_estimators import ESTIMATORS, estimator_operations
from mlpviz.network import DocumentError

_HALVED = {"key": "mse", "factor": 0.5}


def from_sklearn(model: Any, x: Any, y: Any = None, loss: LossChoice = None) -> Network:
    """The network of a fitted MLPClassifier or MLPRegressor, or of a pipeline of scalers that ends in one.

    The targets `y` are labels, as `fit` took them; the loss is the one that the model was fitted with, without its
    penalty. Raises DocumentError: one sentence on what is no such model or was not fitted.
    """
    reading = Reading({})
    steps = [step for _, step in model.steps] if hasattr(model, "steps") else [model]
    operations: list[Operation] = []
    for step in steps:
        kind = type(step).__name__
        if step is None or step == "passthrough":
            continue
        if kind not in ESTIMATORS:
            raise DocumentError(f"the model has a {kind}, expected an MLPClassifier or MLPRegressor after scalers")
        operations += estimator_operations(kind, partial(_attribute, step), reading)
    last = steps[-1]
    name = type(last).__name__
    if not name.startswith("MLP"):
        raise DocumentError(f"the model ends in a {name}, expected an MLPClassifier or MLPRegressor")
    network = of_import(assembled(f"scikit-learn {name}", ForeignFile(name, b""), operations, reading))
    if loss is None and y is not None and getattr(last, "loss", "") == "squared_error":
        loss = _HALVED
    return with_samples(network, x, None if y is None else _class_numbers(last, y), loss)


def _attribute(step: Any, name: str) -> Any:
    return getattr(step, name, None)


def _class_numbers(model: Any, y: Any) -> Any:
    """Labels as numbers from 0 in the order of the outputs; other targets as they are. Raises DocumentError."""
    classes = getattr(model, "classes_", None)
    if not isinstance(classes, np.ndarray) or classes.ndim != 1 or np.ndim(y) != 1:
        return array_of(y, "y")
    found = [np.flatnonzero(classes == label) for label in y]
    unknown = next((label for label, at in zip(y, found, strict=True) if not len(at)), None)
    if unknown is not None:
        raise DocumentError(f"y has the label {unknown!r}, which the model was not fitted with")
    return np.array([at[0] for at in found])
