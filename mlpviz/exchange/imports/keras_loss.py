"""The loss that a Keras model was compiled with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlpviz.engine import LOSSES
from mlpviz.exchange.imports.findings import Reading
from mlpviz.schema.errors import echo
from mlpviz.schema.spelling import key_of

_LOSSES = {
    "categorical_crossentropy": "cross_entropy",
    "sparse_categorical_crossentropy": "cross_entropy",
    "binary_crossentropy": "bce",
    "mean_squared_error": "mse",
    "mean_absolute_error": "mae",
    "huber_loss": "huber",
    "poisson": "poisson_nll",
}


def take_loss(compiled: Any, reading: Reading) -> None:
    """Take the loss from a compile configuration, if it names one that is held here."""
    name = compiled.get("loss") if isinstance(compiled, Mapping) else None
    logits, settings = False, None
    if isinstance(name, Mapping):
        settings = name.get("config")
        logits = isinstance(settings, Mapping) and settings.get("from_logits") is True
        name = name.get("class_name", settings)
    if not isinstance(name, str):
        return
    plain = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
    key = _LOSSES.get(plain) or key_of(LOSSES, name) or ""
    if key == "cross_entropy" and not logits:
        key = "cross_entropy_probs"
    if key == "bce" and logits:
        key = "bce_with_logits"
    for what, default in (("delta", 1.0), ("label_smoothing", 0.0)):
        value = settings.get(what, default) if isinstance(settings, Mapping) else default
        if value != default:
            reading.leave_out(f"The loss {echo(name)} has {what} {echo(value)}: set it on the sheet.")
    if key == "huber" and not (isinstance(settings, Mapping) and "delta" in settings):
        reading.leave_out("Keras saves no delta of its Huber loss: it opens with 1.")
    if key:
        reading.loss = key
    else:
        reading.leave_out(f"The loss {echo(name)} is not known here.")
