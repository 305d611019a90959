"""k-fold cross-validation: one run per fold, and what they say together. Refuses to know how folds are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mlpviz.engine.training.sets import Sets
from mlpviz.engine.training.snapshot import Snapshot


@dataclass(frozen=True)
class Folds:
    """The last snapshot of each fold's run, in the order of the folds."""

    last: tuple[Snapshot, ...]

    def scores(self, which: Literal["loss", "metric"] = "loss") -> tuple[float, ...]:
        """The validation loss or metric of each fold; NaN for a fold that was not measured."""
        found = [getattr(snapshot.validation, which, None) for snapshot in self.last]
        return tuple(float("nan") if score is None else float(score) for score in found)

    def mean(self, which: Literal["loss", "metric"] = "loss") -> float:
        """The mean of the scores."""
        return float(np.mean(self.scores(which)))

    def std(self, which: Literal["loss", "metric"] = "loss") -> float:
        """The standard deviation of the scores over the folds, divided by their number (not by one less)."""
        return float(np.std(self.scores(which)))


def cross_validate(train: Callable[[int, Sets], Iterator[Snapshot]], folds: Iterable[Sets]) -> Iterator[Folds]:
    """Train once per fold with `train(number from 0, sets)`; yields what is known after each fold.

    Raises PlanError and SpecError of the runs.
    """
    done: list[Snapshot] = []
    for number, sets in enumerate(folds):
        *_, last = train(number, sets)
        done.append(last)
        yield Folds(tuple(done))
