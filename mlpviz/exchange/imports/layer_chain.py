"""Layers of a document from operations: what belongs to the layer before, and what becomes a layer of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS, NORMS
from mlpviz.engine.hyperparameters import exact
from mlpviz.exchange.imports.operations import (
    Activate,
    AddEarlier,
    Dense,
    Dropout,
    Normalize,
    Operation,
    Rescale,
    check_width,
    numbers,
)
from mlpviz.network import DOCUMENT_LIMITS, DocumentError


@dataclass
class ChainLayer:
    """A layer of the document to be, and what made it."""

    weight: Any
    bias: Any = None
    label: str = ""
    activation: Activate | None = None
    norm: Normalize | None = None
    dropout: float = 0.0
    frozen: bool = False
    skip: int = 0
    closed: bool = False
    """whether its numbers are read elsewhere, so that nothing more may happen to them"""

    @property
    def width(self) -> int:
        """The number of units."""
        return len(self.weight)

    def to_json_value(self, samples: int) -> dict[str, Any]:
        """The layer as in a document with this many samples."""
        found: dict[str, Any] = {"weight": np.asarray(self.weight, np.float64)}
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
            found["skip"] = self.skip
        if self.dropout:
            found |= {"dropout": self.dropout, "mask": [[1] * self.width] * samples}
        return found

    def sentence(self, number: int) -> str:
        """What is said of the layer before it opens."""
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
        if self.skip:
            source = number - self.skip
            parts.append("adds " + (f"the outputs of layer {source}" if source else "the inputs"))
        purpose = f" ({self.label})" if self.label else ""
        biases = "no biases" if self.bias is None else "biases"
        return f"Layer {number}{purpose}: {self.weight.shape[1]} → {self.width}, {biases}, {', '.join(parts)}."


def _identity(width: int, label: str) -> ChainLayer:
    return ChainLayer(np.eye(width), None, label, frozen=True)


def layers_of(operations: Sequence[Operation], name: str) -> list[ChainLayer]:
    """The layers of these operations; `name` is that of the file. Raises DocumentError for what cannot be held."""
    chain = _Chain(name, {each.place for each in operations if isinstance(each, AddEarlier)})
    for place, operation in enumerate(operations):
        chain.read_so_far(place)
        chain.add(operation)
    return chain.layers


@dataclass
class _Chain:
    """The layers so far, as operations are added one after another."""

    name: str
    """of the file"""
    read_again: Collection[int]
    """the places of operations whose numbers a later one adds"""
    counts: dict[int, int] = field(default_factory=dict)
    """for these places, how many layers there were"""
    layers: list[ChainLayer] = field(default_factory=list)

    def append(self, layer: ChainLayer) -> None:
        """Add a layer. Raises DocumentError for more than the sheet has, before they take all memory."""
        self.layers.append(layer)
        if len(self.layers) > DOCUMENT_LIMITS.layers:
            raise DocumentError(
                f"{self.name} makes more than {DOCUMENT_LIMITS.layers} layers, which is the most that the sheet has"
            )

    def read_so_far(self, place: int) -> None:
        """Note what the operations before this place gave, if it is read again."""
        if place in self.read_again:
            self.counts[place] = len(self.layers)
            if self.layers:
                self.layers[-1].closed = True

    def add(self, operation: Operation) -> None:
        """Add what one operation does, to the last layer or as a layer of its own."""
        last = self.layers[-1] if self.layers else None
        match operation:
            case Dense(weight, bias, label, frozen):
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
                self.append(ChainLayer(weight, bias, label, frozen=frozen))
            case Rescale(factor, shift, label):
                check_width(np.size(factor))
                if last is not None and np.size(factor) == 1 == np.size(shift):  # of an activation: all units alike
                    factor, shift = (np.full(last.width, np.ravel(each)[0]) for each in (factor, shift))
                self.add(Dense(np.diag(numbers(factor, label, (None,))), numbers(shift, label, (None,)), label, True))
            case Activate():
                if operation.key == "identity":
                    return
                free = last and last.activation is None and not last.dropout
                self._open("activation alone", free).activation = operation
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
            case AddEarlier(place):
                layer = self._open("sum", last)
                source = self.counts[place]
                width = self.layers[source - 1].width if source else self.layers[0].weight.shape[1]
                if width != layer.width:
                    raise DocumentError(f"{width} numbers are added to {layer.width}, expected as many")
                layer.skip = len(self.layers) - source

    def _open(self, label: str, fits: object, width: int | None = None) -> ChainLayer:
        if fits and not (self.layers[-1].closed or self.layers[-1].skip):
            return self.layers[-1]
        if self.layers:
            width = self.layers[-1].width
        if width is None:
            raise DocumentError("the network begins with an activation or norm, and does not say for how many inputs")
        check_width(width)
        self.append(_identity(width, label))
        return self.layers[-1]
