"""One network of a run as it was set up: what it begins with and what it learns from. Refuses to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Part, Plan, Sets
from mlpviz.engine.training.loop import Redraw
from mlpviz.runs.looking import SAMPLES
from mlpviz.setup import Built, Setup

LONG_EPOCH = 20_000_000
"""Training samples times parameters from which the training set is not measured again after each epoch."""


@dataclass(frozen=True, eq=False)
class Lane:
    """A built setup under a name, one fold of it (from 0). `sets` has no test part: it waits until the end."""

    label: str
    built: Built
    sets: Sets
    fold: int = 0

    @classmethod
    def of(cls, label: str, built: Built, fold: int = 0) -> Lane:
        """The lane of one fold."""
        sets = built.folds[fold].sets
        return cls(label, built, Sets(sets.train, sets.validation), fold)

    @property
    def setup(self) -> Setup:
        """What it was built from."""
        return self.built.setup

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
        """The plan of the setup; a training set that is long to measure is judged by what the batches saw."""
        measured = len(self.sets.train.x) * self.spec.size <= LONG_EPOCH
        watches = self.setup.stopping is not None and self.setup.stopping.watch == "train"
        return replace(self.built.plan, measure_train=measured or watches)

    @property
    def test(self) -> Part | None:
        """The samples kept for the end."""
        return self.built.folds[self.fold].sets.test

    @cached_property
    def probe(self) -> Part:
        """The few training samples at which the insides are looked at."""
        x, target = self.sets.train
        return Part(x[:SAMPLES], None if target is None else target[:SAMPLES])

    def rng(self) -> np.random.Generator:
        """The chance of the run, from its beginning each time."""
        return self.built.rng()

    @cached_property
    def redraw(self) -> Redraw | None:
        """Another choice of validation samples for each epoch, where the setup asks for it."""
        if not self.setup.split.redraw:
            return None

        def sets(rng: np.random.Generator) -> Sets:
            drawn = self.built.redraw(rng)
            return Sets(drawn.train, drawn.validation)

        return sets
