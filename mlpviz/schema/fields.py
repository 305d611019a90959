"""The types of the fields of documents and trainings: numbers, counts, rows, matrices, names, choices, targets.

Each says what it takes and within which limits; a type knows nothing of the field that has it.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, Activation, Loss, Norm
from mlpviz.schema.errors import echo
from mlpviz.schema.limits import DOCUMENT_LIMITS, MAGNITUDE, TRAINING_LIMITS
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

STRICT = ConfigDict(frozen=True, extra="forbid")
"""The configuration of every model: unknown fields are errors, and nothing can be changed."""

_DIRECTION_MARKS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Characters that change the direction of all text after them on the page."""


def _one_line(text: str) -> str:
    for number, character in enumerate(text, start=1):
        is_mark = unicodedata.bidirectional(character) in _DIRECTION_MARKS
        if is_mark or unicodedata.category(character) in ("Cc", "Zl", "Zp"):
            raise ValueError(f"has a control character at position {number}, expected one line of text")
    return text


def _kept_or_dropped(value: float) -> float:
    if value not in (0.0, 1.0):
        raise ValueError(f"is {echo(value)}, expected 0 or 1")
    return value


def whole_number(low: int, high: int) -> Any:
    """What pydantic is told about a whole number from low to high."""
    return Field(strict=True, ge=low, le=high)


_MANY = 1_000_000  # more than anything that is counted
_WIDTH, _SAMPLES = DOCUMENT_LIMITS.width, DOCUMENT_LIMITS.samples
_FEATURES, _POINTS = TRAINING_LIMITS.features, TRAINING_LIMITS.points

Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-MAGNITUDE, le=MAGNITUDE)]
FromZeroUp = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=MAGNITUDE)]
Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number that was computed, and may be larger than one that is given."""
LearningRate = FromZeroUp
Share = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, lt=1)]
DropoutRate = Share
Count = Annotated[int, whole_number(1, _MANY)]
FromZero = Annotated[int, whole_number(0, _MANY)]
ClassNumber = Annotated[int, Field(strict=True, ge=0, lt=1000)]
Seed = Annotated[int, whole_number(0, 2**32 - 1)]
Flag = Annotated[bool, Field(strict=True)]
Name = Annotated[str, Field(strict=True, max_length=DOCUMENT_LIMITS.name), AfterValidator(_one_line)]
TrainingName = Annotated[str, Field(strict=True, max_length=TRAINING_LIMITS.name)]
"""The name of a training: files of it were never held to one line."""
HyperparameterName = Annotated[str, Field(strict=True, max_length=40)]
Text = Annotated[str, Field(strict=True, max_length=200)]
"""A heading, a file name or another text that a user gave."""

ActivationChoice = Annotated[RegistryChoice[Activation], ChosenFrom(ACTIVATIONS)]
LossChoice = Annotated[RegistryChoice[Loss], ChosenFrom(LOSSES)]
NormChoice = Annotated[RegistryChoice[Norm], ChosenFrom(NORMS)]

# arrays of a document
Row = Annotated[tuple[Number, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True)]
Matrix = Annotated[tuple[Row, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True)]
SampleRows = Annotated[tuple[Row, ...], Field(min_length=1, max_length=_SAMPLES, fail_fast=True)]
Classes = Annotated[tuple[FromZero, ...], Field(max_length=_SAMPLES, fail_fast=True)]
Variances = Annotated[tuple[FromZeroUp, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True)]
_Kept = Annotated[Number, AfterValidator(_kept_or_dropped)]
_MaskRow = Annotated[tuple[_Kept, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True)]
Mask = Annotated[tuple[_MaskRow, ...], Field(min_length=1, max_length=_SAMPLES, fail_fast=True)]
"""One row of O numbers per sample: 1 where dropout keeps the unit, 0 where it drops it."""

# arrays of a training: samples that a user set by hand
PointRow = Annotated[tuple[Number, ...], Field(min_length=1, max_length=_FEATURES, fail_fast=True)]
PointRows = Annotated[tuple[PointRow, ...], Field(min_length=1, max_length=_POINTS, fail_fast=True)]
PointClasses = Annotated[tuple[ClassNumber, ...], Field(min_length=1, max_length=_POINTS, fail_fast=True)]


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
