"""Edits of settings of the whole document: loss (last activation and targets follow), learning rate, mode, name."""

from __future__ import annotations

from typing import Any

from mlpviz.engine import LOSSES
from mlpviz.network import Document, RegistryChoice
from mlpviz.network.document import PassModeName
from mlpviz.network.edits.refit import for_loss, of_activation
from mlpviz.network.edits.result import EditResult, layer_fields, notice, with_hyperparameter
from mlpviz.network.edits.samples_and_targets import converted
from mlpviz.schema.errors import DocumentError, FieldError
from mlpviz.schema.fields import HyperparameterName, LearningRate, LossChoice, Name
from mlpviz.schema.registry_choice import ChosenFrom


def set_loss(document: Document, key: LossChoice) -> EditResult:
    """The loss; the last layer and the targets follow where the new loss needs others."""
    try:
        chosen: RegistryChoice[Any] = ChosenFrom(LOSSES).read(key)
    except FieldError as error:
        raise DocumentError.at(("loss", *error.path), error.problem) from None
    loss, last = chosen.entry, len(document.layers) - 1
    fields = layer_fields(document, last)
    if chosen.key != document.loss.key and not loss.suits(document.layers[last].activation.key):
        fields |= of_activation(document.layers[last], last, loss.last_activations[0])
    said = for_loss(fields, loss)
    target = document.target
    if loss.target != document.spec.loss.target or not loss.takes_rows:
        target = converted(target, loss, document.samples, document.widths[-1])
    edited = document.replace(loss=chosen, target=target, layers=(*document.layers[:last], fields))
    return EditResult(edited, notice(_about_activation(document, edited), said, _about_target(document, edited)))


def set_loss_hyperparameter(document: Document, name: HyperparameterName, value: Any) -> EditResult:
    """One hyperparameter of the loss, such as its reduction."""
    return EditResult(document.replace(loss=with_hyperparameter(document.loss, name, value)))


def _about_activation(before: Document, after: Document) -> str | None:
    chosen = after.layers[-1].activation
    if chosen == before.layers[-1].activation:
        return None
    return f"Layer {len(after.layers)} is now {chosen.entry.label}, as {after.loss.entry.label} needs."


def _about_target(before: Document, after: Document) -> str | None:
    if after.target == before.target:
        return None
    signs = after.spec.loss.target == "signs"
    if after.target is None:
        return f"The targets are gone: {after.loss.entry.label} has none."
    if before.target is None:
        return f"The targets are new: all {'−1' if signs else '0'}."
    if isinstance(after.target[0], int):
        return "The targets are now class numbers: the place of the largest number of each sample, from 0."
    if isinstance(before.target[0], int):
        return f"The targets are now rows with a 1 at the class{' and −1 elsewhere' if signs else ''}."
    if signs and min(map(min, before.target)) >= 0.0 and max(map(max, before.target)) <= 1.0:
        return "The targets 0 and 1 are now −1 and 1."
    return f"The targets were cut to the range {'−1' if signs else '0'} to 1."


def set_learning_rate(document: Document, value: LearningRate) -> EditResult:
    """The step size of gradient descent, 0 or more."""
    return EditResult(document.replace(learning_rate=value))


def set_mode(document: Document, mode: PassModeName) -> EditResult:
    """Training or evaluation: how batch norm, dropout and drawn slopes behave."""
    return EditResult(document.replace(mode=mode))


def set_name(document: Document, name: Name) -> EditResult:
    """The name, one line."""
    return EditResult(document.replace(name=name))
