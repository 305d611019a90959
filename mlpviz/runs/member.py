"""One network of a run as it was set up: what it begins with and what it learns from. Refuses to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlpviz.config import PreparedTraining, TrainingConfig
from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import DataSplits, Plan, Samples
from mlpviz.engine.training.loop import Redraw
from mlpviz.runs.layer_stats import SAMPLES

LONG_EPOCH = 20_000_000
"""Training samples times parameters from which only SOME of the training set is measured after each epoch."""

SOME = 2_000


@dataclass(frozen=True, eq=False)
class Member:
    """A built setup under a name, one fold of it (from 0). `sets` has no test part: it waits until the end."""

    label: str
    built: PreparedTraining
    sets: DataSplits
    fold: int = 0

    @classmethod
    def of(cls, label: str, built: PreparedTraining, fold: int = 0) -> Member:
        """The lane of one fold."""
        sets = built.folds[fold].sets
        return cls(label, built, DataSplits(sets.train, sets.validation), fold)

    @property
    def setup(self) -> TrainingConfig:
        """What it was built from."""
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
        """What all its chance comes from."""
        return self.setup.seed

    @cached_property
    def plan(self) -> Plan:
        """The plan of the setup; a training set that is long to measure is not measured by the engine."""
        measured = len(self.sets.train.x) * self.spec.size <= LONG_EPOCH
        watches = self.setup.stopping is not None and self.setup.stopping.watch == "train"
        return replace(self.built.plan, measure_train=measured or watches)

    @cached_property
    def some(self) -> Samples:
        """The training samples that stand for all where all would take too long."""
        x, target = self.sets.train
        return Samples(x[:SOME], None if target is None else target[:SOME])

    @cached_property
    def ranges(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least and the largest value of each feature (I,), in units of the table, over all samples."""
        x = self.built.table.x
        return x.min(axis=0), x.max(axis=0)

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
        """The few training samples at which the insides are looked at."""
        x, target = self.sets.train
        return Samples(x[:SAMPLES], None if target is None else target[:SAMPLES])

    def rng(self) -> np.random.Generator:
        """The chance of the run, from its beginning each time."""
        return self.built.rng()

    @cached_property
    def redraw(self) -> Redraw | None:
        """Another choice of validation samples for each epoch, where the setup asks for it."""
        if not self.setup.split.redraw:
            return None

        def sets(rng: np.random.Generator) -> DataSplits:
            drawn = self.built.redraw(rng)
            return DataSplits(drawn.train, drawn.validation)

        return sets
