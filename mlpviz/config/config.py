"""The setup of a training: everything that decides its numbers, as one small validated JSON document.

Frozen. Refuses to hold weights: the seed makes them, and the steps reproduce the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from mlpviz.config.limits import LIMITS
from mlpviz.config.sources import SOURCES, STRICT, Seed, Source
from mlpviz.config.validate import validate
from mlpviz.data import DataError
from mlpviz.data.features import MOST, readable
from mlpviz.data.formula import LONGEST
from mlpviz.data.scaling import SCALERS, Scaler
from mlpviz.engine import (
    ACTIVATIONS,
    CLIPPINGS,
    INITIALIZERS,
    LOSSES,
    NORMS,
    OPTIMIZERS,
    PENALTIES,
    SCHEDULES,
    Activation,
    Clipping,
    Initializer,
    Loss,
    Norm,
    Optimizer,
    Penalty,
    Schedule,
)
from mlpviz.network.writing import in_lines, number
from mlpviz.schema.parsing import parse_model
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice

Flag = Annotated[bool, Field(strict=True)]
Share = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, lt=1)]
Name = Annotated[str, Field(strict=True, max_length=LIMITS.name)]


def _feature(text: str) -> str:
    try:
        readable(text)
    except DataError as error:
        raise ValueError(f"is no feature: {error}") from None
    return text


Feature = Annotated[str, Field(strict=True, max_length=LONGEST), AfterValidator(_feature)]


def _count(low: int, high: int) -> Any:
    return Field(strict=True, ge=low, le=high)


class SplitConfig(BaseModel):
    """Which samples are for what.

    `test` is a share of all samples; with `own_test` the test set that the data come with takes its place.
    `validation` is a share of what is left then. With `redraw` every epoch begins with another choice of validation
    samples. `folds` stands for k-fold cross-validation, one training per fold; `validation` does not count then.
    """

    model_config = STRICT

    test: Share = 0.2
    own_test: Flag = False
    validation: Share = 0.25
    stratified: Flag = False
    seed: Seed = 0
    redraw: Flag = False
    folds: Annotated[int, _count(2, LIMITS.folds)] | None = None


class LayerConfig(BaseModel):
    """One dense layer. `units` of None in the last layer: as many as the data ask for.

    `dropout` is the chance of each activation to be 0 in training, `skip` around how many layers a skip goes, 0 for
    none.
    """

    model_config = STRICT

    units: Annotated[int, _count(1, LIMITS.units)] | None
    activation: Annotated[RegistryChoice[Activation], ChosenFrom(ACTIVATIONS)]
    bias: Flag = True
    norm: Annotated[RegistryChoice[Norm], ChosenFrom(NORMS)] | None = None
    dropout: Share = 0.0
    skip: Annotated[int, _count(0, LIMITS.layers)] = 0


class StoppingConfig(BaseModel):
    """Early stopping: after more than `patience` epochs in a row without a fall of the watched loss by `min_change`."""

    model_config = STRICT

    patience: Annotated[int, _count(0, LIMITS.epochs)] = 10
    min_change: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)] = 0.0
    restore_best: Flag = True
    watch: Literal["validation", "train"] = "validation"


class TrainingConfig(BaseModel):
    """Data, network and training, version 1. Made by `parse` and `replace`, which raise DocumentError.

    `features` are what the network reads of a sample, as formulas of its numbers x1, x2, …; None: these themselves.
    `batch_size` of None is the full batch. With `one_hot` false a single output holds the class number, or 0 and 1.
    `schedule_counts` says what the schedule takes for a step. `penalty` joins the loss, for weights only unless
    `penalize_biases`. `seed` draws the first weights, every order of the samples, and dropout.
    """

    model_config = STRICT

    version: Annotated[int, _count(1, LIMITS.version)] = LIMITS.version
    name: Name = ""
    data: Source
    split: SplitConfig = SplitConfig()
    features: Annotated[tuple[Feature, ...], Field(min_length=1, max_length=MOST, fail_fast=True)] | None = None
    scaling: Annotated[RegistryChoice[Scaler], ChosenFrom(SCALERS)] = RegistryChoice.of(SCALERS, "none")
    target_scaling: Annotated[RegistryChoice[Scaler], ChosenFrom(SCALERS)] = RegistryChoice.of(SCALERS, "none")
    one_hot: Flag = True
    layers: Annotated[tuple[LayerConfig, ...], Field(min_length=1, max_length=LIMITS.layers, fail_fast=True)]
    initializer: Annotated[RegistryChoice[Initializer], ChosenFrom(INITIALIZERS)] = RegistryChoice.of(
        INITIALIZERS, "torch_linear"
    )
    loss: Annotated[RegistryChoice[Loss], ChosenFrom(LOSSES)]
    optimizer: Annotated[RegistryChoice[Optimizer], ChosenFrom(OPTIMIZERS)] = RegistryChoice.of(OPTIMIZERS, "adam")
    schedule: Annotated[RegistryChoice[Schedule], ChosenFrom(SCHEDULES)] | None = None
    schedule_counts: Literal["steps", "epochs"] = "epochs"
    batch_size: Annotated[int, _count(1, LIMITS.batch_size)] | None = None
    shuffle: Flag = True
    epochs: Annotated[int, _count(0, LIMITS.epochs)] = 100
    penalty: Annotated[RegistryChoice[Penalty], ChosenFrom(PENALTIES)] | None = None
    penalize_biases: Flag = False
    clipping: Annotated[RegistryChoice[Clipping], ChosenFrom(CLIPPINGS)] | None = None
    stopping: StoppingConfig | None = None
    seed: Seed = 0
    dtype: Literal["float32", "float64"] = "float64"

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        validate(self)
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> TrainingConfig:
        """The setup in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        Raises DocumentError: one sentence that names the field and the allowed values.
        """
        return parse_model(
            cls, source, whole="the setup", version=LIMITS.version, known=_KNOWN, tags=_TAGS, longest=LIMITS.text
        )

    def replace(self, **changes: Any) -> TrainingConfig:
        """This setup with some fields changed, checked again; a field may be given as JSON has it.

        Raises DocumentError.
        """
        return TrainingConfig.parse(self.to_json_value() | {name: _plain(value) for name, value in changes.items()})

    def to_json_value(self) -> dict[str, Any]:
        """The setup as dictionaries, lists, numbers and texts, without what is at its default."""
        found = self.model_dump(exclude_defaults=True)
        plain: dict[str, Any] = _plain({"version": self.version, "data": None, **found})
        return plain

    def to_json(self, indent: int | None = None) -> str:
        """JSON text: compact, or with an indent one line per field and layer, for reading and comparing."""
        return in_lines(self.to_json_value(), indent, ("layers",))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_defaults=True)
    if isinstance(value, RegistryChoice):
        return value.to_json_value()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return number(value) if isinstance(value, float) else value


_KNOWN = {
    "": tuple(TrainingConfig.model_fields),
    "split": tuple(SplitConfig.model_fields),
    "layers": tuple(LayerConfig.model_fields),
    "stopping": tuple(StoppingConfig.model_fields),
    **{kind: tuple(source.model_fields) for kind, source in SOURCES.items()},
}
_TAGS = {"data": tuple(SOURCES)}
