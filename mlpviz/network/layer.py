"""One layer of a document, and a pin: their fields, and what they mean where they are left out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from mlpviz.engine import Norm
from mlpviz.schema.fields import (
    ActivationChoice,
    Count,
    DropoutRate,
    FromZero,
    Mask,
    Matrix,
    NormChoice,
    Number,
    Row,
    Variances,
)

STRICT = ConfigDict(frozen=True, extra="forbid")

FRESH = {"gamma": 1.0, "beta": 0.0, "running_mean": 0.0, "running_var": 1.0}
"""What a norm has for each unit, and what it is before anything was learned."""


def numbers_of_norm(norm: Norm | None) -> tuple[str, ...]:
    """What a norm has for each unit: scale and shift if it is affine, running statistics if it keeps any."""
    if norm is None:
        return ()
    return (("gamma", "beta") if norm.affine else ()) + (("running_mean", "running_var") if norm.running else ())


class Layer(BaseModel):
    """One dense layer of O units: weight (O, I), bias (O,) or None, and its activation.

    With a `norm` φ reads n = gamma · norm(z) + beta; batch norm has running statistics besides, all (O,); left out they
    are those of a fresh layer. `dropout` is the chance of a unit to be dropped, `mask` (N, O) says which are.
    A `skip` adds what the layer skip - 1 places before reads; 0 adds nothing.
    """

    model_config = STRICT

    weight: Matrix
    bias: Row | None
    activation: ActivationChoice
    norm: NormChoice | None = None
    gamma: Row | None = None
    beta: Row | None = None
    running_mean: Row | None = None
    running_var: Variances | None = None
    dropout: DropoutRate = 0.0
    mask: Mask | None = None
    skip: FromZero = 0

    @property
    def is_bare(self) -> bool:
        """Whether the layer has, and gives numbers for, nothing around its activation."""
        return (
            self.norm is None
            and not self.dropout
            and self.mask is None
            and not self.skip
            and self.gamma is self.beta is self.running_mean is self.running_var is None
        )

    @property
    def of_norm(self) -> tuple[str, ...]:
        """`numbers_of_norm` of this layer."""
        return numbers_of_norm(None if self.norm is None else self.norm.entry)

    def numbers_of(self, name: str) -> Row:
        """gamma, beta, running_mean or running_var (O,), also where the document leaves them out."""
        given: Row | None = getattr(self, name)
        return (FRESH[name],) * len(self.weight) if given is None else given

    def fields(self) -> dict[str, Any]:
        """All fields by their names."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class DocumentPin(BaseModel):
    """One activation held at a value; layer, sample and unit count from 1 as on screen."""

    model_config = STRICT

    layer: Count
    sample: Count
    unit: Count
    value: Number
