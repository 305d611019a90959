"""The types of the fields of documents and trainings: numbers, counts, rows, matrices, names, choices, targets.

Each says what it takes and within which limits; a type knows nothing of the field that has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from annotated_types import Ge, GroupedMetadata, Le
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, PENALTIES, Activation, Loss, Norm, Penalty
from mlpviz.schema.errors import DocumentError, FieldError, echo
from mlpviz.schema.limits import DOCUMENT_LIMITS, MAGNITUDE, TRAINING_LIMITS
from mlpviz.schema.matrix_text import parse_matrix
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice
from mlpviz.schema.typed_number import read_typed

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


def typed(value: Any) -> Any:
    """The number in a text that a person typed; anything else as it is. Raises NumberTextError."""
    return read_typed(value) if isinstance(value, str) else value


def typed_whole(value: Any) -> Any:
    """The same for a whole number, which may also come as a float: 32 for 32.0, "32" and 1e3."""
    try:
        number = typed(value)
    except NumberTextError as error:
        raise ValueError(str(error).replace("expected a number", "expected a whole number")) from None
    return int(number) if isinstance(number, float) and number.is_integer() else number


def typed_row(value: Any) -> Any:
    """A list in which some numbers may be texts; tuples were checked before. Raises FieldError with the place."""
    if not isinstance(value, list) or str not in set(map(type, value)):
        return value
    found = []
    for index, each in enumerate(value):
        try:
            found.append(typed(each))
        except ValueError as error:
            raise FieldError((index,), str(error)) from None
    return found


def typed_units(value: Any) -> Any:
    """One number per unit, which may be a text, or a column as NumPy has it. Raises ValueError with the place in it."""
    rows = typed_rows(value)
    if isinstance(rows, list) and rows and all(isinstance(row, list) and len(row) == 1 for row in rows):
        return typed_row([row[0] for row in rows])
    if isinstance(value, str):
        if len(rows) > 1:
            raise ValueError(f"is a text of {len(rows)} rows, expected one row or one column")
        return rows[0]
    return typed_row(value)


def typed_rows(value: Any) -> Any:
    """A matrix that may be one text, as people paste it. Raises ValueError with the row and column in it."""
    if not isinstance(value, str):
        return value
    try:
        return parse_matrix(value)
    except DocumentError as error:
        raise ValueError(f"is a text in which {error}") from None


def array_at_once(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """A matrix that a reader gives as an array is checked in one go: number by number it is most of what opening costs.

    Where anything is wrong with it, the checks of a list say what and where.
    """
    if not isinstance(value, np.ndarray):
        return check(value)
    fits = value.ndim == 2 and value.dtype == np.float64 and value.size > 0 and max(value.shape) <= _WIDTH
    if fits and (np.abs(value) <= MAGNITUDE).all():
        return tuple(map(tuple, value.tolist()))
    return check(value.tolist())


@dataclass(frozen=True)
class whole_number(GroupedMetadata):  # noqa: N801 - it reads as the functions beside it
    """What pydantic is told about a whole number from low to high."""

    low: int
    high: int

    def __iter__(self) -> Iterator[Any]:
        """The parts of it; the last is asked first."""
        yield Strict()
        yield Ge(self.low)
        yield Le(self.high)
        yield BeforeValidator(typed_whole)


def full_batch(value: Any) -> Any:
    """None for the words that mean the full batch. Raises ValueError for other words."""
    if not isinstance(value, str):
        return value
    if value.strip().lower() in ("full", "all", "full batch", "full_batch"):
        return None
    try:
        return typed_whole(value)
    except ValueError as error:
        raise ValueError(f"{error}, or full for the full batch") from None


_MANY = 1_000_000  # more than anything that is counted
_WIDTH, _SAMPLES = DOCUMENT_LIMITS.width, DOCUMENT_LIMITS.samples
_FEATURES, _POINTS = TRAINING_LIMITS.features, TRAINING_LIMITS.points

_TYPED = BeforeValidator(typed)

_Entry = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-MAGNITUDE, le=MAGNITUDE)]
"""A number of an array: its row is asked for texts, since a call for each number would slow down every edit."""

Number = Annotated[_Entry, _TYPED]
FromZeroUp = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=MAGNITUDE), _TYPED]
Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number that was computed, and may be larger than one that is given."""
LearningRate = FromZeroUp
Share = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, lt=1), _TYPED]
DropoutRate = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=1), _TYPED]
Count = Annotated[int, whole_number(1, _MANY)]
FromZero = Annotated[int, whole_number(0, _MANY)]
ClassNumber = Annotated[int, whole_number(0, 999)]
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
PenaltyChoice = Annotated[RegistryChoice[Penalty], ChosenFrom(PENALTIES)]

_TYPED_ROW, _TYPED_ROWS = BeforeValidator(typed_row), BeforeValidator(typed_rows)

# arrays of a document
Row = Annotated[tuple[_Entry, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True), _TYPED_ROW]
UnitRow = Annotated[
    tuple[_Entry, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True), BeforeValidator(typed_units)
]
Matrix = Annotated[
    tuple[Row, ...],
    Field(min_length=1, max_length=_WIDTH, fail_fast=True),
    _TYPED_ROWS,
    WrapValidator(array_at_once),
]
SampleRows = Annotated[tuple[Row, ...], Field(min_length=1, max_length=_SAMPLES, fail_fast=True), _TYPED_ROWS]
# which of them are classes of the network is asked of the whole document
Classes = Annotated[tuple[Annotated[int, whole_number(-_MANY, _MANY)], ...], Field(max_length=_SAMPLES, fail_fast=True)]
Variances = Annotated[tuple[FromZeroUp, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True)]
_Kept = Annotated[_Entry, AfterValidator(_kept_or_dropped)]
_MaskRow = Annotated[tuple[_Kept, ...], Field(min_length=1, max_length=_WIDTH, fail_fast=True)]
Mask = Annotated[tuple[_MaskRow, ...], Field(min_length=1, max_length=_SAMPLES, fail_fast=True)]
"""One row of O numbers per sample: 1 where dropout keeps the unit, 0 where it drops it."""

Slopes = Annotated[tuple[Row, ...], Field(min_length=1, max_length=_SAMPLES, fail_fast=True), _TYPED_ROWS]
"""One row of O numbers per sample: the slope below 0 that an activation has drawn."""

# arrays of a training: samples that a user set by hand
PointRow = Annotated[tuple[_Entry, ...], Field(min_length=1, max_length=_FEATURES, fail_fast=True), _TYPED_ROW]
PointRows = Annotated[tuple[PointRow, ...], Field(min_length=1, max_length=_POINTS, fail_fast=True)]
PointClasses = Annotated[tuple[ClassNumber, ...], Field(min_length=1, max_length=_POINTS, fail_fast=True)]


def _target_form(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return "rows"
    is_list = isinstance(value, list | tuple)
    return "classes" if is_list and value and isinstance(value[0], int | float | str | None) else "rows"


Target = Annotated[
    Annotated[SampleRows, Tag("rows")] | Annotated[Classes, Tag("classes")] | Annotated[None, Tag("none")],
    Discriminator(_target_form),
]
"""One row of O numbers per sample; or one class number from 0 per sample; or None."""
