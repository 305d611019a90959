"""A moment of a training, for a page that shows where in its landscape the training is and how it came there."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine import Trace
from mlpviz.engine.parameters import Array

MOST_PARAMETERS = 5_000
"""Of a network whose loss is shown around a moment: the 1,681 points of a plane are then 67 MB, eight paths 39 MB."""


@dataclass(frozen=True, eq=False)
class TrainingMoment:
    """The pass over the training's samples at a moment, `trace`, and the `path` (T, P) of all of its kept checkpoints.

    `name` says which moment it is, `samples` how many the training has: the pass may be over the first of them.
    """

    name: str
    trace: Trace
    path: Array
    samples: int
