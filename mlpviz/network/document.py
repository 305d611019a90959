"""The document itself: its fields, and what they mean to the engine.

Frozen: an edit makes a new document, and what was computed from an old one stays true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BaseModel, Field, model_validator

from mlpviz import engine
from mlpviz.engine import Activation, LayerSpec, Loss, NetworkSpec, Norm, Trace
from mlpviz.engine.optimizers import OptimizerStep, Slots, take_step
from mlpviz.engine.parameters import Array
from mlpviz.network.layer import STRICT, DocumentPin, Layer
from mlpviz.network.optimizer_state import PLAIN, OptimizerChoice, OptimizerState, configured_optimizer, validate_state
from mlpviz.network.saved_trajectory import SavedPoint, SavedTrajectory, check_saved
from mlpviz.network.validate import validate
from mlpviz.network.view import View
from mlpviz.network.writing import write_json
from mlpviz.schema.fields import LearningRate, LossChoice, Name, Row, SampleRows, Target
from mlpviz.schema.limits import LIMITS
from mlpviz.schema.parsing import parse_model
from mlpviz.schema.registry_choice import RegistryChoice

PassModeName = Literal["training", "evaluation"]
"""Training: batch norm uses the batch and dropout drops. Evaluation: running statistics, nothing is dropped."""


class Document(BaseModel):
    """A network with its numbers, data, loss, learning rate, optimizer, mode, pins and view, version 1.

    `x` is (N, I), rows are samples. Made by `parse` and `replace`, which raise DocumentError.
    """

    model_config = STRICT

    version: Annotated[int, Field(strict=True, ge=1, le=LIMITS.version)]
    name: Name
    layers: Annotated[tuple[Layer, ...], Field(min_length=1, max_length=LIMITS.layers, fail_fast=True)]
    x: SampleRows
    target: Target
    loss: LossChoice
    learning_rate: LearningRate
    optimizer: OptimizerChoice = PLAIN
    optimizer_state: OptimizerState | None = None
    mode: PassModeName = "training"
    pins: Annotated[tuple[DocumentPin, ...], Field(max_length=LIMITS.pins, fail_fast=True)] = ()
    view: View | None = None
    walk: SavedTrajectory = ()
    """steps that were taken before it was saved; a session keeps its own, see `walk.Walk`"""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        validate(self)
        validate_state(self.optimizer, self.optimizer_state, self.spec.size)
        check_saved(self.walk, self.optimizer, self.spec)
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> Document:
        """The document in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        Raises DocumentError: one sentence that names the place and what was expected.
        """
        return parse_model(cls, source, whole="the document", version=LIMITS.version, known=_KNOWN, tags=_TAGS)

    def replace(self, **changes: Any) -> Document:
        """This document with some fields changed, checked again. Raises DocumentError.

        Where the parameters get another layout, what the optimizer remembers of the old ones goes.
        """
        fields = {name: getattr(self, name) for name in _KNOWN[""]}
        state = self.optimizer_state
        if state is None or changes.keys() & {"optimizer", "optimizer_state"} or "layers" not in changes:
            return Document.parse(fields | changes)
        changed = Document.parse(fields | changes | {"optimizer_state": None})
        same = changed.spec.slots == self.spec.slots
        return changed.model_copy(update={"optimizer_state": state}) if same else changed

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

    @property
    def training(self) -> bool:
        """Whether norm and dropout behave as in training."""
        return self.mode == "training"

    @cached_property
    def spec(self) -> NetworkSpec:
        """The engine's view of the architecture."""
        layers = tuple(
            (layer.activation, layer.bias is not None, layer.norm, layer.dropout, layer.skip) for layer in self.layers
        )
        return _spec(self.widths, layers, self.loss)

    @cached_property
    def params(self) -> Array:
        """All parameters (P,), in the order of `spec.slots`; read-only."""
        params = _flat((row for layer in self.layers for row in _parameters(layer)), self.spec.size)
        params.flags.writeable = False
        return params

    @property
    def buffers(self) -> Array:
        """The running statistics of batch norm (B,), in the order of `spec.buffer_views`."""
        names = ("running_mean", "running_var")
        kept = (layer.numbers_of(name) for layer in self.layers for name in names if name in layer.of_norm)
        return _flat(kept, self.spec.buffer_size)

    @property
    def masks(self) -> dict[int, Array]:
        """The dropout masks (N, O) by layer, counted from 0."""
        return {i: np.array(layer.mask) for i, layer in enumerate(self.layers) if layer.dropout}

    @property
    def engine_pins(self) -> tuple[engine.Pin, ...]:
        """The pins counted from 0."""
        return tuple(engine.Pin(pin.layer - 1, pin.sample - 1, pin.unit - 1, pin.value) for pin in self.pins)

    @property
    def steps_taken(self) -> int:
        """How many steps the optimizer remembers; 0 also for one that remembers nothing."""
        return 0 if self.optimizer_state is None else self.optimizer_state.t

    @property
    def slots(self) -> Slots:
        """What the optimizer remembers, or what it starts from."""
        if self.optimizer_state is not None:
            return self.optimizer_state.arrays()
        return configured_optimizer(self.optimizer).init(self.params, learning_rate=self.learning_rate)

    @cached_property
    def next_step(self) -> OptimizerStep:
        """The update that would come next: computed once, then kept."""
        optimizer, t = configured_optimizer(self.optimizer), self.steps_taken + 1
        return take_step(optimizer, self.learning_rate, self.params, self.trace().grad, self.slots, t)

    def trace(self) -> Trace:
        """One forward and backward pass; computed once, then kept."""
        return self._trace

    @cached_property
    def _trace(self) -> Trace:
        spec = self.spec
        around: dict[str, Any] = {} if spec.is_plain else {"masks": self.masks, "buffers": self.buffers}
        x = np.array(self.x)
        return engine.run(spec, self.params, x, self.target, self.engine_pins, training=self.training, **around)

    def forget(self) -> None:
        """Drop what was computed; a later `trace` computes it again. For documents kept only to be undone."""
        for name in ("_trace", "params", "next_step"):
            self.__dict__.pop(name, None)


