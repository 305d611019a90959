"""What is known of a finished network as plain data: scores, confusion, misclassified samples, residuals, predictions.

    examined_of(run, lane)                  -> Examined      on its test samples, or the fairest part there is
    predicted_of(run, lane, [0.3, -1.2])    -> Predicted     for a point in units of the table
    predicted_of(run, lane, drawn_pixels)   -> Predicted     for a digit; see data/drawn.py

The schema stands first. Numbers that are not finite are null.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from mlpviz.figures.plain import grid, nullable, number
from mlpviz.figures.training_frame import Grid
from mlpviz.number_text import format_number, percent
from mlpviz.runs import Run
from mlpviz.runs.answers import Answer
from mlpviz.runs.examining import ClassResult, PartName, ValueResult, examine, parts_of, predict

SHOWN = 60
"""Misclassified samples that are shown, the surest first."""


class PerClass(TypedDict):
    """One class: how much of what was called so is right, how much of it was found, and both in one number."""

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    samples: int


class Mistake(TypedDict):
    """One misclassified sample: its row in the table, what it is, what it was taken for, and how surely.

    `picture` is there for images; `features` are its numbers in units of the table otherwise (the first twelve).
    """

    row: int
    true: str
    guess: str
    probability: float | None
    probability_true: float | None
    picture: Grid | None
    features: list[float]


class Residuals(TypedDict):
    """One output: the points (predicted, true - predicted), at most a thousand, and both errors in its units."""

    output: int
    predicted: list[float | None]
    true: list[float | None]
    residual: list[float | None]
    rmse: float | None
    mae: float | None


class Examined(TypedDict):
    """The whole result. `score` is accuracy (with `low` and `high`, its 95 % interval after Wilson) or R².

    `confusion` has one row per true class; `mistakes` are the surest of `wrong` many.
    """

    run: str
    lane: int
    epoch: int
    kind: Literal["classes", "values"]
    part: PartName
    parts: list[PartName]
    samples: int
    loss: float | None
    score: float | None
    low: float | None
    high: float | None
    sentence: str
    class_names: list[str]
    confusion: list[list[int]]
    per_class: list[PerClass]
    wrong: int
    mistakes: list[Mistake]
    residuals: list[Residuals]


class Predicted(TypedDict):
    """One answer: the winning class with the probability of each, or one value per output."""

    guess: str
    probabilities: list[float | None]
    values: list[float | None]


def examined_of(run: Run, lane: int, part: PartName | None = None) -> Examined:
    """The shown moment of one lane, examined on one part. Raises RunError for a part without samples."""
    set_up, moment = run.lanes[lane], run.moment(lane)
    result = examine(set_up, moment, part)
    table = set_up.built.table
    classes = isinstance(result, ClassResult)
    found = Examined(
        run=run.key,
        lane=lane,
        epoch=moment.epoch,
        kind="classes" if classes else "values",
        part=result.part,
        parts=list(parts_of(set_up)),
        samples=result.samples,
        loss=number(result.loss),
        score=None,
        low=None,
        high=None,
        sentence="",
        class_names=list(table.class_names),
        confusion=[],
        per_class=[],
        wrong=0,
        mistakes=[],
        residuals=[],
    )
    if isinstance(result, ValueResult):
        return found | _values(result)  # type: ignore[return-value]
    right = result.samples - len(result.wrong)
    low, high, confidence = result.interval
    found["score"], found["low"], found["high"] = result.accuracy, low, high
    found["sentence"] = (
        f"{right} of {result.samples} {result.part} samples are right: {percent(result.accuracy)}. "
        f"With {percent(confidence, 0)} confidence the accuracy on new samples lies between "
        f"{percent(low)} and {percent(high)}."
    )
    found["confusion"] = result.confusion.tolist()
    found["per_class"] = [
        PerClass(name=str(name), precision=row.precision, recall=row.recall, f1=row.f1, samples=int(row.samples))
        for name, row in result.per_class.iterrows()
    ]
    found["wrong"] = len(result.wrong)
    found["mistakes"] = [
        Mistake(
            row=wrong.row,
            true=table.class_names[wrong.true],
            guess=table.class_names[wrong.guess],
            probability=number(wrong.probability),
            probability_true=number(wrong.probability_true),
            picture=picture_of(table.x[wrong.row], table.image_shape),
            features=[] if table.image_shape else table.x[wrong.row, :12].tolist(),
        )
        for wrong in result.wrong[:SHOWN]
    ]
    return found


def _values(result: ValueResult) -> dict[str, object]:
    step = max(1, -(-result.samples // 1000))
    residuals = [
        Residuals(
            output=output,
            predicted=nullable(result.predicted[::step, output]),
            true=nullable(result.true[::step, output]),
            residual=nullable(result.residuals[::step, output]),
            rmse=number(result.rmse[output]),
            mae=number(result.mae[output]),
        )
        for output in range(result.true.shape[1])
    ]
    explained = "" if result.r2 is None else f" The network explains {percent(result.r2)} of the variance (R²)."
    sentence = (
        f"On {result.samples} {result.part} samples the network is off by {format_number(float(result.mae.mean()))} "
        f"on average.{explained}"
    )
    return {"score": number(result.r2), "sentence": sentence, "residuals": residuals}


def predicted_of(run: Run, lane: int, point: Sequence[float] | NDArray[np.float64]) -> Predicted:
    """What the shown moment of one lane answers to one sample. Raises RunError for a sample that doesn't fit."""
    set_up = run.lanes[lane]
    return _predicted(predict(set_up, run.moment(lane), point), set_up.built.table.class_names)  # type: ignore[arg-type]


def _predicted(found: Answer, class_names: tuple[str, ...]) -> Predicted:
    if found.values is not None:
        return Predicted(guess="", probabilities=[], values=nullable(found.values[0]))
    assert found.classes is not None  # noqa: S101  # an answer that holds no values holds classes
    assert found.probabilities is not None  # noqa: S101
    return Predicted(
        guess=class_names[int(found.classes[0])], probabilities=nullable(found.probabilities[0]), values=[]
    )  # fmt: skip


def picture_of(x: NDArray[np.float64], image_shape: tuple[int, int] | None) -> Grid | None:
    """A sample (I,) as a picture; None if it is none."""
    return None if image_shape is None else grid(x.reshape(image_shape), 0.0, max(1.0, float(x.max())))
