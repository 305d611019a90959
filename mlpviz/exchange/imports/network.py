"""From operations to a document: layers, loss, a sample to begin with, and what is said before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.hyperparameters import exact
from mlpviz.exchange.imports.findings import Guess, Reading
from mlpviz.exchange.imports.foreign import ForeignFile
from mlpviz.exchange.imports.operations import (
    Activate,
    Dense,
    Dropout,
    Normalize,
    Operation,
    Rescale,
    check_width,
    numbers,
)
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


@dataclass
class _Layer:
    weight: Any
    bias: Any = None
    label: str = ""
    activation: Activate | None = None
    norm: Normalize | None = None
    dropout: float = 0.0
    frozen: bool = False
    skip: bool = False

    @property
    def width(self) -> int:
        return len(self.weight)

    def to_json_value(self, samples: int) -> dict[str, Any]:
        found: dict[str, Any] = {"weight": self.weight.tolist()}
        found["bias"] = None if self.bias is None else self.bias.tolist()
        active = self.activation or Activate("identity")
        found["activation"] = {"key": active.key, **active.settings}
        if active.alpha is not None:
            found["alpha"] = active.alpha.tolist()
        if self.norm is not None:
            norm = self.norm
            found["norm"] = {
                "key": norm.key,
                "eps": norm.eps,
                "affine": norm.gamma is not None or norm.beta is not None,
            }
            if norm.momentum is not None:
                found["norm"]["momentum"] = norm.momentum
            if norm.gamma is not None or norm.beta is not None:
                found["gamma"] = (np.ones(self.width) if norm.gamma is None else norm.gamma).tolist()
                if "beta" in NORMS[norm.key].parameters:
                    found["beta"] = (np.zeros(self.width) if norm.beta is None else norm.beta).tolist()
            if norm.running_mean is not None and norm.running_var is not None:
                found |= {"running_mean": norm.running_mean.tolist(), "running_var": norm.running_var.tolist()}
        if self.label:
            found["label"] = self.label
        if self.frozen:
            found["frozen"] = ["weight"] if self.bias is None else ["weight", "bias"]
        if self.skip:
            found["skip"] = 1
        if self.dropout:
            found |= {"dropout": self.dropout, "mask": [[1] * self.width] * samples}
        return found

    def sentence(self, number: int) -> str:
        active = self.activation or Activate("identity")
        label = ACTIVATIONS[active.key].label
        settings = ", ".join(
            f"{name} {exact(value)}" if isinstance(value, float) else f"{name} {value}"
            for name, value in active.settings.items()
        )
        parts = [label + (f" ({settings})" if settings else "")]
        if self.norm is not None:
            parts.insert(0, NORMS[self.norm.key].label)
        if self.dropout:
            parts.append(f"dropout {exact(self.dropout)}")
        purpose = f" ({self.label})" if self.label else ""
        biases = "no biases" if self.bias is None else "biases"
        return f"Layer {number}{purpose}: {self.weight.shape[1]} → {self.width}, {biases}, {', '.join(parts)}."


def _identity(width: int, label: str) -> _Layer:
    return _Layer(np.eye(width), None, label, frozen=True)


@dataclass
class _Chain:
    """The layers so far, as operations are added one after another."""

    name: str
    """of the file"""
    layers: list[_Layer] = field(default_factory=list)

    def append(self, layer: _Layer) -> None:
        """Add a layer. Raises DocumentError for more than the sheet has, before they take all memory."""
        self.layers.append(layer)
        if len(self.layers) > DOCUMENT_LIMITS.layers:
            raise DocumentError(
                f"{self.name} makes more than {DOCUMENT_LIMITS.layers} layers, which is the most that the sheet has"
            )

    def add(self, operation: Operation) -> None:
        last = self.layers[-1] if self.layers else None
        match operation:
            case Dense(weight, bias, label, frozen, skip):
                weight = numbers(weight, f"the weight of layer {len(self.layers) + 1}", (None, None))
                if bias is not None:
                    bias = numbers(bias, f"the bias of layer {len(self.layers) + 1}", (len(weight),))
                if 0 in weight.shape:
                    raise DocumentError(f"layer {len(self.layers) + 1} has no units or no inputs")
                if last is not None and weight.shape[1] != last.width:
                    raise DocumentError(
                        f"layer {len(self.layers) + 1} reads {weight.shape[1]} numbers, and layer {len(self.layers)} "
                        f"gives {last.width}: these are not layers one after another"
                    )
                self.append(_Layer(weight, bias, label, frozen=frozen, skip=skip))
            case Rescale(factor, shift, label):
                check_width(np.size(factor))
                self.add(Dense(np.diag(numbers(factor, label, (None,))), numbers(shift, label, (None,)), label, True))
            case Activate():
                if operation.key == "identity":
                    return
                self._open(
                    "activation alone", last and last.activation is None and not last.dropout
                ).activation = operation
            case Normalize():
                free = last and last.norm is None and last.activation is None and not last.dropout
                layer = self._open("norm alone", free, len(operation.gamma) if operation.gamma is not None else None)
                for name in ("gamma", "beta", "running_mean", "running_var"):
                    row = getattr(operation, name)
                    if row is not None:
                        numbers(row, f"{name} of layer {len(self.layers)}", (layer.width,))
                layer.norm = operation
            case Dropout(rate):
                if not 0 <= rate < 1:
                    raise DocumentError(f"a dropout rate is {exact(rate)}, expected a number from 0 to below 1")
                if rate and last is not None:
                    self._open("dropout alone", not last.dropout).dropout = rate

    def _open(self, label: str, fits: object, width: int | None = None) -> _Layer:
        if fits:
            return self.layers[-1]
        if self.layers:
            width = self.layers[-1].width
        if width is None:
            raise DocumentError("the network begins with an activation or norm, and does not say for how many inputs")
        check_width(width)
        self.append(_identity(width, label))
        return self.layers[-1]


_LIKELY_LOSS = {
    "softmax": "cross_entropy_probs",
    "log_softmax": "nll",
    "sigmoid": "bce",
}
"""by the last activation; else the mean squared error"""


def assembled(tool: str, file: ForeignFile, operations: Sequence[Operation], reading: Reading) -> ImportedNetwork:
    """The document of these operations. Raises DocumentError for what it cannot hold."""
    chain = _Chain(file.name)
    for operation in operations:
        chain.add(operation)
    layers = chain.layers
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


def _loss(reading: Reading, layers: list[_Layer]) -> str:
    active = (layers[-1].activation or Activate("identity")).key
    fitting = {
        key: entry.label
        for key, entry in LOSSES.items()
        if (not entry.last_activations or active in entry.last_activations) and key in _OFFERED
    }
    likely = reading.loss if reading.loss in fitting else _LIKELY_LOSS.get(active, "mse")
    if reading.loss in fitting:
        reading.understand(f"Loss: {fitting[likely]}.")
    return reading.guess(
        LOSS_QUESTION, "Which loss is it trained with?", fitting, likely if likely in fitting else "mse"
    )


LOSS_QUESTION = "loss"
"""the key of the question which loss it is"""

_OFFERED = (
    "mse", "half_sse", "mae", "huber", "cross_entropy", "cross_entropy_probs", "bce", "bce_with_logits", "nll",
    "multi_margin",
)  # fmt: skip


def _target(loss: str, width: int) -> list[Any]:
    return [0] if LOSSES[loss].target == "classes" else [[0.0] * width]
