"""What a training run is at one moment: enough to look at it, to go on from it, or to branch off. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.optimizers import Slots
from mlpviz.engine.parameters import Array
from mlpviz.engine.schedules.plateau import PlateauState
from mlpviz.engine.tensor_names import Tensor


class Evaluation(NamedTuple):
    """How well a network does on one set, without dropout: loss with the penalty, the penalty alone, the metric.

    Each is a number () or one per network (R,); `metric` is None without one, and may have axes of its own behind.
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
        """One sentence for people."""
        return f"Training stopped in step {self.step}: {self.tensor.name} is not finite."


class Best(NamedTuple):
    """What early stopping remembers: the best loss, its epoch, epochs since without progress, and the network then."""

    loss: float
    epoch: int
    bad: int
    params: Array
    buffers: Array


class RandomStates(NamedTuple):
    """Two streams of chance: `order` as it was before this epoch's shuffle, `masks` as it is now."""

    order: Mapping[str, Any]
    masks: Mapping[str, Any]


@dataclass(frozen=True, eq=False, kw_only=True)
class Snapshot:
    """A run after `step` steps and `epoch` whole epochs; `batch` counts the batches of the epoch under way.

    `params` (P,) or (R, P), `slots` and the running statistics `buffers` (B,) or (R, B) are read-only copies. `loss` is
    the mean over the samples of the epoch so far of what each batch saw, dropout and penalty included; `learning_rate`
    is the last step's. `train`, `validation` and `test` are measured at whole epochs. `stopped` says why there is no
    next snapshot.
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
    seen: tuple[Any, int] = (0.0, 0)
    """the summed loss of the epoch so far, and over how many samples"""
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    """the optimizer's knobs that were turned while it ran"""
    learning_rate: Any = None
    train: Evaluation | None = None
    validation: Evaluation | None = None
    test: Evaluation | None = None
    stopped: str = ""
    failure: Failure | None = None

    @property
    def loss(self) -> Any:
        """The mean loss over the epoch so far; None before the first step."""
        total, samples = self.seen
        return total / samples if samples else None

    @property
    def penalty(self) -> Any:
        """What the penalties cost, the same part of every measured loss; None where nothing was measured."""
        measured = self.train or self.validation or self.test
        return None if measured is None else measured.penalty


def frozen(value: Any) -> Any:
    """A read-only copy of an array; anything else as it is."""
    if not isinstance(value, np.ndarray):
        return value
    value = value.copy()
    value.flags.writeable = False
    return value
