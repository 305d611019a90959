"""Where the samples of a training come from: one model per kind of source, as the setup holds it.

Refuses to make the samples; `loading.py` does.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field

from mlpviz.config.limits import LIMITS
from mlpviz.data import DATASETS, DataError, DataSet, Task
from mlpviz.data.formula import LONGEST, DataFormula
from mlpviz.data.toy_regression import NOISE, SAMPLES
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

STRICT = ConfigDict(frozen=True, extra="forbid")

_M = LIMITS.magnitude
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-_M, le=_M)]
Text = Annotated[str, Field(strict=True, max_length=200)]
Seed = Annotated[int, Field(strict=True, ge=0, le=LIMITS.seed)]
Row = Annotated[tuple[Number, ...], Field(min_length=1, max_length=LIMITS.features, fail_fast=True)]
Rows = Annotated[tuple[Row, ...], Field(min_length=1, max_length=LIMITS.points, fail_fast=True)]
ClassNumber = Annotated[int, Field(strict=True, ge=0, lt=1000)]
Classes = Annotated[tuple[ClassNumber, ...], Field(min_length=1, max_length=LIMITS.points, fail_fast=True)]
Samples = Annotated[int, Field(strict=True, ge=int(SAMPLES.low), le=int(SAMPLES.high))]
Noise = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=NOISE.low, le=NOISE.high)]


def _formula(text: str) -> str:
    try:
        DataFormula(text)
    except DataError as error:
        raise ValueError(f"is no formula: {error}") from None
    return text


class SetSource(BaseModel):
    """A data set on offer, with its knobs; `seed` draws it."""

    model_config = STRICT

    kind: Literal["set"]
    set: Annotated[RegistryChoice[DataSet], ChosenFrom(DATASETS)]
    seed: Seed = 0


class CsvSource(BaseModel):
    """A table of the user's: `content` is its text, or `file` the name of the file that has it.

    `target` is the heading of the column to learn (None: the last), `features` those to learn from (None: all others).
    `task` says whether the target holds classes or values (None: classes when it holds a text, or few whole numbers).
    `missing` says what happens to rows with an empty cell.
    """

    model_config = STRICT

    kind: Literal["csv"]
    file: Text | None = None
    content: Annotated[str, Field(strict=True, max_length=LIMITS.csv)] | None = None
    target: Text | None = None
    features: Annotated[tuple[Text, ...], Field(min_length=1, max_length=LIMITS.features)] | None = None
    task: Task | None = None
    missing: Literal["refuse", "drop"] = "refuse"


class PointsSource(BaseModel):
    """Samples set by hand: x (N, I) beside class numbers from 0, (N,), or beside `values` (N, O)."""

    model_config = STRICT

    kind: Literal["points"]
    x: Rows
    classes: Classes | None = None
    values: Rows | None = None


class FormulaSource(BaseModel):
    """Points of a typed function of x, evenly from `low` to `high`, with a normal scatter of y."""

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
    points: Annotated[tuple[tuple[Number, Number], ...], Field(min_length=2, max_length=LIMITS.points, fail_fast=True)]
    samples: Samples = SAMPLES.default
    noise: Noise = NOISE.default
    seed: Seed = 0


Source = Annotated[
    SetSource | CsvSource | PointsSource | FormulaSource | DrawnSource,
    Discriminator("kind"),
]

SOURCES: dict[str, type[BaseModel]] = {
    "set": SetSource,
    "csv": CsvSource,
    "points": PointsSource,
    "formula": FormulaSource,
    "drawn": DrawnSource,
}
"""The models by their kind."""
