"""One layer of a document, and a pin: their fields, the values of fields left out, and their JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, model_validator

from mlpviz.engine import Norm
from mlpviz.schema.fields import (
    STRICT,
    ActivationChoice,
    Count,
    DropoutRate,
    Flag,
    FromZero,
    FromZeroUp,
    LearningRate,
    Mask,
    Matrix,
    Name,
    NormChoice,
    Number,
    Row,
    Variances,
)
from mlpviz.schema.json_io import matrix_json, row_json, whole_as_int
from mlpviz.schema.parameter_fields import Frozen
from mlpviz.schema.spelling import renamed

FRESH = {"gamma": 1.0, "beta": 0.0, "running_mean": 0.0, "running_var": 1.0}
"""What a norm has for each unit, with the value of a layer that has learned nothing."""


def norm_tensors(norm: Norm | None) -> tuple[str, ...]:
    """The tensors of a norm: scale and shift if it is affine, running statistics if it keeps any."""
    if norm is None:
        return ()
    return (("gamma", "beta") if norm.affine else ()) + (("running_mean", "running_var") if norm.running else ())


# not the kernel of Keras: its rows are inputs
LAYER_ALIASES = {"W": "weight", "w": "weight", "weights": "weight", "b": "bias", "biases": "bias"} | {
    "activation_function": "activation",
    "act": "activation",
    "lr": "learning_rate",
}


class Layer(BaseModel):
    """One dense layer of O units: weight (O, I), bias (O,) or None, and its activation.

    With a `norm` φ reads n = gamma · norm(z) + beta; batch norm has running statistics too, all (O,); left out they
    are those of `FRESH`; a layer whose bias is left out has none. `dropout` is the probability that a unit is dropped,
    `mask` (N, O) says which are.
    `skip` adds the input of the layer skip - 1 places before; 0 adds nothing.
    No update changes the tensors in `frozen`; `learning_rate` and `weight_decay` are for this layer alone, None is
    those of the document. `label` says what the layer is for where it is no layer of the network, such as scaling.
    `tied_to` is a layer before, from 1, whose weight is this layer's too, `transposed` or not; with `one_bias` all
    units have one bias.
    """

    model_config = STRICT

    weight: Matrix
    bias: Row | None = None
    activation: ActivationChoice
    norm: NormChoice | None = None
    gamma: Row | None = None
    beta: Row | None = None
    running_mean: Row | None = None
    running_var: Variances | None = None
    dropout: DropoutRate = 0.0
    mask: Mask | None = None
    skip: FromZero = 0
    frozen: Frozen = ()
    learning_rate: LearningRate | None = None
    weight_decay: FromZeroUp | None = None
    tied_to: Count | None = None
    transposed: Flag = False
    one_bias: Flag = False
    label: Name = ""

    @model_validator(mode="before")
    @classmethod
    def _ours(cls, given: Any) -> Any:
        return renamed(given, LAYER_ALIASES)

    @property
    def is_plain(self) -> bool:
        """Whether the layer has no norm, dropout or skip, and no numbers for them."""
        return (
            self.norm is None
            and not self.dropout
            and self.mask is None
            and not self.skip
            and self.gamma is self.beta is self.running_mean is self.running_var is None
        )

    @property
    def norm_tensors(self) -> tuple[str, ...]:
        """The tensors of this layer's norm."""
        return norm_tensors(None if self.norm is None else self.norm.entry)

    def numbers_of(self, name: str) -> Row:
        """gamma, beta, running_mean or running_var (O,), also where the document leaves them out."""
        given: Row | None = getattr(self, name)
        return (FRESH[name],) * len(self.weight) if given is None else given

    def fields(self) -> dict[str, Any]:
        """All fields by their names."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    def to_json_value(self) -> dict[str, Any]:
        """The layer as plain values; optional fields only when they say something."""
        found: dict[str, Any] = {"weight": matrix_json(self.weight)} if self.tied_to is None else {}
        found |= {
            "bias": None if self.bias is None else row_json(self.bias),
            "activation": self.activation.to_json_value(),
        }
        if self.norm is not None:
            found["norm"] = self.norm.to_json_value()
            found |= {name: row_json(row) for name in self.norm_tensors if (row := getattr(self, name)) is not None}
        if self.dropout and self.mask is not None:
            found |= {"dropout": whole_as_int(self.dropout), "mask": matrix_json(self.mask)}
        if self.skip:
            found["skip"] = self.skip
        if self.frozen:
            found["frozen"] = list(self.frozen)
        if self.label:
            found["label"] = self.label
        for name in ("learning_rate", "weight_decay"):
            if (value := getattr(self, name)) is not None:
                found[name] = whole_as_int(value)
        # the weight of a tied layer stands in the layer that it is tied to
        if self.tied_to is not None:
            found["tied_to"] = self.tied_to
        found |= {name: True for name in ("transposed", "one_bias") if getattr(self, name)}
        return found


class DocumentPin(BaseModel):
    """One activation held at a value; layer, sample and unit count from 1 as on screen."""

    model_config = STRICT

    layer: Count
    sample: Count
    unit: Count
    value: Number

    def to_json_value(self) -> dict[str, Any]:
        """The pin as plain values."""
        return {**self.model_dump(), "value": whole_as_int(self.value)}
