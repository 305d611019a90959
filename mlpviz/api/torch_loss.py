"""Which of our losses a loss of PyTorch is."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.api.samples import LossChoice, array_of
from mlpviz.engine import LOSSES
from mlpviz.network import DocumentError
from mlpviz.schema.spelling import key_of

_WEIGHTS = ("weight", "pos_weight")


def loss_of(loss: Any, outputs: int) -> LossChoice:
    """The loss that a module or function of PyTorch computes, with its settings; names and None as they are.

    A weight of positives that is one number counts for each of the `outputs`, as in PyTorch.
    Raises DocumentError for one that is not known here.
    """
    if loss is None or isinstance(loss, str | dict):
        return loss
    is_module = hasattr(loss, "forward") and not isinstance(loss, type)
    name = type(loss).__name__ if is_module else getattr(loss, "__name__", type(loss).__name__)
    key = key_of(LOSSES, name)
    if key is None:
        raise DocumentError(f"the loss {name} is not known here; mlpviz list losses names those that are")
    if not is_module:
        return key
    settings = {}
    for hyperparameter in LOSSES[key].hyperparameters:
        value = getattr(loss, hyperparameter.name_in_torch, None)
        if value is not None:
            settings[hyperparameter.name] = (
                array_of(value, hyperparameter.name).tolist() if hasattr(value, "detach") else value
            )
    if len(np.ravel(settings.get("pos_weight", ()))) == 1:
        settings["pos_weight"] = np.ravel(settings["pos_weight"]).tolist() * outputs
    for weight in _WEIGHTS:
        if getattr(loss, weight, None) is not None and weight not in settings:
            raise DocumentError(f"{name} has a {weight}, which {LOSSES[key].label} does not have here")
    return {"key": key, **settings}
