"""The state of a training run at one moment: enough to show it, to go on from it, or to branch off. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.optimizers import Slots
from mlpviz.engine.parameters import Array
from mlpviz.engine.schedules import PlateauState
from mlpviz.engine.tensor_names import Tensor


class Evaluation(NamedTuple):
    """Measures of a network on one split, without dropout: the loss with the penalty, the penalty alone, the metric.

    Each is a number () or one per network (R,). `metric` is None without one; it may have further axes of its own.
    """

    loss: Array
    penalty: Array
    metric: Array | None


class Failure(NamedTuple):
    """The first number that was not finite: in which step (from 1), and in which tensor."""

    step: int
    tensor: Tensor

    @property
    def sentence(self) -> str:
        """The sentence that a page shows."""
        return f"Training stopped in step {self.step}: {self.tensor.name} is not finite."


class Best(NamedTuple):
    """The memory of early stopping: the best loss, its epoch and network, and the epochs since without progress."""

    loss: float
    epoch: int
    bad: int
    params: Array
    buffers: Array


class RandomStates(NamedTuple):
    """The states of two random generators: `order` as before this epoch's shuffle, `masks` as at this moment."""

    order: Mapping[str, Any]
    masks: Mapping[str, Any]


class EpochLoss(NamedTuple):
    """The loss of the epoch so far, as a pass over all its samples gives it at the parameters of their batches.

    `total` is the sum over the batches of loss times divisor, `divisor` the sum of the divisors (None: as many as
    `samples`), one number or one per network (R,). `penalty` is the sum of penalty times samples where `total` does
    not contain it.
    """

    total: Any = 0.0
    samples: int = 0
    divisor: Any = None
    penalty: Any = 0.0

    @property
    def mean(self) -> Any:
        """The loss of these samples; for a loss that is a sum, the sum. NaN for none."""
        if not self.samples:
            return np.nan
        if self.divisor is None:
            return self.total / self.samples
        # no sample of the epoch counts: its loss is 0, as that of one pass
        divisor = np.where(np.equal(self.divisor, 0.0), 1.0, self.divisor)
        return self.total / divisor + self.penalty / self.samples


@dataclass(frozen=True, eq=False, kw_only=True)
class Snapshot:
    """A run after `step` steps and `epoch` whole epochs; `batch` counts the batches of the current epoch.

    `params` (P,) or (R, P), `slots` and the running statistics `buffers` (B,) or (R, B) are read-only copies. `loss` is
    that of the samples of the epoch so far, as each batch computed it, with dropout and penalty; `learning_rate`
    is that of the last step. `average` (P,) or (R, P) is the average of `averaged` networks of the run, None before the
    first; `average_measure` is its measure on validation, or on training samples without any. `train`, `validation` and
    `test` are evaluated after whole epochs. `stopped` says why there is no next snapshot.
    """

    step: int
    epoch: int
    batch: int = 0
    params: Array
    slots: Slots = field(default_factory=dict)
    buffers: Array = field(default_factory=lambda: np.empty(0))
    random: RandomStates
    plateau: PlateauState | None = None
    best: Best | None = None
    seen: EpochLoss = field(default_factory=EpochLoss)
    """the loss of the epoch so far"""
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    """the optimizer's settings that were changed during the run"""
    learning_rate: Any = None
    train: Evaluation | None = None
    validation: Evaluation | None = None
    test: Evaluation | None = None
    average: Array | None = None
    averaged: int = 0
    average_measure: Evaluation | None = None
    stopped: str = ""
    failure: Failure | None = None

    @property
    def loss(self) -> Any:
        """The loss of the epoch so far; None before the first step."""
        return self.seen.mean if self.seen.samples else None

    @property
    def penalty(self) -> Any:
        """The sum of the penalties, the same for every split; None if none was evaluated."""
        evaluation = self.train or self.validation or self.test
        return None if evaluation is None else evaluation.penalty


def frozen(value: Any) -> Any:
    """A read-only copy of an array; anything else as it is."""
    if not isinstance(value, np.ndarray):
        return value
    value = value.copy()
    value.flags.writeable = False
    return value