def _parameters(layer: Layer) -> Iterator[Row]:
    yield from layer.weight
    if layer.bias is not None:
        yield layer.bias
    if layer.norm is not None and layer.norm.entry.affine:
        yield layer.numbers_of("gamma")
        yield layer.numbers_of("beta")


def _flat(rows: Iterator[Row], count: int) -> Array:
    return np.fromiter(chain.from_iterable(rows), dtype=float, count=count)


_Plan = tuple[RegistryChoice[Activation], bool, RegistryChoice[Norm] | None, float, int]
"""What a layer is apart from its numbers: activation, whether it has a bias, norm, dropout, skip."""


@lru_cache(maxsize=256)
def _spec(widths: tuple[int, ...], plans: tuple[_Plan, ...], loss: RegistryChoice[Loss]) -> NetworkSpec:
    # an edit of a number keeps the architecture, and with it the layout of the parameters
    layers = (
        LayerSpec(inputs, outputs, activation.entry, bias, None if norm is None else norm.entry, dropout, skip)
        for inputs, outputs, (activation, bias, norm, dropout, skip) in zip(widths, widths[1:], plans, strict=False)
    )
    return NetworkSpec(tuple(layers), loss.entry)


_KNOWN = {
    "": tuple(Document.model_fields),
    "layers": tuple(Layer.model_fields),
    "pins": tuple(DocumentPin.model_fields),
    "view": tuple(View.model_fields),
    "optimizer_state": tuple(OptimizerState.model_fields),
    "walk": tuple(SavedPoint.model_fields),
}

_TAGS = {"target": ("rows", "classes", "none")}
