"""The document itself: its fields, and what they mean to the engine.

Frozen: an edit makes a new document, and what was computed from an old one stays true.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import Annotated, Any, Self

import numpy as np
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from mlpviz import engine
from mlpviz.document.errors import quote
from mlpviz.document.fit import check_fit
from mlpviz.document.limits import LIMITS
from mlpviz.document.parsing import parse_model
from mlpviz.document.view import View
from mlpviz.document.writing import write_json
from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, NetworkSpec, Trace
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry

STRICT = ConfigDict(frozen=True, extra="forbid")


def _one_of(registry: Registry[Any], key: str) -> str:
    if key not in registry:
        raise ValueError(f"is {quote(key)}, expected one of {', '.join(registry)}")
    return key


def _one_line(text: str) -> str:
    for number, character in enumerate(text, start=1):
        if unicodedata.category(character) in ("Cc", "Zl", "Zp"):
            raise ValueError(f"has a control character at position {number}, expected one line of text")
    return text


_M = LIMITS.magnitude
_MANY = 1_000_000  # more than anything that is counted
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-_M, le=_M)]
Count = Annotated[int, Field(strict=True, ge=1, le=_MANY)]
FromZero = Annotated[int, Field(strict=True, ge=0, le=_MANY)]
Flag = Annotated[bool, Field(strict=True)]
Row = Annotated[tuple[Number, ...], Field(min_length=1, max_length=LIMITS.width, fail_fast=True)]
Matrix = Annotated[tuple[Row, ...], Field(min_length=1, max_length=LIMITS.width, fail_fast=True)]
SampleRows = Annotated[tuple[Row, ...], Field(min_length=1, max_length=LIMITS.samples, fail_fast=True)]
Classes = Annotated[tuple[FromZero, ...], Field(max_length=LIMITS.samples, fail_fast=True)]
ActivationKey = Annotated[str, Field(strict=True), AfterValidator(lambda key: _one_of(ACTIVATIONS, key))]
LossKey = Annotated[str, Field(strict=True), AfterValidator(lambda key: _one_of(LOSSES, key))]
Name = Annotated[str, Field(strict=True, max_length=LIMITS.name), AfterValidator(_one_line)]
LearningRate = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=_M)]


def _target_form(value: Any) -> str:
    if value is None:
        return "none"
    is_list = isinstance(value, list | tuple)
    return "classes" if is_list and value and isinstance(value[0], int | float | str | None) else "rows"


Target = Annotated[
    Annotated[SampleRows, Tag("rows")] | Annotated[Classes, Tag("classes")] | Annotated[None, Tag("none")],
    Discriminator(_target_form),
]
"""One row of O numbers per sample; or one class number from 0 per sample; or None."""


class Layer(BaseModel):
    """One dense layer: weight (O, I), bias (O,) or None, and the key of its activation."""

    model_config = STRICT

    weight: Matrix
    bias: Row | None
    activation: ActivationKey


class Pin(BaseModel):
    """One activation held at a value; layer, sample and unit count from 1 as on screen."""

    model_config = STRICT

    layer: Count
    sample: Count
    unit: Count
    value: Number


class Document(BaseModel):
    """A network with its numbers, data, loss, learning rate, pins and view, version 1.

    `x` is (N, I), rows are samples. Made by `parse` and `replace`, which raise DocumentError.
    """

    model_config = STRICT

    version: Annotated[int, Field(strict=True, ge=1, le=LIMITS.version)]
    name: Name
    layers: Annotated[tuple[Layer, ...], Field(min_length=1, max_length=LIMITS.layers, fail_fast=True)]
    x: SampleRows
    target: Target
    loss: LossKey
    learning_rate: LearningRate
    pins: Annotated[tuple[Pin, ...], Field(max_length=LIMITS.pins, fail_fast=True)] = ()
    view: View | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        check_fit(self)
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> Document:
        """The document in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        Raises DocumentError: one sentence that names the place and what was expected.
        """
        return parse_model(cls, source, whole="the document", version=LIMITS.version, known=_KNOWN, tags=_TAGS)

    def replace(self, **changes: Any) -> Document:
        """This document with some fields changed, checked again. Raises DocumentError."""
        fields = {name: getattr(self, name) for name in _KNOWN[""]}
        return Document.parse(fields | changes)

    def to_json(self, indent: int | None = None) -> str:
        """JSON text: compact, or with an indent in lines for reading."""
        return write_json(self, indent)

    @property
    def samples(self) -> int:
        """N, the rows of x."""
        return len(self.x)

    @property
    def widths(self) -> tuple[int, ...]:
        """I, then the units of each layer."""
        return (len(self.layers[0].weight[0]), *(len(layer.weight) for layer in self.layers))

    @cached_property
    def spec(self) -> NetworkSpec:
        """The engine's view of the architecture."""
        layers = self.layers
        return _spec(
            self.widths,
            tuple(layer.activation for layer in layers),
            tuple(layer.bias is not None for layer in layers),
            self.loss,
        )

    @cached_property
    def params(self) -> Array:
        """All weights and biases (P,), in the order of `spec.slots`; read-only."""
        rows = (row for layer in self.layers for row in (*layer.weight, layer.bias or ()))
        params = np.fromiter(chain.from_iterable(rows), dtype=float, count=self.spec.size)
        params.flags.writeable = False
        return params

    @property
    def engine_pins(self) -> tuple[engine.Pin, ...]:
        """The pins counted from 0."""
        return tuple(engine.Pin(pin.layer - 1, pin.sample - 1, pin.unit - 1, pin.value) for pin in self.pins)

    def trace(self) -> Trace:
        """One forward and backward pass; computed once, then kept."""
        return self._trace

    @cached_property
    def _trace(self) -> Trace:
        return engine.run(self.spec, self.params, np.array(self.x), self.target, self.engine_pins)

    def forget(self) -> None:
        """Drop what was computed; a later `trace` computes it again. For documents kept only to be undone."""
        for name in ("_trace", "params"):
            self.__dict__.pop(name, None)


@lru_cache(maxsize=256)
def _spec(widths: tuple[int, ...], activations: tuple[str, ...], biases: tuple[bool, ...], loss: str) -> NetworkSpec:
    # an edit of a number keeps the architecture, and with it the layout of the parameters
    layers = zip(widths, widths[1:], activations, biases, strict=False)
    return NetworkSpec(tuple(LayerSpec(i, o, ACTIVATIONS[key], bias) for i, o, key, bias in layers), LOSSES[loss])


_KNOWN = {
    "": tuple(Document.model_fields),
    "layers": tuple(Layer.model_fields),
    "pins": tuple(Pin.model_fields),
    "view": tuple(View.model_fields),
}

_TAGS = {"target": ("rows", "classes", "none")}
