"""The config of a training: everything that decides its numbers, as one small validated JSON document.

Frozen. It holds no weights: the seed gives the first ones, and the same steps give the same others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from mlpviz.config.layer_updates import validate_updates
from mlpviz.config.sections import LayerConfig, SplitConfig, StoppingConfig
from mlpviz.config.sources import SOURCES, Source
from mlpviz.config.start_weights import StartLayer, StartLayers
from mlpviz.config.validate import validate_layers, validate_schedule, validate_source, validate_split
from mlpviz.data import DataError
from mlpviz.data.features import MOST, check_formula
from mlpviz.data.formula import LONGEST
from mlpviz.data.scaling import SCALERS, Scaler
from mlpviz.engine import (
    CLIPPINGS,
    INITIALIZERS,
    OPTIMIZERS,
    SCHEDULES,
    Clipping,
    Initializer,
    Optimizer,
    Schedule,
)
from mlpviz.engine.averages import AVERAGES, WeightAverage
from mlpviz.schema.fields import (
    STRICT,
    Flag,
    LossChoice,
    PenaltyChoice,
    Seed,
    TrainingName,
    full_batch,
    whole_number,
)
from mlpviz.schema.json_io import parse_model, whole_as_int, write_json
from mlpviz.schema.limits import TRAINING_LIMITS
from mlpviz.schema.link import packed, unpacked
from mlpviz.schema.parameter_fields import Ties
from mlpviz.schema.registry_choice import ChosenFrom, RegistryChoice
from mlpviz.schema.spelling import plain, read_word, renamed


def _feature(text: str) -> str:
    try:
        check_formula(text)
    except DataError as error:
        raise ValueError(f"is no feature: {error}") from None
    return text


Feature = Annotated[str, Field(strict=True, max_length=LONGEST), AfterValidator(_feature)]


def _with_rate_in_optimizer(given: Any) -> Any:
    """A setup whose learning rate stands in its optimizer, and not beside it as in a document."""
    names = (
        [name for name in given if isinstance(name, str) and plain(name) in ("learningrate", "lr")]
        if isinstance(given, Mapping)
        else []
    )
    if not names:
        return given
    found = {name: value for name, value in given.items() if name not in names}
    optimizer = found.get("optimizer", "adam")
    optimizer = dict(optimizer) if isinstance(optimizer, Mapping) else {"key": optimizer}
    if len(names) > 1 or any(isinstance(name, str) and plain(name) in ("learningrate", "lr") for name in optimizer):
        raise ValueError("has learning_rate twice, under two names")
    return found | {"optimizer": optimizer | {"learning_rate": given[names[0]]}}


class TrainingConfig(BaseModel):
    """Data, network and training, version 1. Made by `parse` and `replace`, which raise DocumentError.

    `features` are the inputs of the network, as formulas of a sample's numbers x1, x2, …; None: these numbers.
    `batch_size` of None, or "full", is the full batch. With `one_hot` false a single output is 0 or 1, its class.
    `schedule_counts` is the unit of the schedule. `penalty` is added to the loss, for weights only unless
    `penalize_biases`. `average` is a second network that averages the weights. `seed` draws the first weights, every
    order of the samples, and dropout.
    `start` are first weights that are given, in place of those that initializer and seed draw. The places of each group
    in `ties` hold one number, [layer, row, column] of weights or [layer, unit] of biases, from 1.
    """

    model_config = STRICT

    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "loss": ("criterion", "loss_function", "loss_fn"),
        "initializer": ("init", "kernel_initializer"),
        "scaling": ("scaler",),
        "target_scaling": ("target_scaler",),
        "data": ("dataset",),
        "batch_size": ("batch", "minibatch_size"),
        "epochs": ("num_epochs", "max_epochs", "n_epochs"),
        "seed": ("random_state", "random_seed"),
        "schedule": ("scheduler", "lr_scheduler"),
        "stopping": ("early_stopping",),
    }
    """what else people call the fields"""

    version: Annotated[int, whole_number(1, TRAINING_LIMITS.version)] = TRAINING_LIMITS.version
    name: TrainingName = ""
    data: Source
    split: SplitConfig = SplitConfig()
    features: Annotated[tuple[Feature, ...], Field(min_length=1, max_length=MOST, fail_fast=True)] | None = None
    scaling: Annotated[RegistryChoice[Scaler], ChosenFrom(SCALERS)] = RegistryChoice.of(SCALERS, "none")
    target_scaling: Annotated[RegistryChoice[Scaler], ChosenFrom(SCALERS)] = RegistryChoice.of(SCALERS, "none")
    one_hot: Flag = True
    layers: Annotated[tuple[LayerConfig, ...], Field(min_length=1, max_length=TRAINING_LIMITS.layers, fail_fast=True)]
    initializer: Annotated[RegistryChoice[Initializer], ChosenFrom(INITIALIZERS)] = RegistryChoice.of(
        INITIALIZERS, "torch_linear"
    )
    start: StartLayers | None = None
    ties: Ties = ()
    loss: LossChoice
    optimizer: Annotated[RegistryChoice[Optimizer], ChosenFrom(OPTIMIZERS)] = RegistryChoice.of(OPTIMIZERS, "adam")
    schedule: Annotated[RegistryChoice[Schedule], ChosenFrom(SCHEDULES)] | None = None
    schedule_counts: Annotated[
        Literal["steps", "epochs"],
        BeforeValidator(read_word({"steps": ("step", "batches", "batch"), "epochs": ("epoch",)})),
    ] = "epochs"
    batch_size: Annotated[
        Annotated[int, whole_number(1, TRAINING_LIMITS.batch_size)] | None, BeforeValidator(full_batch)
    ] = None
    shuffle: Flag = True
    epochs: Annotated[int, whole_number(0, TRAINING_LIMITS.epochs)] = 100
    penalty: PenaltyChoice | None = None
    penalize_biases: Flag = False
    clipping: Annotated[RegistryChoice[Clipping], ChosenFrom(CLIPPINGS)] | None = None
    average: Annotated[RegistryChoice[WeightAverage], ChosenFrom(AVERAGES)] | None = None
    stopping: StoppingConfig | None = None
    seed: Seed = 0
    dtype: Annotated[
        Literal["float32", "float64"],
        BeforeValidator(
            read_word(
                {"float32": ("f32", "torch.float32", "np.float32"), "float64": ("double", "f64", "torch.float64")}
            )
        ),
    ] = "float64"

    @model_validator(mode="before")
    @classmethod
    def _ours(cls, given: Any) -> Any:
        return _with_rate_in_optimizer(renamed(given, cls))

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        validate_layers(self.layers, self.loss, self.batch_size)
        validate_updates(self.layers, self.optimizer, self.ties)
        validate_source(self.data)
        validate_split(self.split, self.stopping)
        validate_schedule(self.schedule, self.schedule_counts, self.optimizer)
        return self

    @classmethod
    def parse(cls, source: str | bytes | Mapping[str, Any]) -> TrainingConfig:
        """The config in a JSON text, its bytes in UTF-8, or the dictionary read from it.

        Raises DocumentError: one sentence that names the field and the allowed values.
        """
        return parse_model(
            cls,
            source,
            whole="the setup",
            version=TRAINING_LIMITS.version,
            known=_KNOWN,
            tags=_TAGS,
            longest=TRAINING_LIMITS.text,
        )

    def replace(self, **changes: Any) -> TrainingConfig:
        """This config with some fields changed, checked again; a field may be given as JSON has it.

        Raises DocumentError.
        """
        return TrainingConfig.parse(
            self.to_json_value() | {name: _json_value(value) for name, value in changes.items()}
        )

    def to_json_value(self) -> dict[str, Any]:
        """The config as dictionaries, lists, numbers and texts, without what is at its default."""
        found = self.model_dump(exclude_defaults=True)
        value: dict[str, Any] = _json_value({"version": self.version, "data": None, **found})
        return value

    def to_json(self, indent: int | None = None) -> str:
        """JSON text: compact, or with an indent one line per field and layer, for reading and comparing."""
        return write_json(self.to_json_value(), indent, ("layers",))

    def to_link(self) -> str:
        """The config as letters, digits, - and _ only. Raises DocumentError if it would be too long for an address."""
        return packed(self.to_json())

    @classmethod
    def from_link(cls, text: str) -> TrainingConfig:
        """The config that `to_link` wrote. Raises DocumentError for a link that is damaged or holds no config."""
        return cls.parse(unpacked(text))


def _json_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_defaults=True)
    if isinstance(value, RegistryChoice):
        return value.to_json_value()
    if isinstance(value, Mapping):
        return {key: _json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    return whole_as_int(value) if isinstance(value, float) else value


_KNOWN = {
    "": tuple(TrainingConfig.model_fields),
    "split": tuple(SplitConfig.model_fields),
    "layers": tuple(LayerConfig.model_fields),
    "stopping": tuple(StoppingConfig.model_fields),
    "start": tuple(StartLayer.model_fields),
    **{kind: tuple(source.model_fields) for kind, source in SOURCES.items()},
}
_TAGS = {"data": tuple(SOURCES)}
