"""From operations to a document: layers, loss, a sample to begin with, and what is said before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mlpviz.engine import LOSSES, NORMS
from mlpviz.exchange.imports.findings import Guess, Reading
from mlpviz.exchange.imports.foreign import ForeignFile
from mlpviz.exchange.imports.layer_chain import ChainLayer, layers_of
from mlpviz.exchange.imports.operations import Activate, Operation
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError

IN_EVALUATION = "It opens in evaluation: running statistics of batch norm, no dropout, as the tool uses it."
WITHOUT_SAMPLES = "The file has no samples: it opens with one sample of ones, to be replaced by yours."
"""What is said of a network; who has a model at hand, in training and with samples, says otherwise."""


@dataclass(frozen=True)
class ImportedNetwork:
    """A network of another tool as our document, with what was understood, guessed and left out."""

    tool: str
    document: Document
    understood: tuple[str, ...]
    guesses: tuple[Guess, ...]
    left_out: tuple[str, ...]


_LIKELY_LOSS = {
    "softmax": "cross_entropy_probs",
    "log_softmax": "nll",
    "sigmoid": "bce",
}
"""by the last activation; else the mean squared error"""


def assembled(tool: str, file: ForeignFile, operations: Sequence[Operation], reading: Reading) -> ImportedNetwork:
    """The document of these operations. Raises DocumentError for what it cannot hold."""
    layers = layers_of(operations, file.name)
    if not layers:
        raise DocumentError(f"{file.name} has no layer with weights")
    count = sum(layer.weight.size + (0 if layer.bias is None else layer.bias.size) for layer in layers)
    if count > DOCUMENT_LIMITS.parameters:
        raise DocumentError(
            f"{file.name} has {count:,} weights and biases, the sheet has room for {DOCUMENT_LIMITS.parameters:,}"
        )
    for layer, end in ((layers[-1], "output"), (layers[0], "input")):
        if layer.label == "scaling":
            layer.label = f"{end} scaling"
    for number, layer in enumerate(layers, start=1):
        reading.understand(layer.sentence(number))
    loss = _loss(reading, layers)
    changes = any(layer.dropout or (layer.norm and NORMS[layer.norm.key].running) for layer in layers)
    if changes:
        reading.understand(IN_EVALUATION)
    inputs = layers[0].weight.shape[1]
    x = reading.samples or [[1.0] * inputs]
    if reading.samples is None:
        reading.understand(WITHOUT_SAMPLES)
    if len(x) > DOCUMENT_LIMITS.samples:
        reading.leave_out(f"The sheet shows {DOCUMENT_LIMITS.samples} samples, the first of {len(x)}.")
        x = x[: DOCUMENT_LIMITS.samples]
    document = Document.parse(
        {
            "version": 1,
            "name": file.stem[: DOCUMENT_LIMITS.name],
            "layers": [layer.to_json_value(len(x)) for layer in layers],
            "x": x,
            "target": _target(loss, layers[-1].width) * len(x),
            "loss": {"key": loss},
            "learning_rate": 0.01,
            **({"mode": "evaluation"} if changes else {}),
        }
    )
    return ImportedNetwork(tool, document, tuple(reading.understood), tuple(reading.guesses), tuple(reading.left_out))


def _loss(reading: Reading, layers: list[ChainLayer]) -> str:
    active = (layers[-1].activation or Activate("identity")).key
    offered = [
        entry
        for entry in LOSSES.values()
        if entry.key in (*_OFFERED, reading.loss)
        and not (entry.needs_activation and (layers[-1].skip or layers[-1].dropout))
    ]
    # those that suit the last activation first; behind any other a loss is computed too, and the sheet warns
    choices = {entry.key: entry.label for entry in sorted(offered, key=lambda entry: not entry.suits(active))}
    likely = reading.loss if reading.loss in choices else _LIKELY_LOSS.get(active, "mse")
    if reading.loss in choices:
        reading.understand(f"Loss: {choices[likely]}.")
    return reading.guess(
        LOSS_QUESTION, "Which loss is it trained with?", choices, likely if likely in choices else "mse"
    )


LOSS_QUESTION = "loss"
"""the key of the question which loss it is"""

_OFFERED = (
    "mse", "half_sse", "mae", "huber", "cross_entropy", "cross_entropy_probs", "bce", "bce_with_logits", "nll",
    "multi_margin",
)  # fmt: skip


def _target(loss: str, width: int) -> list[Any]:
    return [0] if LOSSES[loss].target == "classes" else [[0.0] * width]
