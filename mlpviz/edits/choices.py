"""Edits of what is chosen rather than typed: activation, loss, learning rate, name."""

from __future__ import annotations

from mlpviz.document import Document
from mlpviz.document.errors import DocumentError, quote
from mlpviz.document.model import ActivationKey, Count, LearningRate, LossKey, Name
from mlpviz.edits.edited import Edited, index_of, layer_fields, notice, with_layer
from mlpviz.edits.targets import converted
from mlpviz.engine import ACTIVATIONS, LOSSES


def set_activation(document: Document, layer: Count, key: ActivationKey) -> Edited:
    """The activation of a layer. Raises DocumentError if the loss needs another one in the last layer."""
    return Edited(with_layer(document, index_of("layer", layer, len(document.layers)), activation=key))


def set_loss(document: Document, key: LossKey) -> Edited:
    """The loss; the last activation and the targets follow where the new loss needs others."""
    if key not in LOSSES:
        raise DocumentError(f"loss is {quote(key)}, expected one of {', '.join(LOSSES)}")
    loss, last = LOSSES[key], len(document.layers) - 1
    activation = document.layers[last].activation
    if loss.last_activations and activation not in loss.last_activations:
        activation = loss.last_activations[0]
    target = document.target
    if loss.target != document.spec.loss.target:
        target = converted(target, loss.target, document.samples, document.widths[-1])
    layers = (*document.layers[:last], layer_fields(document, last, activation=activation))
    edited = document.replace(loss=key, target=target, layers=layers)
    return Edited(edited, notice(_about_activation(document, edited), _about_target(document, edited)))


def _about_activation(before: Document, after: Document) -> str | None:
    key = after.layers[-1].activation
    if key == before.layers[-1].activation:
        return None
    return f"Layer {len(after.layers)} is now {ACTIVATIONS[key].label}, as {LOSSES[after.loss].label} needs."


def _about_target(before: Document, after: Document) -> str | None:
    if after.target == before.target:
        return None
    signs = after.spec.loss.target == "signs"
    if after.target is None:
        return f"The targets are gone: {LOSSES[after.loss].label} has none."
    if before.target is None:
        return f"The targets are new: all {'−1' if signs else '0'}."
    if isinstance(after.target[0], int):
        return "The targets are now class numbers: the place of the largest number of each sample, from 0."
    if isinstance(before.target[0], int):
        return f"The targets are now rows with a 1 at the class{' and −1 elsewhere' if signs else ''}."
    if signs and min(map(min, before.target)) >= 0.0 and max(map(max, before.target)) <= 1.0:
        return "The targets 0 and 1 are now −1 and 1."
    return f"The targets were cut to the range {'−1' if signs else '0'} to 1."


def set_learning_rate(document: Document, value: LearningRate) -> Edited:
    """The step size of gradient descent, 0 or more."""
    return Edited(document.replace(learning_rate=value))


def set_name(document: Document, name: Name) -> Edited:
    """The name, one line."""
    return Edited(document.replace(name=name))
