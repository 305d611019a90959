"""The document: its fields, its JSON and link, and the network, parameters and pass that they stand for.

Frozen: an edit makes a new document, and what was computed from an old one stays true.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BaseModel, BeforeValidator, Field, model_validator

from mlpviz import engine
from mlpviz.engine import NetworkSpec, Penalty, Trace
from mlpviz.engine.dropout import SlopesOf
from mlpviz.engine.optimizers import Optimizer, OptimizerStep, ParameterGroup, Slots, at_rates, first_slots, take_step
from mlpviz.engine.optimizers.optimizer import momentum_name
from mlpviz.engine.parameters import Array
from mlpviz.network.document_schedule import DocumentSchedule, momentum_at, validate_momentum
from mlpviz.network.engine_view import buffers_of, masks_of, params_of, spec_of, widths_of
from mlpviz.network.layer import DocumentPin, Layer
from mlpviz.network.optimizer_state import PLAIN, OptimizerChoice, OptimizerState, configured_optimizer, validate_state
from mlpviz.network.parameter_groups import parameter_groups, penalty_of, validate_groups
from mlpviz.network.saved_trajectory import SavedPoint, SavedTrajectory, trajectory_json, validate_trajectory
from mlpviz.network.ties import fill_in, followed, has_ties, validate_ties
from mlpviz.network.validate import validate_batch, validate_network, validate_pins
from mlpviz.network.view import View
from mlpviz.network.written_by_hand import refuse_without_layers, with_target_rows
from mlpviz.schema.fields import (
    STRICT,
    Count,
    Flag,
    FromZero,
    LearningRate,
    LossChoice,
    Name,
    PenaltyChoice,
    SampleRows,
    Target,
    whole_number,
)
from mlpviz.schema.json_io import matrix_json, parse_model, row_json, whole_as_int, write_json
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.link import packed, too_long, unpacked
from mlpviz.schema.parameter_fields import Ties
from mlpviz.schema.spelling import read_word, renamed

PassModeName = Literal["training", "evaluation"]
"""Training: batch norm uses the batch, dropout drops, and RReLU has drawn its slopes. Evaluation: running statistics,
nothing is dropped or drawn."""


_MODE = read_word({"training": ("train",), "evaluation": ("eval", "inference", "predict")})


class Document(BaseModel):
    """A network with its numbers, data, loss, learning rate, optimizer, mode, pins and view, version 1.

    `x` is (N, I), rows are samples. With a `schedule` the learning rate is its η₀: the next update has the rate after
    `schedule_step` steps, `schedule_every` of which count as one, as the batches of an epoch do. `penalty` is added to
    the loss, for weights only unless `penalize_biases`. The places of each group in `ties` hold one number.
    Made by `parse` and `replace`, which raise DocumentError.
    """

    model_config = STRICT

    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "x": ("input", "inputs", "features", "X_train"),
        "target": ("y", "t", "targets", "labels", "y_true", "y_train"),
        "learning_rate": ("lr", "eta", "step_size"),
        "loss": ("criterion", "loss_function", "loss_fn", "cost"),
    }
    """what else people call the fields"""

    version: Annotated[int, whole_number(1, DOCUMENT_LIMITS.version)] = DOCUMENT_LIMITS.version
    name: Name = ""
    layers: Annotated[tuple[Layer, ...], Field(min_length=1, max_length=DOCUMENT_LIMITS.layers, fail_fast=True)]
    x: SampleRows
    target: Target
    loss: LossChoice
    learning_rate: LearningRate = 0.1
    optimizer: OptimizerChoice = PLAIN
    optimizer_state: OptimizerState | None = None
    schedule: DocumentSchedule | None = None
    schedule_step: FromZero = 0
    schedule_every: Count = 1
    penalty: PenaltyChoice | None = None
    penalize_biases: Flag = False
    mode: Annotated[PassModeName, BeforeValidator(_MODE)] = "training"
    ties: Ties = ()
    pins: Annotated[tuple[DocumentPin, ...], Field(max_length=DOCUMENT_LIMITS.pins, fail_fast=True)] = ()
    view: View | None = None
    walk: SavedTrajectory = ()
    """the trajectory up to when it was saved; a session keeps its own, a `trajectory.Trajectory`"""

    @model_validator(mode="before")
    @classmethod
    def _ours(cls, given: Any) -> Any:
        spelled = renamed(given, cls)
        refuse_without_layers(spelled)
        return with_target_rows(fill_in(spelled))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        validate_network(self.layers, self.loss, self.samples, self.training)
        validate_ties(self.layers, self.ties)
        validate_batch(self.x, self.target, self.loss, self.widths[0], self.widths[-1])
        validate_pins(self.pins, self.layers, self.samples)
        validate_groups(self.layers, self.optimizer, self.ties)
        validate_momentum(self.schedule, self.optimizer)
        if self.optimizer_state is not None:
            validate_state(self.optimizer, self.optimizer_state, self.spec.size)
        if self.walk:
            validate_trajectory(self.walk, self.optimizer, self.spec)
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> Document:
        """The document in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        Raises DocumentError: one sentence that names the place and what was expected.
        """
        return parse_model(cls, source, whole="the document", version=DOCUMENT_LIMITS.version, known=_KNOWN, tags=_TAGS)

    def replace(self, **changes: Any) -> Document:
        """This document with some fields changed, checked again. Raises DocumentError.

        Where the parameters get another layout the optimizer state is dropped. Tied numbers follow the one that
        changes.
        """
        ties = changes.get("ties", self.ties)
        if changes.keys() & {"layers", "ties"} and has_ties(changes.get("layers", self.layers), ties):
            changes["layers"] = followed(self.layers, changes.get("layers", self.layers), ties)
        fields = {name: getattr(self, name) for name in _KNOWN[""]}
        state = self.optimizer_state
        if state is None or changes.keys() & {"optimizer", "optimizer_state"} or "layers" not in changes:
            return Document.parse(fields | changes)
        changed = Document.parse(fields | changes | {"optimizer_state": None})
        same = changed.spec.slots == self.spec.slots
        return changed.model_copy(update={"optimizer_state": state}) if same else changed

    def with_numbers(self, layer: int | None = None, **numbers: Any) -> Document:
        """This document with other numbers in place of as many: tensors of a layer (from 0), or the `x`.

        Every number must have been checked by itself; the tensors are those that any number fits in, such as a weight.
        Then nothing that was checked can have changed, and only what is tied needs `replace`.
        """
        if layer is not None:
            layers = self.layers
            changed = layers[layer].with_numbers(**numbers)
            numbers = {"layers": (*layers[:layer], changed, *layers[layer + 1 :])}
        if layer is not None and has_ties(self.layers, self.ties):
            return self.replace(**numbers)
        # the copy has the same architecture, which is kept, and a pass of its own, which is not
        made = self.model_copy(update=numbers)
        made.forget()
        return made

    def to_json(self, indent: int | None = None) -> str:
        """Compact JSON text; with an indent one line per field, layer, pin and step, for reading and comparing."""
        if indent is not None:
            return write_json(self.to_json_value(), indent, ("layers", "pins", "walk"))
        first, last = (write_json(part, None, ()) for part in (self._json_before_layers(), self._json_after_layers()))
        return f'{first[:-1]},"layers":[{",".join([layer.json_text for layer in self.layers])}],{last[1:]}'

    def to_json_value(self) -> dict[str, Any]:
        """The document as dictionaries, lists, numbers and texts; optional fields only when they say something."""
        layers = [layer.to_json_value() for layer in self.layers]
        return {**self._json_before_layers(), "layers": layers, **self._json_after_layers()}

    def _json_before_layers(self) -> dict[str, Any]:
        return {"version": self.version, "name": self.name}

    def _json_after_layers(self) -> dict[str, Any]:
        target = self.target
        found: dict[str, Any] = {
            "x": matrix_json(self.x),
            "target": None if target is None else [row_json(t) if isinstance(t, tuple) else t for t in target],
            "loss": self.loss.to_json_value(),
            "learning_rate": whole_as_int(self.learning_rate),
        }
        if self.optimizer != PLAIN:
            found["optimizer"] = self.optimizer.to_json_value()
        if self.optimizer_state is not None:
            found["optimizer_state"] = self.optimizer_state.to_json_value()
        if self.schedule is not None:
            found["schedule"] = self.schedule.to_json_value()
        if self.schedule_step:
            found["schedule_step"] = self.schedule_step
        if self.schedule_every != 1:
            found["schedule_every"] = self.schedule_every
        if self.penalty is not None:
            found["penalty"] = self.penalty.to_json_value()
        if self.penalize_biases:
            found["penalize_biases"] = True
        if not self.training:
            found["mode"] = self.mode
        if self.ties:
            found["ties"] = [[list(place) for place in group] for group in self.ties]
        if self.pins:
            found["pins"] = [pin.to_json_value() for pin in self.pins]
        if self.view is not None:
            found["view"] = self.view.model_dump(exclude_none=True)
        if self.walk:
            found["walk"] = trajectory_json(self.walk)
        return found

    def to_link(self) -> str:
        """The document as letters, digits, - and _ only. Raises DocumentError if it is too long for an address."""
        if self.spec.size > DOCUMENT_LIMITS.link_parameters:
            raise too_long()  # at once: the page asks after every edit
        return packed(self.to_json())

    @classmethod
    def from_link(cls, text: str) -> Document:
        """The document that `to_link` wrote.

        Raises DocumentError for a link that is too long, cut off, damaged, or holds no document of a known version.
        """
        return cls.parse(unpacked(text))

    @property
    def samples(self) -> int:
        """N, the rows of x."""
        return len(self.x)

    @property
    def widths(self) -> tuple[int, ...]:
        """I, then the units of each layer."""
        return widths_of(self.layers)

    @property
    def has_class_numbers(self) -> bool:
        """Whether the targets are class numbers, and not rows of O numbers."""
        return bool(self.target) and isinstance(self.target[0], int)  # type: ignore[index]  # None is not true

    @property
    def training(self) -> bool:
        """Whether norm and dropout behave as in training."""
        return self.mode == "training"

    def __eq__(self, other: object) -> bool:
        # by fields: what was computed meanwhile and is kept, such as the trace, has arrays, which == cannot compare
        fields = type(self).model_fields
        return type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in fields)

    @cached_property
    def spec(self) -> NetworkSpec:
        """The engine's view of the architecture."""
        return spec_of(self.layers, self.loss, "numbers" if self.has_class_numbers else "rows", self.ties)

    @cached_property
    def params(self) -> Array:
        """All parameters (P,), in the order of `spec.slots`; read-only."""
        params = params_of(self.layers, self.spec.size)
        params.flags.writeable = False
        return params

    @property
    def buffers(self) -> Array:
        """The running statistics of batch norm (B,), in the order of `spec.buffer_views`."""
        return buffers_of(self.layers, self.spec.buffer_size)

    @property
    def masks(self) -> dict[int | SlopesOf, Array]:
        """The dropout masks (N, O) by layer, counted from 0, and the slopes that were drawn."""
        return masks_of(self.layers, self.samples)

    @cached_property
    def read_target(self) -> Array | None:
        """The target (N, O) as the loss reads it: class numbers as one-hot rows; None for a loss without target."""
        target = engine.as_target(self.spec, self.target, self.samples)
        if target is not None:
            target.flags.writeable = False  # documents with the same targets share it
        return target

    @property
    def engine_pins(self) -> tuple[engine.Pin, ...]:
        """The pins counted from 0."""
        return tuple(engine.Pin(pin.layer - 1, pin.sample - 1, pin.unit - 1, pin.value) for pin in self.pins)

    @property
    def steps_taken(self) -> int:
        """How many steps the optimizer state counts; 0 also for an optimizer without slots."""
        return 0 if self.optimizer_state is None else self.optimizer_state.t

    @property
    def slots(self) -> Slots:
        """The slots of the optimizer, those of the start if it has taken no step; one state for a tied number."""
        if self.optimizer_state is not None:
            found = self.optimizer_state.arrays()
        else:
            done = self.schedule_step
            found = first_slots(self._optimizer_at(done), self.params, self.rate, self._groups_at(done))
        sharing = self.spec.sharing
        return found if sharing is None else {name: sharing.spread(slot) for name, slot in found.items()}

    @cached_property
    def next_step(self) -> OptimizerStep:
        """The optimizer step that would come next: computed once, then kept."""
        return self.step_along(self.trace().grad)

    def step_along(self, grad: Array) -> OptimizerStep:
        """The next step along a gradient (P,) of the loss."""
        return self.step_from(self.params, grad, self.slots, self.steps_taken + 1, self.schedule_step)

    def step_from(self, params: Array, grad: Array, slots: Slots, t: int, done: int) -> OptimizerStep:
        """Step number t from these parameters (P,) along their gradient, after `done` steps of the schedule."""
        optimizer, rate, groups = self._optimizer_at(done), self.rate_at(done), self._groups_at(done)
        return take_step(optimizer, rate, params, grad, slots, t, groups, self.penalty_record, self.spec.sharing)

    @property
    def rate(self) -> float:
        """The learning rate of the next step: that of the document, or what its schedule makes of it."""
        return self.rate_at(self.schedule_step)

    def rate_at(self, done: int, base: float | None = None) -> float:
        """What the schedule makes of a learning rate, by default that of the document, after so many steps."""
        base = self.learning_rate if base is None else base
        if self.schedule is None:
            return base
        return float(self.schedule.entry.learning_rate(base, done // self.schedule_every))

    def _optimizer_at(self, done: int) -> Optimizer:
        """The optimizer, with the momentum that its schedule gives it after so many steps."""
        optimizer = configured_optimizer(self.optimizer)
        moved = None if self.schedule is None else momentum_at(self.schedule.entry, done // self.schedule_every)
        if moved is not None:
            optimizer = optimizer.configure(**{momentum_name(optimizer): moved})
        return optimizer.laid_out(self.spec.slots)

    def _groups_at(self, done: int) -> tuple[ParameterGroup, ...] | None:
        groups = parameter_groups(self.layers, self.spec, self.learning_rate)
        if groups is None or self.schedule is None:
            return groups
        return at_rates(groups, lambda base: self.rate_at(done, base))

    @cached_property
    def penalty_record(self) -> Penalty | None:
        """The penalty with a strength for each parameter; None without one."""
        return penalty_of(self.penalty, self.penalize_biases, self.spec)

    @property
    def penalty_value(self) -> float | None:
        """R, in which a tied number counts once; None without a penalty."""
        found, sharing = self.penalty_record, self.spec.sharing
        if found is None:
            return None
        return float(found.value(self.params if sharing is None else sharing.once(self.params)))

    def trace(self) -> Trace:
        """One forward and backward pass; computed once, then kept."""
        return self._trace

    @cached_property
    def _trace(self) -> Trace:
        spec = self.spec
        extras: dict[str, Any] = {} if spec.is_plain else {"masks": self.masks, "buffers": self.buffers}
        x = np.array(self.x)
        extras["as_read"] = True
        return engine.run_pass(
            spec, self.params, x, self.read_target, self.engine_pins, training=self.training, **extras
        )

    def forget(self) -> None:
        """Drop what was computed, to save memory in undo steps; a later `trace` computes it again."""
        for name in ("_trace", "params", "next_step", "penalty_record"):
            self.__dict__.pop(name, None)


_KNOWN = {
    "": tuple(Document.model_fields),
    "layers": tuple(Layer.model_fields),
    "pins": tuple(DocumentPin.model_fields),
    "view": tuple(View.model_fields),
    "optimizer_state": tuple(OptimizerState.model_fields),
    "walk": tuple(SavedPoint.model_fields),
}

_TAGS = {"target": ("rows", "classes", "none")}
