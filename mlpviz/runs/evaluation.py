"""How well a network of a run does on one part of the data, sample by sample.

A pure function of a member and a checkpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.data import DataError
from mlpviz.engine.metrics import METRICS, confusion
from mlpviz.engine.network_outputs import network_outputs
from mlpviz.engine.passes import loss_and_terms
from mlpviz.engine.training import Samples
from mlpviz.runs.errors import RunError
from mlpviz.runs.member import Member
from mlpviz.runs.member_state import CheckpointView
from mlpviz.runs.predictions import Prediction, predict_samples, read

PartName = Literal["test", "validation", "train"]


class Interval(NamedTuple):
    """The confidence interval of a share, if the samples were drawn at random."""

    low: float
    high: float
    confidence: float


class ClassScores(NamedTuple):
    """What one class of the data got: precision, recall and F1, NaN for what is not defined, and its samples."""

    name: str
    precision: float
    recall: float
    f1: float
    samples: int


class Wrong(NamedTuple):
    """A misclassified sample: its row in the table from 0, both classes from 0, and the probabilities of both."""

    row: int
    true: int
    guess: int
    probability: float
    probability_true: float


@dataclass(frozen=True, eq=False)
class ClassResult:
    """N samples: `accuracy` with its interval, the confusion matrix (K, K), true classes as rows, and wrong samples.

    `wrong` begins with the samples of which the network was surest.
    """

    part: PartName
    samples: int
    loss: float
    accuracy: float
    interval: Interval
    confusion: NDArray[np.intp]
    per_class: tuple[ClassScores, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, eq=False)
class ValueResult:
    """N samples: R² (None where it is not defined), root mean squared and mean absolute error in units of the table.

    `true` and `predicted` are (N, O), `rows` (N,) their rows in the table; a residual is true - predicted.
    """

    part: PartName
    samples: int
    loss: float
    r2: float | None
    rmse: NDArray[np.float64]
    mae: NDArray[np.float64]
    rows: NDArray[np.int64]
    true: NDArray[np.float64]
    predicted: NDArray[np.float64]

    @property
    def residuals(self) -> NDArray[np.float64]:
        """(N, O)."""
        return self.true - self.predicted


def parts_of(member: Member) -> tuple[PartName, ...]:
    """The parts that have samples: the test samples, which were used for nothing else, come first."""
    split = member.built.folds[member.fold].split
    names: tuple[PartName, ...] = ("test", "validation", "train")
    return tuple(name for name in names if getattr(split, name).size)


def evaluate_part(
    member: Member, checkpoint: CheckpointView, part: PartName | None = None
) -> ClassResult | ValueResult:
    """The result on one part, by default the first of `parts_of`. Raises RunError for a part without samples."""
    parts = parts_of(member)
    part = part or parts[0]
    if part not in parts:
        raise RunError(f"there are no {part} samples; choose from {', '.join(parts)}")
    samples = getattr(member.built.folds[member.fold].sets, part)
    rows: NDArray[np.int64] = getattr(member.built.folds[member.fold].split, part)
    loss, y = _loss_and_outputs(checkpoint, samples)
    found = read(member, checkpoint.spec, y)
    if found.values is None:
        return _classes(member, part, rows, loss, found)
    true = np.asarray(member.built.table.target[rows], np.float64)
    with np.errstate(all="ignore"):
        residuals = true - found.values
        r2 = None if member.built.metric != "r2" else float(METRICS["r2"].value(found.values, true))
        rmse, mae = np.sqrt(np.square(residuals).mean(axis=0)), np.abs(residuals).mean(axis=0)
    return ValueResult(part, len(rows), loss, r2, rmse, mae, rows, true, found.values)


def _loss_and_outputs(checkpoint: CheckpointView, samples: Samples) -> tuple[float, NDArray[Any]]:
    spec = checkpoint.spec
    y = network_outputs(spec, checkpoint.params, samples.x, checkpoint.buffers)
    with np.errstate(all="ignore"):
        loss, _, _ = loss_and_terms(spec, y, samples.target)
    return float(loss), y


def _classes(member: Member, part: PartName, rows: NDArray[np.int64], loss: float, found: Prediction) -> ClassResult:
    guess, p = found.classes, found.probabilities
    assert guess is not None  # noqa: S101  # a prediction without values has classes
    assert p is not None  # noqa: S101
    table = member.built.table
    true: NDArray[Any] = table.target[rows]
    matrix = confusion(guess, true.astype(np.intp), table.outputs)
    missed = np.flatnonzero(guess != true)
    missed = missed[np.argsort(-p[missed, guess[missed]], kind="stable")]
    wrong = tuple(
        Wrong(int(rows[n]), int(true[n]), int(guess[n]), float(p[n, guess[n]]), float(p[n, true[n]])) for n in missed
    )
    columns = [METRICS[key].value(matrix).tolist() for key in ("precision", "recall", "f1")]
    per_class = tuple(map(ClassScores, table.class_names, *columns, matrix.sum(axis=1).tolist()))
    right = int(np.diagonal(matrix).sum())
    return ClassResult(
        part, len(rows), loss, right / len(rows), wilson(right, len(rows)), matrix, per_class, wrong
    )  # fmt: skip


def wilson(right: int, samples: int, confidence: float = 0.95) -> Interval:
    """The interval of Wilson for `right` of `samples`: honest also for few samples and for shares near 0 and 1.

    Source: E. B. Wilson 1927; without continuity correction, as scipy's binomtest(...).proportion_ci(method="wilson").
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    share = right / samples
    middle = share + z * z / (2.0 * samples)
    half = z * sqrt(share * (1.0 - share) / samples + z * z / (4.0 * samples * samples))
    whole = 1.0 + z * z / samples
    return Interval(max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole), confidence)


def predict(member: Member, checkpoint: CheckpointView, point: Sequence[float]) -> Prediction:
    """The prediction for one sample (I numbers in units of the table).

    Raises RunError for a wrong number of features or a number that is not finite.
    """
    names = member.built.table.feature_names
    x = np.asarray(point, np.float64)
    if x.shape != (len(names),):
        raise RunError(
            f"{x.size} numbers given, expected {len(names)}: {', '.join(names[:8])}{', …' * (len(names) > 8)}"
        )
    if not np.isfinite(x).all():
        raise RunError(f"{names[int(np.flatnonzero(~np.isfinite(x))[0])]} is not a finite number")
    try:
        return predict_samples(member, checkpoint.spec, checkpoint.params, checkpoint.buffers, x[None])
    except DataError as error:
        raise RunError(str(error)) from None
