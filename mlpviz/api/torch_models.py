"""`from_torch`: a PyTorch module whose forward calls one layer after another."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from mlpviz.api.files import of_import
from mlpviz.api.network import Network
from mlpviz.api.samples import array_of, rows_of, with_samples
from mlpviz.api.torch_chain import operations_of
from mlpviz.api.torch_loss import loss_of
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile
from mlpviz.exchange.imports.network import IN_EVALUATION, assembled
from mlpviz.network import Document, DocumentError

_CLOSE = 1e-5
"""of the largest output: what rounding may make of the same layers in single precision"""


def from_torch(model: Any, x: Any, y: Any = None, loss: Any = None) -> Network:
    """The network of a `torch.nn.Module`: `nn.Sequential`, or a forward that is one chain of layers.

    `loss` is a module or function of PyTorch, or a name with its settings. The network is in the mode, training or
    evaluation, in which the model is. Its outputs are compared with those of the model. Raises DocumentError: one
    sentence that names what the sheet cannot hold.
    """
    try:
        import torch
    except ImportError:
        raise DocumentError("from_torch needs PyTorch, which is not installed: pip install torch") from None
    if not isinstance(model, torch.nn.Module):
        raise DocumentError(f"expected a torch.nn.Module, found a {type(model).__name__}")
    reading, name = Reading({}), type(model).__name__
    operations = operations_of(model, reading)
    network = of_import(assembled("PyTorch", ForeignFile(name, b""), operations, reading))
    network = with_samples(network, x, y, loss_of(loss, len(network.document.layers[-1].weight)))
    if network.document.mode == "evaluation" and model.training:
        notes = tuple(note for note in network.notes if note != IN_EVALUATION)
        network = Network(network.document.replace(mode="training"), notes)
    _compare(model, x, network.document)
    return network


def _compare(model: Any, x: Any, document: Document) -> None:
    """Raise DocumentError if the model, on the samples of the document, gives other outputs than the document."""
    import torch

    given = torch.as_tensor(array_of(x, "x"), dtype=torch.float64)
    given = given[None] if given.ndim == 1 else given[: document.samples]
    try:
        with torch.no_grad():
            # a copy: a pass in training would change the running statistics of the model
            theirs = rows_of(copy.deepcopy(model).double().cpu()(given))
    except Exception as error:  # a model may raise anything
        raise DocumentError(
            f"the model cannot compute x of shape {' × '.join(map(str, given.shape))}: {error}"
        ) from None
    ours = document.trace().output
    scale = max(1.0, float(np.abs(ours).max()))
    if np.shape(theirs) != ours.shape or not np.allclose(ours, theirs, rtol=0, atol=_CLOSE * scale, equal_nan=True):
        raise DocumentError("the model computes something else than its layers one after another")
