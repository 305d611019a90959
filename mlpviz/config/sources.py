"""Where the samples of a training come from: one model per kind of source. `load.py` makes the samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Discriminator, Field

from mlpviz.data import DATASETS, DataError, DataSet, Task
from mlpviz.data.formula import LONGEST, DataFormula
from mlpviz.data.toy_regression import NOISE, SAMPLES
from mlpviz.schema.fields import STRICT, Number, PointClasses, PointRows, Seed, Text, whole_number
from mlpviz.schema.limits import TRAINING_LIMITS
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

Samples = Annotated[int, whole_number(int(SAMPLES.low), int(SAMPLES.high))]
Noise = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=NOISE.low, le=NOISE.high)]


def _formula(text: str) -> str:
    try:
        DataFormula(text)
    except DataError as error:
        raise ValueError(f"is no formula: {error}") from None
    return text


class SetSource(BaseModel):
    """A data set of the registry with its hyperparameters; `seed` draws it."""

    model_config = STRICT

    kind: Literal["set"]
    set: Annotated[RegistryChoice[DataSet], ChosenFrom(DATASETS)]
    seed: Seed = 0


class CsvSource(BaseModel):
    """A table of the user's: `content` is its text, or `file` the name of the file that has it.

    `target` is the heading of the column to learn (None: the last), `features` those to learn from (None: all others).
    `task` says whether the target holds classes or values (None: classes when it holds a text, or few whole numbers).
    `missing` says whether rows with an empty cell are an error or left out. `texts` says whether a column of text to
    learn from is an error, left out, or one column of 0 and 1 for each of its texts.
    """

    model_config = STRICT

    kind: Literal["csv"]
    file: Text | None = None
    content: Annotated[str, Field(strict=True, max_length=TRAINING_LIMITS.csv)] | None = None
    target: Text | None = None
    features: Annotated[tuple[Text, ...], Field(min_length=1, max_length=TRAINING_LIMITS.features)] | None = None
    task: Task | None = None
    missing: Literal["refuse", "drop"] = "refuse"
    texts: Literal["refuse", "leave_out", "one_hot"] = "refuse"


class PointsSource(BaseModel):
    """Samples set by hand: x (N, I) beside class numbers from 0, (N,), or beside `values` (N, O)."""

    model_config = STRICT

    kind: Literal["points"]
    x: PointRows
    classes: PointClasses | None = None
    values: PointRows | None = None


class FormulaSource(BaseModel):
    """Points of a typed function of x, evenly from `low` to `high`, with normal noise added to y."""

    model_config = STRICT

    kind: Literal["formula"]
    text: Annotated[str, Field(strict=True, max_length=LONGEST), AfterValidator(_formula)]
    low: Number = -3.0
    high: Number = 3.0
    samples: Samples = SAMPLES.default
    noise: Noise = NOISE.default
    seed: Seed = 0


class DrawnSource(BaseModel):
    """Points of a curve drawn by hand: straight lines through `points` (x, y), sampled evenly along x."""

    model_config = STRICT

    kind: Literal["drawn"]
    points: Annotated[
        tuple[tuple[Number, Number], ...], Field(min_length=2, max_length=TRAINING_LIMITS.points, fail_fast=True)
    ]
    samples: Samples = SAMPLES.default
    noise: Noise = NOISE.default
    seed: Seed = 0


def _with_kind(value: Any) -> Any:
    """A source whose kind is plain without its name: the key of a data set, or a field that only one kind has."""
    if isinstance(value, str):
        return {"kind": "set", "set": value}
    if not isinstance(value, Mapping) or "kind" in value:
        return value
    kinds = [
        kind
        for name, kind in (("set", "set"), ("file", "csv"), ("content", "csv"), ("text", "formula"))
        if name in value
    ]
    return {"kind": kinds[0], **value} if len(set(kinds)) == 1 else value


Source = Annotated[
    Annotated[SetSource | CsvSource | PointsSource | FormulaSource | DrawnSource, Discriminator("kind")],
    BeforeValidator(_with_kind),
]

SOURCES: dict[str, type[BaseModel]] = {
    "set": SetSource,
    "csv": CsvSource,
    "points": PointsSource,
    "formula": FormulaSource,
    "drawn": DrawnSource,
}
"""The models by their kind."""
