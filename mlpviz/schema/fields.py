"""The kinds of value that a document is made of: numbers, counts, rows, matrices, names, choices, targets.

Each says what it takes and within which limits; refuses to know where in a document it stands.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, Activation, Loss, Norm
from mlpviz.schema.errors import echo
from mlpviz.schema.limits import LIMITS
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""What turns the direction of the text after it, on the whole page."""


def _one_line(text: str) -> str:
    for number, character in enumerate(text, start=1):
        if unicodedata.category(character) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(character) in _TURNS:
            raise ValueError(f"has a control character at position {number}, expected one line of text")
    return text


def _kept_or_dropped(value: float) -> float:
    if value not in (0.0, 1.0):
        raise ValueError(f"is {echo(value)}, expected 0 or 1")
    return value


_M = LIMITS.magnitude
_MANY = 1_000_000  # more than anything that is counted
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-_M, le=_M)]
FromZeroUp = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=_M)]
Count = Annotated[int, Field(strict=True, ge=1, le=_MANY)]
FromZero = Annotated[int, Field(strict=True, ge=0, le=_MANY)]
Flag = Annotated[bool, Field(strict=True)]
Row = Annotated[tuple[Number, ...], Field(min_length=1, max_length=LIMITS.width, fail_fast=True)]
Matrix = Annotated[tuple[Row, ...], Field(min_length=1, max_length=LIMITS.width, fail_fast=True)]
SampleRows = Annotated[tuple[Row, ...], Field(min_length=1, max_length=LIMITS.samples, fail_fast=True)]
Classes = Annotated[tuple[FromZero, ...], Field(max_length=LIMITS.samples, fail_fast=True)]
Variances = Annotated[tuple[FromZeroUp, ...], Field(min_length=1, max_length=LIMITS.width, fail_fast=True)]
Name = Annotated[str, Field(strict=True, max_length=LIMITS.name), AfterValidator(_one_line)]
LearningRate = FromZeroUp
KnobName = Annotated[str, Field(strict=True, max_length=40)]
Seed = Annotated[int, Field(strict=True, ge=0, lt=2**32)]
ActivationChoice = Annotated[RegistryChoice[Activation], ChosenFrom(ACTIVATIONS)]
LossChoice = Annotated[RegistryChoice[Loss], ChosenFrom(LOSSES)]
NormChoice = Annotated[RegistryChoice[Norm], ChosenFrom(NORMS)]
DropoutRate = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, lt=1)]
_Kept = Annotated[Number, AfterValidator(_kept_or_dropped)]
_MaskRow = Annotated[tuple[_Kept, ...], Field(min_length=1, max_length=LIMITS.width, fail_fast=True)]
Mask = Annotated[tuple[_MaskRow, ...], Field(min_length=1, max_length=LIMITS.samples, fail_fast=True)]
"""One row of O numbers per sample: 1 where dropout keeps the unit, 0 where it drops it."""


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
