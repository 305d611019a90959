"""The members of a run: each network with its config, its first parameters and its samples; none of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlpviz.config import TRAINING_LIMITS, PreparedTraining, TrainingConfig, prepare
from mlpviz.config.validate_data import largest_batch
from mlpviz.data import Table
from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import DataSplits, Plan, Samples
from mlpviz.engine.training.loop import Redraw
from mlpviz.runs.errors import RunError
from mlpviz.runs.layer_stats import SAMPLES
from mlpviz.schema.errors import field_name
from mlpviz.text.sentences import sentence

MOST_MEMBERS = 8
"""More curves than this cannot be told apart."""

MOST_FOLDS = 10

LONG_EPOCH = 20_000_000
"""Training samples times parameters from which only SOME of the training set is measured after each epoch."""

SOME = 2_000


@dataclass(frozen=True, eq=False)
class Member:
    """A prepared training under a label, one fold of it (from 0). `sets` leaves the test samples out."""

    label: str
    built: PreparedTraining
    sets: DataSplits
    fold: int = 0

    @classmethod
    def of(cls, label: str, built: PreparedTraining, fold: int = 0) -> Member:
        """The member of one fold."""
        sets = built.folds[fold].sets
        return cls(label, built, DataSplits(sets.train, sets.validation), fold)

    @property
    def config(self) -> TrainingConfig:
        """The config that was prepared."""
        return self.built.config

    @property
    def spec(self) -> NetworkSpec:
        """The network."""
        return self.built.spec

    @property
    def params(self) -> Array:
        """The first parameters (P,)."""
        return self.built.params

    @property
    def seed(self) -> int:
        """The seed of the weights, the order of the samples and dropout."""
        return self.config.seed

    @cached_property
    def plan(self) -> Plan:
        """The plan of the config; the engine leaves a training set out that takes long to measure."""
        measured = len(self.sets.train.x) * self.spec.size <= LONG_EPOCH
        watches = self.config.stopping is not None and self.config.stopping.watch == "train"
        return replace(self.built.plan, measure_train=measured or watches)

    @cached_property
    def some(self) -> Samples:
        """The first training samples, which are measured where all would take too long."""
        x, target = self.sets.train
        return Samples(x[:SOME], None if target is None else target[:SOME])

    @cached_property
    def few_validation(self) -> Samples | None:
        """The first validation samples, which are compared one by one; None without any."""
        if self.sets.validation is None:
            return None
        x, target = self.sets.validation
        return Samples(x[:SOME], None if target is None else target[:SOME])

    @cached_property
    def ranges(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least and the largest value of each feature (I,), in units of the table, over all samples."""
        x = self.built.table.x
        return x.min(axis=0), x.max(axis=0)

    @cached_property
    def map_inputs(self) -> dict[tuple[int, ...], NDArray[np.float32]]:
        """The samples (N, I) of maps as the network reads them, which a page keeps here from picture to picture."""
        return {}

    @cached_property
    def centre(self) -> NDArray[np.float64]:
        """The mean of each feature over the training samples (I,), in units of the table."""
        return np.asarray(self.built.table.x[self.built.folds[self.fold].split.train].mean(axis=0))

    @property
    def test(self) -> Samples | None:
        """The samples kept for the end."""
        return self.built.folds[self.fold].sets.test

    @cached_property
    def probe(self) -> Samples:
        """The few training samples over which per-layer statistics are measured."""
        x, target = self.sets.train
        return Samples(x[:SAMPLES], None if target is None else target[:SAMPLES])

    def rng(self) -> np.random.Generator:
        """The random generator of the training, at its beginning each time."""
        return self.built.rng()

    @cached_property
    def redraw(self) -> Redraw | None:
        """Draws other validation samples for each epoch; None if the config keeps them."""
        if not self.config.split.redraw:
            return None

        def sets(rng: np.random.Generator) -> DataSplits:
            drawn = self.built.redraw(rng)
            return DataSplits(drawn.train, drawn.validation)

        return sets


def members_of(configs: Mapping[str, TrainingConfig], table: Table | None = None) -> tuple[Member, ...]:
    """One member per config, by its label; of a single config with k-fold cross-validation one member per fold.

    `table` are the samples, if they are loaded already and are the same for all. Members with the same samples share
    their arrays. Raises DocumentError if a config doesn't fit its data, RunError for a wrong number of members.
    """
    if not 1 <= len(configs) <= MOST_MEMBERS:
        raise RunError(f"{len(configs)} networks side by side, expected 1 to {MOST_MEMBERS}")
    members: list[Member] = []
    for label, config in configs.items():
        twin = next((member for member in members if member.config.data == config.data), None)
        built = prepare(config, twin.built.table if twin is not None else table)
        if len(built.folds) > 1:
            if len(configs) > 1:
                raise RunError(f"{label} has {len(built.folds)} folds, expected none in a comparison")
            if len(built.folds) > MOST_FOLDS:
                said = "{folds} is {count}, expected at most {most} to be watched at once"
                place = field_name("split", "folds")
                raise RunError(sentence(said, folds=place, count=len(built.folds), most=MOST_FOLDS))
            return tuple(Member.of(f"fold {fold + 1}", built, fold) for fold in range(len(built.folds)))
        member = Member.of(label, built)
        twin = next((other for other in members if same_samples(other, member)), None)
        members.append(member if twin is None else replace(member, sets=twin.sets))
    numbers = sum(largest_batch(member.config, len(member.sets.train.x)) * member.spec.units for member in members)
    if numbers > TRAINING_LIMITS.batch_numbers:
        raise RunError(
            f"networks side by side: one pass of all makes {numbers:,} numbers, at most "
            f"{TRAINING_LIMITS.batch_numbers:,} are allowed; choose smaller batches or fewer networks"
        )
    return tuple(members)


def same_samples(one: Member, other: Member) -> bool:
    """Whether both learn from the same numbers."""
    names = ("data", "split", "features", "scaling", "target_scaling", "one_hot", "loss", "dtype")
    shapes = (one.spec.outputs, one.spec.layers[-1].activation.key) == (
        other.spec.outputs, other.spec.layers[-1].activation.key,
    )  # fmt: skip
    return shapes and all(getattr(one.config, name) == getattr(other.config, name) for name in names)
