"""The objects inside a training config: split, layer, early stopping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from mlpviz.engine.parameters import LayerViews
from mlpviz.schema.fields import (
    STRICT,
    ActivationChoice,
    Count,
    DropoutRate,
    Flag,
    FromZeroUp,
    LearningRate,
    NormChoice,
    Seed,
    Share,
    whole_number,
)
from mlpviz.schema.limits import TRAINING_LIMITS
from mlpviz.schema.parameter_fields import Frozen
from mlpviz.schema.spelling import read_word, renamed


class SplitConfig(BaseModel):
    """Which samples are for training, validation and test.

    `test` is a share of all samples; with `own_test` it is the data's own test set. `validation` is a share of the
    rest. With `redraw` every epoch draws its validation samples again. `folds` is k-fold cross-validation, one training
    per fold; `validation` is not used then.
    """

    model_config = STRICT

    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "test": ("test_size", "test_share"),
        "validation": ("validation_split", "validation_size", "val"),
        "stratified": ("stratify",),
        "seed": ("random_state", "random_seed"),
        "folds": ("k_folds", "n_splits", "cv"),
    }
    """what else people call the fields"""

    test: Share = 0.2
    own_test: Flag = False
    validation: Share = 0.25
    stratified: Flag = False
    seed: Seed = 0
    redraw: Flag = False
    folds: Annotated[int, whole_number(2, TRAINING_LIMITS.folds)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _ours(cls, given: Any) -> Any:
        return renamed(given, cls)


class LayerConfig(BaseModel):
    """One dense layer. `units` of None in the last layer: as many as the data need.

    `dropout` is the probability that an activation is 0 in training, `skip` the number of layers that a skip connection
    spans, 0 for none. No update changes the tensors in `frozen`; `learning_rate`, before the schedule, and
    `weight_decay` are for this layer alone, None is those of the optimizer. `tied_to` is a layer before, from 1, whose
    weight is this layer's too, `transposed` or not; with `one_bias` all units have one bias.
    """

    model_config = STRICT

    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "units": ("neurons", "out_features", "n_units"),
        "activation": ("activation_function", "act", "nonlinearity"),
        "bias": ("use_bias",),
        "norm": ("normalization", "normalisation"),
        "learning_rate": ("lr",),
    }
    """what else people call the fields"""

    units: Annotated[int, whole_number(1, TRAINING_LIMITS.units)] | None
    activation: ActivationChoice
    bias: Flag = True
    norm: NormChoice | None = None
    dropout: DropoutRate = 0.0
    skip: Annotated[int, whole_number(0, TRAINING_LIMITS.layers)] = 0
    frozen: Frozen = ()
    learning_rate: LearningRate | None = None
    weight_decay: FromZeroUp | None = None
    tied_to: Count | None = None
    transposed: Flag = False
    one_bias: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _ours(cls, given: Any) -> Any:
        return renamed(given, cls)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the tensors that the layer learns, in their order."""
        has = {"weight"} | ({"bias"} if self.bias else set())
        has |= set(self.norm.entry.parameters) if self.norm is not None else set()
        has |= {"alpha"} if self.activation.entry.learns else set()
        return tuple(name for name in LayerViews._fields if name in has)


class StoppingConfig(BaseModel):
    """Early stopping: after more than `patience` epochs in a row without a fall of the watched loss by `min_change`."""

    model_config = STRICT

    aliases: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "min_change": ("min_delta", "tol"),
        "restore_best": ("restore_best_weights",),
    }
    """what else people call the fields"""

    patience: Annotated[int, whole_number(0, TRAINING_LIMITS.epochs)] = 10
    min_change: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)] = 0.0
    restore_best: Flag = True
    watch: Annotated[
        Literal["validation", "train"],
        BeforeValidator(read_word({"validation": ("val", "val_loss"), "train": ("training", "loss", "train_loss")})),
    ] = "validation"

    @model_validator(mode="before")
    @classmethod
    def _ours(cls, given: Any) -> Any:
        return renamed(given, cls)
