"""What the drawing of the network shows: weights, biases, and the activations for one picture.

The page chooses the picture, where samples are pictures.
"""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from mlpviz.engine import evaluate
from mlpviz.runs import CheckpointView
from mlpviz.runs.member import Member
from mlpviz.runs.predictions import read, scaled
from mlpviz.schema.json_arrays import Grid, grid, json_number, nullable
from mlpviz.train_page.frame_schema import PicturedAnswer

INPUTS = 12
"""How many features the drawing shows at most."""

DIGITS = 4
"""More than the thickness of a line shows, and enough for the number beside the pointer."""


class PicturedSample(TypedDict):
    """The sample that the drawing shows where samples are pictures: its row from 0, its part, its class."""

    row: int
    part: str
    true: str
    picture: Grid


def weights_of(checkpoint: CheckpointView, units: int) -> list[list[list[float | None]]]:
    """Per layer the rows of the weight that lie between drawn units, at most `units` per layer."""
    found = []
    for layer, view in enumerate(checkpoint.spec.views(checkpoint.params)):
        shown = view.weight[:units, : units if layer else INPUTS]
        found.append(nullable(shown.round(DIGITS)))
    return found


def biases_of(checkpoint: CheckpointView, units: int) -> list[list[float | None] | None]:
    """Per layer the biases of the drawn units; None where a layer has none."""
    views = checkpoint.spec.views(checkpoint.params)
    return [None if view.bias is None else nullable(view.bias[:units].round(DIGITS)) for view in views]


def pictures_of(checkpoint: CheckpointView, shape: tuple[int, int], units: int) -> list[Grid]:
    """The weights of the first units as pictures: one Grid (height, width) each."""
    weight = checkpoint.spec.views(checkpoint.params)[0].weight[:units]
    return [grid(row.reshape(shape)) for row in np.asarray(weight, np.float64)]


def pictured(member: Member, row: int) -> PicturedSample | None:
    """The sample of this row (from 0, modulo the number of samples); None where samples are no pictures."""
    table = member.built.table
    if table.image_shape is None:
        return None
    row %= table.samples
    split = member.built.folds[member.fold].split
    part = next((name for name in ("train", "validation", "test") if row in getattr(split, name)), "")
    x = np.asarray(table.x[row], np.float64)
    return PicturedSample(
        row=row, part=part, true=table.class_names[int(table.target[row])],
        picture=grid(x.reshape(table.image_shape), 0.0, max(1.0, float(x.max()))),
    )  # fmt: skip


def pictured_answer(member: Member, checkpoint: CheckpointView, row: int, units: int) -> PicturedAnswer | None:
    """The prediction and the activations for that sample; None where samples are no pictures."""
    table = member.built.table
    if table.image_shape is None:
        return None
    x = scaled(member, table.x[row % table.samples][None])
    outputs = evaluate(checkpoint.spec, checkpoint.params, x, checkpoint.buffers).a[1:]
    prediction = read(member, checkpoint.spec, outputs[-1])
    # of the last layer the probabilities are shown, not the outputs
    hidden = [a[0, :units] for a in outputs[:-1]]
    if prediction.probabilities is None or prediction.classes is None:
        return PicturedAnswer(guess="", probability=None, activations=_rows([*hidden, outputs[-1][0, :units]]))
    p = prediction.probabilities[0]
    guess = int(prediction.classes[0])
    return PicturedAnswer(
        guess=table.class_names[guess], probability=json_number(p[guess]), activations=_rows([*hidden, p[:units]])
    )  # fmt: skip


def _rows(rows: list[np.ndarray]) -> list[list[float | None]]:
    """Rows of different lengths as JSON has them, to three digits: a coloured square shows no more."""
    return [nullable(np.round(np.asarray(row, np.float64), 3)) for row in rows]
