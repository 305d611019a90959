"""`from_keras`: a model of Keras 3, by way of the file that Keras itself saves."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from mlpviz.api.files import of_import
from mlpviz.api.network import Network
from mlpviz.api.samples import LossChoice, array_of, with_samples
from mlpviz.engine import LOSSES
from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.network import DocumentError
from mlpviz.schema.spelling import key_of


def from_keras(model: Any, x: Any, y: Any = None, loss: LossChoice = None) -> Network:
    """The network of a Keras model that is one chain of layers, with the loss that it was compiled with.

    Raises DocumentError: one sentence on what the sheet cannot hold.
    """
    if not hasattr(model, "save") or not hasattr(model, "layers"):
        raise DocumentError(f"expected a Keras model, found a {type(model).__name__}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{model.name}.keras"
        model.save(path)
        file = ForeignFile(path.name, path.read_bytes())
    network = of_import(read_network(file))
    key = (
        network.document.loss.key
        if loss is None
        else key_of(LOSSES, loss if isinstance(loss, str) else loss.get("key"))
    )
    if y is not None and key is not None and LOSSES[key].target == "classes":
        y = _class_numbers(array_of(y, "y"))
    return with_samples(network, x, y, loss)


def _class_numbers(y: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Class numbers in a column, as Keras takes them, as a row."""
    return y[:, 0] if y.ndim == 2 and y.shape[1] == 1 and y.dtype.kind in "iu" else y
