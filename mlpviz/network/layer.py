"""One layer of a document, and a pin: their fields, the values of fields left out, and their JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, model_validator

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
    Slopes,
    UnitRow,
    Variances,
    typed_rows,
)
from mlpviz.schema.json_io import matrix_json, row_json, whole_as_int, write_json
from mlpviz.schema.parameter_fields import Frozen
from mlpviz.schema.spelling import plain, renamed

FRESH = {"gamma": 1.0, "beta": 0.0, "running_mean": 0.0, "running_var": 1.0}
"""What a norm has for each unit, with the value of a layer that has learned nothing."""


def norm_tensors(norm: Norm | None) -> tuple[str, ...]:
    """The tensors of a norm: scale and shift if it is affine, running statistics if it keeps any."""
    if norm is None:
        return ()
    return norm.parameters + (("running_mean", "running_var") if norm.running else ())


class Layer(BaseModel):
    """One dense layer of O units: weight (O, I), bias (O,) or None, and its activation.

    With a `norm` φ reads n = gamma · norm(z) + beta; batch norm has running statistics too, all (O,); left out they
    are those of `FRESH`; a layer whose bias is left out has none. `dropout` is the probability that a unit is dropped,
    `mask` (N, O) says which are. `alpha` (1,) or (O,) is what an activation learns, `slopes` (N, O) what it has drawn;
    left out they are what it begins with, and the slope of evaluation.
    `skip` adds the input of the layer skip - 1 places before; 0 adds nothing.
    No update changes the tensors in `frozen`; `learning_rate` and `weight_decay` are for this layer alone, None is
    those of the document. `label` says what the layer is for where it is no layer of the network, such as scaling.
    `tied_to` is a layer before, from 1, whose weight is this layer's too, `transposed` or not; with `one_bias` all
    units have one bias.
    """

    model_config = STRICT

    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "weight": ("W", "weights"),
        "bias": ("b", "biases"),
        "activation": ("activation_function", "act", "nonlinearity"),
        "norm": ("normalization", "normalisation"),
        "learning_rate": ("lr",),
        "running_mean": ("moving_mean",),
        "running_var": ("moving_variance", "running_variance"),
    }
    """what else people call the fields; the `kernel` of Keras is a weight whose rows are inputs"""

    weight: Matrix
    bias: Annotated[UnitRow | None, BeforeValidator(lambda value: None if value is False else value)] = None
    activation: Annotated[ActivationChoice, BeforeValidator(lambda value: "identity" if value is None else value)]
    norm: NormChoice | None = None
    gamma: Row | None = None
    beta: Row | None = None
    running_mean: Row | None = None
    running_var: Variances | None = None
    alpha: Row | None = None
    slopes: Slopes | None = None
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
        return renamed(_with_weight(given), cls)

    @property
    def is_plain(self) -> bool:
        """Whether the layer has no norm, dropout or skip, no learned or drawn slopes, and no numbers for them."""
        return (
            self.norm is None
            and not self.dropout
            and self.mask is None
            and not self.skip
            and not self.activation.entry.alpha
            and self.alpha is None
            and self.slopes is None
            and self.gamma is self.beta is self.running_mean is self.running_var is None
        )

    @property
    def norm_tensors(self) -> tuple[str, ...]:
        """The tensors of this layer's norm."""
        return norm_tensors(None if self.norm is None else self.norm.entry)

    def numbers_of(self, name: str) -> Row:
        """gamma, beta, running_mean or running_var (O,), or alpha, also where the document leaves them out."""
        given: Row | None = getattr(self, name)
        if given is not None:
            return given
        if name == "alpha":
            return (self.first_slope,) * self.activation.entry.alphas(len(self.weight))
        return (FRESH[name],) * len(self.weight)

    @property
    def first_slope(self) -> float:
        """The slope that an activation begins to learn with, or that of evaluation where it draws them."""
        return sum(self.activation.entry.alpha_range) / 2.0

    def slopes_of(self, samples: int) -> Matrix:
        """The slopes (N, O) that the activation has drawn, also where the document leaves them out."""
        return ((self.first_slope,) * len(self.weight),) * samples if self.slopes is None else self.slopes

    @property
    def kept(self) -> float:
        """What the mask has for a new unit or sample: dropout keeps it, unless it drops everything."""
        return 0.0 if self.dropout == 1.0 else 1.0

    def with_numbers(self, **numbers: Row | Matrix) -> Layer:
        """This layer with other tensors of the same shapes, whose numbers were checked."""
        made = self.model_copy(update=numbers)
        made.__dict__.pop("json_text", None)
        return made

    @cached_property
    def json_text(self) -> str:
        """The layer as compact JSON, for links: an edit changes one of many layers."""
        return write_json(self.to_json_value(), None, ())

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
        if self.alpha is not None:
            found["alpha"] = row_json(self.alpha)
        if self.slopes is not None:
            found["slopes"] = matrix_json(self.slopes)
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


def _with_weight(given: Any) -> Any:
    """A layer with a weight (O, I) in place of Keras's kernel (I, O). Raises ValueError if that is no matrix."""
    kernels = [name for name in given if isinstance(name, str) and plain(name) == "kernel"] if _is_layer(given) else []
    if not kernels:
        return given
    rows = typed_rows(given[kernels[0]])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) for row in rows):
        raise ValueError("has a kernel that is no matrix, expected a list of rows, one for each input")
    if len({len(row) for row in rows}) > 1:
        raise ValueError("has a kernel whose rows differ in length, expected a row for each input")
    return {("weight" if name == kernels[0] else name): value for name, value in given.items()} | {
        "weight": [list(column) for column in zip(*rows, strict=True)]
    }


def _is_layer(given: Any) -> bool:
    return isinstance(given, Mapping) and "weight" not in given


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
