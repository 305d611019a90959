"""What a network can be compared with: the same network with one difference, or as it was before.

Pure functions to a second document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from mlpviz.engine import ACTIVATIONS, LOSSES
from mlpviz.engine.optimizers import is_plain
from mlpviz.engine.registry import Registry
from mlpviz.network import Document, DocumentError, RegistryChoice
from mlpviz.network.edits.architecture import set_bias
from mlpviz.network.edits.layers import set_activation
from mlpviz.network.edits.settings import set_loss
from mlpviz.schema.errors import echo


class VariantInputs(NamedTuple):
    """What a variant is made of: the current document, the one before the last edit, the one that was opened."""

    document: Document
    before: Document | None
    opened: Document


@dataclass(frozen=True)
class Variant:
    """One choice of what to compare with.

    `make` gives the other document, or None where there is none: `missing` says why. `together` says that edits go to
    both at first, so that the one difference stays the only one.
    """

    key: str
    label: str
    make: Callable[[VariantInputs], Document | None]
    together: bool
    missing: str = ""


def _relu(inputs: VariantInputs) -> Document | None:
    found = [layer.activation.key for layer in inputs.document.layers]
    old, new = ("relu", "leaky_relu") if "relu" in found else ("leaky_relu", "relu")
    if old not in found:
        return None
    document = inputs.document
    for number, key in enumerate(found, start=1):
        if key == old:
            document = set_activation(document, number, RegistryChoice.of(ACTIVATIONS, new)).document
    return document


def _bias(inputs: VariantInputs) -> Document:
    has_all = all(layer.bias is not None for layer in inputs.document.layers)
    return set_bias(inputs.document, None, on=not has_all).document


def _optimizer(inputs: VariantInputs) -> Document:
    key = "adam" if is_plain(inputs.document.optimizer.entry) else "sgd"
    return inputs.document.replace(optimizer=key, optimizer_state=None)


def _loss(inputs: VariantInputs) -> Document | None:
    document = inputs.document
    if document.loss.entry.is_cross_entropy:
        key = "mse"
    else:
        # a softmax over one output is 1 whatever comes in
        key = "cross_entropy" if document.widths[-1] > 1 else "bce_with_logits"
    return set_loss(document, RegistryChoice.of(LOSSES, key)).document


VARIANTS: Registry[Variant] = Registry(
    "variant",
    (
        Variant(
            "before", "before the last edit", lambda inputs: inputs.before, together=False, missing="nothing was edited"
        ),
        Variant("opened", "as it was opened", lambda inputs: inputs.opened, together=False),
        Variant("copy", "a copy: then edit one of the two", lambda inputs: inputs.document, together=False),
        Variant("relu", "ReLU against leaky ReLU", _relu, together=True, missing="no layer has one of them"),
        Variant("bias", "with and without bias", _bias, together=True),
        Variant("optimizer", "gradient descent against Adam", _optimizer, together=True),
        Variant("loss", "squared error against cross-entropy", _loss, together=True),
    ),
)


def variant_of(key: object, inputs: VariantInputs) -> tuple[Variant, Document]:
    """The variant and its document. Raises DocumentError if there is no such variant, or none of this network."""
    if not (isinstance(key, str) and key in VARIANTS):
        raise DocumentError(f"compare with {echo(key)}: expected one of {', '.join(VARIANTS)}")
    variant = VARIANTS[key]
    made = variant.make(inputs)
    if made is None:
        raise DocumentError(f"there is nothing to compare with, because {variant.missing}")
    return variant, made
